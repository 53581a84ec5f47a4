"""An office puts its own template of a paper in, or goes back to the one before it."""

from base64 import b64encode

from storage import paper_templates
from storage.paper_templates import PaperTemplate
from storage.people import Speaker
from tickets import access, moves
from tickets.moment import Moment
from tickets.papers import KINDS, units_kept

KEPT = 10
"""Versions of one kind and unit."""


async def put(
    moment: Moment, who: Speaker, kind: str, unit: str, *, content: bytes, name: str, seen: int
) -> None:
    """Make a template the one in force; it was looked through before. b"" goes back.

    `seen` is the id of the version that it takes the place of, 0 for none. Raises NotAllowed
    for a unit that is not theirs, and moves.Stale where somebody was faster.
    """
    if kind not in KINDS or unit not in units_kept(who):
        raise access.NotAllowed
    before = await paper_templates.newest(moment.session, kind, unit, lock=True)
    if (before.id if before else 0) != seen:
        raise moves.Stale
    assert who.person is not None and who.person.id is not None
    moment.session.add(
        PaperTemplate(
            kind=kind,
            unit=unit,
            content=b64encode(content).decode(),
            name=name,
            by=who.person.id,
            put_at=moment.now,
        )
    )
    await moment.session.flush()
    await paper_templates.keep_newest(moment.session, kind, unit, KEPT)
