"""What each incoming Telegram update means; functions, no rules."""
