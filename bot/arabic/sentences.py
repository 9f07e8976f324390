"""Sentences of an Arabic text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.arabic.normalise import folded_spaces, normalise


def sentences(text: str) -> list[str]:
    """Return the sentences in order, each word for word as in the text but for white space, which is folded.

    A line break always ends a sentence. Where the marks leave a doubt the sentences stay joined: one that is too
    long reads better in a digest than half a one. Lines with no letter and no digit are left out.
    """
    lines = (folded_spaces(line) for line in text.splitlines())
    return [sentence for line in lines for sentence in _sentences_of_line(line)]


_DIRECTION_MARKS = "\u200e\u200f"
_WORD_CHARACTER = re.compile(r"[^\W_]")


def _sentences_of_line(line: str) -> Iterator[str]:
    if _WORD_CHARACTER.search(line):
        cuts = (0, *_boundaries(line), len(line))
        for start, end in pairwise(cuts):
            yield line[start:end].strip(" " + _DIRECTION_MARKS)


_RUN = re.compile(r"[.!?؟…۔]+")
_GAP = re.compile(rf"[ {_DIRECTION_MARKS}]*")


def _boundaries(line: str) -> Iterator[int]:
    """Yield the places between two sentences; each has a word on both sides of it, in its own sentence."""
    quotations = _quotations(line)
    last_word = _last_word(line)
    start, first_word = 0, _first_word(line, 0)
    for run in _RUN.finditer(line):
        end = quotations.end_of_closers(line, run.end())
        if end > last_word:
            return
        gap = _GAP.match(line, end)
        after = gap.end() if gap else end
        stop = _Stop(line, start, run.start(), run.group(), end, after)
        if first_word < run.start() and not quotations.holds(end) and _ends_a_sentence(stop, quotations):
            yield end
            start, first_word = end, _first_word(line, end)


def _first_word(line: str, start: int) -> int:
    found = _WORD_CHARACTER.search(line, start)
    return found.start() if found else len(line)


def _last_word(line: str) -> int:
    position = len(line) - 1
    while position >= 0 and not _WORD_CHARACTER.match(line, position):
        position -= 1
    return position


@dataclass(frozen=True, slots=True)
class _Quotations:
    """Where the quotation marks and brackets of a line open and close."""

    opening: frozenset[int]
    closing: dict[int, int]  # place of the closing mark → place of its opening mark
    kept_whole: bytes  # one byte for each place: 1 where a quotation must not be cut

    def holds(self, place: int) -> bool:
        """Say if a cut before this place would break a quotation that must stay whole."""
        return bool(self.kept_whole[place])

    def end_of_closers(self, line: str, place: int) -> int:
        """Return the place after the closing marks that follow a full stop, written close or after a space."""
        while place < len(line):
            if line[place] in _CLOSERS and place not in self.opening:
                place += 1
            elif line[place] == " " and place + 1 in self.closing:
                place += 2
            else:
                break
        return place


_PAIRS = {"»": "«", "”": "“", ")": "(", "]": "["}
_OPENERS = frozenset(_PAIRS.values())
_CLOSERS = frozenset("\"’'»”)]")
_MARKS = re.compile(r'[«»“”()\[\]"]')
# Of 700 real paragraphs the quotations up to this length read well whole; longer ones hide a whole speech.
_LONGEST_KEPT_WHOLE = 350


def _quotations(line: str) -> _Quotations:
    unclosed: dict[str, list[int]] = {opener: [] for opener in (*_OPENERS, '"')}
    closing: dict[int, int] = {}
    for found in _MARKS.finditer(line):
        place, mark = found.start(), found.group()
        if mark == '"':
            _pair_straight_quote(line, place, unclosed['"'], closing)
        elif mark in _OPENERS:
            unclosed[mark].append(place)
        elif opened := unclosed[_PAIRS[mark]]:
            closing[place] = opened.pop()
    kept = bytearray(len(line) + 1)
    for end, start in closing.items():
        if end - start <= _LONGEST_KEPT_WHOLE:
            kept[start + 1 : end + 1] = b"\1" * (end - start)
    return _Quotations(frozenset(closing.values()) | frozenset(unclosed['"']), closing, bytes(kept))


def _pair_straight_quote(line: str, place: int, unclosed: list[int], closing: dict[int, int]) -> None:
    """Tell by the spaces around it if a straight quote opens or closes; between two letters it does the other."""
    before, after = line[place - 1 : place], line[place + 1 : place + 2]
    starts_word = before == ":" or (before in {"", " ", "("} and after not in {"", " "})
    ends_word = before not in {"", " ", ":"} and not _WORD_CHARACTER.match(line, place + 1)
    if unclosed and not starts_word:
        closing[place] = unclosed.pop()
    elif not ends_word:
        unclosed[:] = [*unclosed[-1:], place]  # a quotation may hold another, of a word or two


@dataclass(frozen=True, slots=True)
class _Stop:
    """A run of final marks, and where the words around it stand."""

    line: str
    start: int  # where the sentence that it may end begins
    place: int
    run: str
    end: int  # after the closing quotes
    after: int  # after the spaces

    @property
    def is_glued(self) -> bool:
        return " " not in self.line[self.end : self.after]

    @property
    def closers(self) -> str:
        return self.line[self.place + len(self.run) : self.end]

    @property
    def next_words(self) -> str:
        return self.line[self.after : self.after + _SIGHT]

    @property
    def words_before(self) -> list[str]:
        """The last words before the run; the first of them may be cut."""
        return self.line[max(self.start, self.place - _SIGHT) : self.place].split(" ")


_SIGHT = 40  # letters: no abbreviation with its neighbour is longer, and it bounds the work on a line of 1 MB

_GLUED_SENTENCE = re.compile(r'[ء-ي"«“]')
_LATIN_CONTINUATION = re.compile(r"[a-z]")
# No Arabic word but a detached و is one letter long, so "محمد. ع" is a name with its initial.
_LONE_LETTER = re.compile(r"[ء-هىي](?![\w.])")


def _ends_a_sentence(stop: _Stop, quotations: _Quotations) -> bool:
    if not _may_begin_a_sentence(stop):
        return False
    match stop.run:
        case "..":  # a pause, which headlines use for a colon
            return False
        case "." | "۔":
            return not _continues_after_full_stop(stop)
        case _ if stop.closers:
            return _ends_after_quotation(stop, quotations)
        case run if "؟" in run or "?" in run or "!" in run:
            return True
        case _:
            return bool(_NEW_CLAUSE.match(stop.next_words))


def _may_begin_a_sentence(stop: _Stop) -> bool:
    following = stop.next_words
    if stop.is_glued and not _GLUED_SENTENCE.match(following):
        return False
    return not _LATIN_CONTINUATION.match(following) and not _LONE_LETTER.match(following)


# After an ellipsis وغادر begins a sentence; والبلاد, وبعدها, وهذا and وأن go on with the old one (10 of 14 read).
_NEW_CLAUSE = re.compile(r"و(?!ال|[لبك]|هذ|أن|إن|قد )[ء-ي]")

_ATTRIBUTION = re.compile(r"(?:ثم|قال|قالت|قائلا|قائلاً|قائلة|مضيفا|مضيفاً|مضيفة)(?!\w)")
_CONTINUATION = re.compile(
    r"ف|(?:في|خلال|على|من|إلى|عن|بعد|قبل|أثناء|بحسب|حسب|وفق|وفقا|وفقاً|ردا|رداً|مع|عند|عندما|حين|مشيرا|مشيراً)(?!\w)"
)


def _ends_after_quotation(stop: _Stop, quotations: _Quotations) -> bool:
    """Say if a question or an ellipsis ends more than the quotation that it stands in.

    Of 14 in real articles one did («… النساء؟" وتشير الراهبة»): what goes before a quotation goes on after it.
    One that a colon introduces is a sentence of its own.
    """
    if ")" in stop.closers or "]" in stop.closers:
        return False
    following = stop.next_words
    if following.startswith("و"):
        return True
    opened = quotations.closing.get(stop.end - 1, 0)
    is_introduced = stop.line[max(0, opened - 2) : opened].rstrip().endswith(":")
    return is_introduced and not _ATTRIBUTION.match(following) and not _CONTINUATION.match(following)


def _continues_after_full_stop(stop: _Stop) -> bool:
    if stop.closers:
        return bool(_ATTRIBUTION.match(stop.next_words))
    return _is_enumerator(stop) or _is_abbreviation(stop)


_ENUMERATOR = re.compile(r"[ \-–•]*\d{1,2}")
_LISTED_ENUMERATOR = re.compile(r"[:؛،] ?\d{1,2}\Z")


def _is_enumerator(stop: _Stop) -> bool:
    """Say if the stop belongs to the number of an item: "1. رفع الأجور", also after a colon."""
    if stop.place - stop.start < _SIGHT and _ENUMERATOR.fullmatch(stop.line, stop.start, stop.place):
        return True
    return bool(_LISTED_ENUMERATOR.search(" ".join(stop.words_before)))


_WRITTEN_SHORT = """
كم سم مم ملم كغ كغم كلغ كجم مج ود وم وأ لد
inc ltd co corp mr mrs ms dr prof st jr sr no vs etc gen sen gov
"""
_ABBREVIATIONS = frozenset(normalise(word) for word in _WRITTEN_SHORT.split())
_INITIALS = re.compile(r"[^\W\d_]|[وفبل]?(?:[^\W\d_]\.)+[^\W\d_]")
# What a single letter names and may end a sentence with: «فيتامين د.», «المجموعة أ.».
_LETTERED = "المجموعة مجموعة الفئة فئة فيتامين الملحق البند الفقرة القسم الفريق الدرجة حرف الحرف"
_NAMED_BY_A_LETTER = frozenset(normalise(word) for word in _LETTERED.split())
_SPELLED = "إيه سي دي إف جي جيه إتش آي كيه إل إم بي كيو آر إس تي يو في دبليو إكس واي زد"
_LETTER_NAMES = frozenset(normalise(word) for word in _SPELLED.split())


def _is_abbreviation(stop: _Stop) -> bool:
    *_, previous, last = ["", *stop.words_before]
    form = normalise(last.lstrip("(\"'«“["))
    if form in _ABBREVIATIONS:
        return True
    if _INITIALS.fullmatch(form):
        return form != "و" and normalise(previous) not in _NAMED_BY_A_LETTER
    return form in _LETTER_NAMES and _is_initial(form, previous, stop.next_words)


def _is_initial(form: str, previous: str, following: str) -> bool:
    """Tell the initial of جيه. دي. فانس from the end of بي بي سي. and from the words بي and في."""
    before, after = normalise(previous), normalise(following).split(" ")[0]
    if before in _LETTER_NAMES:
        return False
    is_word_too = form in {"بي", "في"}
    return not is_word_too or before.removesuffix(".") in _LETTER_NAMES or after.removesuffix(".") in _LETTER_NAMES
