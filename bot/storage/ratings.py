"""The Ratings port: what readers think of stories that they were shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.rating import MOST_RATINGS, Rating
from bot.storage.database import Database
from bot.storage.tables import ratings


@dataclass(frozen=True, slots=True)
class StoredRatings:
    """Ratings in the database."""

    database: Database

    async def rate(self, subscriber_id: int, rating: Rating, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _rate(connection, subscriber_id, rating))

    async def unrate(self, subscriber_id: int, story_id: int, /) -> None:
        """See the port."""
        await self.database.write(lambda connection: _unrate(connection, subscriber_id, story_id))

    async def of(self, subscriber_id: int, /) -> Sequence[Rating]:
        """See the port."""
        kept = await self.database.read(lambda connection: rated(connection, subscriber_id))
        return kept[::-1]

    async def reset(self, subscriber_id: int, /) -> int:
        """See the port."""
        own = sa.delete(ratings).where(ratings.c.subscriber_id == subscriber_id)
        return await self.database.write(lambda connection: connection.execute(own).rowcount)


def _rate(connection: sa.Connection, subscriber_id: int, rating: Rating) -> None:
    _unrate(connection, subscriber_id, rating.story_id)
    values = {
        "subscriber_id": subscriber_id,
        "story_id": rating.story_id,
        "is_liked": rating.is_liked,
        "topics": list(rating.topics),
        "source": rating.source,
        "rated_at": rating.rated_at,
    }
    connection.execute(sa.insert(ratings).values(values))
    _prune(connection, subscriber_id)


def _unrate(connection: sa.Connection, subscriber_id: int, story_id: int) -> None:
    of_story = sa.and_(ratings.c.subscriber_id == subscriber_id, ratings.c.story_id == story_id)
    connection.execute(sa.delete(ratings).where(of_story))


def rated(connection: sa.Connection, subscriber_id: int) -> list[Rating]:
    """Return all ratings of a subscriber, oldest first."""
    own = sa.select(ratings).where(ratings.c.subscriber_id == subscriber_id)
    rows = connection.execute(own.order_by(ratings.c.rated_at, ratings.c.story_id))
    return [Rating(row.story_id, row.is_liked, tuple(row.topics), row.source, row.rated_at) for row in rows]


def _prune(connection: sa.Connection, subscriber_id: int) -> None:
    """Forget what is too old to count."""
    own = ratings.c.subscriber_id == subscriber_id
    newest = sa.select(ratings.c.story_id).where(own).order_by(ratings.c.rated_at.desc(), ratings.c.story_id.desc())
    older = connection.scalars(newest.offset(MOST_RATINGS)).all()
    connection.execute(sa.delete(ratings).where(own, ratings.c.story_id.in_(older)))
