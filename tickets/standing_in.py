"""Who hears in place of people who are away, who is on duty, and for whom a message is."""

from collections.abc import Sequence

from storage import people, rosters
from storage.outbox import Notice
from storage.people import Contact, Person, Role
from tickets.moment import Moment
from tickets.texts import Texts

AT_DESK = (Role.STAFF, Role.HEAD, Role.COORDINATOR, Role.REPORTER)
"""Who hears what is for a unit without a group: its staff; heads only where there is no staff."""


async def desk_people(moment: Moment, unit: str) -> Sequence[int]:
    """The people on duty for a unit; without them all who work there."""

    async def ask() -> Sequence[int]:
        on_duty = await rosters.on_duty(moment.session, unit, moment.now)
        return on_duty or await staff_of(moment, unit)

    return await moment.once(("desk people", unit), ask)


async def staff_of(moment: Moment, unit: str) -> Sequence[int]:
    """Those who work at a desk; the heads, who hear what climbs to them, where nobody else does."""
    others = tuple(role for role in AT_DESK if role is not Role.HEAD)
    staff = await people.people_of(moment.session, unit, *others)
    return staff or await people.people_of(moment.session, unit, Role.HEAD)


async def receivers(moment: Moment, addressed: Sequence[int]) -> list[int]:
    """Who really hears: in place of somebody who is away the deputy, unless that one is too.

    Somebody away without a deputy hears only when nobody else would.
    """
    if not await _anybody_away(moment):
        return list(addressed)
    away = await rosters.away(moment.session, addressed, moment.now)
    if not away:
        return list(addressed)
    deputies = [absence.deputy_id for absence in away.values() if absence.deputy_id]
    busy = await rosters.away(moment.session, deputies, moment.now)
    present = [person for person in addressed if person not in away]
    standing_in = [deputy for deputy in deputies if deputy not in busy]
    return list(dict.fromkeys([*present, *standing_in])) or list(addressed)


async def _anybody_away(moment: Moment) -> bool:
    """Whether there is any absence now: of most hours there is none, and most ask for many."""
    return await moment.once(
        "anybody away", lambda: rosters.anybody_away(moment.session, moment.now)
    )


async def line(moment: Moment, notice: Notice, contact: Contact) -> str:
    """For whom a deputy gets a message, to be added to it; '' for everybody else."""
    if contact.person_id is None or contact.is_group or notice.contact_id is not None:
        return ""
    session = moment.session
    if not await _anybody_away(moment):
        return ""
    absent = await rosters.stood_in_for(session, contact.person_id, moment.now)
    if not absent:
        return ""
    addressed = await desk_people(moment, notice.desk) if notice.desk else [notice.person_id or 0]
    theirs = [person for person in addressed if person in absent]
    if contact.person_id in addressed or not theirs:
        return ""
    deputy = await session.get(Person, contact.person_id)
    language = deputy.language if deputy else "vi"
    say = Texts(language, moment.rules.units, moment.rules.zone)
    names = [await session.get(Person, person) for person in theirs]
    until = max(absent[person].ends_at for person in theirs)
    shown = ", ".join(person.name for person in names if person)
    return say.in_place_of(shown, until, moment.now)
