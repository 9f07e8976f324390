"""Names that are known, found whole or by one of their words."""

from collections.abc import Iterable, Iterator, Sequence


class Names:
    """Normalised names, in any number: to look one up takes no longer when there are more. It only grows."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._words: dict[str, tuple[str, ...]] = {}  # of each name
        self._with: dict[str, list[str]] = {}  # the names that have the word
        self.add(names)

    def add(self, names: Iterable[str]) -> None:
        """Know these names too."""
        for name in names:
            if name not in self._words:
                self._words[name] = parts = tuple(name.split(" "))
                for word in dict.fromkeys(parts):
                    self._with.setdefault(word, []).append(name)

    def __contains__(self, name: object) -> bool:
        return name in self._words

    def having(self, words: Iterable[str]) -> Iterator[Sequence[str]]:
        """Yield the words of each name that has one of these words."""
        found = dict.fromkeys(name for word in words for name in self._with.get(word, ()))
        return (self._words[name] for name in found)

    def has_word(self, word: str) -> bool:
        """Tell if some name has the word."""
        return word in self._with
