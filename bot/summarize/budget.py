"""How long a summary may be, and how a sentence that is longer still is cut."""

import re
from dataclasses import dataclass

ELLIPSIS = "…"
_SHORTEST = 2  # one letter and the ellipsis


@dataclass(frozen=True, slots=True)
class Budget:
    """Room for a summary: at most ``sentences`` sentences, and ``chars`` code points when joined by one space."""

    sentences: int = 3
    chars: int = 400

    def __post_init__(self) -> None:
        """Raise ValueError when not even a cut sentence would fit."""
        if self.sentences < 1 or self.chars < _SHORTEST:
            raise ValueError(f"no room for a sentence in {self!r}")


def shortened(sentence: str, chars: int) -> str:
    """Return the sentence, or its longest whole clauses that fit and an ellipsis; before that it is verbatim."""
    if len(sentence) <= chars:
        return sentence
    head = sentence[: chars - len(ELLIPSIS)]
    return (_cut(head, sentence).rstrip(_LOOSE_ENDS) or head) + ELLIPSIS


_LOOSE_ENDS = " ،؛,;:-–—([«“"
_CLAUSE = re.compile(r"[،؛,;](?=\s)")
# "و" begins a clause unless it belongs to the word: cutting "قال وزير" there would leave a verb without its subject.
_WAW_WORDS = "زير|زار|كال|فد|فود|فا|قت|قف|ضع|سط|سيط|سائل|لاي|حد|اشنطن|صول|ثيق|ثائق|رق|اقع|اجب|جود|عد|زن|رش"
_CONJUNCTION = re.compile(rf"\s(?=و(?!{_WAW_WORDS})\w\w)")
_SPACE = re.compile(r"\s")


def _cut(head: str, sentence: str) -> str:
    """Return the head up to the best boundary in its second half: a clause mark, "و", any space, else all of it."""
    for boundary in (_CLAUSE, _CONJUNCTION, _SPACE):
        ends = [match.start() for match in boundary.finditer(sentence, 0, len(head) + 2) if match.start() <= len(head)]
        if ends and ends[-1] >= len(head) // 2:
            return head[: ends[-1]]
    return head
