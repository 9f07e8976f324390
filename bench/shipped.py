"""Summarizers exactly as sumy ships them for Arabic; its tokenizer needs pyarabic, which is GPL and never installed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

Choose = Callable[[Iterable[Any]], list[Any]]
Shipped = Callable[[str, Choose], Sequence[str]]


def shipped_summarizers() -> dict[str, Shipped]:
    """Return them by name; ImportError or ValueError tells that the Arabic tokenizer is not there."""
    import pyarabic  # noqa: F401, PLC0415  # sumy would fail at the first article only

    tokenizer, stop_words = Tokenizer("arabic"), get_stop_words("arabic")

    def shipped(summarizer: Any) -> Shipped:
        def summary(text: str, choose: Choose) -> Sequence[str]:
            document = PlaintextParser.from_string(text, tokenizer).document
            return [str(sentence) for sentence in summarizer(document, choose)]

        return summary

    lexrank, textrank, lsa, edmundson = (
        kind(Stemmer("arabic")) for kind in (LexRankSummarizer, TextRankSummarizer, LsaSummarizer, EdmundsonSummarizer)
    )
    for summarizer in (lexrank, textrank, lsa):
        summarizer.stop_words = stop_words
    # Edmundson does not run without words; sumy has none for Arabic.
    edmundson.bonus_words, edmundson.stigma_words, edmundson.null_words = _BONUS, _STIGMA, stop_words
    named = {"LexRank": lexrank, "TextRank": textrank, "LSA": lsa, "Edmundson": edmundson}
    return {f"sumy {name}": shipped(summarizer) for name, summarizer in named.items()}


_BONUS = ("أعلن", "أعلنت", "أكد", "أكدت", "كشف", "كشفت", "أول", "أكبر", "أهم", "قرر", "قررت")
_STIGMA = ("ربما", "قد", "مثلا", "كما", "أيضا", "لكن")
