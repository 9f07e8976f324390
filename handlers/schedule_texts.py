"""What we say of when digests come, in Arabic first: one function a message."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.schedule import EVERY_DAY, MOST_TIMES, UNTIL_TOLD, Away, Quiet, Schedule
from bot.domain.subscriber import Subscriber
from bot.domain.typed import USUAL_QUIET, usual_review
from bot.domain.weekends import in_order, work_days
from bot.telegram.language import Language


def when(schedule: Schedule, language: Language) -> str:
    """Say on what days and at what times digests come."""
    times = language.all_of([language.clock(at) for at in schedule.times])
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


def schedule(subscriber: Subscriber, language: Language) -> str:
    """Say when digests come, and how to change it."""
    how = language.say(
        "اضغط ما تريد تغييره، أو اكتب مثلًا:\n"
        "مواعيد 08:00 20:30 أيام العمل\n"
        "هدوء 23:00-07:00\n"
        "إجازة 10 أيام\n"
        "حصاد الجمعة 10:00\n"
        "توقيت القاهرة"
    )
    return "\n".join([_promise(subscriber, language), *_facts(subscriber.schedule, language), "", how])


def _promise(subscriber: Subscriber, language: Language) -> str:
    schedule = subscriber.schedule
    if schedule.away:
        return "\n".join(
            [
                language.say("يصلك موجزك عادةً {when}.", when=when(schedule, language)),
                _away(schedule.away, subscriber, language),
            ]
        )
    return language.say(
        "يصلك موجزك {when}. الموجز التالي: {moment}.",
        when=when(schedule, language),
        moment=next_moment(subscriber, language) or "—",
    )


def next_moment(subscriber: Subscriber, language: Language) -> str | None:
    """Return when the next digest comes, None where nobody knows yet; within a vacation with its date."""
    digest_at, schedule = subscriber.digest_at, subscriber.schedule
    if digest_at is None or digest_at > UNTIL_TOLD:
        return None
    is_far = schedule.away is not None and digest_at >= schedule.away.until
    return language.far_moment(digest_at, schedule.zone) if is_far else language.moment(digest_at, schedule.zone)


def _facts(schedule: Schedule, language: Language) -> list[str]:
    facts = []
    if schedule.quiet:
        edges = _edges(schedule.quiet, language)
        facts.append(language.say("ساعات الهدوء: من {start} إلى {end}.", **edges))
    if schedule.weekly:
        weekly = schedule.weekly
        facts.append(
            language.say(
                "حصاد الأسبوع: {day} {time}.", day=language.day_name(weekly.day), time=language.clock(weekly.at)
            )
        )
    return facts


def _edges(quiet: Quiet, language: Language) -> dict[str, str]:
    return {"start": language.clock(quiet.start), "end": language.clock(quiet.end)}


def _away(away: Away, subscriber: Subscriber, language: Language) -> str:
    moment = next_moment(subscriber, language)
    if away.until == UNTIL_TOLD or moment is None:
        return language.say("أنت في إجازة، فلا موجز حتى تعود. عند عودتك اضغط «إنهاء الإجازة»، أو اكتب: عدت")
    last = (away.until - timedelta(seconds=1)).astimezone(ZoneInfo(subscriber.schedule.zone)).date()
    return language.say(
        "إجازتك حتى {day}، ولا موجز فيها ولا عاجل. يعود موجزك {moment}، وفيه أهم ما جرى في غيابك.\n"
        "لإنهائها الآن اضغط «إنهاء الإجازة»، أو اكتب: عدت",
        day=language.weekday(last),
        moment=moment,
    )


def quiet_label(schedule: Schedule, language: Language) -> str:
    """Name the button of quiet hours."""
    return language.say("هدوء من {start} إلى {end}", **_edges(schedule.quiet or USUAL_QUIET, language))


def weekly_label(schedule: Schedule, language: Language) -> str:
    """Name the button of the weekly review."""
    weekly = schedule.weekly or usual_review(schedule.zone)
    return language.say("حصاد الأسبوع، {day} {time}", day=language.day_name(weekly.day), time=language.clock(weekly.at))


def vacation_label(language: Language) -> str:
    """Name the button that begins a vacation."""
    return language.say("إجازة حتى أعود")


def end_vacation(language: Language) -> str:
    """Name the button that ends a vacation."""
    return language.say("إنهاء الإجازة")


def zone_label(schedule: Schedule, language: Language) -> str:
    """Name the button that asks where the reader is."""
    return language.say("التوقيت: {place}", place=language.place(schedule.zone))


def quiet(subscriber: Subscriber, language: Language) -> str:
    """Say when nothing comes, and how to change it."""
    if subscriber.schedule.quiet:
        return language.say(
            "ساعات الهدوء من {start} إلى {end}: لا يصلك فيها موجز ولا عاجل، "
            "وما يحين موعده خلالها يصلك في موجز واحد عند {end}.\n"
            "لإلغائها اكتب: ألغِ الهدوء",
            **_edges(subscriber.schedule.quiet, language),
        )
    return language.say("لم تحدّد ساعات هدوء. لتحديدها اكتب مثلًا:\nهدوء 23:00-07:00")


def bad_quiet(language: Language) -> str:
    """Refuse quiet hours."""
    return language.say(
        "لم أفهم ساعات الهدوء. اكتب بدايتها ونهايتها، وبينهما شرطة، مثل:\nهدوء 23:00-07:00\nولإلغائها اكتب: ألغِ الهدوء"
    )


def vacation(subscriber: Subscriber, language: Language) -> str:
    """Say how long there is no digest, and how to change it."""
    away = subscriber.schedule.away
    if away:
        return _away(away, subscriber, language)
    return language.say(
        "لست في إجازة، والموجز التالي: {moment}. لتبدأ إجازة اكتب مثلًا:\n"
        "إجازة 10 أيام\n"
        "إجازة حتى 5 ديسمبر\n"
        "إجازة حتى أعود",
        moment=next_moment(subscriber, language) or "—",
    )


def back(subscriber: Subscriber, language: Language) -> str:
    """Greet one whose vacation is over because they say so."""
    return language.say(
        "أهلًا بعودتك. الموجز التالي: {moment}، وفيه أهم ما جرى في غيابك.",
        moment=next_moment(subscriber, language) or "—",
    )


def bad_vacation(language: Language) -> str:
    """Refuse a vacation."""
    return language.say(
        "لم أفهم مدة الإجازة، أو أنها انتهت أو تزيد على سنة. اكتب مثلًا:\n"
        "إجازة 10 أيام\n"
        "إجازة حتى 5 ديسمبر\n"
        "إجازة حتى أعود\n"
        "ولإنهائها اكتب: عدت"
    )


def weekly(subscriber: Subscriber, language: Language) -> str:
    """Say when the review of the week comes, and how to change it."""
    chosen = subscriber.schedule.weekly
    if chosen:
        return language.say(
            "يصلك حصاد الأسبوع يوم {day} في {time}: أبرز أخبار موضوعاتك في سبعة أيام.\nلإلغائه اكتب: ألغِ حصاد الأسبوع",
            day=language.day_name(chosen.day),
            time=language.clock(chosen.at),
        )
    return language.say("لم تطلب حصاد الأسبوع. لطلبه اكتب يومه وساعته، مثل:\nحصاد الجمعة 10:00")


def bad_weekly(language: Language) -> str:
    """Refuse a weekly moment."""
    return language.say(
        "لم أفهم موعد حصاد الأسبوع. اكتب يومًا واحدًا وساعة، مثل:\nحصاد الجمعة 10:00\nولإلغائه اكتب: ألغِ حصاد الأسبوع"
    )


def adjusted(language: Language) -> str:
    """Confirm a button of the schedule."""
    return language.say("حُفظ التغيير.")


def not_possible(language: Language) -> str:
    """Refuse to take the last time away, or to add one too many."""
    return language.say("لا بدّ من موعد واحد على الأقل، و{most} موعدًا على الأكثر.", most=MOST_TIMES)


def stale_schedule(language: Language) -> str:
    """Say that a button of the schedule leads nowhere any more."""
    return language.say("هذا الزرّ لم يعد يعمل. اكتب «مواعيدي» وابدأ من جديد.")


def rescheduled(subscriber: Subscriber, language: Language) -> str:
    """Confirm a new schedule."""
    return "\n".join([_promise(subscriber, language), *_facts(subscriber.schedule, language)])


def bad_time(language: Language) -> str:
    """Refuse times."""
    return language.say(
        "لم أفهم المواعيد. اكتبها بالساعة والدقيقة، حتى {most} موعدًا في اليوم، ومعها الأيام إن شئت، مثل:\n"
        "مواعيد 08:00 20:00\n"
        "مواعيد كل يوم 8 صباحًا\n"
        "مواعيد أيام العمل 7:30",
        most=MOST_TIMES,
    )


def bad_days(language: Language) -> str:
    """Refuse days of which none is left."""
    return language.say("لم يبقَ يوم يصلك فيه موجزك. اكتب الأيام مثل:\nمواعيد الأحد والثلاثاء 7:30")


def bad_zone(language: Language) -> str:
    """Refuse a zone."""
    return language.say(
        "لم أعرف هذا التوقيت. اكتب اسم مدينتك أو اسم المنطقة الزمنية، مثل:\nتوقيت الرياض\nتوقيت Africa/Cairo"
    )


def zone(subscriber: Subscriber, language: Language) -> str:
    """Say which zone counts, and how to change it."""
    return language.say(
        "توقيتك {place}. لتغييره شارك موقعك بالزرّ أدناه، أو اكتب اسم مدينتك، مثل:\nتوقيت القاهرة",
        place=language.place(subscriber.schedule.zone),
    )


def zone_of_room(subscriber: Subscriber, language: Language) -> str:
    """Say which zone counts in a group or a channel."""
    return language.say("التوقيت هنا {place}.", place=language.place(subscriber.schedule.zone))


def share_location(language: Language) -> str:
    """Name the button that shares where the reader is."""
    return language.say("مشاركة موقعي")


def nowhere(language: Language) -> str:
    """Refuse a place at sea."""
    return language.say("لم أعرف توقيت هذا المكان. اكتب اسم مدينتك، مثل:\nتوقيت القاهرة")
