"""The exchanges that readers have most often, each played on a phone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stage import EVENING, ZONE, Phone, Stage, samples

from bot.sandbox.page import View

Play = Callable[[Stage], Awaitable[Phone]]
_APART = timedelta(minutes=5)  # longer than a scene takes
_ROOM = -1_001_077


@dataclass(frozen=True, slots=True)
class Scene:
    """One exchange: its picture's name, what happens in it, how it is played, and what must be read on the screen."""

    name: str
    tells: str
    play: Play
    shows: tuple[str, ...]


async def played(scene: Scene, stage: Stage) -> Phone:
    """Return the phone on which a scene was played, at the same time whether those before it were or not."""
    stage.clock.advance_to(EVENING + SCENES.index(scene) * _APART)
    return await scene.play(stage)


async def _start(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/start")
    return phone


async def _first_steps(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/start")
    await phone.press("+ 🇷🇺 روسيا")
    await phone.press("8 مساءً")
    return phone


async def _language(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/start")
    await phone.press("English")
    return phone


async def _help(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/help")
    return phone


async def _follow(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow روسيا، أوكرانيا، مصر والذكاء الاصطناعي")
    return phone


async def _misspelt(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow أوكرنيا")
    return phone


async def _ambiguous(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow عمان")
    return phone


async def _without(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("تابع روسيا بدون رياضة")
    return phone


async def _words(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("تابع روسيا")
    await phone.say("مواضيعي")
    return phone


async def _topics(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow روسيا، أوكرانيا، المغرب")
    await phone.scroll()
    await phone.say("/topics")
    await phone.press("المزيد")
    return phone


async def _at_once(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow روسيا بدون رياضة")
    await phone.scroll()
    await phone.say("/topics")
    await phone.press("✓ 🇷🇺 روسيا")
    await phone.press("🔴 عاجل")
    return phone


async def _unfollow(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow روسيا، مصر، السعودية")
    await phone.say("/unfollow مصر")
    return phone


async def _article(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow مصر")
    await phone.scroll()
    await phone.forward(samples()["08-egypt-metro.txt"], "قناة المدينة")
    return phone


async def _link(stage: Stage) -> Phone:
    phone = await stage.phone()
    words = "اقرأ هذا: جامعة عربية تبني بنكًا لأصوات الطيور"
    link = {"type": "text_link", "offset": 10, "length": len(words) - 10, "url": stage.article}
    await phone.say(words, entities=[link])
    return phone


async def _refused(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("حدثني عن روسيا")
    return phone


async def _a_digest(stage: Stage, *topics: str, stories: int = 0) -> Phone:
    phone = await stage.phone()
    await phone.say(f"/follow {'، '.join(topics)}")
    if stories:
        await phone.say("/settings")
        await phone.press(str(stories))
    await phone.scroll()
    return phone


async def _digest(stage: Stage) -> Phone:
    phone = await _a_digest(stage, "روسيا", "أوكرانيا", "مصر", "السعودية", "المناخ", stories=5)
    await phone.wait_until(datetime(2026, 11, 23, 8, tzinfo=ZoneInfo(ZONE)), "موجزك ·")
    return phone


async def _asked(stage: Stage) -> Phone:
    phone = await _a_digest(stage, "السعودية", "الذكاء الاصطناعي")
    await phone.say("موجز")
    return phone


async def _more(stage: Stage) -> Phone:
    phone = await _a_digest(stage, "روسيا", "أوكرانيا", "مصر", "السعودية", "المناخ", stories=5)
    await phone.say("موجز")
    await phone.press("المزيد")
    return phone


async def _why(stage: Stage) -> Phone:
    phone = await _a_digest(stage, "روسيا")
    await phone.say("موجز")
    await phone.press("لماذا")
    return phone


async def _rated(stage: Stage) -> Phone:
    phone = await _a_digest(stage, "أوكرانيا")
    await phone.say("موجز")
    await phone.press("قيّم")
    await phone.press("👍 2")
    return phone


async def _muted(stage: Stage) -> Phone:
    phone = await _a_digest(stage, "السعودية", "الذكاء الاصطناعي")
    await phone.say("موجز")
    await phone.press("🔕 كتم موضوع")
    await phone.press("🔕 السعودية")
    await phone.press("🔕 أسبوعًا")
    return phone


async def _settings(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/settings")
    await phone.press("إضافة التاريخ الهجري")
    return phone


async def _schedule(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/schedule 07:30 20:00")
    await phone.say("مواعيدي")
    return phone


async def _quiet(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("مواعيد 8 صباحًا أيام العمل")
    await phone.say("هدوء من 11 مساءً إلى 7 صباحًا")
    return phone


async def _zone(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("توقيت القاهرة")
    await phone.say("/timezone")
    return phone


async def _vacation(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("إجازة 10 أيام")
    return phone


async def _search(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("ابحث عن القطار منذ أسبوع")
    await phone.press("1")
    return phone


async def _latest(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/latest أوكرانيا")
    return phone


async def _saved(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/latest أوكرانيا")
    await phone.press("2")
    await phone.press("احفظ")
    await phone.scroll()
    await phone.say("/saved")
    return phone


async def _inline(stage: Stage) -> Phone:
    phone = await _among_friends(stage, _ROOM - 2)
    await phone.type_inline("مسبار القمر")
    return phone


async def _card(stage: Stage) -> Phone:
    phone = await _among_friends(stage, _ROOM - 1)
    offered = await phone.type_inline("مسبار القمر")
    await phone.share(offered)
    return phone


async def _among_friends(stage: Stage, number: int) -> Phone:
    """Return a phone in a group that the bot is not asked in: what is shared there the bot does not hear."""
    phone, friend = await stage.phone(), await stage.phone("سامي")
    await stage.room({"id": number, "type": "group", "title": "أصدقاء الجامعة"}, phone.reader)
    for each in (phone, friend):
        each.chat_id, each.view = number, View("أصدقاء الجامعة", "12 عضوًا", ZONE, me="ليلى")
    await friend.say("هل وصل المسبار إلى القمر؟")
    return phone


async def _popular(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("الأكثر تداولًا")
    return phone


async def _rising(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/rising")
    return phone


async def _export(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow روسيا")
    await phone.scroll()
    await phone.say("/export")
    return phone


async def _forget(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow روسيا")
    await phone.scroll()
    await phone.say("/forget")
    return phone


async def _forgotten(stage: Stage) -> Phone:
    phone = await _forget(stage)
    await phone.press("نعم")
    await phone.until("مُحي كل شيء.")  # what was kept of the chat is gone before it is said
    return phone


async def _privacy(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/privacy")
    return phone


async def _room(stage: Stage) -> Phone:
    phone = await stage.phone()
    room = {"id": _ROOM, "type": "supergroup", "title": "حيّ الزيتون"}
    await stage.room(room, phone.reader)
    phone.chat_id, phone.view = _ROOM, View("حيّ الزيتون", "48 عضوًا", ZONE, me="ليلى")
    username = stage.sandbox.world.bot.username
    await phone.say(f"/start@{username}")
    await phone.say(f"/follow@{username} مصر، المناخ")
    return phone


async def _alert(stage: Stage) -> Phone:
    stage.clock.advance_to(datetime(2026, 11, 23, 9, tzinfo=ZoneInfo(ZONE)))
    phone = await stage.phone("سامي")
    await phone.say("/follow أوكرانيا")
    await phone.say("/topics")
    await phone.press("✓ 🇺🇦 أوكرانيا")
    await phone.press("🔴 عاجل")
    await phone.scroll()
    await stage.publish(_BREAKING)
    await phone.wait_until(stage.clock(), "🔴")
    return phone


_BREAKING = """أوكرانيا تعيد فتح مطار لفيف أمام الرحلات المدنية
أعلنت هيئة الطيران المدني في أوكرانيا إعادة فتح مطار لفيف أمام الرحلات المدنية ابتداءً من صباح الثلاثاء.
وقال مدير المطار إن ست شركات حجزت مواعيد إقلاعها، وإن أول رحلة تتجه إلى وارسو.
المصدر: وكالة أنباء الشروق العربي"""


async def _review(stage: Stage) -> Phone:
    phone = await stage.phone()
    await phone.say("/follow المغرب، الذكاء الاصطناعي")
    await phone.say("حصاد الثلاثاء 10:00")
    await phone.wait_until(datetime(2026, 11, 24, 8, tzinfo=ZoneInfo(ZONE)), "موجزك")
    await phone.scroll()
    await phone.wait_until(datetime(2026, 11, 24, 10, tzinfo=ZoneInfo(ZONE)), "حصاد")
    return phone


SCENES: tuple[Scene, ...] = (
    Scene("start", "a newcomer: `/start`", _start, ("/start", "أهلًا بك في موجز")),
    Scene("first-steps", "a topic and an hour: the first digest", _first_steps, ("تم.", "تتابع: روسيا.")),
    Scene("language", "another language", _language, ("عربي",)),
    Scene("help", "`/help`", _help, ("/follow روسيا، أوكرانيا",)),
    Scene("follow", "several names at once", _follow, ("تتابع الآن: روسيا وأوكرانيا ومصر والذكاء الاصطناعي.",)),
    Scene("misspelt", "a misspelt name", _misspelt, ("تتابع الآن: أوكرنيا", "+ 🇺🇦 أوكرانيا")),
    Scene("ambiguous", "a name of two things", _ambiguous, ("عمان",)),
    Scene("without", "a topic without another", _without, ("تتابع الآن: روسيا",)),
    Scene("words", "plain words, no slash", _words, ("تابع روسيا", "تتابع الآن: روسيا.")),
    Scene("topics", "`/topics`, the second page", _topics, ("الصفحة 2 من",)),
    Scene("at-once", "a topic's own screen: at once", _at_once, ("روسيا",)),
    Scene("unfollow", "`/unfollow`", _unfollow, ("لم تعد تتابع: مصر.",)),
    Scene("article", "an article is forwarded", _article, ("حُفظ في موجزك", "✓ 🇪🇬 مصر")),
    Scene("link", "a link", _link, ("جامعة عربية تبني أكبر بنك لأصوات الطيور في العالم", "صحيفة الضفتين")),
    Scene("refused", "what is no article", _refused, ("هذا أقصر من أن يكون مقالًا",)),
    Scene("asked", "the digest, asked for", _asked, ("السعودية",)),
    Scene("more", "«المزيد»", _more, ("بقية أخبار موضوعاتك", "السابق")),
    Scene("why", "«لماذا وصلني هذا؟»", _why, ("وصلك كل خبر لأنه عن موضوع تتابعه",)),
    Scene("rated", "👍 or 👎", _rated, ("✓👍 2",)),
    Scene("muted", "a topic is muted", _muted, ("تراجع عن كتم",)),
    Scene("settings", "`/settings`", _settings, ("إعدادات موجزك",)),
    Scene("schedule", "twice a day", _schedule, ("07:30 و20:00",)),
    Scene("quiet", "weekdays and quiet hours", _quiet, ("أيام العمل", "ساعات الهدوء من 23:00 إلى 07:00")),
    Scene("zone", "the zone by city or place", _zone, ("بتوقيت القاهرة", "مشاركة موقعي")),
    Scene("vacation", "a vacation", _vacation, ("إجازتك حتى", "إنهاء الإجازة")),
    Scene("search", "a search, and a story opened", _search, ("نتائج البحث",)),
    Scene("latest", "`/latest`", _latest, ("أوكرانيا",)),
    Scene("saved", "`/saved`", _saved, ("/saved",)),
    Scene("inline", "cards for another chat", _inline, ("هل وصل المسبار",)),
    Scene("card", "a card that was shared", _card, ("مسبار عربي يدخل مدار القمر",)),
    Scene("popular", "what is most in the news", _popular, ("الموضوعات الأكثر تداولًا",)),
    Scene("rising", "what is more in the news than before", _rising, ("الموضوعات الصاعدة",)),
    Scene("export", "`/export`", _export, ()),
    Scene("forget", "`/forget`, the question", _forget, ("نعم، امحُ كل شيء", "لا، أبقِ كل شيء")),
    Scene("forgotten", "`/forget`, confirmed", _forgotten, ("مُحي كل شيء.",)),
    Scene("privacy", "`/privacy`", _privacy, ("/privacy",)),
    Scene("room", "a group subscribes", _room, ("تتابع",)),
    Scene("digest", "the digest of the morning", _digest, ("+ مصدران", "المزيد (3)")),
    Scene("alert", "news at once", _alert, ("عاجل · 🇺🇦 أوكرانيا",)),
    Scene("review", "the week's review", _review, ("حصاد أسبوعك",)),
)
