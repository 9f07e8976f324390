"""Two forms of a text: folded, for comparing, and cleaned, for showing."""

import re
import unicodedata

# Controls sit inside and beside words of real articles ("و\u200fالتي", 2.2 % of 39,890 articles); of 14 read,
# one stood for a space, so they are deleted rather than replaced.
_CONTROLS = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
_TATWEEL = "\u0640"
_SILENT = re.compile(f"[{_CONTROLS}{_MARKS}{_TATWEEL}]")

_FOLDS = {
    "ا": "أإآٱٲٳٵ",
    "ي": "ىیېۍےئ",
    "ه": "ةۃەہھۀ",
    "و": "ؤ",
    "ك": "کڪ",
    "ب": "پ",
    "ج": "چژ",
    "غ": "گ",
    "ف": "ڤڥ",
    "ق": "ڨ",
    **{str(digit): chr(0x0660 + digit) + chr(0x06F0 + digit) for digit in range(10)},
}
_FOLD_TABLE = {ord(letter): target for target, letters in _FOLDS.items() for letter in letters}


def normalise(text: str) -> str:
    r"""Return the form in which two spellings of one word are equal; not for showing.

    Compatibility forms are composed, invisible controls, vowel marks and tatweel go, the letters that writers
    interchange are folded (أإآ→ا, ى→ي, ة→ه, ؤ→و, ئ→ي and the Persian letters), digits become ASCII. Tokenise after
    this, never before: "أُوكْرَانْيَا" is six words to ``\\w+``.
    """
    return _SILENT.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLD_TABLE).casefold()


_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064"
                         r"\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")  # fmt: skip
_MARK_RUN = re.compile(rf"([\u0300-\u036f{_MARKS}]{{4}})[\u0300-\u036f{_MARKS}]+")
_LINE_BREAKS = re.compile(r"\r\n|[\r\u0085\u2028\u2029]")
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def cleaned(text: str) -> str:
    r"""Return the text as it may be shown: the writer's words, none of their invisible tricks.

    Control characters, direction overrides and isolates, zero-width spaces and lone surrogates go; more than four
    marks on one letter are cut; line breaks become ``\\n`` and runs of spaces one space. Joiners (U+200C, U+200D)
    and direction marks (U+200E, U+200F) stay: Persian names and emoji need them.
    """
    text = _UNSHOWABLE.sub("", _LINE_BREAKS.sub("\n", text))
    lines = _SPACES.sub(" ", _MARK_RUN.sub(r"\1", text)).split("\n")
    return "\n".join(line.strip() for line in lines)


def folded_spaces(text: str) -> str:
    """Return the text with each run of white space, line breaks included, as one space."""
    return " ".join(text.split())
