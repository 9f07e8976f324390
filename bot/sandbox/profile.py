"""What the bot says of itself: its commands, its name and its descriptions."""

import json
import re
from collections.abc import Callable
from typing import Any, Final

from bot.sandbox.refusals import bad_request
from bot.sandbox.world import World

_MAX_COMMANDS: Final = 100
_MAX_DESCRIPTION: Final = 256
_NAME: Final = re.compile(r"/?([a-z0-9_]{1,32})", re.ASCII)
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?", re.ASCII)
_SCOPES: Final[dict[str, frozenset[str]]] = {
    "default": frozenset(),
    "all_private_chats": frozenset(),
    "all_group_chats": frozenset(),
    "all_chat_administrators": frozenset(),
    "chat": frozenset({"chat_id"}),
    "chat_administrators": frozenset({"chat_id"}),
    "chat_member": frozenset({"chat_id", "user_id"}),
}


def set_my_commands(world: World, given: dict[str, Any]) -> bool:
    """Replace the commands of one scope and language."""
    if "commands" not in given:
        raise bad_request("can't parse list of bot commands JSON array")
    commands = [_command(command) for command in given["commands"]]
    if len(commands) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.commands[_place(given)] = commands
    return True


def get_my_commands(world: World, given: dict[str, Any]) -> list[dict[str, str]]:
    """Return the commands of exactly one scope and language; none is inherited."""
    return world.commands.get(_place(given), [])


def delete_my_commands(world: World, given: dict[str, Any]) -> bool:
    """Forget the commands of one scope and language."""
    world.commands.pop(_place(given), None)
    return True


def writer(field: str, most: int) -> Callable[[World, dict[str, Any]], bool]:
    """Return the method that sets one text of the profile, of at most so many characters."""

    def write(world: World, given: dict[str, Any]) -> bool:
        text = given.get(field, "")
        if len(text) > most:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        world.profile[field, _language(given)] = text
        return True

    return write


def reader(field: str) -> Callable[[World, dict[str, Any]], dict[str, str]]:
    """Return the method that reads one text of the profile."""
    return lambda world, given: {field: world.profile.get((field, _language(given)), "")}


def listed(world: World) -> list[dict[str, Any]]:
    """Return all commands with the scope and language each list is for."""
    return [
        {"scope": json.loads(scope), "language_code": language, "commands": commands}
        for (scope, language), commands in world.commands.items()
    ]


def _command(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = raw.get("command"), raw.get("description")
    name = _NAME.fullmatch(command) if isinstance(command, str) else None
    if not name:
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= _MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name[1], "description": description.strip()}


def _place(given: dict[str, Any]) -> tuple[str, str]:
    scope = given.get("scope", {"type": "default"})
    kind = scope.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if missing := _SCOPES[kind] - scope.keys():
        raise bad_request(f"can't parse BotCommandScope: can't find field \"{min(missing)}\"")
    return json.dumps(scope, sort_keys=True), _language(given)


def _language(given: dict[str, Any]) -> str:
    language: str = given.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("LANG_CODE_INVALID")
    return language
