"""Planned faults: what goes wrong with the next request for a method, so that a test need not wait for chance."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, Self

from bot.sandbox.refusals import RefusedError, bad_request, forbidden, too_many_requests

_FIELDS: Final = frozenset({"method", "kind", "seconds", "times", "chat_id"})
_MAX_CHAT: Final = 2**52
_NUMBERS: Final = {"seconds": (0, 3600), "times": (1, 10_000), "chat_id": (-_MAX_CHAT, _MAX_CHAT)}


class FaultKind(StrEnum):
    """What can go wrong; only `lost_answer` and `late_answer` leave the effect done."""

    TOO_MANY_REQUESTS = "too_many_requests"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"
    CHAT_NOT_FOUND = "chat_not_found"
    BAD_ENTITIES = "bad_entities"
    BAD_GATEWAY_JSON = "bad_gateway_json"
    BAD_GATEWAY_HTML = "bad_gateway_html"
    GATEWAY_TIMEOUT_JSON = "gateway_timeout_json"
    GATEWAY_TIMEOUT_HTML = "gateway_timeout_html"
    RESET = "reset"
    LOST_ANSWER = "lost_answer"
    LATE_ANSWER = "late_answer"
    HANG = "hang"
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True)
class Fault:
    """One planned fault of a method ("*" is any), for one chat or all; `seconds` is a delay or a retry_after."""

    method: str
    kind: FaultKind
    seconds: float = 1
    times: int = 1
    chat_id: int | None = None

    @classmethod
    def read(cls, raw: Any) -> Self:
        """Return the fault a JSON object describes, or refuse it."""
        if not isinstance(raw, dict) or not raw.keys() <= _FIELDS:
            raise bad_request(f"a fault is an object of {', '.join(sorted(_FIELDS))}")
        kind = raw.get("kind")
        if not isinstance(raw.get("method"), str) or not isinstance(kind, str) or kind not in set(FaultKind):
            raise bad_request(f"a fault has a method and a kind: {', '.join(FaultKind)}")
        for name, (least, most) in _NUMBERS.items():
            value = raw.get(name, least)
            is_number = isinstance(value, int) or (isinstance(value, float) and name == "seconds")
            if isinstance(value, bool) or not is_number or not least <= value <= most:
                raise bad_request(f"{name} must be a number from {least} to {most}")
        return cls(**{**raw, "kind": FaultKind(kind)})

    def refusal(self) -> RefusedError | None:
        """Return what the Bot API would say, for the faults in which it says something."""
        return _REFUSALS[self.kind](int(self.seconds)) if self.kind in _REFUSALS else None

    def described(self) -> dict[str, Any]:
        """Return the fault as JSON, so that it can travel."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(slots=True)
class FaultQueue:
    """The faults to come, in the order they were planned."""

    planned: list[Fault] = field(default_factory=list)

    def plan(self, fault: Fault) -> None:
        """Add a fault behind the others."""
        self.planned.append(fault)

    def due(self, method: str, chat_id: Any) -> Fault | None:
        """Take the first fault that fits a request; method names do not mind their case."""
        for index, fault in enumerate(self.planned):
            fits_method = fault.method == "*" or fault.method.lower() == method.lower()
            if fits_method and (fault.chat_id is None or str(fault.chat_id) == str(chat_id)):
                self.planned[index : index + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None


_REFUSALS: Final[dict[FaultKind, Callable[[int], RefusedError]]] = {
    FaultKind.TOO_MANY_REQUESTS: too_many_requests,
    FaultKind.BLOCKED: lambda _: forbidden("bot was blocked by the user"),
    FaultKind.DEACTIVATED: lambda _: forbidden("user is deactivated"),
    FaultKind.KICKED: lambda _: forbidden("bot was kicked from the supergroup chat"),
    FaultKind.CHAT_NOT_FOUND: lambda _: bad_request("chat not found"),
    FaultKind.BAD_ENTITIES: lambda _: bad_request(
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    FaultKind.BAD_GATEWAY_JSON: lambda _: RefusedError(502, "Bad Gateway"),
    FaultKind.GATEWAY_TIMEOUT_JSON: lambda _: RefusedError(504, "Gateway Timeout"),
}
