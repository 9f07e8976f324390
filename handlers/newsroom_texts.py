"""What we say to owners and editors, in Arabic first: one function a message."""

from collections.abc import Sequence

from bot.domain.article import Article
from bot.domain.editor import MOST_EDITORS, Editor
from bot.domain.submission import Decision, Turn, Verdict
from bot.services.appoint import Appointed, Appointment
from bot.services.join import Joined, Likenesses
from bot.services.split import Separated
from bot.telegram.language import Language, isolated
from handlers.nominee import Unclear


def help_for_editors(language: Language) -> str:
    """Say what editors can do besides."""
    return language.say(
        "أنت محرر: ما ترسله يصل إلى الجميع.\n"
        "/pending — ما أرسله القراء وينتظر رأيك\n"
        "/split ردًّا على مقال — فصله في خبر مستقل\n"
        "/join ردًّا على مقال — ضمّه إلى خبر آخر"
    )


def help_for_owners(language: Language) -> str:
    """Say what owners can do besides."""
    return language.say("/editors — المحررون، ومن تسمّيه محررًا")


def editors(found: Sequence[Editor], language: Language) -> str:
    """List the editors, and say how to name one."""
    if found:
        listed = [f"{place}. {isolated(editor.name)} · {editor.user_id}" for place, editor in enumerate(found, start=1)]
        head = "\n".join([language.say("المحررون. اضغط اسمًا لتعفيه:"), *listed])
    else:
        head = language.say("لا محررين بعد؛ أنت وحدك من يصل ما يرسله إلى الجميع.")
    return "\n\n".join([head, how_to_name(language)])


def how_to_name(language: Language) -> str:
    """Say how an editor is named."""
    return language.say(
        "لتسمية محرر: حوّل إليّ رسالة قصيرة منه، كتحية، ثم ردّ عليها بالأمر /editors، أو اكتب رقم حسابه:\n"
        "/editors 123456789"
    )


def unclear(why: Unclear, language: Language) -> str:
    """Say why nobody was named, and what helps."""
    return "\n".join([_reason(why, language), how_to_name(language)])


def _reason(why: Unclear, language: Language) -> str:
    match why:
        case Unclear.USERNAME:
            return language.say("لا أستطيع أن أعرف شخصًا من اسم المستخدم وحده.")
        case Unclear.HIDDEN:
            return language.say(
                "صاحب هذه الرسالة يخفي حسابه عن الرسائل المحوّلة، فلا أعرف من هو. "
                "شارك معي جهة اتصاله وردّ عليها بالأمر /editors، أو اطلب منه رقم حسابه."
            )
        case Unclear.NO_PERSON | Unclear.NOBODY:
            return language.say("لم أجد هنا شخصًا أسمّيه محررًا.")


def appointed(result: Appointed, name: str, language: Language) -> str:
    """Say what naming somebody came to."""
    lines = [_outcome(result.outcome, isolated(name), language)]
    if not result.is_reachable and result.outcome is not Appointment.TOO_MANY:
        lines.append(language.say("لم يبدأ محادثة معي بعد أو أوقفها، فلن يصله شيء مني حتى يفتح المحادثة ويضغط «ابدأ»."))
    return "\n".join(lines)


def _outcome(outcome: Appointment, name: str, language: Language) -> str:
    match outcome:
        case Appointment.NAMED:
            return language.say("{name} محرر الآن: ما يرسله يصل إلى الجميع.", name=name)
        case Appointment.ALREADY:
            return language.say("{name} محرر من قبل.", name=name)
        case Appointment.OWNER:
            return language.say("{name} من المالكين، والمالك محرر دائمًا.", name=name)
        case Appointment.TOO_MANY:
            return language.say("بلغ المحررون {most}، وهو أقصى عدد. أعفِ أحدهم أولًا من /editors", most=MOST_EDITORS)


def dismissed(editor: Editor | None, language: Language) -> str:
    """Confirm a button."""
    if editor is None:
        return language.say("ليس محررًا الآن.")
    return language.say("لم يعد {name} محررًا.", name=editor.name)


def only_owners(language: Language) -> str:
    """Refuse a button."""
    return language.say("هذا للمالك وحده.")


def only_editors(language: Language) -> str:
    """Refuse a button to someone who is no editor any more."""
    return language.say("لست محررًا الآن، فلم يتغيّر شيء.")


def gone(language: Language) -> str:
    """Say that a button leads nowhere any more."""
    return language.say("هذا المقال لم يعد موجودًا.")


def ruled(decision: Decision | None, wanted: Verdict, user_id: int, language: Language) -> str:
    """Confirm a button, or say what was decided before."""
    if decision is None:
        return gone(language)
    match decision.verdict:
        case Verdict.PUBLISHED if decision.by == user_id and wanted is decision.verdict:
            return language.say("نُشر للجميع.")
        case Verdict.REJECTED if decision.by == user_id and wanted is decision.verdict:
            return language.say("رُفض، ويبقى عند من أرسله.")
        case Verdict.PUBLISHED:
            return language.say("لم يتغيّر شيء، فقد سبق نشره للجميع ({name}).", name=_who(decision, language))
        case Verdict.REJECTED:
            return language.say("لم يتغيّر شيء، فقد سبق رفضه ({name}).", name=_who(decision, language))
        case Verdict.BROUGHT:
            return language.say("نُشر للجميع: أرسله محرر أيضًا")
        case Verdict.JOINED:
            return language.say("نُشر مع خبر المحرر")


def _who(decision: Decision, language: Language) -> str:
    return decision.name or language.say("محرر سابق")


def nothing_waits(language: Language) -> str:
    """Say that the queue is empty."""
    return language.say("لا شيء ينتظر رأيك.")


def place(turn: Turn, language: Language) -> str:
    """Say which of those that wait this is."""
    return language.say("المعلّق: {place} من {of}", place=turn.place, of=turn.of)


def earlier(language: Language) -> str:
    """Label the button that leads back."""
    return language.say("‹ السابق")


def later(language: Language) -> str:
    """Label the button that leads on."""
    return language.say("التالي ›")


def separated(result: Separated | None, language: Language) -> str:
    """Say what /split came to."""
    if result is None:
        return answer_an_article("/split", language)
    if result.was_alone:
        return language.say("«{title}» خبر مستقل من قبل.", title=_title(result.article))
    return language.say("فُصل «{title}» في خبر مستقل.", title=_title(result.article))


def answer_an_article(command: str, language: Language) -> str:
    """Say which message a command must answer."""
    return language.say("ردّ بالأمر {command} على رسالتك التي فيها المقال نفسه، لا على ردّي عليها.", command=command)


def alike(found: Likenesses | None, language: Language) -> str:
    """List the stories that are like an article's own."""
    if found is None:
        return answer_an_article("/join", language)
    title = _title(found.article)
    if not found.others:
        return language.say("لا خبر آخر من أيامه يشبه «{title}».", title=title)
    listed = [f"{place}. {_named(other)}" for place, other in enumerate(found.others, start=1)]
    return "\n".join([language.say("إلى أي خبر يُضمّ «{title}»؟", title=title), *listed])


def _named(article: Article) -> str:
    source = article.source.public_name if article.source else None
    return " · ".join([_title(article), *([isolated(source)] if source else [])])


def _title(article: Article) -> str:
    title = article.title
    shortened = title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    return isolated(shortened)


_LONGEST_TITLE = 80  # letters: five must fit a screen


def joined(result: Joined | None, language: Language) -> str:
    """Say what became of two stories, where they were offered."""
    if result is None:
        return gone(language)
    return language.say("«{title}» و«{other}» خبر واحد.", title=_title(result.article), other=_title(result.to))


def pressed_join(result: Joined | None, language: Language) -> str:
    """Confirm a button, or say that nothing changed."""
    if result is None:
        return gone(language)
    if result.were_one:
        return language.say("لم يتغيّر شيء، فهما خبر واحد من قبل.")
    return language.say("ضُمّ الخبران، وصارا خبرًا واحدًا.")
