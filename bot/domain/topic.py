"""What can be followed, and which of it a text is about."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from functools import lru_cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.arabic.normalise import cleaned, folded_spaces, normalise
from bot.arabic.stems import STOP_WORDS, stem
from bot.arabic.tokens import Token, hosts, tokens, words


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a reader can follow, with all we know of how articles write it.

    A topic of which only the name is known was typed by a reader: it is looked for a little more loosely. Of an
    ambiguous topic the single-word names count only as a keyword or in a title; ``nisba`` and ``plurals`` count
    everywhere, so list those of an ambiguous topic only if they mean nothing else. A single word in ``qualified`` or
    ``blocks`` is compared as written, particles and vowel marks included: عُمان is Oman, عمّان is not.
    """

    name: str
    forms: tuple[str, ...] = ()
    nisba: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    is_ambiguous: bool = False
    qualified: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    flag: str = ""  # of a country or territory, an emoji

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return topic_key(self.name)


def topic_key(name: str) -> str:
    """Return the form in which two spellings of one name are equal; empty when no word is left.

    «#أوكرانيا», «اوكرانيا» and «أُوكرانيا» give one key.
    """
    key = " ".join(words(name))
    # Dropping marks can bring letters together that compose (Hangul), so one pass is not always the last.
    while (again := " ".join(words(key))) != key:
        key = again
    return key


def shown_name(name: str) -> str:
    """Return the name as typed, without the hashtag's # and _."""
    return folded_spaces(cleaned(name.replace("#", " ").replace("_", " ")))


class Reason(StrEnum):
    """Why a text is taken to be about a topic, the strongest first."""

    KEYWORD = auto()
    TITLE = auto()
    LEAD = auto()
    MENTIONS = auto()


@dataclass(frozen=True, slots=True)
class Subject:
    """One topic that a text is about; ``mentions`` counts title and body."""

    name: str
    why: Reason
    mentions: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says of the followed topics, both in the order in which the topics were given.

    ``mentioned`` includes the subjects. A bare ambiguous word in the body is no mention.
    """

    subjects: tuple[Subject, ...]
    mentioned: tuple[str, ...]


class TopicIndex:
    """Finds the given topics in texts, in time that does not grow with their number.

    A name given twice counts once, the first wins; a name without a word is ignored.
    """

    # Title, or the first 60 words, or five mentions: right in about 88 of 100 articles, against 56 for any mention
    # (8,365 articles with editors' keywords).
    LEAD_WORDS = 60
    MANY_MENTIONS = 5

    def __init__(self, topics: Iterable[Topic] = (), *, with_capitals: bool = False) -> None:
        self._with_capitals = with_capitals
        self._topics: dict[str, int] = {}  # numbers by name
        self._names: list[str] = []
        self._by_key: dict[str, list[int]] = {}
        self._spelled: dict[int, _Spelling] = {}
        self._forms = _Node()
        self._stems = _Node()
        # Few of the words of a text open any name, and the same ones come back in every article.
        self._opened = lru_cache(maxsize=65_536)(self._nodes_opened_by)
        for topic in topics:
            self.add(topic)

    def add(self, topic: Topic) -> None:
        """Find this topic as well from now on."""
        if not topic.key or topic.name in self._topics:
            return
        number = self._topics[topic.name] = len(self._names)
        self._names.append(topic.name)
        if spelling := _spelling(topic):
            self._spelled[number] = spelling
        for key in _keys(topic, with_capitals=self._with_capitals):
            self._by_key.setdefault(key, []).append(number)
        for entry in _entries(topic, with_capitals=self._with_capitals):
            self._enter(number, entry)
        self._opened.cache_clear()

    def read(self, title: str, body: str, tags: Iterable[str] = ()) -> Reading:
        """Tell what the text is about: by its keywords, else its title, else its lead, else by many mentions."""
        keywords = {number for tag in tags for number in self._named(tag)}
        in_title = self._found(title, with_bare=True)
        in_body = self._found(body)
        mentioned = sorted(keywords | in_title.keys() | in_body.keys())

        subjects = []
        for number in mentioned:
            starts = in_body.get(number, [])
            why = _reason(number in keywords, number in in_title, starts)
            if why:
                count = len(in_title.get(number, [])) + len(starts)
                subjects.append(Subject(self._names[number], why, count))
        return Reading(tuple(subjects), tuple(self._names[number] for number in mentioned))

    def mentions(self, text: str) -> dict[str, int]:
        """Count the mentions of each topic in a text that has no title; bare ambiguous words are none."""
        return {self._names[number]: len(starts) for number, starts in sorted(self._found(text).items())}

    def _named(self, tag: str) -> list[int]:
        numbers, spelled = self._by_key.get(topic_key(tag), ()), self._spelled
        return [number for number in numbers if number not in spelled or spelled[number].allows(tag)]

    def _enter(self, number: int, entry: "_Entry") -> None:
        spelled = tuple(words(entry.phrase))
        root = self._forms
        if entry.sense is _Sense.LOOSE:
            spelled = tuple(map(stem, spelled))
            root = self._stems
        if spelled:
            root.leaf(spelled).holdings.append(_Holding(number, entry.sense, entry.written))

    def _nodes_opened_by(self, form: str) -> tuple[tuple["_Node", ...], tuple["_Node", ...]]:
        bare = hosts(form)
        by_stem = dict.fromkeys(map(stem, bare))
        return (
            tuple(node for each in bare if (node := self._forms.children.get(each))),
            tuple(node for each in by_stem if (node := self._stems.children.get(each))),
        )

    def _found(self, text: str, *, with_bare: bool = False) -> dict[int, list[int]]:
        """Return the word positions of the mentions of each topic, ascending."""
        spans: dict[int, list[tuple[int, int]]] = {}
        blocked: dict[int, list[tuple[int, int]]] = {}
        for number, sense, start, end in self._hits(tokens(text)):
            if sense is _Sense.BLOCK:
                blocked.setdefault(number, []).append((start, end))
            elif with_bare or sense is not _Sense.BARE:
                spans.setdefault(number, []).append((start, end))

        starts = {number: _apart(found, blocked.get(number, [])) for number, found in spans.items()}
        return {number: found for number, found in starts.items() if found}

    def _hits(self, text: Sequence[Token]) -> Iterator[tuple[int, "_Sense", int, int]]:
        for start, token in enumerate(text):
            by_form, by_stem = self._opened(token.form)
            for node in by_form:
                for end, holding in _word_by_word(node, text, start + 1):
                    if _is_meant(holding, text, start, end):
                        yield holding.number, holding.sense, start, end
            for node in by_stem:
                for end, holding in _with_one_gap(node, text, start + 1):
                    yield holding.number, holding.sense, start, end


def _keys(topic: Topic, *, with_capitals: bool) -> set[str]:
    """Return the keys of the tags that name the topic; a single word may have or lack the article."""
    names = (topic.name, *topic.forms)
    others = () if topic.is_ambiguous else map(_other_article, names)
    capitals = topic.capitals if with_capitals else ()
    return {*map(topic_key, (*names, *topic.qualified, *capitals)), *others} - {""}


@dataclass(frozen=True, slots=True)
class _Spelling:
    """The single words by whose vowel marks a topic is told from another one: ``names`` are plain without marks too."""

    names: frozenset[str]
    qualified: tuple[str, ...]
    blocks: tuple[str, ...]

    def is_meant(self, name: str) -> bool:
        """Tell if the marks of a name say that it is this topic."""
        return any(_is_same_word(name, pattern) for pattern in self.qualified)

    def allows(self, name: str) -> bool:
        """Tell if a name, of which the letters fit, may be this topic as it is written."""
        if any(_is_same_word(name, pattern) for pattern in self.blocks):
            return False
        return topic_key(name) in self.names or self.is_meant(name)


def _spelling(topic: Topic) -> _Spelling | None:
    """Return by which vowel marks a topic is told from another one, or None if by none."""
    qualified, blocks = (
        tuple(word for word in given if marks_of(word) and _written_if_single(word))
        for given in (topic.qualified, topic.blocks)
    )
    if not (qualified or blocks):
        return None
    keys = _keys(topic, with_capitals=True) - set(map(topic_key, qualified))
    return _Spelling(frozenset(keys | set(map(topic_key, (topic.name, *topic.forms)))), qualified, blocks)


def _is_same_word(name: str, pattern: str) -> bool:
    return topic_key(name) == topic_key(pattern) and _is_written(shown_name(name), pattern)


def marks_of(name: str) -> str:
    """Return the vowel marks of a name, each after its letter's place; empty if it is written without."""
    pointed = _pointed(shown_name(name))
    return " ".join(f"{place}{''.join(sorted(marks))}" for place, (_, marks) in enumerate(pointed) if marks)


class _Sense(Enum):
    NAME = auto()
    BARE = auto()  # a word of the dictionary: counts in a title only
    NISBA = auto()  # قناة فرنسية: may only say whose newspaper it is
    LOOSE = auto()  # by light stems, one word may stand between
    BLOCK = auto()  # here the name means something else


@dataclass(frozen=True, slots=True)
class _Entry:
    """One way to write a topic; ``written`` is what the raw word must also look like, if anything."""

    phrase: str
    sense: _Sense
    written: str = ""


def _entries(topic: Topic, *, with_capitals: bool) -> Iterator[_Entry]:
    for name in (topic.name, *topic.forms):
        yield _named(name, is_ambiguous=topic.is_ambiguous)
    for capital in topic.capitals if with_capitals else ():
        yield _Entry(capital, _Sense.NAME)
    for nisba in topic.nisba:
        for inflected in _inflections(nisba):
            yield _Entry(inflected, _Sense.NISBA)
    for plural in topic.plurals:
        without = _without_article(plural)
        yield _Entry(without, _Sense.NAME)
        yield _Entry("ال" + without, _Sense.NAME)
    for phrase in topic.qualified:
        yield _Entry(phrase, _Sense.NAME, _written_if_single(phrase))
    for phrase in topic.blocks:
        yield _Entry(phrase, _Sense.BLOCK, _written_if_single(phrase))
    if topic == Topic(topic.name):
        yield from _looser(topic.name)


def _named(name: str, *, is_ambiguous: bool) -> _Entry:
    key = words(name)
    if len(key) > 1:
        return _Entry(name, _Sense.NAME)
    # Folding makes على (on) equal علي (Ali); only the spelling keeps them apart.
    written = _letters(tokens(name)[0].raw) if key and key[0] in STOP_WORDS else ""
    return _Entry(name, _Sense.BARE if is_ambiguous else _Sense.NAME, written)


def _written_if_single(phrase: str) -> str:
    return phrase if len(words(phrase)) == 1 else ""


def _looser(name: str) -> Iterator[_Entry]:
    """Yield how a name a reader typed may also appear: one word with the article, several words inflected."""
    key = words(name)
    if len(key) == 1 and key[0] not in STOP_WORDS and not _has_article(name):
        yield _Entry("ال" + key[0], _Sense.NAME)
    elif len(key) > 1 and not any(stem(word) in STOP_WORDS for word in key):  # الله leaves له, which is everywhere
        yield _Entry(name, _Sense.LOOSE)


_NISBA_ENDINGS = ("", "ة", "ين", "ون", "ان", "تان", "تين", "ات", "ا", "ي")
_LONG_NISBA = 6


def _inflections(nisba: str) -> Iterator[str]:
    """Yield the adjective in all genders, numbers and cases, with and without the article.

    In كوري شمالي both words are inflected and take the article; in جنوب أفريقي the last is inflected and the first
    takes the article.
    """
    parts = nisba.split()
    for ending, article in product(_NISBA_ENDINGS, ("", "ال")):
        inflected = [part + ending if part.endswith("ي") else part for part in parts]
        if all(part.endswith("ي") for part in parts):
            yield " ".join(article + part for part in inflected)
        else:
            yield article + " ".join(inflected)
    # الفلسطينين for الفلسطينيين is a common slip; a shorter word would meet others (مصرين: insisting).
    if len(parts) == 1 and len(nisba) >= _LONG_NISBA:
        yield from (article + nisba[:-1] + ending for ending in ("ين", "ون") for article in ("", "ال"))


_UNWRITTEN = re.compile("[\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_VOWEL_MARKS = "\u064b-\u065f\u0670"
_LETTER = re.compile(f"([^{_VOWEL_MARKS}])([{_VOWEL_MARKS}]*)")


def _letters(raw: str) -> str:
    """Return the written letters without vowel marks, nothing folded."""
    return "".join(letter for letter, _ in _pointed(raw))


def _pointed(raw: str) -> list[tuple[str, str]]:
    """Return the letters of a written word, each with its vowel marks."""
    return _LETTER.findall(_UNWRITTEN.sub("", unicodedata.normalize("NFKC", raw)))


_ARTICLE = "ال"
_FEWEST_NAME_LETTERS = 2


def _has_article(name: str) -> bool:
    """Decide on the unfolded letters: folding makes ألمانيا look like ال + مانيا."""
    letters = _letters(shown_name(name))
    return letters.startswith(_ARTICLE) and len(letters) >= len(_ARTICLE) + _FEWEST_NAME_LETTERS


def _without_article(name: str) -> str:
    return _letters(shown_name(name))[len(_ARTICLE) :] if _has_article(name) else name


def _other_article(name: str) -> str:
    """Return the key of a single-word name with the article if it has none, else without; empty for several words."""
    key = topic_key(name)
    if " " in key:
        return ""
    return topic_key(_without_article(name)) if _has_article(name) else _ARTICLE + key


@dataclass(frozen=True, slots=True)
class _Holding:
    number: int
    sense: _Sense
    written: str


@dataclass(slots=True)
class _Node:
    """One step of a phrase: the phrases that end here and the words that may follow."""

    children: "dict[str, _Node]" = field(default_factory=dict)
    holdings: list[_Holding] = field(default_factory=list)

    def leaf(self, path: Iterable[str]) -> "_Node":
        """Return the node at the end of the path, making the way where there is none."""
        node = self
        for step in path:
            node = node.children.setdefault(step, _Node())
        return node


def _word_by_word(node: _Node, text: Sequence[Token], end: int) -> Iterator[tuple[int, _Holding]]:
    for holding in node.holdings:
        yield end, holding
    while node.children and end < len(text):
        following = node.children.get(text[end].form)
        if following is None:
            return
        node = following
        end += 1
        for holding in node.holdings:
            yield end, holding


def _with_one_gap(node: _Node, text: Sequence[Token], end: int) -> Iterator[tuple[int, _Holding]]:
    """Follow the phrase by stems; one word may stand between, as in الانتخابات الرئاسية الأميركية.

    Only an adjective or a noun can stand inside a noun phrase, so a particle there ends it (قال محمد إن صلاح).
    """
    steps = [(node, end, True)]
    while steps:
        here, at, may_skip = steps.pop()
        for holding in here.holdings:
            yield at, holding
        if not here.children or at >= len(text):
            continue
        following = here.children.get(stem(text[at].form))
        if following:
            steps.append((following, at + 1, may_skip))
        elif may_skip and text[at].form not in STOP_WORDS:
            steps.append((here, at + 1, False))


def _is_meant(holding: _Holding, text: Sequence[Token], start: int, end: int) -> bool:
    """Judge one hit by how its word is written and by what stands before it."""
    word = text[start]
    if holding.written:
        return _is_written(word.raw, holding.written)
    if holding.sense is _Sense.NISBA:
        return not _names_a_medium(text, start, end)
    # Names in ا take no tanween: درعاً and صيداً are not درعا and صيدا.
    return not (word.has_tanween and end - start == 1 and word.form.endswith("ا"))


def _is_written(raw: str, pattern: str) -> bool:
    """Tell if the word ends in the pattern, letter by letter, with at least the pattern's vowel marks."""
    wanted = _pointed(pattern)
    written = _pointed(raw)[-len(wanted) :]
    return len(written) == len(wanted) and all(
        letter == other and set(marks) <= set(others)
        for (letter, marks), (other, others) in zip(wanted, written, strict=True)
    )


# The adjective that tells whose newspaper is quoted agrees with it in gender and number.
_MEDIA = {
    "يه": frozenset(map(normalise, ("صحيفة", "وكالة", "قناة", "شبكة", "مجلة", "جريدة", "إذاعة"))),
    "ي": frozenset(map(normalise, ("موقع", "تلفزيون", "تليفزيون", "راديو"))),
}
_MEDIA_DISTANCE = 4  # صحيفة واشنطن بوست الأميركية


# A site may be military and a canal Egyptian: after these the word before is no medium.
_NO_MEDIUM = frozenset(
    map(normalise, ("عسكري", "نووي", "أثري", "استراتيجي", "السويس", "بنما", "تجسس", "الكهرباء", "الفضاء", "الطاقة"))
)


def _names_a_medium(text: Sequence[Token], start: int, end: int) -> bool:
    """Tell if the adjective may only say whose medium is quoted: «قالت صحيفة واشنطن بوست الأميركية»."""
    last = text[end - 1].form
    media = _MEDIA["يه"] if last.endswith("يه") else _MEDIA["ي"] if last.endswith("ي") else frozenset()
    return any(
        text[position + 1].form not in _NO_MEDIUM
        and any(host.removeprefix(_ARTICLE) in media for host in hosts(text[position].form))
        for position in range(max(0, start - _MEDIA_DISTANCE), start)
    )


def _apart(spans: list[tuple[int, int]], blocked: list[tuple[int, int]]) -> list[int]:
    """Return where the mentions start that no block covers; overlapping ones are one mention."""
    starts: list[int] = []
    reached = 0
    covered = {position for start, end in blocked for position in range(start, end)}
    for start, end in sorted(spans):
        if covered and all(position in covered for position in range(start, end)):
            continue
        if not starts or start >= reached:
            starts.append(start)
        reached = max(reached, end)
    return starts


def _reason(is_keyword: bool, is_in_title: bool, starts: Sequence[int]) -> Reason | None:  # noqa: FBT001
    if is_keyword:
        return Reason.KEYWORD
    if is_in_title:
        return Reason.TITLE
    if starts and starts[0] < TopicIndex.LEAD_WORDS:
        return Reason.LEAD
    return Reason.MENTIONS if len(starts) >= TopicIndex.MANY_MENTIONS else None


def keyword_keys(topic: Topic) -> frozenset[str]:
    """Return the keys of what an editor may write as one keyword for a topic: its names and its capital."""
    return frozenset(map(topic_key, (topic.name, *topic.forms, *topic.capitals))) - {""}


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that an ambiguous name may mean, and how it is called when somebody is asked."""

    topic: str
    label: str


class Catalogue:
    """The topics we know by name, and what a reader may have meant."""

    # Of 595 typed slips 98 % keep their topic above this line, 10 % of unknown names get a false suggestion.
    LEAST_SIMILARITY = 0.75

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics: dict[str, Topic] = {}
        known = tuple(topics)
        for topic in known:
            self._topics.setdefault(topic.key, topic)
        for topic in known:
            for form in topic.forms:
                self._topics.setdefault(topic_key(form), topic)
        described = [topic for topic in known if topic != Topic(topic.name)]  # what readers typed is a name alone
        for topic in described:
            self._topics.setdefault(topic_key(_label(topic)), topic)
        self._topics.pop("", None)
        others = (_other_article(name) for topic in described for name in (topic.name, *topic.forms))
        self.keys = frozenset((*self._topics, *others)) - {""}
        self._pointed: dict[str, list[tuple[Topic, _Spelling]]] = {}
        self._longer: dict[str, list[Topic]] = {}
        for topic in described:
            self._describe(topic)

    def _describe(self, topic: Topic) -> None:
        if spelling := _spelling(topic):
            for key in set(map(topic_key, spelling.qualified)):
                self._pointed.setdefault(key, []).append((topic, spelling))
        first, _, rest = topic.key.partition(" ")
        if rest:
            self._longer.setdefault(first, []).append(topic)

    def resolve(self, name: str) -> Topic:
        """Return the known topic of this name, or a new one with nothing but the name; vowel marks decide."""
        meant = (topic for topic, spelling in self._pointed.get(topic_key(name), ()) if spelling.is_meant(name))
        return next(meant, None) or self._known(name) or Topic(shown_name(name))

    def senses(self, name: str) -> tuple[Sense, ...]:
        """Return what an ambiguous name may mean, at most four things; nothing if it means one.

        A word of the dictionary may be short for longer names («الاتحاد»), or be told from another name by vowel marks
        that are missing («عمان»).
        """
        known, key = self._known(name), topic_key(name)
        pointed = self._pointed.get(key, ())
        if known is None or not known.is_ambiguous or any(spelling.is_meant(name) for _, spelling in pointed):
            return ()
        others = dict.fromkeys((*(topic for topic, _ in pointed), *self._longer.get(known.key, ())))
        senses = [Sense(known.name, _label(known)), *(Sense(each.name, each.name) for each in others if each != known)]
        return tuple(senses[:_MOST_SENSES]) if len(senses) > 1 else ()

    def suggestions(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Return the names of known topics spelled much like this one, the likeliest first; none if it is known."""
        key = topic_key(name)
        if not key or self._known(name):
            return ()
        likely = process.extract(
            key,
            self._topics.keys(),
            scorer=OSA.normalized_similarity,
            score_cutoff=self.LEAST_SIMILARITY,
            limit=None,
        )
        return tuple(dict.fromkeys(self._topics[found].name for found, _, _ in likely))[:limit]

    def _known(self, name: str) -> Topic | None:
        return self._topics.get(topic_key(name)) or self._topics.get(_other_article(name))


_MOST_SENSES = 4


def _label(topic: Topic) -> str:
    """Return the phrase that says which thing of this name it is: «سلطنة عمان», «نادي الاتحاد»."""
    return next((phrase for phrase in topic.qualified if " " in phrase and topic.name in phrase.split()), topic.name)
