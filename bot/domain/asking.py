"""What a person asks for in plain words, as a command would."""

import re
from dataclasses import dataclass

from bot.domain.topic import topic_key


@dataclass(frozen=True, slots=True)
class Asked:
    """A command and what was said after it, as it was written."""

    command: str
    argument: str = ""


# What is said, and the command that it stands for. Where names follow, the words may be followed by names.
_ALONE = {
    "help": ("مساعدة", "المساعدة", "ساعدني", "help"),
    "latest": ("آخر الأخبار", "أحدث الأخبار", "latest"),
    "saved": ("محفوظاتي", "المحفوظات", "saved"),
    "privacy": ("الخصوصية", "خصوصيتي", "privacy"),
    "export": ("بياناتي", "أرسل بياناتي", "صدر بياناتي", "my data"),
    "forget": ("انسني", "امح بياناتي", "احذف بياناتي", "امح كل شيء", "forget me"),
    "digest": ("موجز", "موجزي", "الموجز", "موجزي الآن", "digest"),
    "topics": ("مواضيعي", "موضوعاتي", "المواضيع", "الموضوعات", "topics", "my topics"),
    "settings": ("إعدادات", "الإعدادات", "إعداداتي", "settings"),
    "popular": ("الأكثر تداولا", "المواضيع الأكثر تداولا", "popular"),
    "rising": ("الصاعدة", "المواضيع الصاعدة", "الموضوعات الصاعدة", "rising"),
}
_WITH_NAMES = {
    "follow": ("تابع", "أتابع", "أريد متابعة", "أريد أن أتابع", "أضف متابعة", "follow"),
    "unfollow": ("ألغ متابعة", "ألغ", "ألغي متابعة", "إلغاء متابعة", "لا تتابع", "توقف عن متابعة", "unfollow"),
    "search": ("ابحث عن", "ابحث", "search"),
    "mute": ("اكتم", "كتم", "أسكت", "mute"),
    "unmute": ("ارفع الكتم عن", "ارفع كتم", "ألغ كتم", "إلغاء كتم", "unmute"),
    "at_once": ("عاجل عن", "نبهني فورا عن", "أخبرني فورا عن", "alert me about"),
    "in_digest": ("لا عاجل عن", "أوقف العاجل عن", "ألغ العاجل عن", "no alerts about"),
}
_LONGEST = 120  # letters; what is longer is a text to read
_MOST_WORDS = 5  # of one name: a headline has more
_NO_SENTENCE = re.compile(r"[^.!?؟:…«»\"“”]+")
_PARTS = re.compile(r"[،,;؛|/#]+|\s+و(?=\w)|\s(?:بدون|دون|عدا|باستثناء|إلا|without|except)\s")


def _told() -> dict[tuple[str, ...], tuple[str, bool]]:
    """Return the commands by their words, the longest first, and whether names may follow."""
    alone = {_words(said): (command, False) for command, all_said in _ALONE.items() for said in all_said}
    named = {_words(said): (command, True) for command, all_said in _WITH_NAMES.items() for said in all_said}
    return dict(sorted((alone | named).items(), key=lambda pair: -len(pair[0])))


def _words(text: str) -> tuple[str, ...]:
    return tuple(map(topic_key, text.split()))


_TOLD = _told()


def asked_in(text: str) -> Asked | None:
    """Return what a short text asks for, or None if it is no command in words: an article never is one."""
    line = text.strip()
    said = line.rstrip("!.؟? ")
    if len(text) > _LONGEST or "\n" in line or not _NO_SENTENCE.fullmatch(said) or not said[0].isalpha():
        return None
    raw = said.split()
    keys = tuple(map(topic_key, raw))
    for words, (command, with_names) in _TOLD.items():
        if keys[: len(words)] == words and (with_names or len(keys) == len(words)):
            argument = " ".join(raw[len(words) :])
            return Asked(command, argument) if _are_names(argument) else None
    return None


def _are_names(argument: str) -> bool:
    return all(len(part.split()) <= _MOST_WORDS for part in _PARTS.split(argument))
