"""What we say in groups, forums and channels, and to those who add us there."""

from bot.domain.subscriber import Subscriber
from bot.telegram.language import Language, isolated
from handlers import schedule_texts


def only_administrators(language: Language) -> str:
    """Refuse a button."""
    return language.say("هذا الزرّ للمشرفين وحدهم.")


def introduction(subscriber: Subscriber, at: str, language: Language) -> str:
    """Say what this is and what administrators can do; ``at`` follows each command where it must name us."""
    return language.say(
        "يصل هنا موجز بأخبار ما يختاره المشرفون، {when}. وللمشرفين وحدهم:\n\n"
        "/follow{at} روسيا، أوكرانيا — متابعة موضوع أو أكثر\n"
        "/unfollow{at} روسيا — إلغاء المتابعة\n"
        "/topics{at} — الموضوعات المتابَعة هنا، والعاجل منها\n"
        "/popular{at} — الأكثر تداولًا\n"
        "/rising{at} — الصاعدة\n"
        "/digest{at} — الموجز الآن\n"
        "/schedule{at} 08:00 20:00 — المواعيد\n"
        "/timezone{at} القاهرة — التوقيت\n"
        "/quiet{at} 23:00-07:00 — ساعات الهدوء\n"
        "/vacation{at} 10 أيام — إجازة من الموجز\n"
        "/weekly{at} الجمعة 10:00 — حصاد الأسبوع\n"
        "/settings{at} — عدد أخبار الموجز وصوته وتاريخه وأرقامه\n"
        "/forget{at} — محو كل ما أحتفظ به عن هذا المكان",
        when=schedule_texts.when(subscriber.schedule, language),
        at=at,
    )


def by_command(examples: str, language: Language) -> str:
    """Say that plain words are no command here, and show what is."""
    return language.say("وهنا يُكتب ذلك بأمره، مثل:\n{examples}", examples=examples)


def of_schedule(at: str, language: Language) -> str:
    """Show the commands of the whole schedule."""
    return language.say(
        "/schedule{at} 08:00 20:30 أيام العمل\n/quiet{at} 23:00-07:00\n/vacation{at} 10 أيام\n"
        "/weekly{at} الجمعة 10:00\n/timezone{at} القاهرة",
        at=at,
    )


def of_timezone(at: str, language: Language) -> str:
    """Show the command of the time zone."""
    return language.say("/timezone{at} القاهرة", at=at)


def of_quiet(at: str, language: Language) -> str:
    """Show the commands of quiet hours."""
    return language.say("/quiet{at} 23:00-07:00\n/quiet{at} لا", at=at)


def of_vacation(at: str, language: Language) -> str:
    """Show the commands of a vacation."""
    return language.say("/vacation{at} 10 أيام\n/vacation{at} لا", at=at)


def of_weekly(at: str, language: Language) -> str:
    """Show the commands of the weekly review."""
    return language.say("/weekly{at} الجمعة 10:00\n/weekly{at} لا", at=at)


def added_to_group(title: str, at: str, language: Language) -> str:
    """Tell who added us to a group how it gets a digest."""
    return language.say(
        "أضفتني إلى {title}. ليصلها موجز يكتب أحد مشرفيها فيها:\n/follow{at} روسيا، أوكرانيا",
        title=isolated(f"«{title}»"),
        at=at,
    )


def added_to_channel(title: str, language: Language) -> str:
    """Tell who made us administrator of a channel how it gets a digest."""
    return language.say(
        "صرت مشرفًا في قناة {title}. ليصلها موجز انشر فيها:\n/follow روسيا، أوكرانيا\nثم احذف ما كتبته وجوابي إن شئت.",
        title=isolated(f"«{title}»"),
    )


def commands(language: Language) -> dict[str, str]:
    """Return what any member of a group may ask, as Telegram's menu shows it."""
    return {"save": language.say("احفظ المقال الذي تردّ عليه")}


def commands_of_administrators(language: Language) -> dict[str, str]:
    """Return what administrators may ask, in groups and channels."""
    return {
        "follow": language.say("تابع موضوعًا هنا، مثل: روسيا"),
        "unfollow": language.say("ألغِ متابعة موضوع هنا"),
        "topics": language.say("الموضوعات المتابَعة هنا"),
        "popular": language.say("الأكثر تداولًا"),
        "rising": language.say("الصاعدة"),
        "digest": language.say("الموجز الآن"),
        "schedule": language.say("مواعيد الموجز هنا، مثل: 08:00 20:00"),
        "timezone": language.say("التوقيت هنا، مثل: الرياض"),
        "quiet": language.say("ساعات الهدوء هنا، مثل: 23:00-07:00"),
        "vacation": language.say("إجازة من الموجز هنا، مثل: 10 أيام"),
        "weekly": language.say("حصاد الأسبوع هنا، مثل: الجمعة 10:00"),
        "settings": language.say("كيف يأتي الموجز هنا"),
        "forget": language.say("محو كل ما أحتفظ به عن هذا المكان"),
        **commands(language),
        "help": language.say("ما يستطيعه المشرفون هنا"),
    }
