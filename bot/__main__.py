"""``python -m bot`` is ``mujaz``."""

from bot.cli import main

main()
