"""The reader's own articles as a file: /export."""

from collections.abc import Sequence

from bot.domain.delivery import Page
from bot.ports import Clock
from bot.services.export import Pack, Parcel
from bot.telegram.language import Language
from bot.telegram.render import note
from handlers.request import Request


async def export(pack: Pack, clock: Clock, request: Request) -> Sequence[Page]:
    """Send the articles that this reader sent in; they are put together once more when the file leaves."""
    language = request.language
    parcel = await pack(request.subscriber.id)
    if not parcel.articles:
        return [Page(note(nothing(language), language))]
    return [Page(note(enclosed(parcel, language), language), file=f"mujaz-{clock():%Y-%m-%d}.jsonl")]


def nothing(language: Language) -> str:
    """Say that there is nothing to export."""
    return language.say("لم ترسل إليّ مقالًا بعد، فليس عندي ما أجمعه لك في ملف.")


def enclosed(parcel: Parcel, language: Language) -> str:
    """Say what is in the file, and what is not."""
    kept = language.count(
        "في هذا الملف المقال الذي أرسلته إليّ.",
        "في هذا الملف {number} مقالات أرسلتها إليّ.",
        parcel.articles,
    )
    if not parcel.left_out:
        return kept
    left = language.count(
        "لم يتّسع الملف لكل ما أرسلته، فاخترت الأحدث، وبقي خارجه مقال واحد.",
        "لم يتّسع الملف لكل ما أرسلته، فاخترت الأحدث، وبقيت خارجه {number} مقالات.",
        parcel.left_out,
    )
    return f"{kept}\n{left}"
