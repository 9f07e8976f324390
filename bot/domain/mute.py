"""A topic of which a reader wants to hear nothing for a time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.domain.topic import topic_key

_UNDO = timedelta(hours=1)  # within it a mute can be as if it had never been


class Span(StrEnum):
    """For how long."""

    DAY = "d"
    WEEK = "w"
    UNTIL_UNMUTED = "a"


_SAID = {
    topic_key(said): span
    for span, all_said in {
        Span.DAY: "يوما|ليوم|يوما واحدا|لمدة يوم|اليوم|for a day",
        Span.WEEK: "أسبوعا|لأسبوع|أسبوعا واحدا|لمدة أسبوع|هذا الأسبوع|for a week",
        Span.UNTIL_UNMUTED: "دائما|إلى الأبد|حتى أرفع الكتم|حتى إشعار آخر|for good",
    }.items()
    for said in all_said.split("|")
}


def span_in(typed: str) -> tuple[str, Span | None]:
    """Return what a person typed without the time at its end, and that: «روسيا أسبوعًا», «روسيا لمدة يوم»."""
    typed_words = typed.split()
    for size in range(min(len(typed_words), _LONGEST_SAID), 0, -1):
        if span := _SAID.get(topic_key(" ".join(typed_words[-size:]))):
            return " ".join(typed_words[:-size]), span
    return typed, None


_LONGEST_SAID = 3  # words
_LENGTHS = {Span.DAY: timedelta(days=1), Span.WEEK: timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class Mute:
    """A subscription that is silent ``until`` then, or for good if there is no end.

    What reached us before its end is no news under this topic, then or later: a mute that ends brings no flood.
    ``before`` is the end of the mute that this one replaced.
    """

    topic: str
    since: datetime
    until: datetime | None
    before: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        """Tell if the topic is silent."""
        return self.until is None or now < self.until

    def ended(self, now: datetime) -> Self | None:
        """Return what is left of it when the reader takes it back: soon nothing, later that it was."""
        if now - self.since >= _UNDO:
            return replace(self, until=now) if self.is_on(now) else self
        return None if self.before is None else replace(self, until=self.before, before=None)


def muted(topic: str, span: Span, earlier: Mute | None, now: datetime) -> Mute:
    """Return the mute of a topic from now on; pressed again it is the same mute, of another length."""
    until = now + _LENGTHS[span] if span in _LENGTHS else None
    if earlier is None:
        return Mute(topic, now, until)
    if earlier.is_on(now):
        return replace(earlier, until=until)
    return Mute(topic, now, until, earlier.until)
