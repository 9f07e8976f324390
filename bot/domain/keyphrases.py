"""Tags for an article without keywords: what editors would have called it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.topic import Catalogue, Topic, TopicIndex, topic_key


@dataclass(frozen=True, slots=True)
class KnownTag:
    """A tag that editors have used: in ``uses`` articles as a keyword; ``mentions`` articles have it in their text.

    ``uses`` may exceed ``mentions``: of the keywords of real articles only about half stand in the text. ``is_guess``
    says that nobody wrote it apart: our reading of a footer found it.
    """

    name: str
    uses: int
    mentions: int
    is_guess: bool = False

    @property
    def is_established(self) -> bool:
        """Whether it may tell where keywords end: a guess only when it came twice.

        Of 651 footers read one after another, .788 were right to the last tag when the first guess counted, .806 when
        the second did.
        """
        return not self.is_guess or self.uses > 1


class Lexicon:
    """Suggests the known tags that an article mentions; two spellings of one tag count once, the first wins."""

    # What passes under the line lowers the precision more than it finds: .57 instead of .50 at a recall of .27
    # (1,254 articles, counted in one half and scored in the other, both ways).
    LEAST_SCORE = 0.4

    def __init__(self, known: Iterable[KnownTag] = (), catalogue: Catalogue | None = None) -> None:
        self._catalogue = catalogue or Catalogue(())
        self._known: dict[str, KnownTag] = {}
        self._index = TopicIndex()
        by_key: dict[str, KnownTag] = {}
        for tag in known:
            by_key.setdefault(topic_key(tag.name), tag)
        self.learn(by_key.values())

    def learn(self, tags: Iterable[KnownTag]) -> None:
        """Take new tags in, and the new counts of known ones."""
        for tag in tags:
            key = topic_key(tag.name)
            if key:
                self._known[key] = tag
                self._index.add(_topic(tag.name, self._catalogue))

    def mentioned(self, title: str, body: str) -> frozenset[str]:
        """Return the names of the known tags in an article: those whose ``mentions`` it raises by one."""
        keys = _by_key(self._index.mentions(title)).keys() | _by_key(self._index.mentions(body)).keys()
        return frozenset(self._known[key].name for key in keys)

    def suggested(self, title: str, body: str, most: int = 5) -> tuple[str, ...]:
        """Return the best known tags for an article, the best first; none where nothing is likely enough."""
        in_title, in_body = _by_key(self._index.mentions(title)), _by_key(self._index.mentions(body))
        in_lead = _by_key(self._index.mentions(" ".join(body.split()[: TopicIndex.LEAD_WORDS])))
        scores = {
            key: _weight(in_title.get(key, 0), in_body.get(key, 0), is_in_lead=key in in_lead)
            * _keyphraseness(self._known[key])
            for key in in_title.keys() | in_body.keys()
        }
        likely = (key for key, score in scores.items() if score >= self.LEAST_SCORE)
        best = sorted(likely, key=lambda key: (-scores[key], key))
        return tuple(self._known[key].name for key in best[: max(0, most)])


def _topic(name: str, catalogue: Catalogue) -> Topic:
    """Return the tag as a topic, with its adjectives if it is the catalogue's own name for it.

    «أميركا» and «الولايات المتحدة» are two tags of one topic: an editor chose between the words, so each keeps to its
    own.
    """
    topic = catalogue.resolve(name)
    return topic if topic.key == topic_key(name) else Topic(name)


def _by_key(mentions: Mapping[str, int]) -> dict[str, int]:
    return {topic_key(name): count for name, count in mentions.items()}


_WEIGHT_OF_A_PLACE = 2


def _weight(in_title: int, in_body: int, *, is_in_lead: bool) -> float:
    """Return how much an article makes of a tag; twenty mentions are not ten times two."""
    return 1 + math.log(in_title + in_body) + _WEIGHT_OF_A_PLACE * (bool(in_title) + is_in_lead)


_SMOOTHING = 3  # articles: one use for one mention proves little


def _keyphraseness(tag: KnownTag) -> float:
    """Return how often a tag that is mentioned is used: «الأمم المتحدة» is everywhere and seldom a keyword."""
    return max(0, tag.uses) / (max(0, tag.mentions) + _SMOOTHING)
