import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording import Wish, Wished, wished_in
from tests.builders import NOW


@pytest.mark.parametrize(
    ("said", "wish", "typed"),
    [
        pytest.param("مواعيدي", Wish.SCHEDULE, "", id="how it is"),
        pytest.param("مواعيد الموجز؟", Wish.SCHEDULE, "", id="asked as a question"),
        pytest.param("مواعيد 8 صباحًا أيام العمل", Wish.SCHEDULE, "8 صباحا ايام العمل", id="times and days"),
        pytest.param("غيّر المواعيد إلى 7:30", Wish.SCHEDULE, "7:30", id="with a verb"),
        pytest.param("هدوء 23:00-07:00", Wish.QUIET, "23:00-07:00", id="quiet hours"),
        pytest.param("ساعات الهدوء: من ١١ مساءً إلى ٧ صباحًا", Wish.QUIET, "من 11 مساء الي 7 صباحا", id="in words"),
        pytest.param("هدوء 25:00", Wish.QUIET, "25:00", id="hours that will be refused"),
        pytest.param("ألغِ الهدوء", Wish.QUIET, "لا", id="no quiet hours"),
        pytest.param("إجازة أسبوع", Wish.VACATION, "اسبوع", id="a vacation"),
        pytest.param("أنا في إجازة حتى 5 ديسمبر", Wish.VACATION, "حتي 5 ديسمبر", id="a vacation as one says it"),
        pytest.param("إجازة حتى أعود", Wish.VACATION, "حتي اعود", id="an open vacation"),
        pytest.param("إجازة 5000 يوم", Wish.VACATION, "5000 يوم", id="a vacation that will be refused"),
        pytest.param("أنهِ الإجازة", Wish.VACATION, "لا", id="a vacation ended"),
        pytest.param("عدت", Wish.VACATION, "لا", id="being back"),
        pytest.param("رجعت من السفر", Wish.VACATION, "لا", id="being back from a journey"),
        pytest.param("حصاد الجمعة 10:00", Wish.WEEKLY, "الجمعه 10:00", id="a review"),
        pytest.param("ألغِ حصاد الأسبوع", Wish.WEEKLY, "لا", id="no review"),
        pytest.param("توقيت القاهرة", Wish.ZONE, "القاهره", id="a zone"),
        pytest.param("مدينتي هي دبي", Wish.ZONE, "دبي", id="a city"),
    ],
)
def test_plain_words_ask_for_one_thing(said: str, wish: Wish, typed: str) -> None:
    assert wished_in(said, NOW) == Wished(wish, typed)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("", id="nothing"),
        pytest.param("روسيا", id="a topic"),
        pytest.param("ألغِ روسيا", id="a topic to leave"),
        pytest.param("/schedule 8", id="a command"),
        pytest.param("هدوء حذر في طرابلس", id="a headline of quiet"),
        pytest.param("إجازة عيد الأضحى", id="a headline of a holiday"),
        pytest.param("إجازة 3 أيام للطلاب في مصر بسبب الطقس", id="a headline with a figure"),
        pytest.param("حصاد القمح في مصر", id="a headline of a harvest"),
        pytest.param("توقيت الصيف في أوروبا", id="a headline of clocks"),
        pytest.param("ألغِ التوقيت", id="what cannot be ended"),
        pytest.param("هدوء\n23:00-07:00", id="two lines"),
        pytest.param("إجازة " + "10" * 50, id="a long line"),
    ],
)
def test_other_words_are_no_wish(said: str) -> None:
    assert wished_in(said, NOW) is None


@given(st.text(max_size=40) | st.text("هدوءإجازةتوقيت 0123:-", max_size=40))
def test_any_text_is_a_wish_or_none(said: str) -> None:
    wished = wished_in(said, NOW)

    assert wished is None or wished.wish in Wish
