"""Learn the weights of bot/arabic/footer.py from editors' keywords: ``python bench/keywords.py --data DIR``.

A structured perceptron, averaged: it cuts a footer with the weights it has, and where the cut is wrong it takes from
the weights of what it found and gives to those of what it should have found. Half of the articles are read, once as
in a young archive (only the catalogue's names known) and once as in a grown one; the other half is for
``bench/arabic.py``.
"""

import random
from collections import Counter
from collections.abc import Sequence

from arabic import SEED, Article, edited_articles, known_keywords, options

from bot.arabic.footer import Footer, Usage
from bot.arabic.keywords import LISTED
from bot.arabic.names import Names
from bot.arabic.tokens import words

_ROUNDS = 8

Part = tuple[int, int]


def main() -> None:
    """Print the weights as they stand in the module."""
    articles = [
        article for article in edited_articles(options().data) if not article.is_held_out and _is_joinable(article)
    ]
    names = known_keywords()
    uses = Counter(key for article in articles for key in article.keys)
    examples = []
    for article in articles:
        others = frozenset(key for key, count in uses.items() if count > (key in article.keys))
        examples += [_example(article, Names(names)), _example(article, Names(names | others))]
    weights = _learnt(examples)
    print("WEIGHTS: dict[str, float] = {")
    for name, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        print(f'    "{name}": {weight},')
    print("}")


def _is_joinable(article: Article) -> bool:
    return bool(article.tags) and not LISTED.search(" ".join(article.tags)) and all(map(words, article.tags))


def _example(article: Article, known_tags: Names) -> tuple[Footer, list[Part]]:
    sequence: list[str] = []
    parts = []
    for tag in article.tags:
        parts.append((len(sequence), len(sequence) + len(words(tag))))
        sequence += words(tag)
    usage = Usage.of(sequence, (article.title, *article.paragraphs), known_tags)
    return Footer(sequence, usage), parts


def _learnt(examples: Sequence[tuple[Footer, list[Part]]]) -> dict[str, float]:
    weights: Counter[str] = Counter()
    sums: Counter[str] = Counter()  # of each change times the moment it came, so that the mean needs no history
    order = list(examples)
    chance = random.Random(SEED)  # noqa: S311 - an order of examples
    moment = 0
    for _ in range(_ROUNDS):
        chance.shuffle(order)
        for footer, wanted in order:
            moment += 1
            found = Footer(footer.sequence, footer.usage, dict(weights)).best_parts()
            change = Counter(name for part in wanted for name in footer.features(*part))
            change.subtract(name for part in found for name in footer.features(*part))
            for name, size in change.items():
                weights[name] += size
                sums[name] += size * moment
    return {name: round(weights[name] - sums[name] / moment, 1) for name in weights}


if __name__ == "__main__":
    main()
