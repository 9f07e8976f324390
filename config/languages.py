"""The languages: gettext catalogues, read as text."""

from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CODES = ("ar", "en")


def read_catalogues(first: str) -> dict[str, NullTranslations]:
    """Return the catalogue of every language, the given one first.

    Compiled here and not at build time: it takes a few milliseconds, and no binary file can be out of date.
    """
    codes = sorted(CODES, key=lambda code: code != first)
    return {code: _translations(code) for code in codes}


def _translations(code: str) -> NullTranslations:
    with files("config").joinpath("locale", f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
