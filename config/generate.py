"""Prints a catalogue row for every territory of CLDR that topics.tsv lacks: ``python -m config.generate``.

The rows are a draft for a reader of Arabic: no table of nationality adjectives exists, so the rule below makes them,
right for nearly all names of one word (not النمسا, أفغانستان, موناكو). Plurals, capitals, the ambiguous and the
kind of what is no country are for the reader to fill in.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping

from babel import Locale, __version__

from config.catalogue import COLUMNS, CatalogueRow, read_catalogue

# Unions, test regions and "unknown" share the two letters of countries.
_PSEUDO = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_CODE_LETTERS = 2
_A_INDICATOR = 0x1F1E6  # REGIONAL INDICATOR SYMBOL LETTER A


def main() -> None:
    """Print what is lacking, and on standard error how much that is."""
    lacking = tuple(drafts(territories(), read_catalogue()))
    sys.stdout.writelines(f"{line}\n" for line in lacking)
    sys.stderr.write(f"Babel {__version__}: topics.tsv lacks {len(lacking) or 'no'} names of territories\n")


def territories() -> Mapping[str, str]:
    """Return the Arabic name of every country and territory of CLDR, by its code of two letters."""
    names: Mapping[str, str] = Locale("ar").territories
    return {
        code: name
        for code, name in sorted(names.items())
        if len(code) == _CODE_LETTERS and code.isalpha() and code not in _PSEUDO
    }


def drafts(names: Mapping[str, str], rows: Iterable[CatalogueRow]) -> Iterator[str]:
    """Yield a line for every name, by its code, that no row with its flag has as a name or form.

    A country that CLDR renames is lacking too: its new name belongs to the forms of the old row.
    """
    known = {(row.flag, name) for row in rows for name in (row.name, *row.forms)}
    for code, name in names.items():
        if (flag_of(code), name) not in known:
            cells = {"name": name, "nisba": nisba_of(name), "kind": "country", "flag": flag_of(code)}
            yield "\t".join(cells.get(column, "") for column in COLUMNS)


def flag_of(code: str) -> str:
    """Return the emoji flag of a code of two letters."""
    return "".join(chr(_A_INDICATOR + ord(letter) - ord("A")) for letter in code.upper())


def nisba_of(name: str) -> str:
    """Return the adjective of a name, masculine singular without the article; empty for more than one word."""
    if " " in name:
        return ""
    stem = name.removeprefix("ال")
    ending = next((ending for ending in ("ية", "يا", "ا", "ة", "ي") if stem.endswith(ending)), "")
    return stem.removesuffix(ending) + "ي"


if __name__ == "__main__":
    main()
