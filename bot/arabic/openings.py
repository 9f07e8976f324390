"""How a sentence begins: behind a dateline, or leaning on the sentence before it."""

import re

from bot.arabic.normalise import normalise
from bot.arabic.tokens import words

_WORD = r"[^\W\d_](?:[^\W\d_]|[\u064b-\u0652])*"
_NAME = rf"{_WORD}(?:\s{_WORD}){{0,3}}"
_AGENCY = (
    r"(?:[^\W\d_][\s.]){1,3}[^\W\d_]"  # أ ف ب, د.ب.أ
    r"|[A-Z]{2,8}|رويترز|الأناضول|سانا|واس|وام|قنا|بترا|كونا|وفا"
    r"|(?:وكال|مراسل|خاص|صحيفة|جريدة|موقع)[^:()]{0,30}|[«\"“][^»\"”]{2,30}[»\"”]"
)
_DATELINE = re.compile(
    rf"{_NAME}(?:، ?\d+ [^\W\d_]+)? ?(?:"
    rf"\((?:{_AGENCY})\) ?[-–—:]"  # باريس (أ ف ب) -
    rf"|[-–—/] ?(?:{_AGENCY}) ?[:/–—]"  # القاهرة – أ ش أ:
    rf")\s*(?=\S)"
)
_FEWEST_WORDS = 4


def without_dateline(sentence: str) -> str:
    """Return what follows "القاهرة – أ ش أ:" or "باريس (أ ف ب) -", told by its shape; else the sentence."""
    if dateline := _DATELINE.match(sentence):
        rest = sentence[dateline.end() :]
        return rest if len(words(rest)) >= _FEWEST_WORDS else sentence
    return sentence


def stands_alone(sentence: str) -> bool:
    """Return whether a summary may begin with the sentence: it does not lean on what was said before it.

    One that opens a quotation and does not close it leans on the next.
    """
    if _leaves_a_quotation_open(sentence):
        return False
    first, second, *_ = *words(sentence), "", ""
    if first in _LEANING or f"{first} {second}" in _LEANING_PAIRS:
        return False
    return first not in _REPORTING or second not in _NO_NAME


def quotes_nobody(sentence: str) -> bool:
    """Return whether a sentence ends by saying that somebody said it, and not who: «…»، تضيف وهي تمسح صورته."""
    _, mark, after = sentence.rpartition(max("»", "”", '"', key=sentence.rfind))
    said = words(after) if mark else []
    return bool(said) and said[0] in _REPORTING and (len(said) == 1 or said[1] in _STILL_NOBODY)


_STILL_NOBODY = frozenset(map(normalise, ("وهو", "وهي", "وهم", "قبل", "بعد", "ثم", "بينما", "مبتسما", "مبتسمة")))


def is_joined(sentence: str) -> bool:
    """Return whether the first word has an "and" before it: what follows can be understood alone, but opens badly."""
    first = next(iter(words(sentence)), "")
    return _JOINED.match(sentence) is not None or (first.startswith("و") and first in _REPORTING)


def unjoined(sentence: str) -> str | None:
    """Return the sentence without an "and" before its first word; None where that might be the word's own letter."""
    first = next(iter(words(sentence)), "")
    if not first.startswith("و") or first in _OWN_WAW:
        return sentence
    is_certain = is_joined(sentence) or first.startswith("وو") or first.removeprefix("و") in _TELLING
    return sentence.replace("و", "", 1) if is_certain else None


_OWN_WAW_WORDS = """
وصل وصلت وصلوا وقع وقعت وافق وافقت واصل واصلت واجه واجهت وجه وجهت وضع وضعت وقف وقفت وصف وصفت وجد وجدت ولد ولدت وعد
وعدت ودع ودعت وفر وفرت وزع وزعت وسع وسعت وزير وزيرا وزيرة وزراء وزارة وزارتا وكالة وكالات وكيل وفد وفود وفاة واشنطن
واحد واحدة واقعة والد والدة والي ولي ولاية وثيقة وثائق وحدات وحدة وسائل وسط وسيط وسطاء ورشة وقفة وادي
"""
_OWN_WAW = frozenset(normalise(word) for word in _OWN_WAW_WORDS.split())

# Verbs that carry news on, beside those of saying: without the "and" before them the sentence loses nothing.
_TELLING_VERBS = """
قتل قتلت قتلوا قرر قررت قضى قضت قام قامت قدم قدمت قاد شارك شاركت شهد شهدت شمل شملت شكل شكلت شن شنت حصد حصل حصلت
حقق حققت حكم حكمت حاول حاولت حضر حضرت حدد حددت حمل حملت حث حثت دخل دخلت دعم رفض رفضت رد ردت رحب رحبت رفع رفعت
طالب طالبت طلب طلبت بدأ بدأت بلغ بلغت بث بثت عاد عادت عقد عقدت عثر عين عرض عرضت غادر غادرت غرد فاز فازت فتح فتحت
فرض فرضت فقد خسر خسرت خرج خرجت خلص خلصت سجل سجلت سقط سقطت سيطر سيطرت سبق صدر صدرت صوت صوتت صرح ظهر ظهرت ضم ضمت
كتب كتبت كرر كررت كلف لعب لعبت لقي لقيت جاء جاءت جرى جرت هاجم هاجمت هدد هددت ذهب ذهبت زار زارت
"""
_TELLING = frozenset(normalise(verb) for verb in _TELLING_VERBS.split())

# "و" that joins on to what was said: before the article, a preposition or negation, and before letters that hardly a
# root of و has second, which are those that verbs begin with. Without it ونجحت and ويعتبر would open; وصل and وافق do.
_JOINED = re.compile(
    r"[«“\"\s]*و(?:[أإن]|م(?!ض)|ت(?!ر|ير)|ي(?!ل)|ال(?!د|ي\b|تر)|س(?:ي(?!ط|ل)|ت|ن)"
    r"|(?:لا|لم|لن|لو|في|على|عن|بعد|قبل|خلال|كل|ليس|ليست|لدى|بين|هل|حتى|رغم|بحسب|ب[^\W\d_]{4,})\b)"
)


def begins_with_a_report(sentence: str) -> bool:
    """Return whether the first word is a verb of saying, as in prose; headlines begin with who says it."""
    return next(iter(words(sentence)), "") in _REPORTING


def _leaves_a_quotation_open(sentence: str) -> bool:
    """Return whether a quotation opens and does not close; a stray closing mark is a slip and harms nobody."""
    if any(sentence.count(opening) > sentence.count(closing) for opening, closing in ("«»", "“”")):
        return True
    straight = sentence.count('"')
    return straight % 2 == 1 and 2 * len(_OPENS_STRAIGHT.findall(sentence)) > straight


_OPENS_STRAIGHT = re.compile(r"(?<![^\s(:])\"(?=\S)")


_LEANING_WORDS = """
وأضاف وأضافت وأضافوا أضاف أضافت وتابع وتابعت وأردف وأردفت واستطرد واستطردت وختم وختمت وزاد وزادت ومضى
كما كذلك وكذلك أيضا وأيضا بدوره بدورها وبدوره وبدورها هو هي هم هما وهو وهي وهم وهما فهو فهي إنه إنها إنهم وإنه وإنها
هذا هذه ذلك تلك هؤلاء وهذا وهذه وذلك وتلك وهناك فهذا فهذه لكن لكنه لكنها ولكن ولكنه ولكنها لذلك ولذلك لذا ولذا لهذا
ولهذا بذلك وبذلك عليه وعليه ثم لأن ولأن لأنه لأنها بينما وبينما فيما وفيما وحينها وعندها وبالتالي بالتالي ومنها وفيه
وفيها وله ولها وبه وبها ومنه وعنه وقد فقد ولقد هكذا وهكذا وكان وكانت وثمة حيث إذ بل فإن وإن وأن
"""
_LEANING = frozenset(normalise(word) for word in _LEANING_WORDS.split())

_LEANING_PHRASES = """
من جهته|من جهتها|من جهتهم|من جانبه|من جانبها|من ناحيته|من ناحيتها|من ثم|من هنا|في المقابل|في السياق|في هذا|في هذه
في ذلك|في الأثناء|في غضون|في سياق|إلى ذلك|على صعيد|بعد ذلك|قبل ذلك|مع ذلك|رغم ذلك|غير أن|غير أنه|غير أنها|إلا أن
إلا أنه|إلا أنها|بيد أن|إضافة إلى|بالإضافة إلى|علاوة على|فضلا عن|بناء عليه
"""
_LEANING_PAIRS = frozenset(
    waw + normalise(pair) for waw in ("", "و") for pair in _LEANING_PHRASES.strip().replace("\n", "|").split("|")
)

_REPORTING_VERBS = """
قال قالت قالوا أكد أكدت أوضح أوضحت أشار أشارت لفت لفتت ذكر ذكرت بين بينت اعتبر اعتبرت رأى رأت شدد شددت أفاد أفادت
يقول تقول يرى ترى يضيف تضيف يؤكد تؤكد يوضح توضح
كشف كشفت دعا دعت نفى نفت أعلن أعلنت نوه نوهت ذهب حذر حذرت أعرب أعربت عبر عبرت
"""
_REPORTING = frozenset(waw + normalise(verb) for waw in ("", "و") for verb in _REPORTING_VERBS.split())
_PARTICLES = "أن إن أنه أنها إنه إنها إنهم بأن بأنه بأنها إلى على من عن في قائلا قائلة أيضا كذلك"
_NO_NAME = frozenset(normalise(word) for word in _PARTICLES.split())
