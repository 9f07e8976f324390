"""A thread of a forum is a subscriber of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_CHAT, _PLACE = "uq_subscribers_chat_id", "uq_subscribers_chat_id_thread_id"
_THEIRS = ("schedules", "subscriptions", "digests", "seen", "receipts", "fetches", "arrivals", "saved", "searches")


def upgrade() -> None:
    """Begin with chats as a whole."""
    for name in ("subscribers", "deliveries"):
        op.add_column(name, sa.Column("thread_id", sa.BigInteger(), nullable=False, server_default="0"))
    # A number is not given again: whoever is forgotten is not taken for who comes next.
    with op.batch_alter_table("subscribers", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(_CHAT, type_="unique")
        table.create_unique_constraint(_PLACE, ["chat_id", "thread_id"])


def downgrade() -> None:
    """Forget the threads, with whoever follows topics in one and what is on its way to them."""
    for name in ("subscribers", "deliveries"):
        op.execute(sa.text(f"DELETE FROM {name} WHERE thread_id <> 0"))  # noqa: S608 - two names of ours
    for name in _THEIRS:
        op.execute(sa.text(f"DELETE FROM {name} WHERE subscriber_id NOT IN (SELECT id FROM subscribers)"))  # noqa: S608
    op.execute("DELETE FROM exclusions WHERE subscription_id NOT IN (SELECT id FROM subscriptions)")
    op.execute("UPDATE submissions SET sender_id = NULL WHERE sender_id NOT IN (SELECT id FROM subscribers)")
    op.execute("DELETE FROM page_stories WHERE delivery_id NOT IN (SELECT id FROM deliveries)")
    with op.batch_alter_table("subscribers") as table:
        table.drop_constraint(_PLACE, type_="unique")
        table.create_unique_constraint(_CHAT, ["chat_id"])
        table.drop_column("thread_id")
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("thread_id")
