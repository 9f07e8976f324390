"""What is read in a text that reached us: its parts, what it is about, and the tags it deserves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.arabic.layout import Layout, read_layout
from bot.arabic.names import Names
from bot.domain.article import Draft, fingerprint
from bot.domain.informed import informed
from bot.domain.intake import Refusal, refusal
from bot.domain.keyphrases import KnownTag, Lexicon
from bot.domain.repetition import line_fingerprints
from bot.domain.topic import Subject, Topic, TopicIndex, keyword_keys, topic_key


@dataclass(frozen=True, slots=True)
class Text:
    """The parts of an article that are read for topics and sentences."""

    title: str
    body: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A text taken apart; ``refusal`` says why it is no article, if it is none.

    ``lines`` are the fingerprints of its lines: what a source prints day after day is not the article's.
    """

    layout: Layout
    fingerprint: str
    refusal: Refusal | None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What an article says beyond its parts.

    ``mentioned`` names the known tags in its text.
    """

    subjects: tuple[Subject, ...]
    suggested: tuple[str, ...]
    mentioned: tuple[str, ...]
    summary: tuple[str, ...]


class Knowledge:
    """The topics and tags that help to read; it grows by what it is told, and is told everything once."""

    def __init__(self, *, with_capitals: bool = False) -> None:
        self._topics = TopicIndex(with_capitals=with_capitals)
        self._lexicon = Lexicon()
        self._keywords = Names()  # where one keyword of a footer ends

    def learn(self, topics: Iterable[Topic] = (), tags: Sequence[KnownTag] = ()) -> None:
        """Take in new topics, and tags that are new or have new counts."""
        for topic in topics:
            self._topics.add(topic)
            self._keywords.add(keyword_keys(topic))
        self._lexicon.learn(tags)
        self._keywords.add(topic_key(tag.name) for tag in tags if tag.is_established)

    def opened(self, draft: Draft) -> Opened:
        """Take a text apart."""
        layout = read_layout(draft.text, draft.sent_at, self._keywords)
        if draft.facts:
            layout = informed(layout, draft.facts, draft.sent_at)
        why = refusal(layout, is_forwarded=draft.origin is not None)
        lines = tuple(sorted(line_fingerprints(layout.body)))
        return Opened(layout, fingerprint(layout.title, layout.body), why, lines)

    def subjects(self, layout: Layout) -> tuple[Subject, ...]:
        """Return what an article is about, in the order in which the topics came."""
        return self._topics.read(layout.title, "\n".join(layout.body), layout.tags).subjects

    def suggested(self, layout: Layout) -> tuple[str, ...]:
        """Return tags for an article that carries none."""
        return () if layout.tags else self._lexicon.suggested(layout.title, "\n".join(layout.body))

    def mentioned(self, layout: Layout) -> tuple[str, ...]:
        """Return the known tags in the text of an article."""
        return tuple(sorted(self._lexicon.mentioned(layout.title, "\n".join(layout.body))))
