"""setWebhook, deleteWebhook and getWebhookInfo."""

import re
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from bot.sandbox.refusals import bad_request
from bot.sandbox.registration import Registration
from bot.sandbox.world import World

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_PORTS: Final = frozenset({None, 80, 88, 443, 8443})
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)
_MOST_CONNECTIONS: Final = 100
_USUAL_CONNECTIONS: Final = 40


def set_webhook(world: World, given: dict[str, Any]) -> bool:
    """Take updates to an address from now on, and end what polls; as a local Bot API server, also to http on loopback.

    To https addresses nothing is ever sent: the sandbox reaches nobody but this machine.
    """
    url, secret = given.get("url", ""), given.get("secret_token")
    if not url:
        return delete_webhook(world, given)
    _refuse_address(url)
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _forget(world, given)
    if "allowed_updates" in given:
        world.updates.allow(given["allowed_updates"])
    connections = given.get("max_connections") or _USUAL_CONNECTIONS
    world.webhook = Registration(
        url, secret, min(max(connections, 1), _MOST_CONNECTIONS), tuple(given.get("allowed_updates", ()))
    )
    world.has_webhook.set()
    world.terminated_by = "setWebhook request"
    world.polls += 1
    world.bell.ring()
    return True


def delete_webhook(world: World, given: dict[str, Any]) -> bool:
    """Forget the webhook, and the waiting updates too if the bot wants."""
    _forget(world, given)
    world.webhook = None
    world.has_webhook.clear()
    world.bell.ring()
    return True


def get_webhook_info(world: World, _given: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in the way of getUpdates, how much waits, and what went wrong last."""
    told = world.webhook.api() if world.webhook else {"url": ""}
    return told | {"has_custom_certificate": False, "pending_update_count": len(world.updates.pending)}


def is_on_loopback(address: SplitResult) -> bool:
    """Tell if a webhook is one that the sandbox itself may call."""
    return address.scheme == "http" and address.hostname in _LOOPBACK


def _refuse_address(url: str) -> None:
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError as error:
        raise bad_request("bad webhook: invalid URL") from error
    if is_on_loopback(address):
        return
    if address.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not address.hostname or "." not in address.hostname:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _forget(world: World, given: dict[str, Any]) -> None:
    if given.get("drop_pending_updates"):
        world.updates.pending.clear()
