"""What a text is found by, and every form under which a word that somebody looks for may stand there."""

from collections.abc import Iterable
from functools import lru_cache

from bot.arabic.stems import STOP_WORDS, content_stems, stem
from bot.arabic.tokens import hosts, words

_LONGEST = 32  # letters; what is longer is no word


def terms(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems by which these texts are found."""
    return frozenset(each[:_LONGEST] for text in texts for each in content_stems(text))


def asked_words(text: str) -> tuple[str, ...]:
    """Return the words of a question that can be looked for, normalised, each once; «في» and the like cannot."""
    return tuple(dict.fromkeys(word for word in words(text) if len(word) > 1 and word not in STOP_WORDS))


@lru_cache(maxsize=4096)
def spellings(word: str) -> tuple[str, ...]:
    """Return the stems under which a normalised word may stand in a text, whatever is attached to it there or here.

    A stem keeps the ب of «بروسيا» and the ل of «لمدرسة», since they may belong to the word; so it is the question that
    tries them, which costs nothing where nobody asks. «لجنة» finds «جنة» too: better than «لغزة» not finding «غزة».
    """
    bare = hosts(word)
    inflected = (stem(prefix + host) for prefix in _ATTACHED for host in bare)
    attached = (prefix + stem(host) for prefix in _ATTACHED for host in bare)
    return tuple(dict.fromkeys(form[:_LONGEST] for form in (*inflected, *attached)))


_ATTACHED = ("", "ب", "ل", "ك", "ف")
