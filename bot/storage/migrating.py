"""Migrations, by Alembic."""

from importlib.resources import as_file, files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError


class UnknownSchema(Exception):
    """No migration of ours made this schema."""


def migrate(connection: sa.Connection) -> None:
    """Apply every migration that a database lacks; raise UnknownSchema."""
    try:
        with as_file(files("bot.storage") / "migrations") as migrations:
            command.upgrade(_alembic(str(migrations), connection), "head")
    except CommandError as error:
        raise UnknownSchema(str(error)) from error


def _alembic(migrations: str, connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", migrations.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
