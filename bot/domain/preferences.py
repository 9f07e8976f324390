"""How a subscriber wants to read."""

from dataclasses import dataclass

MOST_STORIES = 10
CHOICES = (5, 10, 15, 20)  # how many stories a digest may have


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the settings screen changes.

    ``stories`` is how many a digest shows at most. ``tells_no_news`` wants one quiet line at a promised moment that
    brings no news. ``eastern_digits`` are ٠١٢٣, in what we say ourselves: an article's text stays as written.
    """

    stories: int = MOST_STORIES
    previews: bool = False
    is_quiet: bool = False
    tells_no_news: bool = False
    eastern_digits: bool = False
    hijri: bool = False
