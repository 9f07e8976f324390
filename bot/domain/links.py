"""The address of an article: one form for one article, and where addresses stand in a text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from bot.arabic.normalise import cleaned, folded_spaces
from bot.arabic.tokens import words


def canonical(url: str) -> str:
    """Return the form in which two addresses of one page are equal; what is no web address comes back as it is.

    Host and scheme in lower case, letters beyond ASCII percent-encoded, default port, fragment and what only counts
    visitors are dropped. AMP and mobile
    addresses stay: only the page itself knows its other one.
    """
    parts = split(url.strip())
    if parts is None:
        return url
    port = f":{parts.port}" if parts.port not in {None, _PORTS[parts.scheme]} else ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else (parts.hostname or "").rstrip(".")
    path, query = _encoded(parts.path or "/"), _encoded(_without_counters(parts.query))
    return urlunsplit((parts.scheme, host + port, path, query, ""))


_PORTS = {"http": 80, "https": 443}


_ESCAPE = re.compile("%[0-9A-Fa-f]{2}")
_WRITTEN = "%/:;=&?@!$'()*+,[]~|^`{}"  # left as they are: both spellings would be two addresses to some servers


def _encoded(part: str) -> str:
    escaped = _ESCAPE.sub(lambda found: found.group().upper(), part)
    return quote(escaped, safe=_WRITTEN, errors="replace")


def split(url: str) -> SplitResult | None:
    """Return the parts of a web address without credentials, its scheme in lower case; None for anything else."""
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    is_web = parts.scheme in _PORTS and bool(parts.hostname and parts.hostname.strip("."))
    return parts if is_web and has_port and "@" not in parts.netloc and not _UNWRITTEN.search(url) else None


_UNWRITTEN = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")

# Who sent the visitor, from which post, in which letter. In order: Google, Meta, Microsoft, X, TikTok and Yandex;
# Mailchimp and HubSpot; Adobe, AT Internet, Alibaba and Telegram; papers. A bare "cid" stays, because other
# papers use it for a category.
_COUNTER_NAMES = """
gclid gclsrc gbraid wbraid dclid srsltid _ga _gl fbclid igshid igsh mibextid msclkid ocid twclid ttclid yclid
mc_cid mc_eid _hsenc _hsmi s_cid xtor spm rhash ncid cmpid cmp ito smid sr_share wt_mc traffic_source
"""
_COUNTERS = frozenset(_COUNTER_NAMES.split())
_COUNTER_FAMILIES = ("utm_", "at_", "mtm_", "pk_", "itm_", "hsa_")
# "ref" and "source" also choose a page («?ref=123» is an article of some agencies), so they go only where their value
# names a place that sends visitors.
_REFERRERS = frozenset({"ref", "ref_src", "ref_url", "referrer", "source", "src", "share", "feature"})
_SENDERS = re.compile(
    r"(?:rss|feed|twitter|twsrc.*|x|facebook|fb|whatsapp|telegram|tg|t\.me|instagram|youtube|google|googlenews|news"
    r"|email|mail|newsletter|share|social|copy|link|app|ios|android|home|homepage|https?%3A.*|https?:.*)",
    re.IGNORECASE,
)


def _without_counters(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _is_counter(part))


def _is_counter(part: str) -> bool:
    name, _, value = part.partition("=")
    name = name.lower()
    if name in _REFERRERS:
        return bool(_SENDERS.fullmatch(value))
    return name in _COUNTERS or name.startswith(_COUNTER_FAMILIES)


def joined(page: str, link: str) -> str | None:
    """Return the web address that a link on a page leads to, or None."""
    try:
        url = urljoin(page, link.strip())
    except ValueError:
        return None
    return url if split(url) else None


def urls_in(text: str) -> Iterator[str]:
    """Yield the web addresses in a text, each once, without the punctuation that follows it.

    One that begins with www. gets https.
    """
    seen = set()
    for found in _URL.finditer(text):
        url = _without_ending(found.group())
        url = url if "://" in url else f"https://{url}"
        if url not in seen and split(url):
            seen.add(url)
            yield url


_URL = re.compile(r"(?:(?<![\w@])www\.(?=\w)|(?<![A-Za-z0-9])https?://)[^\s<>\"«»“”‘’‹›\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069،؛؟]+",
                  re.IGNORECASE)  # fmt: skip
_FINAL_MARKS = ".,;:!?…۔'*_~|`"
_BRACKETS = {")": "(", "]": "[", "}": "{", "）": "（"}


def _without_ending(url: str) -> str:
    """Drop final punctuation, and a bracket that the address itself did not open."""
    counts = Counter(url)
    end = len(url)
    while end and (url[end - 1] in _FINAL_MARKS or _closes_nothing(url[end - 1], counts)):
        counts[url[end - 1]] -= 1
        end -= 1
    return url[:end]


MOST_LINKS = 5  # of one message
_LONGEST_REMARK = 20  # words; what is longer is an article itself (bot/domain/intake.py) and its links are its own
_MESSENGERS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_POST = re.compile(r"/(?:[sc]/)?\w+/\d+/?")  # of a channel; its other addresses are signatures and invitations


def links_to_read(text: str, hidden: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the addresses that a message is sent for: those in a short text, and those hidden behind its words."""
    shown = tuple(urls_in(text))
    if len(words(_URL.sub(" ", text))) >= _LONGEST_REMARK:
        return ()
    behind = (link for link in hidden if split(link))
    return tuple(url for url in dict.fromkeys((*shown, *behind)) if not _is_signature(url))


def _is_signature(url: str) -> bool:
    parts = split(url)
    return host_of(url) in _MESSENGERS and not (parts and _POST.fullmatch(parts.path))


def told(url: str) -> str:
    """Return an address as people tell one page from another: readable, and a long one without its middle."""
    parts = split(url)
    if parts is None:
        return _shortened(folded_spaces(cleaned(url)))
    place = unquote(parts.path.rstrip("/")) + (f"?{unquote(parts.query)}" if parts.query else "")
    return _shortened(folded_spaces(cleaned(parts.netloc.removeprefix("www.") + place)))


_LONGEST_TOLD = 60  # letters; the end tells two articles of one site apart


def _shortened(text: str) -> str:
    half = _LONGEST_TOLD // 2
    return text if len(text) <= _LONGEST_TOLD else f"{text[:half]}…{text[1 - half :]}"


def host_of(url: str) -> str:
    """Return the host of an address as people name a site."""
    parts = split(url)
    return (parts.hostname or "").rstrip(".").removeprefix("www.") if parts else ""


def _closes_nothing(last: str, counts: Counter[str]) -> bool:
    return last in _BRACKETS and counts[last] > counts[_BRACKETS[last]]
