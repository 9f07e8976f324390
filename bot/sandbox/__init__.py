"""A local Bot API, so that the bot can be tried with no Telegram account."""
