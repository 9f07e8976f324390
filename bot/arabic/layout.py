"""The parts of an article as people paste, forward and publish it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum, auto

from bot.arabic.dates import date_in, states_only_a_date
from bot.arabic.keywords import LISTED, keywords
from bot.arabic.names import Names
from bot.arabic.normalise import cleaned, normalise
from bot.arabic.tokens import words


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of one article; every line with a word is in one of them, but for the labelled lines."""

    title: str
    published: date | None
    source: str | None
    tags: tuple[str, ...]
    body: tuple[str, ...]
    related: tuple[str, ...]  # lines left out: other articles, signatures of channels
    guessed: tuple[str, ...] = ()  # tags that only our reading told from their neighbours in a footer


_NO_NAMES = Names()


def read_layout(text: str, now: datetime, known_tags: Names = _NO_NAMES) -> Layout:
    """Return the parts of an article; a text without any label is an article all the same.

    ``known_tags`` tell where one keyword ends and the next begins in a footer that has only spaces. A date more than a
    day after ``now`` is refused: it is a slip or a trick, and would head every digest.
    """
    lines = [bare for line in cleaned(text).split("\n") if _WORD.search(bare := _without_bullet(line))]
    own, signed = _without_ending(lines)
    parts = _Parts(now)
    _sort_lines(own, parts)
    parts.hashtags += [tag for line in signed for tag in _hashtags(line)]
    parts.related += [line for line in signed if not _is_only_hashtags(line)]
    return _layout(parts, known_tags)


_WORD = re.compile(r"[^\W_]")
_BULLET = re.compile(
    r"(?:[0-9]\ufe0f?\u20e3|[\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d"
    r"\ufe00-\ufe0f\u200c-\u200f\u20e3\U0001f000-\U0001faff\U000e0020-\U000e007f•·●▪◾*]|[-–—](?= )| )+"
)


def _without_bullet(line: str) -> str:
    found = _BULLET.match(line)
    return line[found.end() :] if found else line


@dataclass(slots=True)
class _Parts:
    """What has been read so far; the only thing here that changes, and only while one text is read."""

    now: datetime
    title: str | None = None
    body: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    hashtags: list[str] = field(default_factory=list)
    source: str | None = None
    published: date | None = None
    updated: date | None = None
    has_footer: bool = False


def _layout(parts: _Parts, known_tags: Names) -> Layout:
    title, body = parts.title or "", tuple(parts.body)
    hashtags = [tag for line in (title, *body) for tag in _hashtags(line)]
    found = keywords(parts.keywords, (title, *body), known_tags)
    published = parts.published or parts.updated
    is_to_come = published is not None and published > _day_after(parts.now)
    return Layout(
        title=title,
        published=None if is_to_come else published,
        source=parts.source,
        tags=_distinct([*(keyword.name for keyword in found), *hashtags, *parts.hashtags]),
        body=body,
        related=tuple(parts.related),
        guessed=tuple(keyword.name for keyword in found if keyword.is_guess),
    )


def _day_after(now: datetime) -> date:
    return date.max if now.date() == date.max else now.date() + timedelta(days=1)


def _distinct(tags: Iterable[str]) -> tuple[str, ...]:
    shown: dict[str, str] = {}
    for tag in tags:
        if key := " ".join(words(tag)):
            shown.setdefault(key, tag)
    return tuple(shown.values())


def _without_ending(lines: list[str]) -> tuple[list[str], list[str]]:
    """Split off the last lines if they are hashtags and signatures: they are the message's, whatever stands above."""
    end = len(lines)
    while end and (_is_only_hashtags(lines[end - 1]) or _is_signature(lines[end - 1])):
        end -= 1
    return lines[:end], lines[end:]


# Telegram's hashtags: letters, digits and underscores, and the marks inside Arabic and Persian words.
_HASHTAG = re.compile(r"(?<![\w/&#@.])[#＃]([\w\u064b-\u0652\u0670\u200c]+)")
_HANDLE = re.compile(r"@\w+|(?:https?://|www\.|t\.me/|telegram\.me/)\S+")
_JOINERS = " \u200c\u200d\u200e\u200f"


def _hashtags(line: str) -> Iterator[str]:
    for found in _HASHTAG.finditer(line):
        tag = " ".join(found[1].replace("_", " ").split()).strip(_JOINERS)
        if any(letter.isalpha() for letter in tag):
            yield tag


def _is_only_hashtags(line: str) -> bool:
    return "#" in normalise(line[:1]) and not _WORD.search(_HASHTAG.sub("", line))


_LONGEST_SIGNATURE = 160  # letters
_LONGEST_SIGNED_SENTENCE = 8  # words: «تابعونا على تلغرام.» is an invitation, a longer sentence is news
_INVITATION = re.compile(
    r"\W*(?:تابعونا|تابعنا|اشتركوا|للاشتراك|انضموا|للانضمام|شاركونا|لمتابعه|للمزيد)(?!\w)"
    r"|\W*(?:تابعوا|تابع|اشترك|انضم)(?!\w)(?=.*(?:قناتنا|صفحتنا|صفحاتنا|حسابنا|حساباتنا|نشرتنا|@|t\.me|http))"
)
_PLACE = re.compile(
    r"قنات|القناه|قناه|صفحت|صفحات|حساب|تلغرام|تليغرام|تلجرام|تيليجرام|تيليغرام|تليجرام|واتس|تويتر|فيسبوك|فيس بوك|يوتيوب"
    r"|انستغرام|انستقرام|انستجرام|تيك توك|نشرتنا|غوغل|جوجل|منصه|منصات|telegram|whatsapp|twitter|facebook|@|t\.me|http"
)


def _is_signature(line: str) -> bool:
    """Say if a line is where else to read its channel: only addresses, or an invitation that names a platform.

    «تابع» and «انضم» also open sentences of news, so they invite only where the channel says "our" or gives an address.
    """
    if len(line) > _LONGEST_SIGNATURE:
        return False
    without_handles = _HANDLE.sub("", line)
    if without_handles != line and not _WORD.search(_HASHTAG.sub("", without_handles)):
        return True
    if line.endswith(".") and len(line.split()) > _LONGEST_SIGNED_SENTENCE:
        return False
    folded = normalise(line)
    return bool(_INVITATION.match(folded) and _PLACE.search(folded))


def _sort_lines(lines: Sequence[str], parts: _Parts) -> None:
    """Put each line where it belongs, taking with a label that stands alone the lines below it."""
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if _is_only_hashtags(line):
            parts.hashtags += _hashtags(line)
        elif _is_signature(line):
            parts.hashtags += _hashtags(line)
            parts.related.append(line)
        elif (label := _label(line, parts.now)) is None or not _may_be_label(label, lines, parts):
            _add_text(line, parts)
        elif label.kind is _Kind.RELATED:
            place = _leave_out(label, lines, place, parts)
        else:
            place = _read_value(label, lines, place, parts)


_MOST_HEADLINE_WORDS = 20


def _add_text(line: str, parts: _Parts) -> None:
    if parts.title is None:
        parts.title = line
    elif not parts.body and parts.published is None and states_only_a_date(line, parts.now):
        parts.published = date_in(line, parts.now)
    else:
        parts.body.append(line)
        # A source with a paragraph of the article below it was the credit of a picture, not the footer.
        parts.has_footer = parts.has_footer and len(line.split()) <= _MOST_HEADLINE_WORDS


class _Kind(Enum):
    PUBLISHED = auto()
    UPDATED = auto()
    SOURCE = auto()
    TAGS = auto()
    RELATED = auto()


@dataclass(frozen=True, slots=True)
class _Label:
    kind: _Kind
    line: str
    value: str  # what follows on the same line


_SPELLINGS = {
    _Kind.PUBLISHED: (
        "تاريخ النشر|تاريخ ووقت النشر|وقت النشر|نشر في|نشر بتاريخ|نشر يوم|نشرت في|نشرت بتاريخ|تم النشر|تم النشر في"
        "|تم النشر بتاريخ|النشر|نشر|التاريخ|تاريخ|published|date"
    ),
    _Kind.UPDATED: "آخر تحديث|تاريخ التحديث|آخر تعديل|تم التحديث|تحديث|updated|last updated",
    _Kind.SOURCE: "المصدر|المصادر|مصدر الخبر|مصادر الخبر|مصدر المقال|نقلا عن|source|sources",
    _Kind.TAGS: (
        "كلمات دلالية|الكلمات الدلالية|كلمات مفتاحية|الكلمات المفتاحية|كلمات البحث|كلمات بحث|وسوم|الوسوم|وسوم الخبر"
        "|هاشتاغ|هاشتاج|هاشتاق|هاشتاغات|تاجات|تاغات|الدلالات|tags|tag|keywords|key words"
    ),
    _Kind.RELATED: (
        "مواضيع ذات صلة|المواضيع ذات الصلة|موضوعات ذات صلة|الموضوعات ذات الصلة|أخبار ذات صلة|الأخبار ذات الصلة"
        "|مقالات ذات صلة|المقالات ذات الصلة|قصص ذات صلة|ذات صلة|مواضيع متعلقة|المواضيع المتعلقة|موضوعات متعلقة"
        "|الموضوعات المتعلقة|أخبار متعلقة|الأخبار المتعلقة|مقالات متعلقة|مقالات مشابهة|مواضيع مشابهة|أخبار مشابهة"
        "|أخبار مرتبطة|مواضيع مرتبطة|مقالات مرتبطة|قصص مقترحة|مقالات مقترحة|مواضيع مقترحة|أخبار مقترحة"
        "|المزيد حول هذه القصة|المزيد عن هذه القصة|المزيد حول الموضوع|قد يعجبك|قد يعجبك أيضا|قد يعجبكم أيضا|قد يهمك"
        "|قد يهمك أيضا|قد يهمكم أيضا|ربما يعجبك أيضا|اخترنا لك|اخترنا لكم|الأكثر قراءة|الأكثر مشاهدة|read also|related"
    ),
}
_IMPERATIVES = ("اقرأ", "اقرؤوا", "اقرأوا", "اقرئي", "اقراو", "طالع", "طالعوا", "شاهد", "شاهدوا")
_ALSO = ("أيضا", "كذلك", "المزيد", "ايظا")
_READ_ALSO = frozenset(" ".join(words(f"{verb} {also}")) for verb in _IMPERATIVES for also in _ALSO)
_KINDS = {
    **{" ".join(words(form)): kind for kind, forms in _SPELLINGS.items() for form in forms.split("|")},
    **dict.fromkeys(_READ_ALSO, _Kind.RELATED),
}
_FIRST_WORDS = frozenset(form.split(" ")[0] for form in _KINDS)
_LONGEST_LABEL = max(len(form.split(" ")) for form in _KINDS)
# Labels that are ordinary words: with no date behind them they are text.
_WEAK_DATES = frozenset({"التاريخ", "تاريخ", "نشر", "النشر", "تحديث", "date", "نشر في", "نشر يوم", "نشرت في"})

_AROUND_A_LABEL = " \t([{*#>»«\"'-–—•|"
_SEPARATOR = re.compile(r"\s*(?:[:：|]|\.{2,}|…|[-–—](?=\s))[\s:：|.]*")
_LABEL_WORD = re.compile(r"[^\s:：|.…()\[\]*\"«»]+")


def _label(line: str, now: datetime) -> _Label | None:
    """Return the label that a line begins with, the longest that fits."""
    written = list(_first_words(line))
    if not written or not _FIRST_WORDS.intersection(words(written[0][0])[:1]):
        return None
    for count in range(len(written), 0, -1):
        form = " ".join(words(" ".join(word for word, _ in written[:count])))
        if form in _KINDS and (label := _labelled(form, line, written[count - 1][1], now)):
            return label
    return None


def _first_words(line: str) -> Iterator[tuple[str, int]]:
    """Yield the first words of a line that no mark separates, and where each ends."""
    place = len(line) - len(line.lstrip(_AROUND_A_LABEL))
    for _ in range(_LONGEST_LABEL):
        found = _LABEL_WORD.match(line, place)
        if not found:
            return
        yield found.group(), found.end()
        place = found.end()
        while line[place : place + 1] == " ":
            place += 1


_ENCLOSING = " \t)]}*\"'»«“”"
_FINAL_MARKS = (".", "؟", "?", "!", "…", "۔")
_LONGEST_DATE = 90  # letters; «الإثنين، 5 صفر 1445 هـ الموافق 21 أغسطس 2023 م، الساعة 14:30 بتوقيت غرينتش» has 75
_LONGEST_SOURCE = 10  # words after a colon
_LONGEST_BARE_SOURCE = 4  # words where nothing separates the label from the name
_LONGEST_BARE_TAGS = 25


def _labelled(form: str, line: str, end: int, now: datetime) -> _Label | None:
    separator = _SEPARATOR.match(line, end)
    value = line[separator.end() if separator else end :].strip(_ENCLOSING)
    is_label = {
        _Kind.PUBLISHED: _labels_date,
        _Kind.UPDATED: _labels_date,
        _Kind.SOURCE: _labels_source,
        _Kind.TAGS: _labels_tags,
        _Kind.RELATED: _labels_related,
    }[kind := _KINDS[form]]
    if not value or is_label(form, value, now, is_separated=bool(separator)):
        return _Label(kind, line, value)
    return None


def _labels_date(form: str, value: str, now: datetime, *, is_separated: bool) -> bool:
    if len(value) > _LONGEST_DATE:
        return False
    if form in _WEAK_DATES or not is_separated:
        return states_only_a_date(value, now) or (is_separated and date_in(value, now) is not None)
    return True


# What follows «المصدر» and «نقلا عن» when they are part of a sentence.
_PROSE = frozenset(
    normalise(word)
    for word in (
        "الذي",
        "التي",
        "الذين",
        "قال",
        "قالت",
        "قوله",
        "قولها",
        "قولهم",
        "إن",
        "أن",
        "أنه",
        "أنها",
        "لم",
        "لا",
    )
)


def _labels_source(_form: str, value: str, _now: datetime, *, is_separated: bool) -> bool:
    named = words(value[:_LONGEST_DATE])
    if len(value) > _LONGEST_DATE or _PROSE.intersection(named):
        return False
    if is_separated:
        return len(named) <= _LONGEST_SOURCE and not value.endswith(("؟", "!"))
    return len(named) <= _LONGEST_BARE_SOURCE and not value.endswith(_FINAL_MARKS)


_UNMISTAKABLE_TAGS = 2  # «كلمات دلالية طهران موسكو» needs no colon; «هاشتاغ غزة يتصدر» is a headline


def _labels_tags(form: str, value: str, _now: datetime, *, is_separated: bool) -> bool:
    if is_separated:
        return True
    if _is_only_hashtags(value):
        return True
    is_plain = len(value.split()) <= _LONGEST_BARE_TAGS and not value.endswith(_FINAL_MARKS)
    return len(form.split()) >= _UNMISTAKABLE_TAGS and is_plain


def _labels_related(form: str, value: str, _now: datetime, *, is_separated: bool) -> bool:
    """Say if the line names another article: «اخترنا لكم أفضل عشرة كتب» without a colon is a headline of its own."""
    return is_separated or (form in _READ_ALSO and not value.endswith((".", "۔")))


def _may_be_label(label: _Label, lines: Sequence[str], parts: _Parts) -> bool:
    """Say if a label is one where it stands: a text of one line is a title, whatever it begins with."""
    if len(lines) == 1:
        return False
    is_heading = parts.title is None and label.kind is _Kind.SOURCE
    return not is_heading or len(label.value.split()) <= _LONGEST_BARE_SOURCE


_LONGEST_HEADLINE = 130  # letters


def _leave_out(label: _Label, lines: Sequence[str], place: int, parts: _Parts) -> int:
    """Leave out the line that leads to other articles, and what belongs to it; return where to read on.

    In 111 of 132 real articles with «اقرأ أيضا» their own text goes on below it, so only a footer above ends them.
    """
    if parts.has_footer:
        parts.related += [label.line, *lines[place:]]
        return len(lines)
    end = place
    while not label.value and end < len(lines) and _is_headline(lines[end], parts.now):
        end += 1
    parts.related += [label.line, *lines[place:end]]
    return end


def _is_headline(line: str, now: datetime) -> bool:
    is_short = len(line) < _LONGEST_HEADLINE and len(line.split()) <= _MOST_HEADLINE_WORDS
    is_open = not line.rstrip(_ENCLOSING + _JOINERS).endswith(_FINAL_MARKS)
    return is_short and is_open and not _is_only_hashtags(line) and _label(line, now) is None


def _read_value(label: _Label, lines: Sequence[str], place: int, parts: _Parts) -> int:
    """Keep the value of a label, which may stand on the next line; return where to read on."""
    taken = [] if label.value else _values_below(label.kind, lines, place, parts.now)
    own, others = _values_beside(label.value, parts.now)
    _keep(label.kind, [own] if own else taken, parts)
    for other in others:
        _keep(other.kind, [other.value], parts)
    return place + len(taken)


def _values_beside(value: str, now: datetime) -> tuple[str, list[_Label]]:
    """Tell the value of a label from the labels after it on one line: «المصدر: وكالات | تاريخ النشر: …»."""
    own, *rest = value.split("|")
    others = [label for piece in rest if (label := _label(piece, now))]
    return (own.strip(), others) if others else (value, [])


def _keep(kind: _Kind, values: Sequence[str], parts: _Parts) -> None:
    match kind:
        case _Kind.PUBLISHED:
            parts.published = parts.published or _first_date(values, parts.now)
        case _Kind.UPDATED:
            parts.updated = parts.updated or _first_date(values, parts.now)
        case _Kind.SOURCE:
            parts.source = parts.source or next((name for value in values if (name := _source(value))), None)
            parts.has_footer = parts.has_footer or bool(parts.body)
        case _Kind.TAGS:
            parts.keywords.append("،".join(values))  # keywords that stand one to a line are as good as listed
            parts.has_footer = parts.has_footer or bool(parts.body)
        case _Kind.RELATED:  # beside another label it names no article of its own
            pass


def _first_date(values: Iterable[str], now: datetime) -> date | None:
    return next((day for value in values if (day := date_in(value, now))), None)


def _source(value: str) -> str:
    return value.partition("|")[0].strip(_ENCLOSING + _JOINERS + ".،,")


_LONGEST_SOURCE_BELOW = 6  # words
_LONGEST_TAG = 5  # words, where each has its own line; of 11,394 keywords of editors none is longer


def _values_below(kind: _Kind, lines: Sequence[str], place: int, now: datetime) -> list[str]:
    """Return the lines below a label that stands alone, as far as they can be its value."""
    if place == len(lines):
        return []
    match kind:
        case _Kind.TAGS if _is_name(lines[place], _LONGEST_BARE_TAGS, now) or _is_list(lines[place]):
            return [lines[place], *_tags_below(lines, place + 1, now)]
        case _Kind.SOURCE if _is_name(lines[place], _LONGEST_SOURCE_BELOW, now):
            return [lines[place]]
        case _Kind.PUBLISHED | _Kind.UPDATED if states_only_a_date(lines[place], now):
            return [lines[place]]
        case _:
            return []


_FEWEST_LISTED = 4


def _is_list(line: str) -> bool:
    """Say if a line is keywords by its marks, however long it is: editors give up to twenty."""
    pieces = LISTED.split(line)
    is_short = all(len(piece.split()) <= _LONGEST_TAG for piece in pieces)
    return len(pieces) >= _FEWEST_LISTED and is_short and not line.endswith(_FINAL_MARKS)


def _tags_below(lines: Sequence[str], place: int, now: datetime) -> Iterator[str]:
    while place < len(lines) and _is_name(lines[place], _LONGEST_TAG, now):
        yield lines[place]
        place += 1


def _is_name(line: str, most_words: int, now: datetime) -> bool:
    is_short = len(line) <= _LONGEST_SIGNATURE and len(line.split()) <= most_words
    return is_short and not line.endswith(_FINAL_MARKS) and _label(line, now) is None
