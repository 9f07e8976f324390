"""What we know of Arabic text: pure functions from text to text, no I/O and no clock."""
