"""What an operator's tools are told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.domain.queues import Queues
from bot.pulse.counts import Event, Part, Pulse, Span
from bot.serving import serving
from bot.web import status
from bot.web.status import Status

LIMITS = {Part.INTAKE: 90.0, Part.PLANNER: 120.0, Part.SENDER: 10.0}


@dataclass
class Process:
    """A process that does as told, and what is shown of it."""

    seconds: float = 1000.0
    pulse: Pulse = field(default_factory=Pulse)
    waiting: Queues = field(default_factory=Queues)
    failure: Exception | None = None
    database_takes: float = 0.0
    url: str = ""

    def __post_init__(self) -> None:
        self.pulse.clock = lambda: self.seconds

    async def write(self) -> None:
        await asyncio.sleep(self.database_takes)
        if self.failure:
            raise self.failure

    async def queues(self) -> Queues:
        await self.write()
        return self.waiting

    def at_work(self, *parts: Part) -> None:
        for part in parts:
            self.pulse.beat(part)

    async def got(self, path: str) -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False) as http:
            return await http.get(self.url + path)

    async def samples(self) -> dict[tuple[str, tuple[str, ...]], float]:
        text = (await self.got("/metrics")).text
        return {
            (sample.name, tuple(sample.labels.values())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


@pytest.fixture
async def process() -> AsyncIterator[Process]:
    process = Process()
    shown = Status(process.pulse, LIMITS, process.write, process.queues, lambda: 2.5)
    async with serving(shown.application(), "127.0.0.1", 0) as url:
        process.url = url
        yield process


async def test_a_process_that_answers_is_healthy(process: Process) -> None:
    process.failure = OSError("no database")

    answer = await process.got("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_it_is_ready_while_every_part_is_at_work_within_its_limit(process: Process) -> None:
    process.at_work(*Part)
    process.seconds += 9

    answer = await process.got("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": {
            "database": {"ok": True, "seconds": 0.0, "limit": 2.0},
            "intake": {"ok": True, "age": 9.0, "limit": 90.0},
            "planner": {"ok": True, "age": 9.0, "limit": 120.0},
            "sender": {"ok": True, "age": 9.0, "limit": 10.0},
        },
    }


@pytest.mark.parametrize(
    ("part", "limit"), [pytest.param(part, limit, id=part.value) for part, limit in LIMITS.items()]
)
async def test_a_part_that_stopped_makes_it_not_ready(process: Process, part: Part, limit: float) -> None:
    process.at_work(*Part)
    process.seconds += limit + 1
    process.at_work(*(set(Part) - {part}))

    answer = await process.got("/readyz")

    checks: dict[str, dict[str, Any]] = answer.json()["checks"]
    assert answer.status_code == 503
    assert [name for name, check in checks.items() if not check["ok"]] == [part.value]
    assert checks[part.value]["age"] == limit + 1


async def test_a_process_that_only_starts_is_not_ready(process: Process) -> None:
    process.at_work(Part.PLANNER, Part.SENDER)

    answer = await process.got("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["intake"] == {"ok": False, "age": None, "limit": 90.0}


async def test_a_database_that_fails_or_hangs_makes_it_not_ready(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "_DATABASE_SECONDS", 0.2)
    process.at_work(*Part)
    process.failure = OSError("no space left")
    failed = await process.got("/readyz")
    process.failure, process.database_takes = None, 30

    hung = await process.got("/readyz")

    assert (failed.status_code, hung.status_code) == (503, 503)
    assert not failed.json()["checks"]["database"]["ok"]


async def test_what_was_counted_is_shown(process: Process) -> None:
    process.pulse.count(Event.RECEIVED, "message", times=3)
    process.pulse.count(Event.TAKEN_IN, "link", "unread")
    process.pulse.count(Event.TRIED, "sent")
    process.pulse.took(Span.PLANNING, 0.3)
    process.pulse.took(Span.PLANNING, 500)
    process.waiting = Queues(1, 2, 3, 4, 5, timedelta(seconds=61))
    process.at_work(Part.SENDER)
    process.seconds += 4

    samples = await process.samples()

    assert {
        ("mujaz_updates_total", ("message",)): 3.0,
        ("mujaz_intake_total", ("link", "unread")): 1.0,
        ("mujaz_deliveries_total", ("sent",)): 1.0,
        ("mujaz_telegram_429_total", ()): 0.0,
        ("mujaz_planning_seconds_bucket", ("0.25",)): 0.0,
        ("mujaz_planning_seconds_bucket", ("0.5",)): 1.0,
        ("mujaz_planning_seconds_bucket", ("+Inf",)): 2.0,
        ("mujaz_planning_seconds_count", ()): 2.0,
        ("mujaz_planning_seconds_sum", ()): 500.3,
        ("mujaz_inbox_updates", ("received",)): 1.0,
        ("mujaz_inbox_updates", ("handling",)): 2.0,
        ("mujaz_outbox_pages", ("planned",)): 3.0,
        ("mujaz_outbox_pages", ("sending",)): 4.0,
        ("mujaz_outbox_pages", ("unknown",)): 5.0,
        ("mujaz_due_digest_lag_seconds", ()): 61.0,
        ("mujaz_telegram_hold_seconds", ()): 2.5,
        ("mujaz_part_age_seconds", ("sender",)): 4.0,
        ("mujaz_part_age_seconds", ("intake",)): float("inf"),
        ("mujaz_database_up", ()): 1.0,
    }.items() <= samples.items()


async def test_counts_are_shown_without_a_database_too(process: Process) -> None:
    process.failure = OSError("no database")
    process.pulse.count(Event.TOO_MANY)

    samples = await process.samples()

    assert samples["mujaz_database_up", ()] == 0
    assert samples["mujaz_telegram_429_total", ()] == 1
    assert ("mujaz_outbox_pages", ("planned",)) not in samples


async def test_nothing_else_is_there(process: Process) -> None:
    assert (await process.got("/")).status_code == 404
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.post(process.url + "/metrics")).status_code == 405
