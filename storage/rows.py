"""Rows that are only added: kept until the end of a transaction, then written together."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel


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
        await session.execute(insert(model.metadata.tables[str(model.__tablename__)]), rows)
