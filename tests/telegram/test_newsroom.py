"""What editors are shown."""

import pytest

from bot.domain.article import Source, SourceKind
from bot.domain.delivery import Page
from bot.domain.submission import Decision, Submission, Verdict
from bot.telegram.language import Languages
from bot.telegram.newsroom import NewsroomPages
from bot.telegram.render import units, without_markup
from config.languages import read_catalogues
from tests.builders import BODY, NOW, TITLE, an_article

PAPER = Source(SourceKind.PAPER, "القدس العربي")
NEWSROOM = NewsroomPages(Languages(read_catalogues("ar")), "{}:{}".format)


def a_submission(
    source: Source | None = PAPER,
    title: str = TITLE,
    decision: Decision | None = None,
    *,
    is_story_public: bool = False,
) -> Submission:
    article = an_article(title=title, summary=BODY, source=source)
    return Submission(article, 17, 501, NOW, decision, is_story_public)


def lines(page: Page) -> list[str]:
    return [line for line in without_markup(page.text).splitlines() if line]


def test_a_question_shows_the_title_two_sentences_the_source_and_a_number() -> None:
    page = NEWSROOM.ask(a_submission(), "ar", is_last=False)

    assert lines(page) == [TITLE, " ".join(BODY[:2]), "القدس العربي", "أرسله القارئ رقم 17."]
    assert [(button.label, button.payload) for row in page.buttons for button in reversed(row)] == [
        ("نشر للجميع", "published:f1"),
        ("رفض", "rejected:f1"),
    ]
    assert (page.is_quiet, page.edits) == (True, None)


def test_a_private_persons_name_is_not_shown() -> None:
    page = NEWSROOM.ask(a_submission(Source(SourceKind.PERSON, "سلمى الكاتبة")), "ar", is_last=False)

    assert "سلمى" not in page.text


def test_a_question_says_that_the_story_is_public_and_that_it_is_the_last_for_now() -> None:
    page = NEWSROOM.ask(a_submission(is_story_public=True), "ar", is_last=True)

    assert lines(page)[-2:] == [
        "خبره منشور للجميع من مصدر آخر.",
        "لا أرسل غيره الآن كي لا أثقل عليك؛ ما يأتي بعده تجده في \u200e/pending",
    ]


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (Decision(Verdict.PUBLISHED, NOW, 7, "سلمى"), "نُشر للجميع · سلمى"),
        (Decision(Verdict.REJECTED, NOW, 7, "سلمى"), "رُفض · سلمى"),
        (Decision(Verdict.BROUGHT, NOW), "نُشر للجميع: أرسله محرر أيضًا"),
        (Decision(Verdict.JOINED, NOW), "نُشر مع خبر المحرر"),
    ],
    ids=lambda each: each.verdict if isinstance(each, Decision) else "",
)
def test_a_settled_question_says_what_came_of_it_and_has_no_buttons(decision: Decision, told: str) -> None:
    page = NEWSROOM.closed(a_submission(decision=decision), "ar", 7)

    assert lines(page)[-1] == told
    assert (page.buttons, page.edits) == ((), 7)


def test_what_comes_from_outside_is_no_markup() -> None:
    hostile = Decision(Verdict.PUBLISHED, NOW, 7, "<b>سلمى</b>")

    pages = [
        NEWSROOM.closed(a_submission(title="<a href='x'>عنوان</a>", decision=hostile), "ar", 7),
        NEWSROOM.published(a_submission(title="<i>عنوان</i>"), "ar"),
    ]

    assert "&lt;b&gt;سلمى" in pages[0].text
    assert "&lt;i&gt;" in pages[1].text


def test_an_editor_is_asked_in_their_own_language() -> None:
    page = NEWSROOM.ask(a_submission(), "en", is_last=False)

    assert lines(page)[-1] == "Sent by reader no. 17."


@pytest.mark.parametrize("language", ["ar", "en"])
def test_whoever_is_told_something_is_told_it_in_one_line(language: str) -> None:
    long_title = a_submission(title="كلمة " * 200)

    for page in (NEWSROOM.named(language), NEWSROOM.dismissed(language), NEWSROOM.published(long_title, language)):
        assert len(lines(page)) == 1
        assert units(page.text) < 300
