"""getUpdates."""

from typing import Any, Final

from bot.sandbox.refusals import conflict
from bot.sandbox.world import World

_MAX_LIMIT: Final = 100
_MAX_TIMEOUT: Final = 50


async def get_updates(world: World, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Return unconfirmed updates, waiting for them; a newer request ends this one with a conflict, as in Telegram."""
    _refuse_webhook(world)
    world.terminated_by = "other getUpdates request; make sure that only one bot instance is running"
    world.polls += 1
    mine = world.polls
    world.bell.ring()
    if "allowed_updates" in given:
        world.updates.allow(given["allowed_updates"])
    if offset := given.get("offset", 0):
        world.updates.confirm(offset)
    limit = min(max(given.get("limit", _MAX_LIMIT), 1), _MAX_LIMIT)
    seconds = min(max(given.get("timeout", 0), 0), _MAX_TIMEOUT)
    await world.bell.until(lambda: world.updates.pending or world.polls != mine, seconds)
    if world.polls != mine:
        raise conflict(f"terminated by {world.terminated_by}")
    return world.updates.first(limit)


def _refuse_webhook(world: World) -> None:
    if world.webhook:
        reason = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise conflict(reason)
