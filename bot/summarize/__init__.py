"""Sumy behind our port, our tokenizer in front of it."""

from bot.summarize.budget import Budget
from bot.summarize.summarizer import SumySummarizer

__all__ = ["Budget", "SumySummarizer"]
