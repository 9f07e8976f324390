"""What kind of text an article is, told by its shape, and what speaks for a sentence in each kind."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.arabic.normalise import normalise
from bot.arabic.tokens import words


@dataclass(frozen=True, slots=True)
class Blend:
    """The worth of a set of sentences: what each thing that speaks for it adds.

    The first four are for each hundred characters of a sentence, the next four for the sentence, the last three for
    the set. The scale is arbitrary; the proportions were fitted on BBC, France 24 and Al Mayadeen (news) and on
    Al Mayadeen's opinion and features with EASC (essays), and rounded: rounding moved no set by more than .006.
    """

    length: float
    length_lead: float  # times 1, 1/2, 1/3 … down the article
    length_early: float  # times 1 at the first sentence, falling evenly to 0 at the last
    length_title: float  # times the cosine with the title
    lead: float
    title: float
    central: float
    leaning: float  # for a sentence that needs the one before it
    title_word: float  # for each stem of the title that the set says
    neighbours: float  # for two sentences that follow each other in the article
    two: float  # for a set of two: essays make a point and support it, a third sentence is short and idle


NEWS = Blend(
    length=0.5, length_lead=3.5, length_early=2.5, length_title=2, lead=2.5, title=1, central=1, leaning=0,
    title_word=0.8, neighbours=1, two=0,
)  # fmt: skip
ESSAY = Blend(
    length=2, length_lead=0, length_early=3.5, length_title=2, lead=4, title=1, central=2, leaning=-1,
    title_word=1, neighbours=0, two=2,
)  # fmt: skip


ABRIDGEMENT = Blend(
    length=2, length_lead=10, length_early=12, length_title=2, lead=4, title=1, central=2, leaning=-1,
    title_word=1, neighbours=0, two=0,
)  # fmt: skip
_CARD = 3


def blend_for(paragraphs: Sequence[Sequence[str]], sentences: int) -> Blend:
    """Return the blend for an article, given as the sentences of its paragraphs, when so many may be shown.

    Beyond a card people keep what comes first: the 40 % that five readers chose of each EASC article are nearest to
    its beginning, and there only a heavy position stays level with LEAD.
    """
    if sentences > _CARD:
        return ABRIDGEMENT
    return NEWS if _reporting(paragraphs) > _LEAST_REPORTING else ESSAY


# On our rows 6 % of BBC, 11 % of France 24, 13 % of Al Mayadeen's news, 77 % of its opinion and features and 88 % of
# EASC lie below; anything from -1.2 to -0.8 gives the same recall within .003.
_LEAST_REPORTING = -1.0


def _reporting(paragraphs: Sequence[Sequence[str]]) -> float:
    """Return how much a text reads like a report.

    News chains its sentences with و, says who said it and on which day; essays write long sentences and gather them
    in long paragraphs. A text that lost its paragraphs counts as having two sentences in each.
    """
    found = [(text, words(text)) for paragraph in paragraphs for text in paragraph]
    if not found:
        return 0
    chained = fmean(said[0].startswith("و") for _, said in found if said)
    reported = fmean(not _REPORTING.isdisjoint(said) for _, said in found)
    dated = fmean(not _DAYS.isdisjoint(said) for _, said in found)
    length = fmean(len(text) for text, _ in found) / 100
    gathered = min(math.log(2), math.log(len(found) / sum(map(bool, paragraphs))))
    return chained + reported + 2 * dated - length - gathered


_VERBS = """
قال أكد أوضح أشار لفت ذكر اعتبر شدد أفاد كشف نفى أعلن حذر أعرب أضاف تابع رأى بين نقل صرح يقول تقول يرى ترى يضيف تضيف
"""
_SAID = [normalise(verb) for verb in _VERBS.split()]
_REPORTING = frozenset(waw + verb + ending for waw in ("", "و") for verb in _SAID for ending in ("", "ت"))
_DAY_NAMES = "اليوم أمس الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت مساء صباح"
_DAYS = frozenset(normalise(day) for day in _DAY_NAMES.split())
