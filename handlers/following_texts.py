"""What we say of topics that are followed, in Arabic first: one function a message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.mute import Mute
from bot.domain.subscription import Subscription
from bot.services.browse import Offer
from bot.services.follow import Followed, Unfollowed
from bot.telegram.language import Language, isolated
from handlers.digest_texts import until


def followed(result: Followed, language: Language, at: str | None = None) -> str:
    """Say what is followed now, and what is to be asked; ``at`` ends a command where words are none."""
    lines = []
    if result.new:
        lines.append(language.say("تتابع الآن: {topics}.", topics=_with_what(result.new, result.without, language)))
    if result.changed:
        topics = _with_what(result.changed, result.without, language)
        lines.append(language.say("صارت متابعتك: {topics}.", topics=topics))
    if result.already:
        topics = _with_what(result.already, result.without, language)
        lines.append(language.say("كنت تتابع من قبل: {topics}.", topics=topics))
    for name, senses in result.asked.items():
        lines.append(ask(name, [sense.label for sense in senses], language))
        if without := result.without.get(name):
            lines.append(_how_to_ask(senses[0].label, language.say(" و").join(_names(without)), at, language))
    for name, found in result.suggestions.items():
        lines.append(
            language.say(
                "لم أعرف «{name}» من قبل، فأبحث عنه كما كتبته. هل قصدت {found}؟",
                name=isolated(name),
                found=language.say(" أو ").join(_names(found)),
            )
        )
    return "\n".join(lines)


def _how_to_ask(name: str, others: str, at: str | None, language: Language) -> str:
    if at is not None:
        return language.say("ولتستثني منه اكتب مثلًا: /follow{at} {name} بدون {others}", at=at, name=name, others=others)
    return language.say("ولتستثني منه اكتب مثلًا: تابع {name} بدون {others}", name=name, others=others)


def unfollowed(result: Unfollowed, language: Language) -> str:
    """Say what is no longer followed, and what is to be asked."""
    lines = []
    if result.gone:
        lines.append(language.say("لم تعد تتابع: {topics}.", topics=language.all_of(_names(result.gone))))
    if result.not_followed:
        lines.append(language.say("لم تكن تتابع: {topics}.", topics=language.all_of(_names(result.not_followed))))
    lines += [ask(name, [sense.label for sense in senses], language) for name, senses in result.asked.items()]
    return "\n".join(lines)


def ask(name: str, labels: Sequence[str], language: Language) -> str:
    """Ask which of several things a name means."""
    things = language.say(" أم ").join(_names(labels))
    return language.say("ماذا تقصد بـ«{name}»: {things}؟ اضغط ما تقصد.", name=isolated(name), things=things)


def _with_what(names: Sequence[str], without: Mapping[str, Sequence[str]], language: Language) -> str:
    return language.all_of([_with_exclusions(name, without.get(name, ()), language) for name in names])


def _with_exclusions(name: str, without: Sequence[str], language: Language) -> str:
    if not without:
        return isolated(name)
    return language.say("{topic} (بدون {others})", topic=isolated(name), others=language.all_of(_names(without)))


def _names(names: Sequence[str]) -> list[str]:
    return [isolated(name) for name in names]


def listed(count: int, page: int, of: int, language: Language) -> str:
    """Introduce the buttons of what is followed and of what could be."""
    if count:
        head = language.count(
            "تتابع موضوعًا واحدًا، أمامه ✓. اضغط اسمه لترى أخباره في أرقام وتغيّر متابعته.",
            "تتابع {number} موضوعات، أمامها ✓. اضغط اسمًا لترى أخباره في أرقام وتغيّر متابعته.",
            count,
        )
    else:
        head = language.say("لا تتابع أي موضوع بعد.")
    lines = [head, language.say("وما أمامه + في الأخبار الآن، تتابعه بضغطة. والرقم عدد أخباره في آخر يومين.")]
    if of > 1:
        lines.append(language.say("الصفحة {page} من {of}", page=page + 1, of=of))
    return "\n".join(lines)


def later(language: Language) -> str:
    """Name the button of the next page."""
    return language.say("المزيد")


def earlier(language: Language) -> str:
    """Name the button of the page before."""
    return language.say("رجوع")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a screen stands: the zone that counts there, and how a command ends there, None where words do."""

    zone: str
    at: str | None


def screen(
    offer: Offer, kept: Subscription, mute: Mute | None, place: Place, most: int, link: str, language: Language
) -> str:
    """Show how a topic is followed."""
    lines = [
        " ".join(filter(None, (offer.flag, isolated(offer.name)))),
        language.say("تتابع هذا الموضوع منذ {day}.", day=language.day_of(kept.since, place.zone)),
        language.count("عنه خبر واحد في آخر يومين.", "عنه {number} أخبار في آخر يومين.", offer.news),
    ]
    if mute:
        lines.append(language.say("🔕 مكتوم {until}.", until=until(mute, place.zone, language)))
    if kept.without:
        others = language.all_of(_names(kept.without))
        lines.append(language.say("لا يصلك منه ما كان أيضًا عن: {others}.", others=others))
    lines += [
        "",
        _at_once(kept, most, language),
        "",
        _how_to_leave_out(offer.name, place.at, language),
        invite(link, language),
    ]
    return "\n".join(lines)


def _at_once(kept: Subscription, most: int, language: Language) -> str:
    if kept.at_once_since:
        return language.count(
            "🔴 عاجل: يصلك أول خبر جديد عنه في اليوم فور نشره، ولا يتكرر في موجزك.",
            "🔴 عاجل: يصلك كل خبر جديد عنه فور نشره، حتى {number} أخبار في اليوم، ولا يتكرر في موجزك.",
            most,
        )
    return language.say("تصلك أخباره في موجزك. ليصلك الجديد منها فور نشره أيضًا، اضغط «عاجل».")


def _how_to_leave_out(name: str, at: str | None, language: Language) -> str:
    if at is not None:
        return language.say("لتستثني شيئًا منه اكتب مثلًا: /follow{at} {name} بدون رياضة", at=at, name=isolated(name))
    return language.say("لتستثني شيئًا منه اكتب مثلًا: تابع {name} بدون رياضة", name=isolated(name))


def invite(link: str, language: Language) -> str:
    """Give the link that follows a topic."""
    return language.say("رابط يتابعه به غيرك: {link}", link=isolated(link))


def invitation(name: str, language: Language) -> str:
    """Say what somebody shares a topic with."""
    return language.say("تابع أخبار «{name}» في موجز", name=name)


def start_at_once(language: Language) -> str:
    """Name the button."""
    return language.say("🔴 عاجل")


def stop_at_once(language: Language) -> str:
    """Name the button."""
    return language.say("في الموجز فقط")


def take_back(name: str, language: Language) -> str:
    """Name the button that leaves out a thing no more."""
    return language.say("أعِد {topic}", topic=name)


def share(language: Language) -> str:
    """Name the button."""
    return language.say("شارك الموضوع")


def leave(language: Language) -> str:
    """Name the button."""
    return language.say("ألغِ المتابعة")


def back(language: Language) -> str:
    """Name the button."""
    return language.say("موضوعاتك")


def sent_at_once(name: str, language: Language) -> str:
    """Confirm a button."""
    return language.say("يصلك الجديد عن {topic} فور نشره.", topic=name)


def sent_in_digest(name: str, language: Language) -> str:
    """Confirm a button."""
    return language.say("تصلك أخبار {topic} في موجزك فقط.", topic=name)


def taken_back(excluded: str, language: Language) -> str:
    """Confirm a button."""
    return language.say("عادت إليك أخباره التي عن {topic}.", topic=excluded)


def not_followed(name: str, language: Language) -> str:
    """Say that a button changes nothing any more."""
    return language.say("لا تتابع {topic}.", topic=name)


def dead_link(language: Language) -> str:
    """Say that a link follows nothing."""
    return language.say("لم أعرف الموضوع الذي في هذا الرابط.")
