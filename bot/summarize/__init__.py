"""Sumy behind our port, our tokenizer in front of it."""

from bot.summarize.budget import Budget
from bot.summarize.repetition import line_fingerprints
from bot.summarize.summarizer import SumySummarizer

__all__ = ["Budget", "SumySummarizer", "line_fingerprints"]
