"""What a reader sees of single articles, and the pieces of Telegram's HTML."""

import re
from html import unescape

from bot.domain.article import Article
from bot.domain.naming import LONGEST_NAME
from bot.telegram.language import Language, in_markup, isolated
from bot.telegram.marks import bold, clipped, linked

_MOST_TAGS = 8


def card(article: Article, note: str, language: Language) -> str:
    """Return an article as we answer the one who sent it: what was understood, and a note below."""
    facts = [isolated(clipped(article.source.name))] if article.source else []
    if article.published:
        facts.append(language.day(article.published))
    named = dict.fromkeys((*(subject.name for subject in article.subjects), *article.tags, *article.suggested))
    tags = [name for name in named if len(name) <= LONGEST_NAME][:_MOST_TAGS]
    parts = [
        bold(linked(clipped(article.title), article.link)),
        in_markup(" ".join(article.summary)),
        "\n".join(line for line in (in_markup(" · ".join(facts)), " ".join(map(hashtag, tags))) if line),
        in_markup(note),
    ]
    return language.aligned("\n\n".join(part for part in parts if part))


def note(text: str, language: Language) -> str:
    """Return a sentence of ours as it is shown; what it quotes from outside has no markup."""
    return language.aligned(in_markup(text))


def hashtag(name: str) -> str:
    """Return a name as a hashtag that Telegram links: letters, digits and _ only."""
    letters = _MARKS.sub("", name)  # Telegram ends a hashtag at a vowel mark
    return "#" + in_markup(re.sub(r"[^\w]+", "_", letters).strip("_"))


_MARKS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670]")


_TAG = re.compile(r"<[^>]*>")


def without_markup(text: str) -> str:
    """Return what is left to read when the markup is taken away."""
    return unescape(_TAG.sub("", text))


def units(text: str) -> int:
    """Return the length of a marked-up text as Telegram counts it: UTF-16 units of what is shown."""
    return len(without_markup(text).encode("utf-16-le", "surrogatepass")) // 2
