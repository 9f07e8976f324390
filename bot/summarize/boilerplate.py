"""Lines that belong to the site and not to the article: read-also, picture credits, bylines, rights, addresses."""

import re

from bot.arabic.normalise import normalise

_LONGEST = 200  # characters; a longer line is a paragraph that happens to begin with such a word
_MOST_WORDS_AROUND_ADDRESS = 12


def is_boilerplate(line: str) -> bool:
    """Return whether a line is the site's, told by how it begins or by an address that is most of it."""
    if len(line) > _LONGEST:
        return False
    if _ADDRESS.search(line):
        return len(line.split()) <= _MOST_WORDS_AROUND_ADDRESS
    return _BOILERPLATE.match(normalise(line)) is not None


_ADDRESS = re.compile(r"\S@\w[\w-]*\.\w|https?://|\bwww\.|\bt\.me/")

# The patterns see normalised lines: no hamza on alef, ه for ة, ي for ى and ئ.
_READ_ALSO = (
    r"(?:اقرا|اقري|اقراوا|اقرووا|(?:طالع|شاهد|تصفح|انظر)(?:وا)?) (?:ايضا|كذلك|المزيد|الان|هنا|بالصور|بالفيديو)\b",
    r"(?:للمزيد|لمزيد من|لقراءه المزيد|تفاصيل اكثر)\b",
    r"المزيد (?:من|عن|حول)\b.{0,40}$",
    r"(?:مواضيع|موضوعات|اخبار|مقالات|قصص|مواد|روابط) (?:ذات|متعلقه|مرتبطه|مشابهه|مقترحه|اخري|قد)\b",
    r"(?:(?:قد|ربما) )?(?:يهمك|يهمكم|يعجبك)\b",
    r"اخترنا (?:لك|لكم)\b",
    r"الاكثر (?:قراءه|مشاهده|تداولا)$",
)
_PICTURE = (
    r"(?:مصدر|حقوق|تعليق|التعليق علي) (?:ال)?صور[هة]?\b",
    r"الصوره? ?[:|/(]",
    r"صوره (?:ارشيفيه|تعبيريه|توضيحيه)\b",
    r"(?:getty|reuters|afp|epa|shutterstock)\b",
)
# Prose too begins with "انضم" and "شارك": only with one of our own places does it call the reader.
_PLACE = (
    r"(?:قناتنا|قنواتنا|صفحتنا|صفحاتنا|حسابنا|حساباتنا|نشرتنا|النشره|تطبيقنا|التطبيق|منصاتنا|موقعنا|"
    r"تلغرام|تيليغرام|تليجرام|تلجرام|واتساب|فيسبوك|تويتر|انستغرام|يوتيوب|google|whatsapp|telegram)\b"
)
_FOLLOW = (
    r"(?:تابعونا|تابعنا)\b",
    rf"(?:(?:تابع|اشترك|انضم|شارك|حمل)(?:وا)?|للاشتراك|لمتابعه)\b.{{0,50}}\b{_PLACE}",
    (
        r"(?:(?:شارك|انشر|ارسل|انسخ)(?:وا)?|شاركنا|شاركونا) (?:هذا |هذه )?"
        r"(?:الخبر|المقال|المقاله|الموضوع|الرابط|رايك|رايكم|اراءكم)\b"
    ),
)
_LABELS = (
    r"كتبت?|كتبه|بقلم|اعداد|تحرير|تقرير|ترجمه|تصوير|مونتاج|المحرر|الكاتب|مراسل\w*|المصدر|مصدر|"
    r"نشر(?: في| بتاريخ)?|تاريخ النشر|التاريخ|تاريخ|اخر تحديث|تم التحديث|مده القراءه|وقت القراءه|"
    r"كلمات دلاليه|الكلمات المفتاحيه|كلمات مفتاحيه|وسوم|الوسوم|التصنيف|القسم"
)
_LABEL = (
    rf"(?:{_LABELS}) ?[:|/–—-]",
    r"(?:مده القراءه|وقت القراءه|اخر تحديث|تاريخ النشر|نشر بتاريخ)\b",
)
_RIGHTS = (
    r"(?:جميع|كل|كافه) الحقوق\b",
    r"حقوق (?:النشر|الطبع|الملكيه)\b",
)
_BOILERPLATE = re.compile(rf"\W*©|[\W_]*(?:{'|'.join((*_READ_ALSO, *_PICTURE, *_FOLLOW, *_LABEL, *_RIGHTS))})")
