import pytest

from bot.telegram.marks import unturned, within_quotes


@pytest.mark.parametrize(
    ("label", "is_marked"),
    [
        pytest.param("+ 🇷🇺 روسيا", True, id="a flag before Arabic"),
        pytest.param("+ روسيا", False, id="Arabic"),
        pytest.param("🔕 كتم موضوع", False, id="another picture before Arabic"),
        pytest.param("Unmute 🇷🇺 روسيا", False, id="a flag inside English"),
        pytest.param("🇷🇺", False, id="a flag alone"),
        pytest.param("07:30", False, id="a number"),
    ],
)
def test_a_flag_does_not_turn_the_arabic_behind_it(label: str, is_marked: bool) -> None:  # noqa: FBT001 - a parameter
    assert unturned(label) == ("\u200f" + label if is_marked else label)


def test_quotation_marks_inside_others_are_the_inner_ones() -> None:
    assert within_quotes("سفن تغادر عبر «ممر التسعين يوماً»") == "سفن تغادر عبر “ممر التسعين يوماً”"
