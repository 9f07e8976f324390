"""getUpdates and its rival, the webhook."""

from typing import Any, Final

from bot.sandbox.refusals import bad_request, conflict
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


def set_webhook(world: World, given: dict[str, Any]) -> bool:
    """Remember a webhook; the sandbox never calls it, but getUpdates is refused while it stands."""
    url = given.get("url", "")
    if not url:
        return delete_webhook(world, given)
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _forget(world, given)
    if "allowed_updates" in given:
        world.updates.allow(given["allowed_updates"])
    world.webhook = {"url": url, "max_connections": given.get("max_connections", 40)}
    world.terminated_by = "setWebhook request"
    world.polls += 1
    world.bell.ring()
    return True


def delete_webhook(world: World, given: dict[str, Any]) -> bool:
    """Forget the webhook, and the waiting updates too if the bot wants."""
    _forget(world, given)
    world.webhook = {}
    return True


def get_webhook_info(world: World, _given: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in the way of getUpdates, and how much waits."""
    empty = {"url": "", "has_custom_certificate": False}
    return empty | world.webhook | {"pending_update_count": len(world.updates.pending)}


def _refuse_webhook(world: World) -> None:
    if world.webhook:
        reason = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        raise conflict(reason)


def _forget(world: World, given: dict[str, Any]) -> None:
    if given.get("drop_pending_updates"):
        world.updates.pending.clear()
