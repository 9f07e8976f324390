"""The sentences of an article that may be shown: prose, each once, without what a site puts around it."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from bot.arabic.openings import begins_with_a_report, quotes_nobody, without_dateline
from bot.arabic.tokens import words
from bot.domain.repetition import fingerprint
from bot.summarize.boilerplate import is_boilerplate
from bot.summarize.site import speaks_of_the_site
from bot.summarize.strangers import strangers
from bot.summarize.tokenizer import ArabicTokenizer
from bot.summarize.wrapping import unwrapped

MOST_SENTENCES = 120  # about 3,000 words: news says what it has to say before that, and ranking is quadratic
_TOKENIZER = ArabicTokenizer()


def body_paragraphs(title: str, paragraphs: Sequence[str], repeated: Collection[str] = ()) -> list[list[str]]:
    """Return by paragraph the first 120 sentences that read as prose, belong to the article and add to the title.

    Lines whose fingerprint is among the repeated are left out. All sentences when none would remain.
    """
    lines = "\n".join(paragraphs).splitlines()
    # A dropped line leaves an empty one: a sentence must not be joined across it, or it would not be verbatim.
    own = ["" if repeated and fingerprint(line) in repeated else line for line in lines]
    prose = list(islice(_prose(title, own), MOST_SENTENCES))
    found = _gathered(prose or islice(_finished(lines), MOST_SENTENCES))
    strange = strangers(title, found)
    return [paragraph for paragraph in found if strange.isdisjoint(paragraph)] or found


def _gathered(sentences: Iterable[tuple[int, str]]) -> list[list[str]]:
    return [[text for _, text in group] for _, group in groupby(sentences, key=itemgetter(0))]


def _prose(title: str, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield each sentence to show with the number of its paragraph."""
    heading = frozenset(words(title))
    kept = unwrapped(["" if is_boilerplate(line) else line for line in lines])
    found = _numbered(kept)
    fewest = _fewest_words_unended(list(found))
    for sentence, paragraph in found.items():
        if reads_as_prose(sentence, fewest) and not _repeats(sentence, heading) and not _is_aside(sentence, heading):
            yield paragraph, sentence


def _numbered(lines: Sequence[str]) -> dict[str, int]:
    """Return the sentences in their order, each once, with the number of the line that has it first."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines):
        for sentence in _TOKENIZER.to_sentences(line):
            found.setdefault(without_dateline(sentence), number)
    return found


def _finished(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for sentence, paragraph in _numbered(unwrapped(lines)).items():
        if (finished := sentence.rstrip(_OPEN_ENDS)) and words(finished):
            yield paragraph, finished


_OPEN_ENDS = "،؛:,; "
_FINAL = re.compile(r"[.!؟?…][»”’\")\]'\s]*$")
_LEAST_ARABIC = 0.4


def reads_as_prose(sentence: str, fewest_words_unended: int) -> bool:
    """Return whether a sentence is worth showing by its shape: ended, mostly Arabic, no heading, no row of hashtags."""
    found = sentence.split()
    if sentence[-1:] in _OPEN_ENDS or sum(word.startswith(("#", "@")) for word in found) * 2 > len(found):
        return False
    if len(found) < _FEWEST_WORDS:
        return False
    if quotes_nobody(sentence) or (len(found) < _FEWEST_ASKED and sentence.endswith("؟")):
        return False
    if len(found) < fewest_words_unended and not _FINAL.search(sentence) and not begins_with_a_report(sentence):
        return False
    letters = [letter for letter in sentence if letter.isalpha()]
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
    return arabic > 0 and arabic >= _LEAST_ARABIC * len(letters)


_FEWEST_WORDS = 6  # with 4 recall is the same and cards end in short remarks, with 8 it falls by .001
_FEWEST_ASKED = 8  # a short question is a headline or an interviewer's
_SHORTEST_UNENDED = 25  # words; of 12 shorter lines read on BBC and France 24 that lacked a full stop 11 were headlines
_SETS_FULL_STOPS = 2 / 3


def _fewest_words_unended(found: Sequence[str]) -> int:
    """Return how long a line without a full stop must be: shorter, in a text that sets full stops, it is a heading.

    Counted in letters: around a short article there are many short lines.
    """
    ended = sum(len(sentence) for sentence in found if _FINAL.search(sentence))
    return _SHORTEST_UNENDED if ended >= _SETS_FULL_STOPS * sum(map(len, found)) else 0


_SAME_WORDS = 0.75


def _repeats(sentence: str, heading: frozenset[str]) -> bool:
    said = frozenset(words(sentence))
    return bool(heading) and len(said & heading) >= _SAME_WORDS * len(said | heading)


_ABOUT_IT = 2


def _is_aside(sentence: str, heading: frozenset[str]) -> bool:
    """Return whether a sentence is about the site, unless the news itself is: then it has words of the title."""
    return speaks_of_the_site(sentence) and len(heading.intersection(words(sentence))) < _ABOUT_IT
