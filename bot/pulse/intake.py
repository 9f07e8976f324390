"""The use cases that take articles in, counted: by what brought them and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.domain.article import Draft
from bot.domain.limits import Exhausted
from bot.domain.subscriber import Subscriber
from bot.domain.unread import Unread
from bot.pulse.counts import Event, Pulse
from bot.services.attach import Attach, File
from bot.services.attach import Result as Attached
from bot.services.collect import Collected, NotAnArticle
from bot.services.gather import Gather, Gathered
from bot.services.revise import Revise, Revised, Unchanged

Became = Collected | Revised | Unchanged | NotAnArticle | Unread | Exhausted


@dataclass(frozen=True, slots=True)
class CountedRevise(Revise):
    """Messages, counted."""

    pulse: Pulse

    async def __call__(
        self, draft: Draft, sender: Subscriber | None
    ) -> Collected | Revised | Unchanged | NotAnArticle | Exhausted:
        """See ``Revise``."""
        result = await Revise.__call__(self, draft, sender)
        self.pulse.count(Event.TAKEN_IN, "message", outcome(result))
        return result


@dataclass(frozen=True, slots=True)
class CountedGather(Gather):
    """Links, counted."""

    pulse: Pulse

    async def __call__(self, urls: Sequence[str], draft: Draft, sender: Subscriber) -> Gathered:
        """See ``Gather``."""
        gathered = await Gather.__call__(self, urls, draft, sender)
        for result in gathered.by_address.values():
            self.pulse.count(Event.TAKEN_IN, "link", outcome(result))
        return gathered


@dataclass(frozen=True, slots=True)
class CountedAttach(Attach):
    """Files, counted."""

    pulse: Pulse

    async def __call__(self, file: File, draft: Draft, sender: Subscriber) -> Attached:
        """See ``Attach``."""
        result = await Attach.__call__(self, file, draft, sender)
        self.pulse.count(Event.TAKEN_IN, "file", outcome(result))
        return result


def outcome(result: Became) -> str:
    """Return one word for what became of something that was sent in."""
    match result:
        case Collected(is_new=True):
            return "new"
        case Collected() | Unchanged():
            return "known"
        case Revised():
            return "revised"
        case NotAnArticle():
            return "no_article"
        case Unread():
            return "unread"
        case Exhausted():
            return "over_limit"
        case _:
            assert_never(result)
