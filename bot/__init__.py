"""Mujaz: Arabic news digests on Telegram."""
