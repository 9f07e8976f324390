"""The buttons under our messages."""

from collections.abc import Sequence

from bot.domain.channel import Channel
from bot.domain.delivery import Button
from bot.services.browse import Offer
from bot.telegram.digests import in_order
from bot.telegram.language import Language
from handlers.callbacks import (
    DisablePressed,
    EnablePressed,
    FollowPressed,
    UnfollowPressed,
    channel_payload_of,
    payload_of,
)

_IN_A_ROW = 2
_LONGEST_LABEL = 40
_FOLLOWED, _OFFERED = "✓", "+"


def offers(topics: Sequence[Offer], language: Language) -> tuple[tuple[Button, ...], ...]:
    """Return a button a topic: ✓ for those followed, which it ends, + for those it starts."""
    return in_pairs([_button(topic) for topic in topics], language)


def in_pairs(buttons: Sequence[Button], language: Language) -> tuple[tuple[Button, ...], ...]:
    """Return buttons two in a row, so that they are read in their order."""
    places = range(0, len(buttons), _IN_A_ROW)
    return tuple(in_order(buttons[place : place + _IN_A_ROW], language) for place in places)


def channel_switches(channels: Sequence[Channel]) -> tuple[tuple[Button, ...], ...]:
    """Return a button a channel, a row each: ✓ for those enabled, which it ends, + for those it starts."""
    return tuple((_switch(channel),) for channel in channels)


def _switch(channel: Channel) -> Button:
    pressed = DisablePressed(channel.chat_id) if channel.is_enabled else EnablePressed(channel.chat_id)
    mark = _FOLLOWED if channel.is_enabled else _OFFERED
    return Button(f"{mark} {_clipped(channel.title)}", payload=channel_payload_of(pressed))


def enabling(channel: Channel, language: Language) -> tuple[Button, ...]:
    """Return the button that enables a channel."""
    return (Button(language.say("اعتماد القناة"), payload=channel_payload_of(EnablePressed(channel.chat_id))),)


def numbered(titles: Sequence[str], payloads: Sequence[str]) -> tuple[tuple[Button, ...], ...]:
    """Return a button a title, a row each, with the number under which the message lists it."""
    pairs = enumerate(zip(titles, payloads, strict=True), start=1)
    return tuple((Button(f"{place}. {_clipped(title)}", payload=payload),) for place, (title, payload) in pairs)


def labelled(topic: Offer) -> str:
    """Return a topic as a button names it."""
    mark = _FOLLOWED if topic.is_followed else _OFFERED
    return " ".join(filter(None, (mark, topic.flag, _clipped(topic.name))))


def _button(topic: Offer) -> Button:
    pressed = UnfollowPressed(topic.code) if topic.is_followed else FollowPressed(topic.code)
    return Button(labelled(topic), payload=payload_of(pressed))


def _clipped(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else name[: _LONGEST_LABEL - 1] + "…"
