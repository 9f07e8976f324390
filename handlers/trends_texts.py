"""What we say of what is in the news, in Arabic first: one function a message."""

from bot.telegram.language import Language, isolated


def popular_label(language: Language) -> str:
    """Name the button."""
    return language.say("الأكثر تداولًا")


def rising_label(language: Language) -> str:
    """Name the button."""
    return language.say("الصاعدة")


def popular_title(language: Language) -> str:
    """Say what the picture is of."""
    return language.say("الموضوعات الأكثر تداولًا في أسبوعين")


def rising_title(language: Language) -> str:
    """Say what the picture is of."""
    return language.say("الموضوعات الصاعدة في ثلاثة أيام")


def what_it_shows(language: Language) -> str:
    """Say in words what the picture shows."""
    return language.say("في الصورة عمود لكل يوم بعدد المقالات عن كل موضوع، من الأقدم إلى اليوم.")


def nothing(language: Language) -> str:
    """Say that there is nothing to show."""
    return language.say("لا موضوعات هنا بعد: الأخبار القليلة لا تكفي للمقارنة.")


def today(language: Language) -> str:
    """Name the last day of the picture."""
    return language.say("اليوم")


def total(name: str, number: int, language: Language) -> str:
    """Say how many articles are about a topic."""
    return language.count("{name}: مقال واحد", "{name}: {number} مقالات", number, name=isolated(name))


def rise(name: str, latest: int, earlier: int, language: Language) -> str:
    """Say how many articles are about a topic lately, and how many before."""
    if not earlier:
        return language.count(
            "{name}: مقال واحد في ثلاثة أيام، ولا شيء قبلها",
            "{name}: {number} مقالات في ثلاثة أيام، ولا شيء قبلها",
            latest,
            name=isolated(name),
        )
    return language.count(
        "{name}: مقال واحد في ثلاثة أيام، وقبلها {before} في أحد عشر يومًا",
        "{name}: {number} مقالات في ثلاثة أيام، وقبلها {before} في أحد عشر يومًا",
        latest,
        name=isolated(name),
        before=language.count("مقال واحد", "{number} مقالات", earlier),
    )
