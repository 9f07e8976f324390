"""What the settings screen says."""

from collections.abc import Sequence

from bot.domain.mute import Mute
from bot.domain.subscriber import Subscriber
from bot.telegram.language import Language, isolated
from handlers.digest_texts import until


def settings(subscriber: Subscriber, mutes: Sequence[Mute], ratings: int, language: Language) -> str:
    """Say how everything stands."""
    wishes = subscriber.preferences
    lines = [
        language.say("إعدادات موجزك"),
        "",
        language.count("• أخبار الموجز: خبر واحد", "• أخبار الموجز: حتى {number} أخبار", wishes.stories),
        language.say("• معاينة الروابط: ظاهرة") if wishes.previews else language.say("• معاينة الروابط: مخفية"),
        language.say("• الوصول: بلا صوت") if wishes.is_quiet else language.say("• الوصول: بصوت"),
        _no_news(language, is_told=wishes.tells_no_news),
        language.say("• التاريخ: ميلادي وهجري") if wishes.hijri else language.say("• التاريخ: ميلادي"),
    ]
    if language.is_right_to_left:
        lines.append(language.say("• الأرقام: {digits}", digits=language.figures("123")))
    lines.append(_ratings(ratings, language))
    lines += [_mute(mute, subscriber.schedule.zone, language) for mute in mutes]
    return "\n".join(lines)


def _no_news(language: Language, *, is_told: bool) -> str:
    if is_told:
        return language.say("• حين لا جديد: سطر واحد بلا صوت")
    return language.say("• حين لا جديد: لا أرسل شيئًا")


def _ratings(number: int, language: Language) -> str:
    if not number:
        return language.say("• تقييماتك: لا شيء بعد؛ 👍 و👎 تحت كل موجز")
    return language.count("• تقييماتك: تقييم واحد", "• تقييماتك: {number} تقييمات", number)


def _mute(mute: Mute, zone: str, language: Language) -> str:
    ends = until(mute, zone, language)
    return language.say("• مكتوم: {topic} {until}", topic=isolated(mute.topic), until=ends)


def ask_reset(number: int, language: Language) -> str:
    """Ask if ratings are really to be forgotten."""
    return language.count(
        "أأمسح تقييمك؟ يعود ترتيب أخبارك كما كان قبله، ولا سبيل إلى استعادته.",
        "أأمسح تقييماتك، وهي {number} تقييمات؟ يعود ترتيب أخبارك كما كان قبلها، ولا سبيل إلى استعادتها.",
        number,
    )


def kept(language: Language) -> str:
    """Confirm a choice."""
    return language.say("حُفظ.")


def reset(language: Language) -> str:
    """Confirm that ratings are forgotten."""
    return language.say("مُسحت تقييماتك.")


def switches(subscriber: Subscriber, language: Language) -> dict[str, str]:
    """Return what each switch's button would do, by the preference's name."""
    wishes = subscriber.preferences
    told = {
        "previews": language.say("إخفاء معاينة الروابط") if wishes.previews else language.say("إظهار معاينة الروابط"),
        "is_quiet": language.say("إيصال بصوت") if wishes.is_quiet else language.say("إيصال بلا صوت"),
        "tells_no_news": (
            language.say("لا ترسل شيئًا حين لا جديد")
            if wishes.tells_no_news
            else language.say("أخبرني بسطر حين لا جديد")
        ),
        "hijri": language.say("التاريخ الميلادي وحده") if wishes.hijri else language.say("إضافة التاريخ الهجري"),
    }
    if language.is_right_to_left:
        told["eastern_digits"] = language.say("أرقام 123") if wishes.eastern_digits else language.say("أرقام ١٢٣")
    return told
