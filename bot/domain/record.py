"""All that is held on one reader, as the file that they may ask for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from bot.domain.delivery import Status
from bot.domain.mute import Mute
from bot.domain.rating import Rating
from bot.domain.schedule import Schedule, shown_times
from bot.domain.submission import Verdict
from bot.domain.subscriber import Subscriber
from bot.domain.subscription import Subscription

_FORMAT = "mujaz-reader-1"


@dataclass(frozen=True, slots=True)
class Written:
    """A message of ours: its text, with a file's name if it brought one, and what became of it."""

    text: str
    planned_at: datetime
    status: Status
    message_id: int | None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An article that a reader sent first and an editor was, or is, to decide on."""

    title: str
    at: datetime
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Record:
    """What is held on a reader besides the articles that they sent; all oldest first.

    ``seen``, ``saved`` and ``ratings`` (by the titles of stories), ``searches`` (what was asked) and ``fetched``
    (addresses and files) come with the moment, ``digests`` are the moments for which there was one. ``received`` are
    raw updates and raw messages.
    """

    reader: Subscriber
    since: datetime
    is_editor: bool = False
    topics: tuple[Subscription, ...] = ()
    seen: tuple[tuple[str, datetime], ...] = ()
    saved: tuple[tuple[str, datetime], ...] = ()
    ratings: tuple[tuple[str, Rating], ...] = ()
    mutes: tuple[Mute, ...] = ()
    searches: tuple[tuple[str, datetime], ...] = ()
    digests: tuple[datetime, ...] = ()
    written: tuple[Written, ...] = ()
    received: tuple[Mapping[str, Any], ...] = ()
    submitted: tuple[Sent, ...] = ()
    fetched: tuple[tuple[str, datetime], ...] = ()


def file_of(record: Record, articles: Sequence[bytes], left_out: int, now: datetime) -> bytes:
    """Return a record as JSON with ``articles``, lines of an export; they stand in it a line each."""
    head = json.dumps(_told(record, left_out, now), ensure_ascii=False, indent=1).translate(_HALVES)
    listed = b",\n".join(line.strip() for line in articles)
    return head.removesuffix("\n}").encode() + b',\n "articles": [\n' + listed + b"\n]}\n"


_HALVES = {code: f"\\u{code:04x}" for code in range(0xD800, 0xE000)}  # JSON can spell them and UTF-8 cannot


def _told(record: Record, left_out: int, now: datetime) -> dict[str, Any]:
    reader = record.reader
    return {
        "format": _FORMAT,
        "made_at": _at(now),
        "reader": {
            "chat_id": reader.chat_id,
            "thread_id": reader.thread_id,
            "language": reader.language,
            "standing": reader.standing,
            "since": _at(record.since),
            **_schedule(reader.schedule),
            "next_digest": reader.digest_at and _at(reader.digest_at),
            "next_review": reader.review_at and _at(reader.review_at),
            "covered_until": reader.digested_at and _at(reader.digested_at),
            "is_editor": record.is_editor,
        },
        "preferences": asdict(reader.preferences),
        "topics": [_subscription(each) for each in record.topics],
        "stories_shown": [{"title": title, "at": _at(at)} for title, at in record.seen],
        "stories_saved": [{"title": title, "at": _at(at)} for title, at in record.saved],
        "ratings": [_rating(title, rating) for title, rating in record.ratings],
        "mutes": [_mute(mute) for mute in record.mutes],
        "searches": [{"asked": asked, "at": _at(at)} for asked, at in record.searches],
        "digests": [_at(slot) for slot in record.digests],
        "messages_from_the_bot": [_written(each) for each in record.written],
        "messages_to_the_bot": list(record.received),
        "submitted": [{"title": each.title, "at": _at(each.at), "verdict": each.verdict} for each in record.submitted],
        "links_and_files_read": [{"place": place, "at": _at(at)} for place, at in record.fetched],
        "articles_left_out": left_out,
    }


def _schedule(schedule: Schedule) -> dict[str, Any]:
    quiet, away, weekly = schedule.quiet, schedule.away, schedule.weekly
    return {
        "times": shown_times(schedule.times),
        "zone": schedule.zone,
        "days": [day + 1 for day in sorted(schedule.days)],  # 1 is Monday
        "quiet": quiet and {"from": f"{quiet.start:%H:%M}", "to": f"{quiet.end:%H:%M}"},
        "away": away and {"since": _at(away.since), "until": _at(away.until)},
        "weekly": weekly and {"day": weekly.day + 1, "at": f"{weekly.at:%H:%M}"},
    }


def _subscription(each: Subscription) -> dict[str, Any]:
    return {
        "name": each.topic,
        "since": _at(each.since),
        "without": list(each.without),
        "at_once_since": each.at_once_since and _at(each.at_once_since),
    }


def _written(each: Written) -> dict[str, Any]:
    return {
        "text": each.text,
        "planned_at": _at(each.planned_at),
        "status": each.status,
        "message_id": each.message_id,
        "file": each.file,
    }


def _rating(title: str, rating: Rating) -> dict[str, Any]:
    return {
        "title": title,
        "is_liked": rating.is_liked,
        "topics": list(rating.topics),
        "source": rating.source,
        "at": _at(rating.rated_at),
    }


def _mute(mute: Mute) -> dict[str, Any]:
    return {"name": mute.topic, "since": _at(mute.since), "until": mute.until and _at(mute.until)}


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
