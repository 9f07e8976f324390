"""What is said of topics that rise."""

import pytest

from bot.telegram.language import Languages
from config.languages import read_catalogues
from handlers.trends_texts import rise


@pytest.mark.parametrize(
    ("latest", "earlier", "said"),
    [
        pytest.param(4, 1, "روسيا: 4 مقالات في ثلاثة أيام، وقبلها مقال واحد في أحد عشر يومًا", id="one before"),
        pytest.param(3, 2, "روسيا: 3 مقالات في ثلاثة أيام، وقبلها مقالان في أحد عشر يومًا", id="two before"),
        pytest.param(30, 11, "روسيا: 30 مقالًا في ثلاثة أيام، وقبلها 11 مقالًا في أحد عشر يومًا", id="many before"),
        pytest.param(3, 0, "روسيا: 3 مقالات في ثلاثة أيام، ولا شيء قبلها", id="none before"),
    ],
)
def test_a_rise_is_told_in_words_of_the_right_number(latest: int, earlier: int, said: str) -> None:
    assert rise("روسيا", latest, earlier, Languages(read_catalogues("ar"))["ar"]) == said
