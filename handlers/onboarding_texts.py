"""What we say to a newcomer until their digest stands, in Arabic first: one function a message."""

from collections.abc import Sequence
from datetime import time

from bot.domain.subscriber import Subscriber
from bot.services.onboard import Step
from bot.telegram.language import Language, isolated
from handlers.schedule_texts import rescheduled

_NOON, _EVENING = 12, 16
_MOST_NAMED = 5


def begin(step: Step, language: Language) -> str:
    """Say how far a reader is, and what is left to choose."""
    if step.is_done:
        return "\n".join([language.say("تم."), *_done(step, language)])
    if not step.followed:
        return "\n".join([_what_this_is(language), _choose_topics(language), _choose_hour(step, language)])
    return "\n".join([followed(step.followed, language), *promise(step, language)])


def by_link(told: str, step: Step, language: Language, *, is_new: bool) -> str:
    """Say what a link did, to a newcomer also what this is, and what is left to choose."""
    if not step.followed:
        return "\n\n".join([told, begin(step, language)])
    return "\n".join([*([_what_this_is(language)] if is_new else ()), told, *promise(step, language)])


def back(step: Step, language: Language) -> str:
    """Greet a reader whom we know, and say where they stand."""
    lines = [language.say("أهلًا بعودتك."), followed(step.followed, language), rescheduled(step.subscriber, language)]
    return "\n".join([*lines, _what_next(language)])


def _what_this_is(language: Language) -> str:
    return language.say("أهلًا بك في موجز: أخبار موضوعاتك في رسالة واحدة قصيرة، كل خبر فيها مرة واحدة مع مصدره.")


def _choose_topics(language: Language) -> str:
    return language.say("اختر موضوعًا أو أكثر، أو اكتب ما تريد، مثل: تابع القمح")


def _choose_hour(step: Step, language: Language) -> str:
    schedule = step.subscriber.schedule
    if step.is_timed:
        return rescheduled(step.subscriber, language)
    return language.say(
        "ثم اختر ساعة موجزك بتوقيت {place}، وإن لم تختر جاءك كل يوم في {times}.",
        place=language.place(schedule.zone),
        times=language.all_of([language.clock(at) for at in schedule.times]),
    )


def promise(step: Step, language: Language) -> list[str]:
    """Say when the digest comes to one who chose no hour, and ask for one."""
    lines = [rescheduled(step.subscriber, language)]
    if step.may_choose and step.subscriber.schedule.away is None:
        lines.append(language.say("هل تريده في ساعة أخرى؟ اخترها:"))
    return lines


def _done(step: Step, language: Language) -> list[str]:
    lines = [followed(step.followed, language), rescheduled(step.subscriber, language), _what_next(language)]
    if step.is_sampled:
        lines.append(language.say("وإليك الآن أبرز الأخبار:"))
    elif step.lacks_news:
        lines.append(language.say("لا أخبار جديدة الآن، وما يُنشر بعدها يصلك في موجزك."))
    return lines


def followed(names: Sequence[str], language: Language) -> str:
    """Say what is followed: by name, or how many where they are many."""
    if len(names) <= _MOST_NAMED:
        return language.say("تتابع: {topics}.", topics=language.all_of([isolated(name) for name in names]))
    return language.count("تتابع موضوعًا واحدًا.", "تتابع {number} موضوعات.", len(names))


def _what_next(language: Language) -> str:
    return language.say("وإن أرسلت إليّ مقالًا أو رابطه لخّصته لك. لبقية ما أستطيع: /help")


def hour(at: time, language: Language) -> str:
    """Name an hour of the day on a button."""
    if at.hour < _NOON:
        return language.say("{hour} صباحًا", hour=at.hour)
    return (
        language.say("{hour} ظهرًا", hour=at.hour - _NOON or _NOON)
        if at.hour < _EVENING
        else language.say("{hour} مساءً", hour=at.hour - _NOON)
    )


def several_times(subscriber: Subscriber, language: Language) -> str:
    """Say that an hour does not take the place of several."""
    times = language.all_of([language.clock(at) for at in subscriber.schedule.times])
    return language.say("مواعيدك كما هي: {times}. لتغييرها اكتب: مواعيدي", times=times)


def spoken(language: Language) -> str:
    """Confirm a language, in it."""
    return language.say("أكلّمك بالعربية.")


def stale(language: Language) -> str:
    """Say that a button leads nowhere any more."""
    return language.say("هذا الزرّ لم يعد يعمل. اكتب /start من جديد.")
