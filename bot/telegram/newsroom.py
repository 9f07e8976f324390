"""What editors are shown of readers' articles, and what people are told about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.article import Article
from bot.domain.delivery import Button, Page
from bot.domain.submission import Decision, Submission, Verdict
from bot.telegram.digests import in_order
from bot.telegram.language import Language, Languages, isolated
from bot.telegram.render import card, note

_MOST_SENTENCES = 2
_LONGEST_TITLE = 80  # letters, where a title stands in a sentence


@dataclass(frozen=True, slots=True)
class NewsroomPages:
    """The Newsroom port; ``payload`` returns what a button for this verdict on this article carries."""

    languages: Languages
    payload: Callable[[Verdict, str], str]

    def ask(self, submission: Submission, language: str, /, *, is_last: bool) -> Page:
        """See the port."""
        spoken = self.languages[language]
        more = spoken.say("لا أرسل غيره الآن كي لا أثقل عليك؛ ما يأتي بعده تجده في /pending")
        below = "\n".join((about(submission, spoken), *((more,) if is_last else ())))
        return Page(shown(submission, below, spoken), verdicts(submission, self.payload, spoken), is_quiet=True)

    def closed(self, submission: Submission, language: str, message_id: int, /) -> Page:
        """See the port."""
        spoken = self.languages[language]
        below = "\n".join(line for line in (about(submission, spoken), standing(submission.decision, spoken)) if line)
        return Page(shown(submission, below, spoken), edits=message_id)

    def published(self, submission: Submission, language: str, /) -> Page:
        """See the port."""
        spoken, title = self.languages[language], submission.article.title
        named = title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
        return Page(note(spoken.say("نُشر مقالك للجميع: «{title}».", title=isolated(named)), spoken), is_quiet=True)

    def named(self, language: str, /) -> Page:
        """See the port."""
        spoken = self.languages[language]
        told = spoken.say(
            "صرت محررًا في موجز: ما ترسله يصل إلى الجميع، وأسألك عمّا يرسله القراء. ما ينتظر رأيك: /pending"
        )
        return Page(note(told, spoken))

    def dismissed(self, language: str, /) -> Page:
        """See the port."""
        spoken = self.languages[language]
        return Page(note(spoken.say("لم تعد محررًا في موجز: ما ترسله يبقى في موجزك وحدك."), spoken))


def shown(submission: Submission, below: str, language: Language) -> str:
    """Return a submission as editors see it: no private person's name, and two sentences."""
    return card(_public(submission.article), below, language)


def _public(article: Article) -> Article:
    source = article.source if article.source and article.source.public_name else None
    return replace(article, source=source, summary=article.summary[:_MOST_SENTENCES])


def verdicts(
    submission: Submission, payload: Callable[[Verdict, str], str], language: Language
) -> tuple[tuple[Button, ...], ...]:
    """Return the two buttons under a submission."""
    fingerprint = submission.article.fingerprint
    publish = Button(language.say("نشر للجميع"), payload=payload(Verdict.PUBLISHED, fingerprint))
    reject = Button(language.say("رفض"), payload=payload(Verdict.REJECTED, fingerprint))
    return (in_order([publish, reject], language),)


def about(submission: Submission, language: Language) -> str:
    """Say who sent it, by number, and if its story is known."""
    lines = []
    if submission.sender is not None:
        lines.append(language.say("أرسله القارئ رقم {number}.", number=submission.sender))
    if submission.is_story_public and submission.decision is None:
        lines.append(language.say("خبره منشور للجميع من مصدر آخر."))
    return "\n".join(lines)


def standing(decision: Decision | None, language: Language) -> str:
    """Say what was decided, and by whom."""
    if decision is None:
        return language.say("ما زال ينتظر.")
    match decision.verdict:
        case Verdict.PUBLISHED:
            return language.say("نُشر للجميع · {name}", name=_named(decision, language))
        case Verdict.REJECTED:
            return language.say("رُفض · {name}", name=_named(decision, language))
        case Verdict.BROUGHT:
            return language.say("نُشر للجميع: أرسله محرر أيضًا")
        case Verdict.JOINED:
            return language.say("نُشر مع خبر المحرر")


def _named(decision: Decision, language: Language) -> str:
    """Return who decided, without a name if they were forgotten since."""
    return isolated(decision.name) if decision.name else language.say("محرر سابق")
