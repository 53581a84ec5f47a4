"""How two releases share one schema while machines are updated one after another.

A migration expands: new tables, and new columns that may be empty or have a default of the
database's own, so that the release before writes on as if they were not there. What nobody uses any
more is dropped one release later; OLDEST is then moved behind the release that still used it.
"""

from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy import select

from storage.marks import Mark

OLDEST = "0011"
"""The oldest revision whose programs may run on the newest schema."""
NAME = "oldest program"

log = structlog.get_logger()


def note(connection: Any) -> None:
    """Write down beside the schema which programs may run on it; part of each migration."""
    marks = Mark.metadata.tables["channel_marks"]
    connection.execute(marks.delete().where(marks.c.name == NAME))
    row = {"name": NAME, "value": OLDEST, "changed_at": datetime.now(UTC)}
    connection.execute(marks.insert().values(row))


def may_run(connection: Any, schema: str, known: list[str]) -> bool:
    """Whether a program that knows these revisions may run on a schema that it does not know."""
    if schema in known:
        return False  # it is an older one, and is to be migrated
    marks = Mark.metadata.tables["channel_marks"]
    if not connection.dialect.has_table(connection, marks.name):
        return False
    oldest = connection.execute(select(marks.c.value).where(marks.c.name == NAME)).scalar()
    if oldest not in known:
        return False
    log.warning("a newer release has migrated the database", schema=schema)
    return True
