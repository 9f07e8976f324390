"""Articles are read in a process of their own, beside the conversation; this package imports nothing."""
