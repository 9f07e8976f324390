"""The buttons under our messages."""

from collections.abc import Sequence

from bot.domain.delivery import Button
from bot.services.browse import Offer
from handlers.callbacks import FollowPressed, UnfollowPressed, payload_of

_IN_A_ROW = 2
_LONGEST_LABEL = 40
_FOLLOWED, _OFFERED = "✓", "+"


def offers(topics: Sequence[Offer]) -> tuple[tuple[Button, ...], ...]:
    """Return a button a topic, two in a row: ✓ for those followed, which it ends, + for those it starts."""
    buttons = [_button(topic) for topic in topics]
    return tuple(tuple(buttons[place : place + _IN_A_ROW]) for place in range(0, len(buttons), _IN_A_ROW))


def _button(topic: Offer) -> Button:
    mark = _FOLLOWED if topic.is_followed else _OFFERED
    pressed = UnfollowPressed(topic.code) if topic.is_followed else FollowPressed(topic.code)
    name = topic.name if len(topic.name) <= _LONGEST_LABEL else topic.name[: _LONGEST_LABEL - 1] + "…"
    return Button(" ".join(filter(None, (mark, topic.flag, name))), payload=payload_of(pressed))
