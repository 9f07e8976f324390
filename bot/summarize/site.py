"""Lines about the site instead of the news, told by how much of a line is words for what a site has and asks for."""

from collections.abc import Iterable, Iterator

from bot.arabic.normalise import normalise
from bot.arabic.stems import STOP_WORDS, stem
from bot.arabic.tokens import words

_LONGEST = 25  # words; what a site says of itself is short
_FEWEST = 2
_LEAST = 0.3  # of the words that carry meaning


def speaks_of_the_site(text: str) -> bool:
    """Return whether a line or a sentence asks the reader to do something here or says whose all this is.

    It counts words and knows no phrase, so that it holds for wordings nobody listed: "سجل بريدك لتصلك عناوين الصباح".
    News says such words too, but few in one sentence, or in somebody's mouth: what has a quotation is never meant.
    """
    found = words(text)
    if len(found) > _LONGEST or not _QUOTATION.isdisjoint(text):
        return False
    told = site_words(found)
    meaning = sum(len(word) > _FEWEST and word not in STOP_WORDS for word in found)
    return told >= _FEWEST and told >= _LEAST * meaning


def site_words(found: Iterable[str]) -> int:
    """Return how many of the normalised words are a site's, those that say whose they are counted twice."""
    return sum(map(_weight, found))


_QUOTATION = frozenset('"«“')


def _weight(word: str) -> int:
    """Return 1 for a word of the site, 2 when it says it is ours or the reader's: قناتنا, بريدك, تعليقاتكم."""
    if stem(word) in _SITE:
        return 1
    return max((2 for ending in _OWNERS if word.endswith(ending) and stem(word[: -len(ending)]) in _SITE), default=0)


_OWNERS = ("كم", "نا", "ك", "ونا")
_THINGS = """
نشرة بريد إيميل قناة حساب صفحة موقع تطبيق رابط تعليق رأي مقال مقالة تقرير صورة فيديو نشر منشور نسخ اقتباس مادة مواد
محتوى حقوق محفوظة مصدر إذن كاتب صحيفة محرر تحرير مراسل إعلان ممول اشتراك مشترك خصوصية عناوين إشعار هاتف متجر منصات
تواصل واتساب تلغرام تليغرام تيليغرام تليجرام تلجرام فيسبوك تويتر إنستغرام يوتيوب غوغل قراءة مشاهدة صديق أصدقاء قراء زوار
إلكتروني خبر أخبار مزيد تفاصيل خانة قصة تغطية قسم متصفح صحافة جريدة
"""
_ACTS = """
اقرأ شاهد طالع تابع اشترك حمل نزل سجل انضم انقر اضغط شارك أرسل انشر راسل اكتب أضف علق استمع تصفح اطلع اطلاع احفظ فعل
زر وافنا اخترنا يهمك يعجبك ننصح
"""


def _forms() -> Iterator[str]:
    for thing in map(normalise, _THINGS.split()):
        yield thing
        yield thing.removesuffix("ه") + "ت"  # قناة becomes قنات before نا
    for act in map(normalise, _ACTS.split()):
        yield act
        yield act + "وا"


_SITE = frozenset(map(stem, _forms()))
