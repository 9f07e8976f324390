"""What another report adds to the one that tells a story, and when a story that was told is news again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from bot.arabic.numbers import counted, numbers
from bot.arabic.openings import stands_alone, unjoined
from bot.arabic.sentences import sentences
from bot.arabic.stems import content_stems, stem
from bot.arabic.tokens import words
from bot.domain.digest import Report, Story
from bot.domain.story import lead_stems

_LONGEST = 200  # letters; a longer sentence is no candidate, for none is cut


@dataclass(frozen=True, slots=True)
class Addition:
    """One sentence of another report, word for word, and who says it."""

    source: str
    link: str | None
    sentence: str


def addition(best: Report, reports: Sequence[Report]) -> Addition | None:
    """Return what another source adds to the report that tells a story: the sentence with most news, or None.

    Rather none than one that says again what the reader has read.
    """
    return _addition(best, tuple(reports))


@lru_cache(maxsize=512)  # the readers of one slot get the same stories
def _addition(best: Report, reports: tuple[Report, ...]) -> Addition | None:
    told = _Told.by(best)
    found = (
        (news, Addition(report.source, report.link, sentence))
        for report in reports
        if report.source and report.is_vouched and told.may_be_joined_by(report)
        for line in report.summary
        if (sentence := _quotable(line)) and (news := told.news_in(sentence))
    )
    return max(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def as_told(story: Story) -> Story | None:
    """Return a story as it is to be shown, None if the reader has seen it and nothing has happened since.

    Something has happened when a later report, which may be of the same source, has a sentence with facts that no
    report had before: another toll, another name. The same news in other words is none.
    """
    if story.seen_at is None:
        return story
    known = [_Told.by(report) for report in story.reports if report.collected_at <= story.seen_at]
    later = [report for report in story.reports if report.collected_at > story.seen_at and report.is_vouched]
    found = (
        (news, report)
        for report in later
        if known and not any(told.is_copied_by(report) for told in known)
        for line in report.summary
        if (sentence := _quotable(line)) and (news := _development(known, sentence))
    )
    best = max(found, key=lambda pair: pair[0], default=None)
    return replace(story, news=best[1]) if best else None


def _development(known: Sequence["_Told"], sentence: str) -> float:
    """Return how much news a sentence is to who has seen all this; another toll is, in whatever words."""
    if all(told.new_figures(sentence) for told in known) and any(told.is_outdated_by(sentence) for told in known):
        return _DISPUTED.worth
    return min(told.news_in(sentence) for told in known)


def _quotable(sentence: str) -> str | None:
    """Return a sentence as it may stand behind «بحسب»: short and whole, leaning on none, attributed to no other."""
    alone = unjoined(sentence)
    if alone is None or len(alone) > _LONGEST or not stands_alone(sentence) or not stands_alone(alone):
        return None
    if not _OPENING.match(alone) or alone[-1] in _UNFINISHED or _DATELINE.search(alone):
        return None
    found = words(alone)
    return alone if _NO_OPENING.isdisjoint(found[:1]) and _LEANING.isdisjoint(found) else None


_UNFINISHED = "…؟?:"
_OPENING = re.compile(r"[«“\"]?[^\W\d_]")
_DATELINE = re.compile(r"\) ?[-–—]")
_ATTRIBUTING = "بحسب حسب وفق وفقا نقلا يذكر يشار فمن"
_NO_OPENING = frozenset(words(_ATTRIBUTING))
_BESIDE = "أيضا كذلك المذكور المذكورة مراسلنا مراسلتنا لمراسلنا موقعنا لموقعنا قناتنا"
_LEANING = frozenset(words(_BESIDE))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the report says that tells the story."""

    source: frozenset[str]
    lead: frozenset[str]
    cores: frozenset[str]  # of all stems
    counts: frozenset[tuple[float, str]]  # figures, and the core of what each counts
    said: tuple[frozenset[str], ...]  # the stems of each sentence
    runs: frozenset[tuple[str, ...]]
    shown: frozenset[str]  # the cores of the title and the summary, which the reader sees
    shown_figures: frozenset[float]
    shown_words: frozenset[str]

    @classmethod
    def by(cls, report: Report) -> "_Told":
        """Read a report."""
        text, seen = _text(report), "\n".join((report.title, *report.summary))
        said = [content_stems(sentence) for sentence in sentences(text)]
        stems = list(chain.from_iterable(said))
        return cls(
            source=frozenset(words(report.source or "")),
            lead=frozenset(lead_stems(report.title, report.body)),
            cores=frozenset(map(_core, stems)),
            counts=frozenset(_counts(text)),
            said=tuple(map(frozenset, said)),
            runs=_runs(stems),
            shown=frozenset(map(_core, content_stems(seen))),
            shown_figures=numbers(seen),
            shown_words=frozenset(words(seen)),
        )

    def may_be_joined_by(self, report: Report) -> bool:
        """Return whether a report is another source's, and no copy: an agency's text runs under many names."""
        theirs = frozenset(words(report.source or ""))
        return not (self.source <= theirs or theirs <= self.source or self.is_copied_by(report))

    def is_copied_by(self, report: Report) -> bool:
        """Return whether most of the shorter of the two is in the other."""
        runs = _runs(content_stems(_text(report)))
        return len(runs & self.runs) >= _COPIED * min(len(runs), len(self.runs))

    def news_in(self, sentence: str) -> float:
        """Return how much a sentence adds to the story; 0 when it says a thing again, or tells of something else."""
        stems = frozenset(content_stems(sentence))
        if len(stems & self.lead) < _SHARED or self._shares_figures(sentence) or self._is_unexplained(sentence):
            return 0.0
        figures = self.new_figures(sentence)
        new = sum(_core(each) not in self.cores for each in stems) / len(stems)
        limits = _DISPUTED if self._disputes(figures) else _FIGURES if figures else _WORDS
        shown = sum(_core(each) in self.shown for each in stems) / len(stems)
        again = max(len(stems & said) / len(stems) for said in self.said)
        return new + limits.worth if new >= limits.new and again < limits.again and shown < limits.shown else 0.0

    def is_outdated_by(self, sentence: str) -> bool:
        """Return whether a sentence about the same event has another figure for something that the report counts."""
        is_about = len(frozenset(content_stems(sentence)) & self.lead) >= _SHARED
        return is_about and not self._is_unexplained(sentence) and self._disputes(self.new_figures(sentence))

    def new_figures(self, sentence: str) -> frozenset[tuple[float, str]]:
        """Return the figures of a sentence that the report has not, nor anything near, each with what it counts."""
        known = {figure for figure, _ in self.counts}
        return frozenset(
            (figure, of)
            for figure, of in _counts(sentence)
            if figure > _FEW and all(abs(figure - other) > _ROUNDED * other for other in known)
        )

    def _disputes(self, figures: Iterable[tuple[float, str]]) -> bool:
        counted = {of for _, of in self.counts} - _OF_TIME
        return any(of in counted for _, of in figures if of)

    def _shares_figures(self, sentence: str) -> bool:
        return any(figure > _FEW for figure in numbers(sentence) & self.shown_figures)

    def _is_unexplained(self, sentence: str) -> bool:
        return not (_REFERRING & frozenset(words(sentence))) <= self.shown_words


_SHARED = 2  # stems with the title and lead: the same event
_FEW = 2  # one and two are seldom written as numbers: «راكبان»
_ROUNDED = 0.05  # «نحو 180 ألفا» is what another gives as 187 thousand
_COPIED = 0.5  # of the shorter text
_TEXTS = "المصدر المصادر البيان الوكالة الصحيفة القناة التقرير الدراسة الموقع المسؤول الإعلان"
_REFERRING = frozenset(words(_TEXTS))  # to be understood only after their first mention


@dataclass(frozen=True, slots=True)
class _Limits:
    """When a sentence is news, in shares of its stems: at least so many new, fewer that the reader sees already.

    ``again`` limits those that one sentence of the report has, shown or not: more would be the same in other words.
    """

    worth: float
    new: float
    again: float
    shown: float


_DISPUTED = _Limits(worth=2, new=0.0, again=0.8, shown=0.8)  # another figure for the same thing
_FIGURES = _Limits(worth=1, new=0.4, again=0.5, shown=0.5)
_WORDS = _Limits(worth=0, new=0.45, again=0.4, shown=0.3)


def _counts(text: str) -> Iterator[tuple[float, str]]:
    return ((figure, _core(stem(of)) if of.isalpha() else "") for figure, of in counted(text))


def _text(report: Report) -> str:
    return "\n".join((report.title, *report.body))


def _runs(stems: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Return each three stems that follow one another."""
    return frozenset(zip(stems, stems[1:], stems[2:], strict=False))


@lru_cache(maxsize=65_536)
def _core(stemmed: str) -> str:
    """Return what most inflections of a root share: its first three letters without the weak ones and a prefix."""
    strong = stemmed.translate(_WEAK)
    if len(strong) > _ROOT and strong[0] in "متنس":
        strong = strong[1:]
    return strong[:_ROOT] or stemmed


_WEAK = {ord(letter): None for letter in "اويء"}
_ROOT = 3

_TIMES = "عام سنة شهر أشهر أسبوع يوم أيام ساعة دقيقة مرة"
_OF_TIME = frozenset(_core(stem(word)) for word in words(_TIMES))
