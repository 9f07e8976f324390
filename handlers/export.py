"""All that is held on a reader as a file: /export."""

from collections.abc import Sequence

from bot.domain.delivery import Page
from bot.ports import Clock
from bot.services.export import Pack
from bot.services.limit import Limit
from bot.telegram.render import note
from handlers import obstacles, rights_texts
from handlers.request import Request


async def export(pack: Pack, limit: Limit, clock: Clock, request: Request) -> Sequence[Page]:
    """Send the file, which is put together once, when it leaves."""
    language, asker = request.language, request.subscriber
    against = await limit.of_exports(f"{asker.chat_id}:{request.message.message_id}", asker)
    if against is not None:
        return [Page(note(obstacles.exhausted(against, asker, language), language))]
    told = rights_texts.enclosed(await pack.count(asker.id), language)
    return [Page(note(told, language), file=f"mujaz-{clock():%Y-%m-%d}.json")]
