"""A small picture of numbers, as values: what it says and how long each bar is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is counted: ``counts`` a bar a day, the oldest first, and ``total`` as it is shown."""

    name: str
    counts: tuple[int, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of bars under a title; ``first`` and ``last`` name the days at both ends, all in the reader's language.

    Where ``is_right_to_left`` the names stand at the right and the days run to the left.
    """

    title: str
    rows: tuple[Row, ...]
    first: str
    last: str
    is_right_to_left: bool = True
