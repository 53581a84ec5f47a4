"""Which failures of the database pass by themselves: the same work may succeed a moment later."""

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError

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
    if isinstance(error, StaleDataError | IntegrityError):
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
    return (
        error.connection_invalidated
        or isinstance(told, AWAY)
        or type(error).__name__ in {"OperationalError", "InterfaceError"}
    )
