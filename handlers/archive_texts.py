"""What we say about the archive: what is found, what is newest, what is saved."""

from bot.domain.search import Wanted
from bot.services.search import Results
from bot.telegram.language import Language, isolated


def search_what(language: Language) -> str:
    """Say how to ask."""
    return language.say(
        "عمّ تبحث؟ اكتب كلماتك، وحدّد إن شئت الموضوع والمدّة والمصدر، مثل:\n"
        "/search القمح في روسيا منذ أسبوع المصدر: الجزيرة"
    )


def found(results: Results, language: Language) -> str:
    """Head a page of what was found, or say that nothing was."""
    question = isolated(" ".join(results.question.asked.split()))
    if not results.hits:
        return language.say(
            "لم أجد خبرًا فيه كل هذا: {question}\nجرّب كلمات أقل أو مدّة أطول.",
            question=question,
        )
    if results.wanted == Wanted(topics=results.wanted.topics):
        topics = language.all_of([isolated(each) for each in results.wanted.topics])
        return language.say("أحدث الأخبار عن {topics}", topics=topics)
    head = language.say("نتائج البحث: {question}", question=question)
    return "\n".join(line for line in (head, _filters(results.wanted, language)) if line)


def _filters(wanted: Wanted, language: Language) -> str:
    """Say how the filters were understood."""
    said = []
    if wanted.topics:
        said.append(
            language.say("الموضوع: {topics}", topics=language.all_of([isolated(each) for each in wanted.topics]))
        )
    if wanted.first and wanted.first == wanted.last:
        said.append(language.say("يوم {day}", day=language.day(wanted.first)))
    elif wanted.first:
        said.append(language.say("منذ {day}", day=language.day(wanted.first)))
    return " · ".join(said)


def latest(results: Results, language: Language) -> str:
    """Head the newest stories, or say that there are none."""
    if not results.wanted.topics:
        return language.say("أحدث الأخبار") if results.hits else language.say("لا أخبار عندي من الأسبوعين الماضيين.")
    if results.hits:
        return language.say("أحدث أخبار موضوعاتك")
    return language.say("لا أخبار عن موضوعاتك في الأسبوعين الماضيين. ابحث في ما قبلهما: /search")


def saved(count: int, language: Language) -> str:
    """Head what is saved, or say that nothing is."""
    if not count:
        return language.say("لم تحفظ خبرًا بعد. افتح خبرًا من /latest أو /search ثم اضغط «احفظ».")
    return language.say("أخبارك المحفوظة. اضغط رقمًا لتفتح الخبر، أو ✕ لتزيله.")


def keep(language: Language) -> str:
    """Label the button that saves."""
    return language.say("احفظ")


def kept(language: Language) -> str:
    """Label the button under what is saved."""
    return language.say("✓ محفوظ")


def pressed_keep(language: Language) -> str:
    """Confirm a button."""
    return language.say("حُفظ الخبر. تجده في /saved")


def pressed_let_go(language: Language) -> str:
    """Confirm a button."""
    return language.say("أُزيل الخبر من محفوظاتك.")


def earlier(language: Language) -> str:
    """Label the button that leads back."""
    return language.say("‹ السابق")


def later(language: Language) -> str:
    """Label the button that leads on."""
    return language.say("التالي ›")


def forgotten(language: Language) -> str:
    """Say that a search is too old to be gone on with."""
    return language.say("مضى على هذا البحث وقت طويل. ابحث من جديد: /search")


def gone(language: Language) -> str:
    """Say that a story is not there any more."""
    return language.say("لم يعد هذا الخبر عندي.")


def nothing_to_share(language: Language) -> str:
    """Label what leads from an empty list of cards to us."""
    return language.say("لا خبر بهذه الكلمات. افتح موجز")
