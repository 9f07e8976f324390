"""Which links Telegram accepts, and how it writes them."""

import re
from typing import Final

_SCHEMES: Final = frozenset({"http", "https", "tg"})
_PLAIN_SCHEMES: Final = frozenset({"mailto", "tel"})
_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)", re.DOTALL)
_PLAIN: Final = re.compile(r"([a-zA-Z]+):(?!//|\d+(?:[/?#]|$))(.+)", re.DOTALL)
_AUTHORITY: Final = re.compile(r"([^/?#]*)(.*)", re.DOTALL)
_PORT: Final = re.compile(r":\d{1,5}$")
_MENTION: Final = re.compile(r"tg:(?://)?user\?id=(\d{1,16})", re.IGNORECASE)


def accepted(link: str) -> str | None:
    """Return the link as Telegram writes it (a scheme, a lower-case host, a path), or None for one it does not take."""
    link = link.strip()
    if plain := _PLAIN.fullmatch(link):
        scheme, rest = plain[1].lower(), plain[2]
        if scheme in _PLAIN_SCHEMES:
            return f"{scheme}:{rest}"
        return _internal(rest) if scheme == "tg" else None
    with_scheme = _SCHEME.fullmatch(link)
    scheme, rest = (with_scheme[1].lower(), with_scheme[2]) if with_scheme else ("http", link)
    if scheme not in _SCHEMES:
        return None
    return _internal(rest) if scheme == "tg" else _web(scheme, rest)


def mentioned(link: str) -> int | None:
    """Return the user whom a tg://user?id= link names."""
    match = _MENTION.fullmatch(link.strip())
    return int(match[1]) if match else None


def _internal(rest: str) -> str | None:
    return f"tg://{rest}" if rest.strip("/") and not re.search(r"\s", rest) else None


def _web(scheme: str, rest: str) -> str | None:
    authority, path = _split(rest)
    credentials, at, host = authority.rpartition("@")
    bare = _PORT.sub("", host)
    is_ipv6 = bare.startswith("[") and bare.endswith("]")
    if not is_ipv6 and ("." not in bare.strip(".") or re.search(r"[\s:\[\]\"<>]", bare)):
        return None
    if not path.startswith("/"):
        path = f"/{path}"
    return f"{scheme}://{credentials}{at}{host.lower()}{path}"


def _split(rest: str) -> tuple[str, str]:
    match = _AUTHORITY.fullmatch(rest)
    return (match[1], match[2]) if match else (rest, "")
