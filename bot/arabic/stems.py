"""Light stems: what two inflections of an Arabic word share, for similarity and never for tags."""

from functools import lru_cache

from bot.arabic.normalise import normalise
from bot.arabic.tokens import words

_PREFIXES = ("وال", "بال", "كال", "فال", "ال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_FEWEST_LETTERS = 2


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """Return the Light10 stem of a normalised word (Larkey, Ballesteros and Connell, 2007); others unchanged."""
    if not "\u0621" <= word[:1] <= "\u064a":
        return word
    if word[0] == "و" and len(word) > _FEWEST_LETTERS + 1:
        word = word[1:]
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _FEWEST_LETTERS:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _FEWEST_LETTERS:
            word = word[: -len(suffix)]
    return word


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order."""
    return [stem(word) for word in words(text) if len(word) > 1 and word not in STOP_WORDS]


# Function words and the verbs of reporting, which every news sentence has. Kept by hand: the usual Arabic lists
# also drop دولار, مليون, شمال and the month names, which are news.
_STOP = """
في من على إلى عن أن إن لا ما هل قد كل كلا بعض أي هذا هذه ذلك تلك هؤلاء أولئك الذي التي الذين اللذين اللتين اللواتي
هو هي هم هن هما أنا نحن أنت أنتم كان كانت كانوا يكون تكون يكونوا سيكون ستكون قال قالت قالوا يقول تقول أضاف أضافت
أكد أكدت يؤكد أوضح أوضحت أشار أشارت يشير تشير ذكر ذكرت لفت لفتت اعتبر اعتبرت أعلن أعلنت تابع تابعت فيما كما حيث
خلال بعد قبل عبر ضد حول نحو بين لدى عند منذ حتى لكن غير سوى أيضا تم يتم جاء جاءت يأتي تأتي وفق وفقا بحسب حسب مع
أو ثم لم لن ليس ليست إذا إذ بأن لأن أنه أنها إنه إنها بأنه بأنها لأنه لأنها فإن به بها بهم له لها لهم فيه فيها
منه منها منهم عليه عليها عليهم إليه إليها إليهم عنه عنها أما إما بل لو لولا كي لكي عما مما مثل دون بدون ضمن أمام
وراء تحت فوق داخل خارج بسبب رغم هناك هنا حين حينما عندما بينما كذلك لذلك وذلك مؤكدا مشيرا موضحا مضيفا لافتا معتبرا
اليوم أمس الآن يوم قوله قولها إلا أحد إحدى نفسه نفسها ذات ذاته ما زال لا يزال أجل جدا يجب يمكن ربما الى انه ان الا
"""
_BARE = {normalise(word) for word in _STOP.split()}
STOP_WORDS = frozenset(_BARE | {"و" + word for word in _BARE} | {"ف" + word for word in _BARE})
