"""The coordinator writes to many units: previewed, confirmed once, counted at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from storage import broadcasts
from storage.broadcasts import Broadcast
from storage.outbox import Fate, Kind
from storage.people import Speaker
from tickets import notices
from tickets.moment import Moment

VALID = timedelta(days=1)
"""After that an ordinary broadcast is not sent any more."""
URGENT_VALID = timedelta(hours=6)


@dataclass(slots=True)
class Receivers:
    """Whom a broadcast reaches: people and groups, each with the units they stand for."""

    people: dict[int, list[str]] = field(default_factory=dict)
    groups: dict[int, list[str]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many are written to."""
        return len(self.people) + len(self.groups)

    def units(self) -> set[str]:
        """The units in which somebody is written to."""
        rows = [*self.people.values(), *self.groups.values()]
        return {unit for units in rows for unit in units}

    def reaches(self) -> dict[str, list[str]]:
        """The same as a broadcast keeps it."""
        people = {f"person:{number}": units for number, units in self.people.items()}
        return people | {f"contact:{number}": units for number, units in self.groups.items()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a broadcast went."""

    delivered: int
    unknown: int
    failed: int
    unreached: list[str]
    """The units in which nobody has surely got it."""


def draft(
    moment: Moment, who: Speaker, units: Sequence[str], text: str, *, urgent: bool
) -> Broadcast:
    """A preview: nothing goes out before its confirmation."""
    assert who.person is not None and who.person.id is not None
    row = Broadcast(
        by=who.person.id, text=text, urgent=urgent, units=list(units), created_at=moment.now
    )
    moment.session.add(row)
    return row


async def receivers_of(moment: Moment, units: Sequence[str]) -> Receivers:
    """Everybody who reports for the communes; a department's group, or else its people."""
    session, names = moment.session, moment.rules.units
    communes = [unit for unit in units if names.commune(unit)]
    departments = [unit for unit in units if not names.commune(unit)]
    bound = await broadcasts.groups(session, departments)
    without = [unit for unit in departments if unit not in bound.values()]
    people = await broadcasts.reporters(session, communes)
    for person, held in (await broadcasts.officials(session, without)).items():
        people[person] = [*people.get(person, []), *held]
    return Receivers(people, {contact: [unit] for contact, unit in bound.items()})


def is_open(row: Broadcast, seen: int) -> bool:
    """Whether a preview's button still counts: not sent, not dropped, not edited since."""
    return row.sent_at is None and row.dropped_at is None and seen in {0, row.version}


async def send(moment: Moment, row: Broadcast) -> None:
    """Write to everybody; the deliverer paces it. The caller has asked `is_open` on a locked row.

    An urgent one overtakes ordinary ones, reminders too; emergencies stay before it.
    """
    assert row.id is not None
    to = await receivers_of(moment, row.units)
    row.sent_at, row.receivers, row.reaches = moment.now, to.count, to.reaches()
    text = notices.texts(moment).broadcast(row.text, urgent=row.urgent)
    kind = Kind.NOTICE if row.urgent else Kind.BULK
    expires_at = moment.now + (URGENT_VALID if row.urgent else VALID)
    key = broadcasts.key_of(row.id)
    for person in to.people:
        notices.post(moment, kind, text, person=person, replace_key=key, expires_at=expires_at)
    for contact in to.groups:
        notices.post(moment, kind, text, contact=contact, replace_key=key, expires_at=expires_at)


def edit(row: Broadcast, text: str) -> None:
    """Give a preview other words; its older buttons count no more."""
    row.text, row.version = text, row.version + 1


def drop(moment: Moment, row: Broadcast) -> None:
    """Think better of it."""
    row.dropped_at = moment.now


async def report_ended(moment: Moment) -> int:
    """Tell the senders of the broadcasts that are over how they went; how many there were."""
    told = 0
    for number in await broadcasts.unreported(moment.session):
        if not await broadcasts.are_over(moment.session, number):
            continue
        row = await broadcasts.by_id(moment.session, number)
        if row is None or row.reported_at is not None:
            continue
        row.reported_at = moment.now
        say = await notices.texts_of(moment, row.by)
        text = say.broadcast_report(row, await outcome_of(moment, row))
        notices.post(moment, Kind.NOTICE, text, person=row.by)
        told += 1
    return told


async def outcome_of(moment: Moment, row: Broadcast) -> Outcome:
    """Count how the notices of a broadcast stand."""
    assert row.id is not None
    stand = await broadcasts.fates(moment.session, row.id)
    fates = [fate for _, fate in stand]
    reached = {
        unit
        for receiver, fate in stand
        if fate == Fate.DELIVERED
        for unit in row.reaches.get(receiver, [])
    }
    delivered, unknown = fates.count(Fate.DELIVERED), fates.count(Fate.UNKNOWN)
    return Outcome(
        delivered,
        unknown,
        len(fates) - delivered - unknown,
        [unit for unit in row.units if unit not in reached],
    )
