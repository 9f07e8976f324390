"""Short sentences that have nothing to do with the article they stand in."""

from collections import Counter
from collections.abc import Sequence

from bot.arabic.stems import content_stems
from bot.arabic.tokens import words
from bot.summarize.site import site_words

_LONGEST = 10  # different stems, some 15 words; a long sentence says enough to be judged by its worth
_LONGEST_IN_SHORT = 6  # in a text of fewer than eight sentences each may speak of something else
_SHORT = 8
_FEWEST = 5  # sentences
_MOST_SHARED = 0.25  # of its stems
_MOST_SHARED_BY_SITES = 0.4  # when it has a word of the site too


def strangers(title: str, paragraphs: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the short paragraphs of one sentence that share no stem with the title and hardly any with the others.

    So they are told in any wording. Sharing at most a quarter held for 94 % of the junk tried in 1,600 articles. It
    also holds for one in seven short sentences that belong there, but hardly ever for a lead.
    """
    sentences = [sentence for paragraph in paragraphs for sentence in paragraph]
    if len(sentences) < _FEWEST:
        return frozenset()
    longest = _LONGEST_IN_SHORT if len(sentences) < _SHORT else _LONGEST
    alone = [paragraph[0] for paragraph in paragraphs if len(paragraph) == 1]
    subject = frozenset(content_stems(title))
    bags = {sentence: frozenset(content_stems(sentence)) for sentence in sentences}
    spread = Counter(stem for bag in bags.values() for stem in bag)
    return frozenset(
        sentence
        for sentence, bag in ((sentence, bags[sentence]) for sentence in alone)
        if len(bag) <= longest
        and not bag & subject
        and sum(spread[stem] > 1 for stem in bag) <= _most_shared(sentence, subject) * len(bag)
    )


def _most_shared(sentence: str, subject: frozenset[str]) -> float:
    if site_words(words(sentence)):
        return _MOST_SHARED_BY_SITES
    # Without a title only what shares nothing at all is strange: 14 % of the first sentences of EASC share so little.
    return _MOST_SHARED if subject else 0
