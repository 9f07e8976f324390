"""What we say to readers, in Arabic first: one function a message."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.digest import Explanation
from bot.domain.intake import Refusal
from bot.domain.schedule import EVERY_DAY, MOST_TIMES, UNTIL_TOLD, Away, Quiet, Schedule, shown_times
from bot.domain.subscriber import Subscriber
from bot.domain.topic import Reason, Subject
from bot.domain.typed import USUAL_QUIET, usual_review
from bot.domain.weekends import in_order, work_days
from bot.services.follow import Followed, Unfollowed
from bot.telegram.language import Language, isolated


def start(subscriber: Subscriber, language: Language) -> str:
    """Say what this is."""
    return language.say(
        "أهلًا بك في موجز: أخبار موضوعاتك في رسالة واحدة قصيرة.\n"
        "تابع ما يهمّك، وأرسل إليّ أي مقال أو حوّله إليّ، فألخّصه لك وأحفظه.\n"
        "يصلك موجزك {when}، وكل خبر فيه مرة واحدة مع مصدره. اختر موضوعًا لتبدأ:",
        when=when(subscriber.schedule, language),
    )


def when(schedule: Schedule, language: Language) -> str:
    """Say on what days and at what times digests come."""
    times = language.all_of(shown_times(schedule.times))
    place = language.place(schedule.zone)
    return language.say("{days} في {times} بتوقيت {place}", days=_days(schedule, language), times=times, place=place)


def _days(schedule: Schedule, language: Language) -> str:
    if schedule.days == EVERY_DAY:
        return every_day(language)
    days = [language.day_name(day) for day in in_order(schedule.days, schedule.zone)]
    if schedule.days == work_days(schedule.zone):
        return language.say("أيام العمل (من {first} إلى {last})", first=days[0], last=days[-1])
    return _named_days(days, language)


def _named_days(days: Sequence[str], language: Language) -> str:
    named = language.all_of(days)
    match len(days):
        case 1:
            return language.say("يوم {days} من كل أسبوع", days=named)
        case 2:
            return language.say("يومي {days}", days=named)
        case _:
            return language.say("أيام {days}", days=named)


def every_day(language: Language) -> str:
    """Name all days."""
    return language.say("كل يوم")


def days_of_work(language: Language) -> str:
    """Name the days that are no weekend."""
    return language.say("أيام العمل")


def help_(language: Language) -> str:
    """Say what can be done."""
    return language.say(
        "حوّل إليّ مقالًا أو الصق نصّه، فأردّ بعنوانه وملخّصه وموضوعاته، وأحفظه لموجزك.\n\n"
        "/follow روسيا، أوكرانيا — متابعة موضوع أو أكثر\n"
        "/unfollow روسيا — إلغاء المتابعة\n"
        "/topics — موضوعاتك\n"
        "/digest — موجزك الآن\n"
        "/schedule 08:00 20:00 — مواعيد موجزك\n"
        "/timezone القاهرة — توقيتك\n"
        "/quiet 23:00-07:00 — ساعات الهدوء\n"
        "/vacation 10 أيام — إجازة من الموجز\n"
        "/weekly الجمعة 10:00 — حصاد الأسبوع\n"
        "/help — هذه الرسالة"
    )


def commands(language: Language) -> dict[str, str]:
    """Return each command with what it does, as Telegram's menu shows it."""
    return {
        "start": language.say("ابدأ من هنا"),
        "follow": language.say("تابع موضوعًا، مثل: روسيا"),
        "unfollow": language.say("ألغِ متابعة موضوع"),
        "topics": language.say("موضوعاتك"),
        "digest": language.say("موجزك الآن"),
        "schedule": language.say("مواعيد موجزك، مثل: 08:00 20:00"),
        "timezone": language.say("توقيتك، مثل: الرياض"),
        "quiet": language.say("ساعات الهدوء، مثل: 23:00-07:00"),
        "vacation": language.say("إجازة من الموجز، مثل: 10 أيام"),
        "weekly": language.say("حصاد الأسبوع، مثل: الجمعة 10:00"),
        "help": language.say("ماذا أستطيع أن أفعل لك"),
    }


def follow_what(language: Language) -> str:
    """Ask for a name."""
    return language.say(
        "ماذا تريد أن تتابع؟ اكتب الاسم بعد الأمر، مثل:\n/follow روسيا، أوكرانيا\nأو اختر مما في الأخبار:"
    )


def unfollow_what(topics: Sequence[str], language: Language) -> str:
    """Ask which topic to leave."""
    if not topics:
        return no_topics(language)
    return language.say("أيّ موضوع تريد أن تترك؟ اضغط اسمه، أو اكتبه بعد الأمر، مثل:\n/unfollow روسيا")


def bad_names(language: Language) -> str:
    """Refuse names that are too long or too many."""
    return language.say(
        "لم أفهم اسم الموضوع. اكتب اسمًا قصيرًا، حتى 64 حرفًا، أو أسماء بينها فواصل، مثل:\n/follow روسيا، أوكرانيا"
    )


def followed(result: Followed, language: Language) -> str:
    """Say what is followed now."""
    lines = []
    if result.new:
        lines.append(language.say("تتابع الآن: {topics}.", topics=language.all_of(_names(result.new))))
    if result.already:
        lines.append(language.say("كنت تتابع من قبل: {topics}.", topics=language.all_of(_names(result.already))))
    for name, found in result.suggestions.items():
        lines.append(
            language.say(
                "لم أعرف «{name}» من قبل، فأبحث عنه كما كتبته. هل قصدت {found}؟",
                name=isolated(name),
                found=_one_of(_names(found), language),
            )
        )
    return "\n".join(lines)


def _one_of(names: Sequence[str], language: Language) -> str:
    return language.say(" أو ").join(names)


def _names(names: Sequence[str]) -> list[str]:
    return [isolated(name) for name in names]


def unfollowed(result: Unfollowed, language: Language) -> str:
    """Say what is no longer followed."""
    lines = []
    if result.gone:
        lines.append(language.say("لم تعد تتابع: {topics}.", topics=language.all_of(_names(result.gone))))
    if result.not_followed:
        lines.append(language.say("لم تكن تتابع: {topics}.", topics=language.all_of(_names(result.not_followed))))
    return "\n".join(lines)


def topics(count: int, language: Language) -> str:
    """Introduce the buttons of what is followed."""
    if not count:
        return no_topics(language)
    return language.count("تتابع موضوعًا واحدًا. اضغط اسمه لتتركه.", "تتابع {number} موضوعات. اضغط اسمًا لتتركه.", count)


def no_topics(language: Language) -> str:
    """Say that nothing is followed yet."""
    return language.say("لا تتابع أي موضوع بعد. اختر مما في الأخبار، أو اكتب:\n/follow روسيا، أوكرانيا")


def pressed_follow(name: str, language: Language) -> str:
    """Confirm a button."""
    return language.say("تتابع الآن: {topics}.", topics=name)


def pressed_unfollow(name: str, language: Language) -> str:
    """Confirm a button."""
    return language.say("لم تعد تتابع: {topics}.", topics=name)


def stale(language: Language) -> str:
    """Say that a button leads nowhere any more."""
    return language.say("هذا الزرّ لم يعد يعمل. افتح /topics من جديد.")


def schedule(subscriber: Subscriber, language: Language) -> str:
    """Say when digests come, and how to change it."""
    how = language.say(
        "اضغط ما تريد تغييره، أو اكتب مثلًا:\n"
        "/schedule 08:00 20:30 أيام العمل\n"
        "/quiet 23:00-07:00\n"
        "/vacation 10 أيام\n"
        "/weekly الجمعة 10:00\n"
        "/timezone القاهرة"
    )
    return "\n".join([_promise(subscriber, language), *_facts(subscriber.schedule, language), "", how])


def _promise(subscriber: Subscriber, language: Language) -> str:
    schedule = subscriber.schedule
    if schedule.away:
        return "\n".join(
            [
                language.say("مواعيد موجزك: {when}.", when=when(schedule, language)),
                _away(schedule.away, subscriber, language),
            ]
        )
    return language.say(
        "يصلك موجزك {when}. الموجز التالي: {moment}.",
        when=when(schedule, language),
        moment=_next_moment(subscriber, language) or "—",
    )


def _next_moment(subscriber: Subscriber, language: Language) -> str | None:
    """Return when the next digest comes, None where nobody knows yet; within a vacation with its date."""
    digest_at, schedule = subscriber.digest_at, subscriber.schedule
    if digest_at is None or digest_at > UNTIL_TOLD:
        return None
    is_far = schedule.away is not None and digest_at >= schedule.away.until
    return language.far_moment(digest_at, schedule.zone) if is_far else language.moment(digest_at, schedule.zone)


def _facts(schedule: Schedule, language: Language) -> list[str]:
    facts = []
    if schedule.quiet:
        facts.append(language.say("ساعات الهدوء: من {start} إلى {end}.", **_edges(schedule.quiet)))
    if schedule.weekly:
        weekly = schedule.weekly
        facts.append(
            language.say("حصاد الأسبوع: {day} {time}.", day=language.day_name(weekly.day), time=f"{weekly.at:%H:%M}")
        )
    return facts


def _edges(quiet: Quiet) -> dict[str, str]:
    return {"start": f"{quiet.start:%H:%M}", "end": f"{quiet.end:%H:%M}"}


def _away(away: Away, subscriber: Subscriber, language: Language) -> str:
    moment = _next_moment(subscriber, language)
    if away.until == UNTIL_TOLD or moment is None:
        return language.say("أنت في إجازة، فلا موجز حتى تعود. عند عودتك اكتب:\n/vacation لا")
    last = (away.until - timedelta(seconds=1)).astimezone(ZoneInfo(subscriber.schedule.zone)).date()
    return language.say(
        "إجازتك حتى {day}، ولا موجز فيها. يعود موجزك {moment}، وفيه أهم ما جرى في غيابك.\nلإنهائها الآن: /vacation لا",
        day=language.weekday(last),
        moment=moment,
    )


def quiet_label(schedule: Schedule, language: Language) -> str:
    """Name the button of quiet hours."""
    return language.say("هدوء من {start} إلى {end}", **_edges(schedule.quiet or USUAL_QUIET))


def weekly_label(schedule: Schedule, language: Language) -> str:
    """Name the button of the weekly review."""
    weekly = schedule.weekly or usual_review(schedule.zone)
    return language.say("حصاد الأسبوع، {day} {time}", day=language.day_name(weekly.day), time=f"{weekly.at:%H:%M}")


def quiet(subscriber: Subscriber, language: Language) -> str:
    """Say when nothing comes, and how to change it."""
    if subscriber.schedule.quiet:
        return language.say(
            "لا يصلك شيء من {start} إلى {end}، وما يحين موعده فيها يصلك في موجز واحد عند {end}.\nلإلغائها: /quiet لا",
            **_edges(subscriber.schedule.quiet),
        )
    return language.say("لم تحدّد ساعات هدوء. لتحديدها اكتب مثلًا:\n/quiet 23:00-07:00")


def bad_quiet(language: Language) -> str:
    """Refuse quiet hours."""
    return language.say(
        "لم أفهم ساعات الهدوء. اكتب بدايتها ونهايتها، وبينهما شرطة، مثل:\n/quiet 23:00-07:00\nولإلغائها: /quiet لا"
    )


def vacation(subscriber: Subscriber, language: Language) -> str:
    """Say how long there is no digest, and how to change it."""
    away = subscriber.schedule.away
    if away:
        return _away(away, subscriber, language)
    return language.say(
        "لست في إجازة، والموجز التالي: {moment}. لتبدأ إجازة اكتب مثلًا:\n"
        "/vacation 10 أيام\n"
        "/vacation حتى 5 ديسمبر\n"
        "/vacation حتى أعود",
        moment=_next_moment(subscriber, language) or "—",
    )


def bad_vacation(language: Language) -> str:
    """Refuse a vacation."""
    return language.say(
        "لم أفهم مدة الإجازة، أو أنها انتهت أو تزيد على سنة. اكتب مثلًا:\n"
        "/vacation 10 أيام\n"
        "/vacation حتى 5 ديسمبر\n"
        "/vacation حتى أعود\n"
        "ولإنهائها: /vacation لا"
    )


def weekly(subscriber: Subscriber, language: Language) -> str:
    """Say when the review of the week comes, and how to change it."""
    chosen = subscriber.schedule.weekly
    if chosen:
        return language.say(
            "يصلك حصاد الأسبوع يوم {day} في {time}: أبرز أخبار موضوعاتك في سبعة أيام، عشرة على الأكثر.\n"
            "لإلغائه: /weekly لا",
            day=language.day_name(chosen.day),
            time=f"{chosen.at:%H:%M}",
        )
    return language.say("لم تطلب حصاد الأسبوع. لطلبه اكتب يومه وساعته، مثل:\n/weekly الجمعة 10:00")


def bad_weekly(language: Language) -> str:
    """Refuse a weekly moment."""
    return language.say(
        "لم أفهم موعد حصاد الأسبوع. اكتب يومًا واحدًا وساعة، مثل:\n/weekly الجمعة 10:00\nولإلغائه: /weekly لا"
    )


def adjusted(language: Language) -> str:
    """Confirm a button of the schedule."""
    return language.say("حُفظ التغيير.")


def not_possible(language: Language) -> str:
    """Refuse to take the last time away, or to add one too many."""
    return language.say("لا بدّ من موعد واحد على الأقل، و{most} على الأكثر.", most=MOST_TIMES)


def stale_schedule(language: Language) -> str:
    """Say that a button of the schedule leads nowhere any more."""
    return language.say("هذا الزرّ لم يعد يعمل. افتح /schedule من جديد.")


def rescheduled(subscriber: Subscriber, language: Language) -> str:
    """Confirm a new schedule."""
    return "\n".join([_promise(subscriber, language), *_facts(subscriber.schedule, language)])


def bad_time(language: Language) -> str:
    """Refuse times."""
    return language.say(
        "لم أفهم المواعيد. اكتبها بالساعة والدقيقة، حتى {most} موعدًا في اليوم، ومعها الأيام إن شئت، مثل:\n"
        "/schedule 08:00 20:00\n"
        "/schedule كل يوم 8 صباحًا\n"
        "/schedule أيام العمل 7:30",
        most=MOST_TIMES,
    )


def bad_days(language: Language) -> str:
    """Refuse days of which none is left."""
    return language.say("لم يبقَ يوم يصلك فيه موجزك. اكتب الأيام مثل:\n/schedule الأحد والثلاثاء 7:30")


def bad_zone(language: Language) -> str:
    """Refuse a zone."""
    return language.say(
        "لم أعرف هذا التوقيت. اكتب اسم مدينتك أو اسم المنطقة الزمنية، مثل:\n/timezone الرياض\n/timezone Africa/Cairo"
    )


def zone(subscriber: Subscriber, language: Language) -> str:
    """Say which zone counts, and how to change it."""
    return language.say(
        "توقيتك {place}. لتغييره شارك موقعك بالزرّ أدناه، أو اكتب اسم مدينتك، مثل:\n/timezone القاهرة",
        place=language.place(subscriber.schedule.zone),
    )


def share_location(language: Language) -> str:
    """Name the button that shares where the reader is."""
    return language.say("مشاركة موقعي")


def nowhere(language: Language) -> str:
    """Refuse a place at sea."""
    return language.say("لا توقيت معروفًا لهذا المكان. اكتب اسم مدينتك، مثل:\n/timezone القاهرة")


def why(explanations: Sequence[Explanation], language: Language) -> str:
    """Say, story by story, what of the reader's topics it is about and how we know."""
    told = [
        "\n".join([f"«{_shortened(each.title)}»", *(_reason(subject, language) for subject in each.subjects)])
        for each in explanations
    ]
    return "\n\n".join([language.say("وصلك كل خبر لأنه عن موضوع تتابعه:"), *told])


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_NAMED else title[:_LONGEST_NAMED].rsplit(" ", 1)[0] + "…"


_LONGEST_NAMED = 80  # letters of a title; ten stories must fit one message


def _reason(subject: Subject, language: Language) -> str:
    name = isolated(subject.name)
    match subject.why:
        case Reason.KEYWORD:
            return language.say("• {name}: من الكلمات الدلالية للمقال", name=name)
        case Reason.TITLE:
            return language.say("• {name}: ورد في العنوان", name=name)
        case Reason.LEAD:
            return language.say("• {name}: ورد في أول المقال", name=name)
        case Reason.MENTIONS:
            return language.count(
                "• {name}: ورد في المقال مرة واحدة",
                "• {name}: ورد في المقال {number} مرات",
                subject.mentions,
                name=name,
            )


def no_news(subscriber: Subscriber, language: Language) -> str:
    """Say that there is nothing new."""
    moment = _next_moment(subscriber, language)
    if moment is None:
        return language.say("لا جديد في موضوعاتك الآن.")
    return language.say("لا جديد في موضوعاتك منذ موجزك الأخير. الموجز التالي: {moment}.", moment=moment)


def collected(*, is_known: bool, is_for_everyone: bool, language: Language) -> str:
    """Say where an article that was sent to us will appear."""
    if is_known:
        return language.say("سبق أن أرسلت هذا المقال، وهو محفوظ.")
    if is_for_everyone:
        return language.say("حُفظ، وسيصل إلى كل من يتابع موضوعاته.")
    return language.say("حُفظ في موجزك. اضغط موضوعًا لتتابعه:")


def not_an_article(why: Refusal, language: Language) -> str:
    """Say why a text was not taken, and what would be."""
    match why:
        case Refusal.EMPTY:
            return send_text(language)
        case Refusal.HASHTAGS:
            return language.say("هذا وسم بلا مقال. هل تريد متابعته؟ اضغط اسمه، أو اكتب:\n/follow روسيا")
        case Refusal.FOREIGN:
            return language.say("أقرأ المقالات العربية فقط. أرسل إليّ مقالًا بالعربية، أو اكتب /help.")
        case Refusal.NOISE:
            return language.say("لم أجد في هذا النص مقالًا أستطيع قراءته. أرسل إليّ نص المقال كاملًا كما نُشر.")
        case Refusal.TALK:
            return language.say(
                "هذا أقصر من أن يكون مقالًا. حوّل إليّ مقالًا أو الصق نصّه كاملًا. لمتابعة موضوع اكتب:\n/follow روسيا"
            )


def send_text(language: Language) -> str:
    """Say that only texts are read."""
    return language.say("أقرأ النصوص فقط: حوّل إليّ مقالًا أو الصق نصّه، وسأردّ بملخّصه. لبقية ما أستطيع: /help")


def unknown_command(language: Language) -> str:
    """Refuse a command that does not exist."""
    return language.say("لا أعرف هذا الأمر. ما أستطيع أن أفعله لك: /help")


def sorry(language: Language) -> str:
    """Say that we failed, for good."""
    return language.say("تعذّر عليّ أن أعالج رسالتك بسبب خطأ عندي، وقد سُجّل. أعد إرسالها بعد قليل من فضلك.")
