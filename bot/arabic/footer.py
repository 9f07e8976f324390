"""Which words of a footer belong together, where only spaces stand between its keywords."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from bot.arabic.names import Names
from bot.arabic.nouns import BETWEEN_NOUNS, GIVEN_NAMES, GOVERNING, QUALIFIERS, TITLES
from bot.arabic.tokens import hosts, words


@dataclass(frozen=True, slots=True)
class Usage:
    """How the known tags and the article itself use the words of a footer."""

    known_tags: Names
    vocabulary: frozenset[str]  # words of the article and of the known tags that a word of the footer may be made of
    counts: Counter[str]
    pairs: Counter[tuple[str, str]]  # beside each other in one clause
    coordinated: Counter[tuple[str, str]]  # «باكو ويريفان»: named together, so two names
    opening: Counter[str]  # known tags in which more words follow the word
    closing: Counter[str]  # known tags that end with it
    following: Counter[str]  # known tags in which words stand before it
    leading: Counter[str]  # known tags that begin with it

    @classmethod
    def of(cls, footer: Collection[str], text: Iterable[str], known_tags: Names) -> "Usage":
        """Count the words of a footer (normalised) in an article's paragraphs and in the tags known."""
        wanted = frozenset(footer)
        clauses = [words(clause) for paragraph in text for clause in _CLAUSE_ENDS.split(paragraph)]
        tags = list(known_tags.having(wanted))
        usage = cls(
            known_tags,
            _vocabulary(wanted, clauses, known_tags),
            *(Counter[str](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()),
            opening=Counter(word for parts in tags for word in parts[:-1]),
            closing=Counter(parts[-1] for parts in tags),
            following=Counter(word for parts in tags for word in parts[1:]),
            leading=Counter(parts[0] for parts in tags),
        )
        for clause in clauses:
            usage._count(clause, wanted)
        return usage

    def _count(self, clause: Sequence[str], wanted: frozenset[str]) -> None:
        used = [next((form for form in hosts(word) if form in wanted), "") for word in clause]
        self.counts.update(filter(None, used))
        for pair, written in zip(pairwise(used), clause[1:], strict=False):
            if all(pair) and written == pair[1]:
                self.pairs[pair] += 1
            elif all(pair) and written == "و" + pair[1]:
                self.coordinated[pair] += 1

    def has_particle(self, word: str) -> bool:
        """Say if a word begins with و ب ل ك and is no tag by itself: «لأوكرانيا», but not «لبنان»."""
        if word[0] not in "وبلك" or len(word) < _SHORTEST_WITH_PARTICLE or word in self.known_tags:
            return False
        return not self.vocabulary.isdisjoint(_behind_particle(word))


_CLAUSE_ENDS = re.compile(r"[،,؛;:.!؟?…/|]+")
_SHORTEST_WITH_PARTICLE = 4  # letters


def _vocabulary(wanted: Iterable[str], clauses: Iterable[Iterable[str]], known_tags: Names) -> frozenset[str]:
    within = {form for word in wanted for form in _behind_particle(word)}
    in_text = {word for clause in clauses for word in clause if word in within}
    return frozenset(in_text | set(filter(known_tags.has_word, within)))


def _behind_particle(word: str) -> Iterator[str]:
    yield word[1:]
    if word.startswith("لل"):
        yield "ال" + word[2:]


_MOST_WORDS = 7  # of 11,394 keywords of editors, 7 are longer


@dataclass(frozen=True)
class Footer:
    """The words of a footer, normalised, and which of them belong together.

    The parts into which a footer is cut are the best: each has features, each feature a weight (`WEIGHTS`), and the
    highest sum wins. A sum of many weak hints does what no order of rules did (docs/decisions/0009).
    """

    sequence: Sequence[str]
    usage: Usage
    weights: dict[str, float] = field(default_factory=lambda: WEIGHTS)

    def best_parts(self) -> list[tuple[int, int]]:
        """Return where each keyword starts and ends; linear in the number of words."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(self.sequence) + 1):
            starts = range(max(0, end - _MOST_WORDS), end)
            best.append(max((best[start][0] + self._score(start, end), start) for start in starts))
        parts = []
        end = len(self.sequence)
        while end:
            start = best[end][1]
            parts.append((start, end))
            end = start
        return parts[::-1]

    def features(self, start: int, end: int) -> list[str]:
        """Return what speaks for or against the words from ``start`` to ``end`` as one keyword."""
        own = self._features(start, end)
        if not self._is_known(start, end):
            for pair in pairwise(self.sequence[start:end]):
                own += self._gap_features(*pair)
        return own

    def _score(self, start: int, end: int) -> float:
        own = sum(self.weights.get(name, 0) for name in self._features(start, end))
        return own if self._is_known(start, end) else own + self._gaps[end - 1] - self._gaps[start]

    @cached_property
    def _gaps(self) -> list[float]:
        """The weights of all gaps up to each word."""
        gaps = (
            sum(self.weights.get(name, 0) for name in self._gap_features(*pair)) for pair in pairwise(self.sequence)
        )
        return list(accumulate(gaps, initial=0.0))

    def _is_known(self, start: int, end: int) -> bool:
        return " ".join(self.sequence[start:end]) in self.usage.known_tags

    def _features(self, start: int, end: int) -> list[str]:
        size = end - start
        if self._is_known(start, end):
            return [f"known, {min(size, 4)} words"]
        first, last = self.sequence[start], self.sequence[end - 1]
        features = [f"unknown, {min(size, 5)} words", *self._edges(first, last)]
        if size == 1:
            return [*features, _kind(first), "in the text" if self.usage.counts[first] else "not in the text"]
        return [*features, *self._insides(start, end)]

    def _edges(self, first: str, last: str) -> Iterator[str]:
        if self.usage.has_particle(first):
            yield "begins with a particle"
        if _DEFINITE_NISBA.fullmatch(first):
            yield "begins with a nisba"
        if first in BETWEEN_NOUNS:
            yield "begins with a preposition"
        if last in BETWEEN_NOUNS:
            yield "ends with a preposition"

    def _insides(self, start: int, end: int) -> Iterator[str]:
        if known := next((cut for cut in range(end - 1, start, -1) if self._is_known(start, cut)), 0):
            yield f"begins with a known tag, {min(known - start, 2)} words"
        if known := next((cut for cut in range(start + 1, end) if self._is_known(cut, end)), 0):
            yield f"ends with a known tag, {min(end - known, 2)} words"
        if self._is_made_of_known(start, end):
            yield f"all of it known tags, {_role(self.sequence[start])} first"
        if all(self.usage.pairs[pair] for pair in pairwise(self.sequence[start:end])):
            yield f"stands in the text, {min(end - start, 4)} words"

    def _is_made_of_known(self, start: int, end: int) -> bool:
        reached = {start}
        for cut in range(start + 1, end + 1):
            if any(begin in reached and self._is_known(begin, cut) for begin in range(start, cut)):
                reached.add(cut)
        return end in reached

    def _gap_features(self, left: str, right: str) -> Iterator[str]:
        """Yield what speaks for or against two words of one keyword beside each other."""
        usage = self.usage
        yield self._nearness(left, right)
        yield f"{_role(left)}: {_agreement(left, right)}"
        yield from _grammar(left, right)
        if usage.coordinated[left, right]:
            yield "coordinated"
        if usage.has_particle(right):
            yield "before a particle"
        if share := _quarters(usage.opening[left], usage.closing[left]):
            yield f"known tags go on after it: {share}"
        if share := _quarters(usage.following[right], usage.leading[right]):
            yield f"known tags have it inside: {share}"

    def _nearness(self, left: str, right: str) -> str:
        seen = self.usage.counts[left], self.usage.counts[right]
        together = self.usage.pairs[left, right]
        if together:
            return "mostly together" if together * 2 >= min(seen) else "sometimes together"
        return ("both absent", "one absent", "apart")[sum(map(bool, seen))]


_DEFINITE_NISBA = re.compile("ال.{3,}(?:ي|يه)")
_ADJECTIVE = re.compile("(?:ال)?.{3,}(?:ي|يه|يون|يين)")  # دبي is too short for one
_SHORTEST_DEFINITE = 5  # letters: «الفا» is no «ال» and a noun
_VERBAL = re.compile("ت..يل?.ه?|ا..?ا.|است.?ا.ه?|ا...?ا.|م..?.ه|.{2,4}ات")  # تخفيض, إجلاء, استهداف, ملاحقة
_JOINED_TO_NOUN = ("لل", "بال")  # the particle of «سفرجل للحامل»


def _kind(word: str) -> str:
    if word.isdigit():
        return "a number"
    return "definite" if _is_definite(word) else "indefinite"


def _is_definite(word: str) -> bool:
    return word.startswith("ال") and len(word) >= _SHORTEST_DEFINITE


def _role(word: str) -> str:
    """Return what a noun is likely to do with the word behind it."""
    if word in GOVERNING:
        return "governing"
    if word in TITLES:
        return "title"
    if _is_definite(word):
        return "definite"
    return "verbal" if _VERBAL.fullmatch(word) else "noun"


def _agreement(left: str, right: str) -> str:
    """Return how two words can depend on each other: «القمم الإسلامية», «عتاد عسكري», «أطفال اليمن»."""
    both = _is_definite(left), _is_definite(right)
    if _ADJECTIVE.fullmatch(right) and both[0] == both[1]:
        return "an agreeing adjective"
    return {
        (True, True): "two definite nouns",
        (True, False): "definite, then indefinite",
        (False, True): "indefinite, then definite",
        (False, False): "two indefinite nouns",
    }[both]


def _grammar(left: str, right: str) -> Iterator[str]:
    if left in BETWEEN_NOUNS:
        yield "after a preposition"
    if right in BETWEEN_NOUNS:
        yield "before a preposition"
    if right.startswith(_JOINED_TO_NOUN):
        yield "before a joined particle"
    if right.isdigit():
        yield "before a number"
    if right in QUALIFIERS:
        yield "before a qualifier"
    if left in GIVEN_NAMES:
        yield "after a given name"
    if right in GIVEN_NAMES:
        yield "before a given name, " + ("behind its title" if left in TITLES | GIVEN_NAMES else "behind a noun")


def _quarters(part: int, rest: int) -> str:
    return f"{round(4 * part / (part + rest))}/4" if part + rest else ""


WEIGHTS: dict[str, float] = {
    "before a number": 16.5,
    "known, 4 words": 15.4,
    "stands in the text, 4 words": 8.6,
    "before a joined particle": 8.5,
    "before a preposition": 7.7,
    "after a preposition": 6.6,
    "after a given name": 6.5,
    "before a particle": 6.2,
    "before a qualifier": 6.2,
    "ends with a known tag, 2 words": 5.1,
    "known, 3 words": 4.9,
    "stands in the text, 3 words": 4.0,
    "governing: indefinite, then definite": 3.3,
    "known tags have it inside: 4/4": 3.0,
    "known tags go on after it: 4/4": 2.2,
    "title: definite, then indefinite": 2.2,
    "ends with a known tag, 1 words": 1.6,
    "stands in the text, 2 words": 1.6,
    "title: an agreeing adjective": 1.0,
    "definite": 0.9,
    "known tags have it inside: 1/4": 0.9,
    "before a given name, behind its title": 0.7,
    "known tags have it inside: 3/4": 0.6,
    "definite: an agreeing adjective": 0.3,
    "begins with a known tag, 1 words": 0.0,
    "title: two definite nouns": 0.0,
    "all of it known tags, title first": -0.1,
    "unknown, 5 words": -0.1,
    "governing: an agreeing adjective": -0.2,
    "governing: two indefinite nouns": -0.5,
    "indefinite": -0.5,
    "known tags go on after it: 3/4": -0.5,
    "known tags go on after it: 2/4": -0.7,
    "before a given name, behind a noun": -0.8,
    "known tags have it inside: 2/4": -0.8,
    "begins with a known tag, 2 words": -1.3,
    "verbal: an agreeing adjective": -1.5,
    "mostly together": -1.8,
    "verbal: indefinite, then definite": -1.9,
    "unknown, 4 words": -2.0,
    "known tags have it inside: 0/4": -2.7,
    "known, 2 words": -3.1,
    "known tags go on after it: 1/4": -3.2,
    "coordinated": -3.3,
    "verbal: two indefinite nouns": -3.6,
    "known tags go on after it: 0/4": -3.9,
    "unknown, 3 words": -3.9,
    "in the text": -4.0,
    "noun: an agreeing adjective": -4.5,
    "all of it known tags, governing first": -5.7,
    "begins with a nisba": -5.7,
    "sometimes together": -6.0,
    "unknown, 2 words": -6.7,
    "noun: indefinite, then definite": -6.8,
    "not in the text": -6.9,
    "noun: two indefinite nouns": -7.1,
    "begins with a particle": -8.4,
    "definite: two definite nouns": -9.4,
    "both absent": -9.6,
    "all of it known tags, noun first": -9.7,
    "definite: definite, then indefinite": -9.8,
    "one absent": -9.9,
    "known, 1 words": -10.4,
    "unknown, 1 words": -11.0,
    "apart": -11.3,
    "a number": -11.4,
    "all of it known tags, verbal first": -12.5,
    "all of it known tags, definite first": -12.6,
    "ends with a preposition": -14.1,
    "begins with a preposition": -15.2,
}
"""Learnt by ``python bench/keywords.py`` from the keywords of 603 articles."""
