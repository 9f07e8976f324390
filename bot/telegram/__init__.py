"""The only code that talks to Telegram: updates in, pages out."""
