"""Rows: what those of every table are made of, and those that are only added and written last."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from sqlalchemy import Index, Insert, insert, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_attribute
from sqlmodel import SQLModel


class Row(SQLModel):
    """A row of a table, made and changed without pydantic: it would validate nothing here anyway.

    SQLModel thinks about every field of every row it makes, and writes each change twice: an
    eighth of an update's time.
    """

    def __init__(self, **given: Any) -> None:
        """Take the values given, and the defaults of the other columns."""
        constant, made = _defaults(type(self))
        values = {name: make() for name, make in made if name not in given}
        self.__dict__.update(constant, **values, **given)

    def __setattr__(self, name: str, value: Any) -> None:
        """Let SQLAlchemy alone notice a column's change."""
        if name in _columns(type(self)):
            set_attribute(self, name, value)
        else:
            super().__setattr__(name, value)


@cache
def _columns(model: type[SQLModel]) -> frozenset[str]:
    return frozenset(model.model_fields)


def partial_index(name: str, rows: str, *columns: str) -> Index:
    """An index of some rows alone, for statements that ask in the same words.

    SQLite uses it only where it is asked so: `fate IN (?, ?)`, with values bound, walks the table.
    """
    return Index(name, *columns, sqlite_where=text(rows), postgresql_where=text(rows))


def append(session: AsyncSession, model: type[SQLModel], **values: Any) -> None:
    """Add a row that nobody will change in this transaction, nor ask for its id.

    All of a table's rows are written at the end in one statement; the unit of work would make
    an object of each and send it alone, to learn its id.
    """
    constant, made = _defaults(model)
    row = constant | {name: make() for name, make in made if name not in values} | values
    session.info.setdefault("appended", {}).setdefault(model, []).append(row)


@cache
def _defaults(
    model: type[SQLModel],
) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Columns whose default is a value, and those whose default is made for each row.

    Kept, as pydantic would think about every column of every row anew.
    """
    fields = {name: field for name, field in model.model_fields.items() if name != "id"}
    made = {name: field.default_factory for name, field in fields.items() if field.default_factory}
    constant = {
        name: field.default
        for name, field in fields.items()
        if name not in made and not field.is_required()
    }
    return constant, tuple(cast("dict[str, Callable[[], Any]]", made).items())


async def write(session: AsyncSession) -> None:
    """Write everything that has been decided so far, so that queries see it."""
    await session.flush()
    for model, rows in session.info.pop("appended", {}).items():
        await session.execute(_inserting(model), rows)


@cache
def _inserting(model: type[SQLModel]) -> Insert:
    return insert(model.metadata.tables[str(model.__tablename__)])
