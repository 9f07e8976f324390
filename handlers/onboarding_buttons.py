"""The buttons with which a newcomer begins, and what their payloads mean, both ways."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from bot.domain.delivery import Button
from bot.services.browse import Offer
from bot.services.onboard import HOURS, Step
from bot.telegram.language import Language, Languages
from handlers.keyboards import in_pairs, labelled
from handlers.onboarding_texts import hour
from handlers.schedule_buttons import ASK_ZONE
from handlers.schedule_texts import zone_label

BEGINNING = "b:"  # what follows names what is wanted, not which message asked
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class TopicChosen:
    """Follow the topic with this code, or follow it no more."""

    code: str
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class HourChosen:
    """Let the digest come at this time."""

    at: time


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """Speak this language."""

    code: str


Chosen = TopicChosen | HourChosen | LanguageChosen


def choices(offered: Sequence[Offer], step: Step, languages: Languages) -> Rows:
    """Return the topics, two in a row, the hours, and below them the language and the zone."""
    language = languages.of(step.subscriber)
    topics = [Button(labelled(offer), payload(TopicChosen(offer.code, not offer.is_followed))) for offer in offered]
    others = [
        Button(other.name, payload(LanguageChosen(other.code))) for other in languages if other.code != language.code
    ]
    zone = Button(zone_label(step.subscriber.schedule, language), ASK_ZONE)
    return (
        *in_pairs(topics, language),
        *hours(step, language),
        _laid([zone, *others], language),
    )


def hours(step: Step, language: Language) -> Rows:
    """Return the row of hours, none for a reader of several times."""
    if not step.may_choose:
        return ()
    chosen = step.subscriber.schedule.times if step.is_timed else ()
    row = [Button(("✓ " if at in chosen else "") + hour(at, language), payload(HourChosen(at))) for at in HOURS]
    return (_laid(row, language),)


def _laid(row: Sequence[Button], language: Language) -> tuple[Button, ...]:
    """Return a row so that it is read as it stands: Telegram lays every row out from the left."""
    return tuple(reversed(row)) if language.is_right_to_left else tuple(row)


def payload(chosen: Chosen) -> str:
    """Return the payload of a button."""
    match chosen:
        case TopicChosen(code, is_wanted):
            return f"{BEGINNING}{'+' if is_wanted else '-'}{code}"
        case HourChosen(at):
            return f"{BEGINNING}{at:%H%M}"
        case LanguageChosen(code):
            return f"{BEGINNING}{code}"


_TOPIC, _LANGUAGE = re.compile(r"([+-])([a-z]\d{1,9})"), re.compile(r"[a-z]{2}")
_HOURS = {f"{at:%H%M}": at for at in HOURS}


def meaning(data: str | None) -> Chosen | None:
    """Return what a payload asks for, or None if it is none of ours."""
    code = (data or "").removeprefix(BEGINNING)
    if code == data:
        return None
    if found := _TOPIC.fullmatch(code):
        return TopicChosen(found[2], found[1] == "+")
    if code in _HOURS:
        return HourChosen(_HOURS[code])
    return LanguageChosen(code) if _LANGUAGE.fullmatch(code) else None


def codes_of(payloads: Iterable[object]) -> list[str]:
    """Return the codes of the topics that a message's buttons offer, in their order."""
    found = [meaning(data) for data in payloads if isinstance(data, str)]
    return [each.code for each in found if isinstance(each, TopicChosen)]
