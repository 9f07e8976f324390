"""Whoever presses every button that they find: once, again, late, in somebody else's place, after a restart."""

import asyncio
import itertools
import logging
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.sandbox.server import SandboxServer
from tests.running import settled

_MOST_BYTES = 64
_VARYING = re.compile(r"(?<=:)[0-9a-f]{32}|(?<=^j:).+|\d+")
_DEAD = re.compile("لم يعد يعمل|no longer works")
_GONE = "9" * 43 + "A"
_CODE = re.compile(r"(?<=[:+-][gt])\d+")  # of a topic
_OF_A_MOMENT = "forget:"
_LATELY = 2000  # requests; all that a few presses cause
_LATEST = 5.0  # seconds
# What is kept of whom, the chat first, 0 for what is everybody's. Moments that each press may move are left out.
_KEPT = (
    "SELECT chat_id, thread_id, standing, language FROM subscribers",
    """SELECT chat_id, thread_id, topics.name, at_once_since IS NOT NULL FROM subscriptions
    JOIN subscribers ON subscribers.id = subscriber_id JOIN topics ON topics.id = topic_id""",
    """SELECT chat_id, thread_id, subscription_id, exclusions.topic_id FROM exclusions
    JOIN subscriptions ON subscriptions.id = subscription_id JOIN subscribers ON subscribers.id = subscriber_id""",
    """SELECT chat_id, thread_id, topic_id, round(julianday(until) - julianday(mutes.since), 2) FROM mutes
    JOIN subscribers ON subscribers.id = subscriber_id""",
    "SELECT chat_id, thread_id, story_id, is_liked FROM ratings JOIN subscribers ON subscribers.id = subscriber_id",
    "SELECT chat_id, thread_id, preferences.* FROM preferences JOIN subscribers ON subscribers.id = subscriber_id",
    """SELECT chat_id, thread_id, times, zone, days, quiet_from, quiet_to, away_since IS NULL, away_until IS NULL,
    weekly_on, weekly_at FROM schedules JOIN subscribers ON subscribers.id = subscriber_id""",
    "SELECT chat_id, thread_id, story_id FROM saved JOIN subscribers ON subscribers.id = subscriber_id",
    "SELECT chat_id, thread_id, story_id FROM seen JOIN subscribers ON subscribers.id = subscriber_id",
    "SELECT chat_id, thread_id, key FROM digests JOIN subscribers ON subscribers.id = subscriber_id",
    "SELECT chat_id, deliveries.id FROM deliveries WHERE digest_id IS NOT NULL",
    "SELECT 0, user_id, name FROM editors",
    "SELECT 0, chat_id, enabled_at IS NULL FROM channels",
    "SELECT 0, article_id, verdict, decided_by FROM submissions",
    "SELECT 0, id, story_id, for_everyone_since FROM articles",
    "SELECT 0, url FROM feeds",
)

Kept = frozenset[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """A button under one of our messages."""

    chat_id: int
    message_id: int
    payload: str

    @property
    def shape(self) -> str:
        """What it is a button of, whatever the story, the topic or the page."""
        return _VARYING.sub("#", self.payload)


@dataclass(frozen=True, slots=True)
class Press:
    """One press, and how it comes."""

    how: str
    user_id: int
    button: Found
    more: Mapping[str, Any] = field(default_factory=dict)


def _gone(payload: str) -> str:
    """Return such a payload of what never was or is no more: a story, a topic, a page, an hour."""
    return _VARYING.sub(lambda found: _GONE[: len(found[0])], _CODE.sub(_GONE[:9], payload))


@dataclass
class Crawl:
    """Presses the buttons of these chats, in each by the one named; ``others`` try what they find there.

    Everything that should not have been is a line of ``problems``.
    """

    sandbox: SandboxServer
    folder: Path
    http: httpx.AsyncClient
    caplog: pytest.LogCaptureFixture
    pressers: Mapping[int, int]
    others: Sequence[tuple[str, int, Found]]  # how, who, and the message of ours that is theirs
    members: Mapping[int, int]
    found: dict[tuple[int, str], Found] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    held: set[tuple[bool, str]] = field(default_factory=set)  # in a room or not, which are two ways for a press
    problems: list[str] = field(default_factory=list)
    _heard: int = 0  # lines of the log
    _sorry: int = 0

    def new(self) -> list[Found]:
        """Return the buttons of a shape that was not seen before in their chat, each of which is known from now on."""
        return [
            button
            for button in self._shown()
            if self.found.setdefault((button.chat_id, button.shape), button) is button
        ]

    async def hold(self, found: Found) -> list[Found]:
        """Press a button in every way; return those that it leads to."""
        button, is_shown = self._newest(found)
        is_tried, is_held = button.shape in self.tried, (button.chat_id < 0, button.shape) in self.held
        self.tried.add(button.shape)
        self.held.add((button.chat_id < 0, button.shape))
        await self._not_by_others(button, is_tried=is_tried)
        taps = [Press("a tap", self.pressers[button.chat_id], button)] * (1 if is_tried else 2)
        promised, before = self._digests(), self._written(button.chat_id)
        answer, *_ = await self.pressed(taps)
        brought = -(-(self._written(button.chat_id) - before) // len(taps))
        if is_shown and _DEAD.search(answer):
            self.problems.append(f"dead: {button}")
        if self._digests() - promised > 1:
            self.problems.append(f"two digests for two taps: {button}")
        leads_to = self.new()
        if not is_held:
            await self._not_again(button, brought, is_tried=is_tried)
        return [*leads_to, *self.new()]

    async def _not_by_others(self, button: Found, *, is_tried: bool) -> None:
        """Let those press first who may not: here members, and once a shape, in a place of theirs, all others."""
        member = self.members.get(button.chat_id)
        presses = [Press("a member", member, button)] if member else []
        for how, who, theirs in () if is_tried else self.others:
            presses.append(Press(how, who, replace(theirs, payload=button.payload)))
        if presses:
            before = self.kept()
            await self.pressed(presses)
            entitled = {press.button.chat_id for press in presses} - self.pressers.keys()
            self._note(before, f"by others: {button}", entitled)

    async def _not_again(self, button: Found, brought: int, *, is_tried: bool) -> None:
        presser, before = self.pressers[button.chat_id], self._written(button.chat_id)
        presses = [
            Press("again", presser, button),
            Press("under a message that is out of sight", presser, button, {"inaccessible": True}),
        ]
        if not (is_tried or button.shape.startswith(_OF_A_MOMENT)):
            presses.append(Press("of what is gone", presser, replace(button, payload=_gone(button.payload))))
        once = self.kept()
        await self.pressed(presses)
        if self._written(button.chat_id) - before > brought * len(presses):
            self.problems.append(f"more messages than the first press brought: {button}")
        self._note(once, f"again: {button}")

    def _note(self, before: Kept, how: str, entitled: Collection[int] = ()) -> None:
        changed = sorted((row for row in before ^ self.kept() if row[0] not in entitled), key=repr)
        self.problems += [f"{row} changed, pressed {how}" for row in changed]

    def _newest(self, found: Found) -> tuple[Found, bool]:
        """Return the button of that shape that a chat shows now and whether it does, or else the one it showed."""
        shown = [each for each in self._shown() if (each.chat_id, each.shape) == (found.chat_id, found.shape)]
        return (shown[-1], True) if shown else (found, False)

    async def meanwhile(self) -> tuple[list[Press], list[str]]:
        """Press everything that was found while the bot is not there, until it is too late, and delete the messages."""
        presses = [
            Press("too late", self.pressers[each.chat_id], each, {"expired": True})
            for each in self.found.values()
            if each.message_id in self.sandbox.world.messages[each.chat_id]
        ]
        queries = [await self._queued(press) for press in presses]
        for chat_id, message_id in {(press.button.chat_id, press.button.message_id) for press in presses}:
            where = {"chat_id": chat_id} if chat_id < 0 else {}
            deleted = {"message_id": message_id} | where
            await self.http.post(f"/sandbox/users/{self.pressers[chat_id]}/deletions", json=deleted)
        return presses, queries

    async def pressed(self, presses: Sequence[Press]) -> list[str]:
        """Press, all at once, and wait until everything came of it; return what was answered."""
        queries = await asyncio.gather(*map(self._queued, presses))
        await settled(self.sandbox, self.folder)
        await self._answered(queries)
        self.check(presses, queries)
        return [str((self.sandbox.world.answers[query] or {}).get("text", "")) for query in queries]

    async def _answered(self, queries: Sequence[str]) -> None:
        """Wait for answers that come after all is settled: of who is forgotten nothing tells that it is in hand."""
        answers = self.sandbox.world.answers
        await self.sandbox.world.bell.until(lambda: all(answers[each] is not None for each in queries), _LATEST)
        await settled(self.sandbox, self.folder)

    async def _queued(self, press: Press) -> str:
        button = press.button
        where = {"chat_id": button.chat_id} if button.chat_id < 0 else {}
        what: dict[str, Any] = {"message_id": button.message_id, "data": button.payload, "wait": 0}
        pressed = what | where | dict(press.more)
        done = await self.http.post(f"/sandbox/users/{press.user_id}/presses", json=pressed)
        return str(done.raise_for_status().json()["query_id"])

    def check(self, presses: Sequence[Press], queries: Sequence[str]) -> None:
        """Note which presses were not answered once, and what went wrong meanwhile."""
        requests = itertools.islice(reversed(self.sandbox.world.log), _LATELY)
        asked = [
            entry["params"].get("callback_query_id") for entry in requests if entry["method"] == "answerCallbackQuery"
        ]
        for press, query in zip(presses, queries, strict=True):
            if (times := asked.count(query)) != 1:
                self.problems.append(f"{press.how}: answered {times} times: {press.button}")
            if len(press.button.payload.encode()) > _MOST_BYTES:
                self.problems.append(f"too long: {press.button}")
        about = {press.button.payload for press in presses}
        fresh = self.caplog.records[self._heard :]
        self._heard += len(fresh)
        self.problems += [f"{each.getMessage()}: {about}" for each in fresh if each.levelno >= logging.ERROR]
        if (sorry := self._apologies()) > self._sorry:
            self.problems.append(f"an apology: {about}")
            self._sorry = sorry

    def kept(self) -> Kept:
        """Return what the bot keeps."""
        with closing(sqlite3.connect(self.folder / "mujaz.sqlite")) as database:
            return frozenset(
                (row[0], place, *row[1:]) for place, query in enumerate(_KEPT) for row in database.execute(query)
            )

    def _digests(self) -> int:
        with closing(sqlite3.connect(self.folder / "mujaz.sqlite")) as database:
            return int(database.execute("SELECT count(*) FROM digests").fetchone()[0])

    def _shown(self) -> Iterator[Found]:
        for chat_id in self.pressers:
            for message_id, kept in list(self.sandbox.world.messages.get(chat_id, {}).items()):
                for row in (kept.keyboard or {}).get("inline_keyboard", []):
                    for each in row:
                        if kept.is_from_bot and "callback_data" in each:
                            yield Found(chat_id, message_id, each["callback_data"])

    def _written(self, chat_id: int) -> int:
        return sum(kept.is_from_bot for kept in self.sandbox.world.messages.get(chat_id, {}).values())

    def _apologies(self) -> int:
        written = (kept.body for chat in self.sandbox.world.messages.values() for kept in chat.values())
        return sum("تعذّر عليّ" in body.get("text", "") for body in written)
