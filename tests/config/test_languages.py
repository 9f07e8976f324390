import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from config.languages import CODES, read_catalogues

ROOT = Path(__file__).parents[2]
SPEAKING = ("handlers", "bot/telegram")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"say": None, "count": (1, 2)}
PLACEHOLDER = re.compile(r"{\w*}")
ARABIC_FORMS = 6


def sentences() -> Iterator[str | tuple[str, str]]:
    """Return what the bot says, as it stands in the source: a sentence, or one and many."""
    for folder in SPEAKING:
        for path in sorted((ROOT / folder).glob("*.py")):
            with path.open("rb") as source:
                for _, said, _, _ in extract("python", source, keywords=KEYWORDS):
                    yield said if isinstance(said, str) else (said[0], said[1])


def catalogue(code: str) -> Catalog:
    with (ROOT / "config" / "locale" / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def messages(code: str) -> dict[str, Message]:
    """Return the translations of a language by their first sentence."""
    return {first(message.id): message for message in catalogue(code) if message.id}


Said = str | Sequence[str] | None


def first(said: str | Sequence[str]) -> str:
    return said if isinstance(said, str) else said[0]


def forms(said: Said) -> list[str]:
    return [said] if isinstance(said, str) else list(said or ())


SAID = list(dict.fromkeys(sentences()))
COUNTED = [said for said in SAID if isinstance(said, tuple)]


def test_the_bot_has_something_to_say() -> None:
    assert len(SAID) > 30
    assert len(COUNTED) >= 3


@pytest.mark.parametrize("said", SAID, ids=lambda said: first(said)[:40])
def test_every_sentence_has_an_english_translation_with_the_same_values(said: str | tuple[str, str]) -> None:
    message = messages("en").get(first(said))

    assert message is not None
    assert all(text.strip() or first(said).isspace() for text in forms(message.string))
    placeholders = set(PLACEHOLDER.findall("".join(forms(said))))
    assert set(PLACEHOLDER.findall("".join(forms(message.string)))) == placeholders


@pytest.mark.parametrize("said", COUNTED, ids=lambda said: first(said)[:40])
def test_every_counted_sentence_has_six_arabic_forms(said: tuple[str, str]) -> None:
    found = forms(messages("ar")[said[0]].string)

    assert len(set(found)) == len(found) == ARABIC_FORMS
    assert all("{number}" in text for text in found[3:])
    assert not any("{number}" in text for text in found[:3])


@pytest.mark.parametrize("code", CODES)
def test_no_translation_is_unused_or_doubtful(code: str) -> None:
    said = {first(each) for each in SAID}

    assert [key for key in messages(code) if key not in said] == []
    assert [key for key, message in messages(code).items() if message.fuzzy] == []
    assert catalogue(code).obsolete == {}


@pytest.mark.parametrize("code", CODES)
def test_translations_keep_line_breaks_at_their_ends(code: str) -> None:
    uneven = [
        key
        for key, message in messages(code).items()
        for text in forms(message.string)
        if text and key.endswith("\n") != text.endswith("\n")
    ]

    assert uneven == []


@pytest.mark.parametrize("first_code", CODES)
def test_the_language_asked_for_comes_first_and_all_are_there(first_code: str) -> None:
    catalogues = read_catalogues(first_code)

    assert next(iter(catalogues)) == first_code
    assert set(catalogues) == set(CODES)
