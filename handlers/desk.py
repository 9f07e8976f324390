"""Where texts are taken in: what that needs, in private chats and in groups."""

from dataclasses import dataclass

from bot.ports import Articles, Channels, IsEditor
from bot.services.browse import Browse
from bot.services.revise import Revise


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases and ports behind every text."""

    revise: Revise
    browse: Browse
    articles: Articles
    channels: Channels
    is_editor: IsEditor
