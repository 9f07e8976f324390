"""What we say to readers, in Arabic first: one function a message."""

from collections.abc import Sequence

from bot.domain.intake import Refusal
from bot.domain.subscriber import Subscriber
from bot.telegram.language import Language, isolated
from handlers.schedule_texts import next_moment


def help_(language: Language) -> str:
    """Say what can be done."""
    return language.say(
        "حوّل إليّ مقالًا أو الصق نصّه، أو أرسل رابطه أو ملفّه، فأردّ بعنوانه وملخّصه وموضوعاته، وأحفظه لموجزك.\n\n"
        "/follow روسيا، أوكرانيا — متابعة موضوع أو أكثر\n"
        "/follow روسيا بدون رياضة — متابعة موضوع إلا ما كان منه عن غيره\n"
        "/unfollow روسيا — إلغاء المتابعة\n"
        "/topics — موضوعاتك، والعاجل منها\n"
        "/popular — الأكثر تداولًا\n"
        "/rising — الصاعدة\n"
        "/digest — موجزك الآن\n"
        "/latest — أحدث الأخبار\n"
        "/search القمح في روسيا منذ أسبوع — بحث في الأخبار\n"
        "/saved — ما حفظته\n"
        "/schedule 08:00 20:00 — مواعيد موجزك\n"
        "/timezone القاهرة — توقيتك\n"
        "/settings — كيف يأتيك موجزك: عدد أخباره وصوته وأرقامه وتاريخه\n"
        "/quiet 23:00-07:00 — ساعات الهدوء\n"
        "/vacation 10 أيام — إجازة من الموجز\n"
        "/weekly الجمعة 10:00 — حصاد الأسبوع\n"
        "/privacy — ما أحتفظ به عنك\n"
        "/export — كل ذلك في ملف\n"
        "/forget — محو كل ذلك\n"
        "/help — هذه الرسالة\n\n"
        "وتغني الكلمات عن الأوامر: تابع روسيا، ألغِ روسيا، اكتم روسيا أسبوعًا، عاجل عن روسيا، مواضيعي، موجز، "
        "آخر الأخبار، ابحث عن القمح، محفوظاتي، الأكثر تداولًا، الصاعدة، مواعيدي، هدوء 23:00-07:00، إجازة أسبوع، "
        "إعدادات، بياناتي، مساعدة.\n\n"
        "ولتشارك خبرًا في أي محادثة، اكتب فيها معرّفي ثم كلمة من الخبر.\n"
        "ولمجموعة أو قناة موجزها أيضًا: أضفني إليها، واجعلني مشرفًا في القناة، ثم اكتب فيها /start"
    )


def commands(language: Language) -> dict[str, str]:
    """Return each command with what it does, as Telegram's menu shows it."""
    return {
        "start": language.say("ابدأ من هنا"),
        "follow": language.say("تابع موضوعًا، مثل: روسيا"),
        "unfollow": language.say("ألغِ متابعة موضوع"),
        "topics": language.say("موضوعاتك"),
        "popular": language.say("الأكثر تداولًا"),
        "rising": language.say("الصاعدة"),
        "digest": language.say("موجزك الآن"),
        "latest": language.say("أحدث أخبار موضوعاتك"),
        "search": language.say("ابحث في الأخبار، مثل: القمح في روسيا منذ أسبوع"),
        "saved": language.say("الأخبار التي حفظتها"),
        "schedule": language.say("مواعيد موجزك، مثل: 08:00 20:00"),
        "timezone": language.say("توقيتك، مثل: الرياض"),
        "settings": language.say("كيف يأتيك موجزك"),
        "quiet": language.say("ساعات الهدوء، مثل: 23:00-07:00"),
        "vacation": language.say("إجازة من الموجز، مثل: 10 أيام"),
        "weekly": language.say("حصاد الأسبوع، مثل: الجمعة 10:00"),
        "privacy": language.say("ما أحتفظ به عنك"),
        "export": language.say("كل ما أحتفظ به عنك في ملف"),
        "forget": language.say("محو كل ما أحتفظ به عنك"),
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


def no_news(subscriber: Subscriber, language: Language) -> str:
    """Say that there is nothing new."""
    moment = next_moment(subscriber, language)
    if moment is None:
        return language.say("لا جديد في موضوعاتك الآن.")
    return language.say("لا جديد في موضوعاتك منذ موجزك الأخير. الموجز التالي: {moment}.", moment=moment)


def collected(*, is_known: bool, is_for_everyone: bool, language: Language) -> str:
    """Say where an article that was sent to us will appear."""
    if is_known:
        return language.say("سبق أن أرسلت هذا المقال، وهو محفوظ.")
    if is_for_everyone:
        return language.say("حُفظ، وسيصل إلى كل من يتابع موضوعاته.")
    return language.say("حُفظ في موجزك، ويصل إلى غيرك إن نشره محرر. اضغط موضوعًا لتتابعه:")


def revised(language: Language) -> str:
    """Say that an article follows its message."""
    return language.say("حُدّث المقال ليطابق رسالتك كما هي الآن.")


def kept_in_group(*, is_known: bool, is_for_everyone: bool, language: Language) -> str:
    """Say what became of an article that a group shows us."""
    if is_for_everyone:
        return collected(is_known=False, is_for_everyone=True, language=language)
    if is_known:
        return language.say("سبق أن حُفظ هذا المقال.")
    return language.say("حُفظ هذا المقال.")


def nothing_to_keep(language: Language) -> str:
    """Say how a group shows us an article."""
    return language.say(
        "لم أجد هنا مقالًا أقرؤه. اذكر اسمي في رسالة فيها نصّ المقال، أو ردّ على رسالة فيها مقال بالأمر /save"
    )


def administrator(title: str, language: Language) -> str:
    """Ask an editor who made us an administrator of a channel if its posts are to be taken."""
    return language.say(
        "صرت مشرفًا في قناة {channel}. إن اعتمدتها قرأت كل ما يُنشر فيها، ووصل إلى كل من يتابع موضوعاته.",
        channel=isolated(title),
    )


def removed_from(title: str, language: Language) -> str:
    """Tell an editor that a channel sends us nothing any more."""
    return language.say("لم أعد مشرفًا في قناة {channel}، فأُلغي اعتمادها.", channel=isolated(title))


def channels(count: int, language: Language) -> str:
    """Introduce the buttons of the channels."""
    if not count:
        return language.say("لا أعرف أي قناة بعد. أضفني مشرفًا إلى قناة، أو حوّل إليّ منشورًا منها، ثم اعتمدها.")
    return language.say("القنوات المعتمدة أمامها ✓ وتصل منشوراتها إلى كل من يتابع موضوعاتها. اضغط قناة لتغيّر ذلك.")


def pressed_enable(title: str, language: Language) -> str:
    """Confirm a button."""
    return language.say("اعتُمدت قناة {channel}. أقرأ منشوراتها ما دمت مشرفًا فيها.", channel=title)


def pressed_disable(title: str, language: Language) -> str:
    """Confirm a button."""
    return language.say("أُلغي اعتماد قناة {channel}.", channel=title)


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
    return language.say(
        "أقرأ النصوص فقط: حوّل إليّ مقالًا أو الصق نصّه، أو أرسل رابطه أو ملفّه، وسأردّ بملخّصه. لبقية ما أستطيع: /help"
    )


def the_file(language: Language) -> str:
    """Name a file that has no name."""
    return language.say("الملف")


def unknown_command(language: Language) -> str:
    """Refuse a command that does not exist."""
    return language.say("لا أعرف هذا الأمر. ما أستطيع أن أفعله لك: /help")


def sorry(language: Language) -> str:
    """Say that we failed, for good."""
    return language.say("تعذّر عليّ أن أعالج رسالتك بسبب خطأ عندي، وقد سُجّل. أعد إرسالها بعد قليل من فضلك.")
