"""Which failures of the database pass by themselves: the same work may succeed a moment later."""

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError

NO_FILE = ("is full", "locked", "unable to open", "disk i/o", "readonly database")
"""What SQLite says when it is the disk; its other OperationalErrors are mistakes of ours."""
OVERTAKEN = (asyncpg.InvalidCachedStatementError, asyncpg.OutdatedSchemaCacheError)
"""What a statement meets once, when another release has just migrated the tables under it."""
LOST_RACES = ("deadlock", "serializ", "locked")
AWAY = (
    OSError,
    NoConnectionFree,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
)
"""What asyncpg says bare while it connects, and what SQLAlchemy wraps when it comes later."""


def is_passing(error: Exception) -> bool:
    """Whether the same work may succeed when it runs again: lost races, a database that is away.

    Of an IntegrityError nobody can say: it may be a lost race, or a mistake that comes again.
    """
    told = getattr(getattr(error, "orig", None), "__cause__", None)
    if isinstance(error, StaleDataError | IntegrityError) or isinstance(told, OVERTAKEN):
        return True
    return is_away(error) or (
        isinstance(error, DBAPIError)
        and any(word in str(error.orig).lower() for word in LOST_RACES)
    )


def is_away(error: Exception) -> bool:
    """Whether the database cannot be reached or has no room: nothing is wrong with the work."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, AWAY) and not isinstance(error, asyncpg.DataError)
    told = getattr(error.orig, "__cause__", None)  # the driver's own word, under the adapter's
    if isinstance(told, asyncpg.DataError):
        return False
    said = str(error.orig).lower()
    return (
        error.connection_invalidated
        or isinstance(told, AWAY)
        or (isinstance(error, OperationalError) and any(word in said for word in NO_FILE))
    )
