"""Counts in the text format of Prometheus."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.domain.queues import Queues
from bot.pulse.counts import BOUNDS, Event, Pulse, Span

_COUNTERS = {
    Event.RECEIVED: ("mujaz_updates", "Updates of Telegram's, by what they bring", ("kind",)),
    Event.SETTLED: ("mujaz_updates_settled", "Updates handled: done, put off, parked", ("outcome",)),
    Event.POLLED: ("mujaz_polls", "Polls: answered, failed, conflict", ("outcome",)),
    Event.CALLED: ("mujaz_webhook_requests", "Requests to the webhook, by the status of our answer", ("status",)),
    Event.TAKEN_IN: ("mujaz_intake", "What was sent in, and what became of it", ("kind", "outcome")),
    Event.LOOKED: ("mujaz_feed_polls", "Looks at feeds: read, failed", ("outcome",)),
    Event.PLANNED: ("mujaz_digests_planned", "Digests planned; alerts are stories sent at once", ("kind",)),
    Event.TRIED: ("mujaz_deliveries", "Attempts to send a page", ("outcome",)),
    Event.TOO_MANY: ("mujaz_telegram_429", "Requests that Telegram answered with 429", ()),
}
_SPANS = {
    Span.PLANNING: ("mujaz_planning_seconds", "How long a tick that planned something took"),
    Span.LIMITED: ("mujaz_limiter_wait_seconds", "How long requests waited for their turn under Telegram's limits"),
}
_ABSENT = float("inf")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at the process found; no ``queues`` if the database did not answer."""

    pulse: Pulse
    queues: Queues | None
    held_for: float


def exposition(seen: Seen) -> bytes:
    """Return the whole text, with what Prometheus likes to know of any process."""
    registry = CollectorRegistry()
    registry.register(_Ours(seen))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Ours(Collector):
    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def collect(self) -> Iterable[Metric]:
        """Return every metric."""
        yield from _counters(self._seen.pulse)
        yield from _histograms(self._seen.pulse)
        yield _ages(self._seen.pulse)
        yield GaugeMetricFamily(
            "mujaz_telegram_hold_seconds", "For how long Telegram wants nothing more of us", value=self._seen.held_for
        )
        yield GaugeMetricFamily("mujaz_database_up", "1 if the database answered", value=bool(self._seen.queues))
        if self._seen.queues:
            yield from _gauges(self._seen.queues)


def _counters(pulse: Pulse) -> Iterator[Metric]:
    for event, (name, said, labels) in _COUNTERS.items():
        family = CounterMetricFamily(name, said, labels=labels)
        for (counted, values), times in sorted(pulse.counts.items()):
            if counted is event:
                family.add_metric(values, times)
        if not labels and not family.samples:
            family.add_metric((), 0)
        yield family


def _histograms(pulse: Pulse) -> Iterator[Metric]:
    for span, (name, said) in _SPANS.items():
        spread = pulse.spreads[span]
        up_to = zip([*map(str, BOUNDS), "+Inf"], accumulate(spread.counts), strict=True)
        yield HistogramMetricFamily(name, said, buckets=list(up_to), sum_value=spread.total)


def _ages(pulse: Pulse) -> Metric:
    family = GaugeMetricFamily("mujaz_part_age_seconds", "Since a part was at work", labels=("part",))
    for part, age in pulse.ages().items():
        family.add_metric((part,), _ABSENT if age is None else age)
    return family


def _gauges(queues: Queues) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "mujaz_due_digest_lag_seconds",
        "How late the digest is that is due longest",
        value=queues.lag.total_seconds(),
    )
    inbox = GaugeMetricFamily("mujaz_inbox_updates", "Updates in the inbox", labels=("status",))
    inbox.add_metric(("received",), queues.arrived)
    inbox.add_metric(("handling",), queues.in_hand)
    outbox = GaugeMetricFamily("mujaz_outbox_pages", "Pages in the outbox", labels=("status",))
    outbox.add_metric(("planned",), queues.planned)
    outbox.add_metric(("sending",), queues.sending)
    outbox.add_metric(("unknown",), queues.unknown)
    yield inbox
    yield outbox
