"""Sumy, our tokenizer in front of it; this package imports nothing, since sumy takes a second to load."""
