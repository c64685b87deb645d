"""Running the migrations with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection


class UnknownRevisionError(Exception):
    """The database is at a revision that this program does not know."""


def upgrade(connection: Connection, scripts: Path) -> None:
    """Run what is missing, in the transaction of this connection."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise UnknownRevisionError from None
