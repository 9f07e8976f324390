"""The characters behind the bytes of an Arabic page, feed or file, whatever it declares."""

import codecs
import re
from collections.abc import Iterable


def decoded(content: bytes, declared: str | None = None) -> str:
    """Return the text; ``declared`` is the charset of the HTTP header. Never raises.

    What the bytes are wins over what is said of them: a byte order mark, the zeros of UTF-16, valid UTF-8; then the
    header, the page's own declaration, and last the Arabic code page that gives more Arabic letters.
    """
    name = _marked(content) or _wide(content)
    if name:
        return content.decode(name, "replace").removeprefix("\ufeff")
    if (text := _utf8(content)) is not None:
        return text
    return _legacy(content, [name for name in (_known(declared), _known(_stated(content))) if name])


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _marked(content: bytes) -> str | None:
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


_SAMPLE = 2_000
_HIGH_BYTES = bytes((0x00, 0x06))  # of Latin and Arabic letters in UTF-16


def _wide(content: bytes) -> str | None:
    """Return which UTF-16 this is, if every other byte is the high one of Latin or Arabic letters."""
    sample = content[:_SAMPLE]
    if len(sample) < 4 or b"\x00" not in sample:  # noqa: PLR2004 - two letters
        return None
    even, odd = (_share_of_high_bytes(sample[start::2]) for start in (0, 1))
    if max(even, odd) < 0.7 or min(even, odd) > 0.3:  # noqa: PLR2004 - Arabic with newer marks and emoji stays above
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _share_of_high_bytes(part: bytes) -> float:
    return sum(map(part.count, _HIGH_BYTES)) / len(part)


def _utf8(content: bytes) -> str | None:
    """Return the text if this is UTF-8, but for a few broken letters: one in ten of those beyond ASCII.

    Titles cut in the middle of a letter are common; cp1256 read as UTF-8 has hardly a whole letter.
    """
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = sum(not letter.isascii() for letter in text) if broken else 0
    return text if broken * 10 <= beyond - broken else None


_DECLARATION = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 4_096


def _stated(content: bytes) -> str | None:
    found = _DECLARATION.search(content[:_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


# Charsets of the web; the others that Python knows are transformations («hex», «utf-7», «unicode_escape»).
_WEB = re.compile(r"utf-(?:16|32)|cp125\d|cp874|iso8859-\d+|koi8-[ru]|gbk|gb2312|gb18030|big5|euc_jp|euc_kr|shift_jis")
_ARABIC = ("cp1256", "iso8859-6")
_DEFAULTS = frozenset({"cp1252", "iso8859-1", "ascii"})  # what servers say of pages they know nothing of


def _known(name: str | None) -> str | None:
    try:
        codec = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    return codec if _WEB.match(codec) else None


def _legacy(content: bytes, names: Iterable[str]) -> str:
    stated = [name for name in names if name not in _DEFAULTS]
    for name in stated:
        if name in _ARABIC:
            break
        try:
            return content.decode(name)
        except UnicodeError:
            continue
    preferred = sorted(_ARABIC, key=lambda name: name not in stated[:1])
    readings = [content.decode(name, "replace") for name in preferred]
    return max(readings, key=_arabic_letters)


_ARABIC_LETTER = re.compile("[\u0621-\u064a]")


def _arabic_letters(text: str) -> int:
    return len(_ARABIC_LETTER.findall(text))
