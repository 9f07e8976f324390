"""Names that are known."""

from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.names import Names

NAMES = st.lists(st.lists(st.sampled_from("ابتثج"), min_size=1, max_size=3).map(" ".join), max_size=12)


@given(NAMES, NAMES, st.sets(st.sampled_from("ابتثج")))
def test_names_are_found_as_if_each_were_looked_at(first: list[str], later: list[str], wanted: set[str]) -> None:
    names = Names(first)
    names.add(later)
    known = {*first, *later}

    assert {name for name in known if name in names} == known
    assert "س" not in names
    assert sorted(map(" ".join, names.having(wanted))) == sorted(name for name in known if wanted & set(name.split()))
    assert all(names.has_word(word) == any(word in name.split() for name in known) for word in "ابتثج")
