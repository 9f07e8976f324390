"""Whom an owner means by a message: a number, a forwarded message, a contact."""

import re
from dataclasses import dataclass
from enum import StrEnum

from telegram import Message, MessageOriginHiddenUser, MessageOriginUser, User

from bot.arabic.normalise import cleaned, folded_spaces
from handlers.reading import argument_of

_NUMBER = re.compile(r"[1-9]\d{0,15}", re.ASCII)  # Telegram's numbers have 52 bits


class Unclear(StrEnum):
    """Why nobody can be named."""

    NOBODY = "nobody"  # only the command
    USERNAME = "username"  # a bot cannot look a stranger's @name up
    HIDDEN = "hidden"  # the person lets nobody see whom a forwarded message came from
    NO_PERSON = "no person"  # a channel, a group, a bot, a message of ours, some other words


@dataclass(frozen=True, slots=True)
class Nominee:
    """A person; ``name`` is empty where only a number was given."""

    user_id: int
    name: str = ""


def nominee_of(message: Message) -> Nominee | Unclear:
    """Return whom a command names: by what follows it, or else by the message it answers."""
    typed = argument_of(message).strip()
    if not typed:
        return _answered(message.reply_to_message) if message.reply_to_message else Unclear.NOBODY
    number = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in typed)
    if _NUMBER.fullmatch(number):
        return Nominee(int(number))
    return Unclear.USERNAME if typed.startswith("@") or "t.me/" in typed else Unclear.NO_PERSON


def _answered(message: Message) -> Nominee | Unclear:
    if message.contact and message.contact.user_id:
        contact = message.contact
        return Nominee(message.contact.user_id, _shown(" ".join(filter(None, (contact.first_name, contact.last_name)))))
    match message.forward_origin:
        case MessageOriginUser(sender_user=person) if not person.is_bot:
            return Nominee(person.id, name_of(person))
        case MessageOriginHiddenUser():
            return Unclear.HIDDEN
        case _:
            return Unclear.NO_PERSON


def name_of(person: User) -> str:
    """Return a person's name as it is shown."""
    return _shown(person.full_name)


def _shown(name: str) -> str:
    return folded_spaces(cleaned(name)) or "—"
