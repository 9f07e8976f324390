"""Groups, forums and channels as they change: who is what in them, which topics are open, where a group went."""

from dataclasses import replace
from typing import Any, Final

from bot.sandbox.parameters import Kind, integer, string
from bot.sandbox.people import Chat, Kept, User
from bot.sandbox.refusals import RefusedError, bad_request, forbidden
from bot.sandbox.world import World

ANONYMOUS: Final = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)  # as whom Telegram shows them
RANKS: Final = frozenset({"creator", "administrator", "member", "left", "kicked"})
STATES: Final = frozenset({"closed", "reopened", "deleted"})
RANKED: Final[dict[str, Kind]] = {"status": string}
CLOSED: Final[dict[str, Kind]] = {"state": string}
MIGRATED: Final[dict[str, Kind]] = {"to": integer}


def rank(world: World, user: User, room: Chat, status: str) -> None:
    """Let a user be something in a room; the bot is not told, as one is not that did not ask for such updates."""
    if room.kind == "private" or status not in RANKS:
        raise bad_request(f"in a group or channel a user is one of: {', '.join(sorted(RANKS))}")
    world.ranks[room.id, user.id] = status


def change_topic(world: World, user: User, room: Chat, thread: int, state: str) -> None:
    """Close, open again or delete a topic of a forum, 0 being the general one; of a deletion the bot hears nothing."""
    if state not in STATES or (thread not in room.threads and (thread or state == "deleted")):
        raise bad_request(f"a topic of a forum becomes one of: {', '.join(sorted(STATES))}")
    if state == "deleted":
        world.chats[room.id] = replace(room, threads=room.threads - {thread})
        return
    (world.closed.add if state == "closed" else world.closed.discard)((room.id, thread))
    place = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    _serve(world, room, user, {f"forum_topic_{state}": {}} | place)


def migrate(world: World, user: User, room: Chat, to: int) -> None:
    """Make a group a supergroup: both say so, in the order in which Telegram does, and the old one is no more."""
    if room.kind != "group" or to >= 0 or to in world.chats:
        raise bad_request("a group becomes a supergroup under a new negative id")
    new = world.chats[to] = replace(room, id=to, kind="supergroup")
    for (chat_id, user_id), status in list(world.ranks.items()):
        if chat_id == room.id:
            world.ranks[to, user_id] = status
    _serve(world, room, user, {"migrate_to_chat_id": to})
    world.migrations[room.id] = to
    _serve(world, new, user, {"migrate_from_chat_id": room.id})


def _serve(world: World, room: Chat, user: User, content: dict[str, Any]) -> None:
    """Queue a service message, which bots get in whatever privacy mode."""
    world.queue("message", world.keep(room, Kept({"from": user.api()} | content, is_from_bot=False)).body)


def get_chat_member(world: World, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a user is in a chat."""
    room, user_id = _looked_into(world, given), given.get("user_id")
    user = world.bot if user_id == world.bot.id else world.users.get(user_id or 0)
    if user is None:
        raise bad_request("user not found")
    if user is world.bot:
        return world.member(user, world.standings.get(room.id, "member"))
    return world.member(user, world.ranks.get((room.id, user.id), "member"))


def get_chat_administrators(world: World, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Return those who administer a chat, but for other bots."""
    room = _looked_into(world, given)
    if room.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return [
        world.member(world.users[user_id], status)
        for (chat_id, user_id), status in world.ranks.items()
        if chat_id == room.id and status in {"creator", "administrator"}
    ]


def _looked_into(world: World, given: dict[str, Any]) -> Chat:
    if "chat_id" not in given:
        raise bad_request("chat_id is empty")
    room = world.chat(given["chat_id"])
    refuse_outsider(world, room)
    if room.kind == "channel" and world.standings.get(room.id, "administrator") != "administrator":
        raise bad_request("member list is inaccessible")
    return room


def refuse_outsider(world: World, room: Chat) -> None:
    """Refuse a request about a room that the bot is not in, or that is another one now."""
    if room.id in world.migrations:
        raise RefusedError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to=world.migrations[room.id],
        )
    match world.standings.get(room.id):
        case "kicked":
            raise forbidden(f"bot was kicked from the {room.kind} chat")
        case "left":
            raise forbidden(f"bot is not a member of the {room.kind} chat")


def refuse_closed(world: World, room: Chat, thread: int) -> None:
    """Refuse a message to a topic that only administrators may write in, or to a channel that is not the bot's."""
    standing = world.standings.get(room.id)
    if room.kind == "channel" and standing == "member":
        raise bad_request("need administrator rights in the channel chat")
    if (room.id, thread) in world.closed and standing != "administrator":
        raise bad_request("TOPIC_CLOSED")
