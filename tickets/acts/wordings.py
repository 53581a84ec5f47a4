"""A department keeps the wordings of its answers: written, changed and removed as seen."""

from storage import wordings
from storage.people import Speaker
from storage.wordings import Wording
from tickets import access, moves
from tickets.moment import Moment
from tickets.wordings import MOST, units_kept


class Full(Exception):
    """The unit keeps as many wordings as it may."""


async def write(
    moment: Moment, who: Speaker, *, unit: str, category: str, title: str, text: str
) -> None:
    """Keep a new wording. Raises NotAllowed for a unit that is not theirs, and Full."""
    _require(moment, who, unit)
    if len(await wordings.of_units(moment.session, [unit])) >= MOST:
        raise Full
    moment.session.add(
        Wording(
            unit=unit,
            category=category,
            title=title,
            text=text,
            by=_person(who),
            changed_at=moment.now,
        )
    )


async def change(
    moment: Moment, who: Speaker, number: int, *, category: str, title: str, text: str, seen: int
) -> None:
    """Change one, on the version that was seen. Raises NotAllowed and moves.Stale."""
    row = await _own(moment, who, number, seen)
    row.category, row.title, row.text = category, title, text
    row.by, row.changed_at = _person(who), moment.now
    row.version += 1


async def remove(moment: Moment, who: Speaker, number: int, *, seen: int) -> None:
    """Offer one no more; the row stays with who removed it. Raises NotAllowed and moves.Stale."""
    row = await _own(moment, who, number, seen)
    row.by, row.removed_at = _person(who), moment.now
    row.version += 1


async def _own(moment: Moment, who: Speaker, number: int, seen: int) -> Wording:
    row = await wordings.by_id(moment.session, number, lock=True)
    if row is None:
        raise access.NotAllowed
    _require(moment, who, row.unit)
    if row.version != seen:
        raise moves.Stale
    return row


def _require(moment: Moment, who: Speaker, unit: str) -> None:
    if unit not in units_kept(moment, who):
        raise access.NotAllowed


def _person(who: Speaker) -> int:
    assert who.person is not None and who.person.id is not None
    return who.person.id
