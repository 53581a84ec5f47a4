"""What a process does of all that the program does: one does everything, or each has its part."""

from collections.abc import Collection
from enum import StrEnum

from storage.engine import Database


class Role(StrEnum):
    """A part that runs apart, in any number of processes on one PostgreSQL."""

    WEB = "web"
    """Pages, and what channels call."""
    DELIVER = "deliver"
    """Sending what was decided, and fetching files; one at a time, the others stand by."""
    CLOCK = "clock"
    """What is due, and the look at what falls short; any number at a time."""
    POLL = "poll"
    """Asking channels that do not call; one process for each bot, the others stand by."""


ALL = frozenset(Role)


class NotApart(Exception):
    """Roles that run apart need a database that several processes can write to."""


def chosen(names: Collection[str], database: Database) -> frozenset[Role]:
    """The roles that are named, all when none is. Raises NotApart for a part of them on SQLite."""
    roles = frozenset(map(Role, names)) or ALL
    if roles != ALL and database.is_sqlite:
        raise NotApart(
            "SQLite is for one process alone: leave --role away, "
            "or set THAOGO_DATABASE_URL to a PostgreSQL."
        )
    return roles
