"""What we say about a digest: why a story came, what ratings and mutes do."""

from collections.abc import Iterator, Sequence

from bot.domain.digest import Explanation
from bot.domain.importance import HOURS, Importance
from bot.domain.mute import Mute, Span
from bot.domain.topic import Reason, Subject
from bot.telegram.language import Language, isolated
from bot.telegram.marks import clipped, within_quotes

_LONGEST_NAMED = 80  # letters of a title that stands in a sentence
_MOST_TOLD = 10  # stories that one message explains


def why(explanations: Sequence[Explanation], language: Language) -> Iterator[str]:
    """Say, story by story, what of the reader's topics it is about and what put it before others."""
    for start in range(0, len(explanations), _MOST_TOLD):
        told = [_because(each, language) for each in explanations[start : start + _MOST_TOLD]]
        head = () if start else (language.say("وصلك كل خبر لأنه عن موضوع تتابعه، والأهم أولًا:"),)
        is_rated = any(each.importance and each.importance.taste for each in explanations)
        is_last = start + _MOST_TOLD >= len(explanations)
        tail = (language.say("تقييماتك 👍 👎 تقدّم ما يشبهها أو تؤخّره عندك وحدك، وتمسحها من /settings"),)
        yield "\n\n".join((*head, *told, *(tail if is_rated and is_last else ())))


def _because(each: Explanation, language: Language) -> str:
    lines = [f"{language.figures(str(each.place + 1))}. «{_named(each.title)}»"]
    lines += [_reason(subject, language) for subject in each.subjects[:_MOST_SUBJECTS]]
    if not each.subjects:
        lines.append(language.say("• لم يعد من موضوعاتك"))
    if each.importance:
        lines.append(_weight(each.importance, language))
    return "\n".join(lines)


_MOST_SUBJECTS = 4


def _named(title: str) -> str:
    return within_quotes(clipped(title, _LONGEST_NAMED))


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


def _weight(found: Importance, language: Language) -> str:
    reasons = (
        (language.count("مصدر واحد", "{number} مصادر", found.sources), found.of_sources),
        (language.count("موضوع مما تتابع", "{number} موضوعات مما تتابع", found.topics), found.of_topics),
        (_recency(found.recency, language), found.recency),
        (language.say("مصدر معروف"), int(found.is_named)),
        (language.say("منشور للجميع"), int(found.is_for_everyone)),
        (language.say("تقييماتك"), found.taste),
    )
    told = " · ".join(f"{reason} {language.points(points)}" for reason, points in reasons if points)
    return language.say(
        "• أهميته {number}: {told}", number=found.points, told=told or language.say("لا شيء يقدّمه على غيره")
    )


def _recency(points: int, language: Language) -> str:
    return language.count("وصل في آخر ساعة", "وصل في آخر {number} ساعات", HOURS.get(points, 0))


def stale(language: Language) -> str:
    """Say that a digest's button leads nowhere any more."""
    return language.say("هذا الزرّ لم يعد يعمل. موجزك الآن: /digest")


def nothing_more(language: Language) -> str:
    """Say that all was shown."""
    return language.say("لا مزيد: وصلك كل جديد موضوعاتك.")


def turned(language: Language) -> str:
    """Say what came in the place of the page."""
    return language.say("إليك البقية. يعيدك «السابق» إلى ما قبلها.")


def rated(title: str, language: Language, *, is_liked: bool | None) -> str:
    """Confirm a rating, and say what it does."""
    named = _named(title)
    match is_liked:
        case True:
            return language.say("👍 «{title}»: أقدّم لك ما يشبهه.", title=named)
        case False:
            return language.say("👎 «{title}»: أؤخّر عنك ما يشبهه، ولا أحجبه.", title=named)
        case None:
            return language.say("سحبتَ تقييم «{title}».", title=named)


def how_to_rate(language: Language) -> str:
    """Say what the buttons of the rating view are."""
    return language.say("الأرقام أرقام الأخبار فوق. اضغط الزرّ نفسه مرة أخرى لتسحب تقييمك.")


def which_topic(language: Language) -> str:
    """Ask what is to be muted."""
    return language.say("أيّ موضوع تكتم؟")


def nothing_to_mute(language: Language) -> str:
    """Say that every topic of a page was left since."""
    return language.say("لم يعد شيء من هذه الأخبار من موضوعاتك.")


def how_long(name: str, language: Language) -> str:
    """Ask for how long."""
    return language.say("إلى متى أكتم {topic}؟", topic=isolated(name))


def spans(language: Language) -> dict[Span, str]:
    """Name the buttons that mute, by how long."""
    return {
        Span.DAY: language.say("🔕 يومًا"),
        Span.WEEK: language.say("🔕 أسبوعًا"),
        Span.UNTIL_UNMUTED: language.say("🔕 حتى أرفع الكتم"),
    }


def muted(mute: Mute, zone: str, language: Language) -> str:
    """Confirm a mute."""
    return language.say("كُتم موضوع {topic} {until}.", topic=isolated(mute.topic), until=until(mute, zone, language))


def until(mute: Mute, zone: str, language: Language) -> str:
    """Say how long a mute lasts."""
    if mute.until is None:
        return language.say("حتى ترفع الكتم")
    return language.say("حتى {moment}", moment=language.far_moment(mute.until, zone))


def unmute(name: str, language: Language) -> str:
    """Name the button that ends a mute."""
    return language.say("🔔 رفع الكتم عن {topic}", topic=name)


def unmuted(name: str, language: Language) -> str:
    """Confirm that a topic is heard of again."""
    return language.say("رُفع الكتم عن {topic}.", topic=isolated(name))


def not_followed(name: str, language: Language) -> str:
    """Say that there is nothing to mute."""
    return language.say("لم تعد تتابع: {topics}.", topics=isolated(name))
