"""What we say of links and files that cannot be read, and of limits that are reached."""

from datetime import timedelta

from bot.domain.intake import Refusal
from bot.domain.limits import Exhausted, Limited
from bot.domain.links import MOST_LINKS
from bot.domain.subscriber import Subscriber
from bot.domain.unread import Reason
from bot.telegram.language import Language, isolated

_LONGEST_NAME = 60  # letters


def unread(place: str, reason: Reason, language: Language) -> str:
    """Say in one line which link or file could not be read, and why."""
    return _line(place, why(reason, language), language)


def no_article(place: str, refusal: Refusal, language: Language) -> str:
    """Say in one line that what was read there is no article for us."""
    if refusal is Refusal.FOREIGN:
        return _line(place, language.say("النصّ ليس عربيًا، وأنا أقرأ المقالات العربية فقط."), language)
    return _line(place, language.say("لم أجد فيه مقالًا."), language)


def _line(place: str, why_not: str, language: Language) -> str:
    name = place if len(place) <= _LONGEST_NAME else f"{place[:_LONGEST_NAME]}…"
    return language.say("لم آخذ شيئًا من {place}: {why}", place=isolated(name), why=why_not)


def why(reason: Reason, language: Language) -> str:  # noqa: C901, PLR0912 - one sentence a reason
    """Return what stood in the way, as a sentence."""
    match reason:
        case Reason.BAD_ADDRESS:
            return language.say("العنوان مكتوب على غير وجهه.")
        case Reason.SCHEME:
            return language.say("لا أفتح إلا عناوين صفحات الويب.")
        case Reason.CREDENTIALS:
            return language.say("في العنوان اسم مستخدم أو كلمة مرور، ولا أفتح مثله.")
        case Reason.PORT | Reason.NOT_PUBLIC:
            return language.say("هذا العنوان ليس متاحًا للعموم على الإنترنت، ولا أفتح مثله.")
        case Reason.NO_SUCH_HOST:
            return language.say("لا يوجد موقع بهذا الاسم.")
        case Reason.UNREACHABLE:
            return language.say("الموقع لا يجيب. حاول بعد قليل.")
        case Reason.CERTIFICATE:
            return language.say("شهادة الأمان لدى الموقع غير صالحة.")
        case Reason.TOO_SLOW:
            return language.say("تأخّر الموقع في الرد. حاول بعد قليل.")
        case Reason.BROKEN:
            return language.say("انقطع ردّ الموقع قبل أن يكتمل. حاول بعد قليل.")
        case Reason.TOO_MANY_REDIRECTS:
            return language.say("يحيل هذا العنوان إلى غيره مرة بعد مرة بلا نهاية.")
        case Reason.NOT_FOUND:
            return language.say("الصفحة غير موجودة.")
        case Reason.FORBIDDEN:
            return language.say("لا يسمح لي الموقع بقراءة هذه الصفحة. الصق نصّ المقال هنا.")
        case Reason.BUSY:
            return language.say("الموقع مشغول الآن. حاول بعد قليل.")
        case Reason.SERVER_FAILED:
            return language.say("في الموقع عطل. حاول بعد قليل.")
        case Reason.UNEXPECTED_STATUS | Reason.UNWANTED_ENCODING:
            return language.say("أجاب الموقع بما لا أفهمه.")
        case Reason.UNWANTED_TYPE:
            return language.say("ليس في هذا العنوان صفحة مقال، بل محتوى من نوع آخر.")
        case Reason.TOO_LARGE:
            return language.say("الحجم أكبر مما أقرأ: 5 ميغابايت للصفحة، و20 ميغابايت للملف.")
        case Reason.NO_TEXT:
            return language.say("لم أجد فيه نصًّا أقرؤه.")
        case Reason.NOT_A_FEED:
            return language.say("ليس في هذا العنوان خلاصة أخبار.")
        case Reason.NOT_OPML:
            return language.say("ليست هذه قائمة خلاصات.")
        case Reason.TOO_COMPLEX:
            return language.say("بنيته أعقد من أن أقرأها. الصق نصّ المقال هنا.")
        case Reason.UNKNOWN_KIND:
            return language.say("لا أقرأ هذا النوع من الملفات. أقرأ النصوص وصفحات الويب وملفات PDF وWord (docx).")
        case Reason.ENCRYPTED:
            return language.say("الملف محميّ بكلمة مرور. أرسله بلا كلمة مرور.")
        case Reason.SCANNED:
            return language.say("صفحاته صور بلا نصّ. أرسل نسخة يمكن نسخ كلماتها، أو الصق النصّ هنا.")
        case Reason.DAMAGED:
            return language.say("الملف تالف أو ناقص.")


def exhausted(limit: Exhausted, subscriber: Subscriber, language: Language) -> str:
    """Say which limit is reached, and when the next is possible: at a full minute, never too early."""
    full = limit.next_at + timedelta(minutes=1) - timedelta(microseconds=1)
    moment = language.moment(full, subscriber.schedule.zone)
    if limit.what is Limited.ARTICLES:
        return language.count(
            "بلغت حدّك: مقال واحد في الساعة. يمكنك إرسال التالي ابتداءً من {moment}.",
            "بلغت حدّك: {number} مقالات في الساعة. يمكنك إرسال التالي ابتداءً من {moment}.",
            limit.most,
            moment=moment,
        )
    return language.count(
        "بلغت حدّك: رابط واحد أو ملف واحد في الساعة. يمكنك إرسال التالي ابتداءً من {moment}.",
        "بلغت حدّك: {number} روابط أو ملفات في الساعة. يمكنك إرسال التالي ابتداءً من {moment}.",
        limit.most,
        moment=moment,
    )


def too_many_links(language: Language) -> str:
    """Say that some links of a message were left."""
    return language.say("أقرأ {most} روابط من كل رسالة. أرسل ما بقي في رسالة أخرى.", most=MOST_LINKS)
