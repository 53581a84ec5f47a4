"""Who hears that something stays away, each of them once a look, whatever posts they hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storage import people
from storage.outbox import Kind, Notice
from storage.people import Person, Role
from storage.tasks import Task
from storage.tickets import Ticket
from tickets.destinations import route
from tickets.moment import Moment

LEADERS = ("vice_chair", "chair")


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody at a post, or a desk, and what is asked of them; exactly one of both is given."""

    person: int | None = None
    desk: str | None = None
    asks: str = ""
    note: str = ""
    """Whose desk has nobody, where that is why they hear."""
    again: bool = False
    tasks: tuple[Task, ...] = ()
    """What they are asked to do beside, with buttons of its own."""


async def hearers(moment: Moment, ticket: Ticket, post: str) -> Sequence[Hearer]:
    """Who holds a post now; nobody there, then the coordinator."""
    session = moment.session
    found: Sequence[int] = ()
    if post == "assignee":
        person = await session.get(Person, ticket.assignee_id) if ticket.assignee_id else None
        if person is None or not person.active or ticket.urgency == "emergency":
            return [Hearer(desk=ticket.lead)]
        found = [person.id or 0]
    elif post == "head":
        found = await people.people_of(session, ticket.lead, Role.HEAD)
    elif post in LEADERS:
        found = await people.leaders(session, is_chair=post == "chair")
    else:
        return [Hearer(desk=post)]
    return [Hearer(person) for person in found] or [Hearer(desk=moment.rules.pack.coordinator)]


async def each_once(moment: Moment, told: Sequence[Hearer]) -> list[Hearer]:
    """Those who hear of one emergency in the same minute, so that no phone rings twice for it.

    Whoever is reached only where another of them is reached too is left out, and that other one
    hears what is asked of both: who stands in for three empty posts, or holds two, has one message.
    """
    if len(told) < 2:  # noqa: PLR2004  one alone is nobody's double
        return list(told)
    reached = [await _reached(moment, hearer) for hearer in told]
    widest = sorted(range(len(told)), key=lambda index: (-len(reached[index][0]), index))
    spoken_for: dict[int, list[int]] = {}
    for index in widest:
        contacts = reached[index][0]
        by = (other for other in spoken_for if contacts and contacts <= reached[other][0])
        spoken_for.setdefault(next(by, index), []).append(index)
    return [
        _speaking_for(told, sorted(whom), told[index], [reached[i][1] for i in whom if i != index])
        for index, whom in sorted(spoken_for.items())
    ]


async def _reached(moment: Moment, hearer: Hearer) -> tuple[frozenset[int], str]:
    """The contacts that would hear now, and the line which says whose desk has nobody."""
    notice = Notice(
        kind=Kind.EMERGENCY,
        person_id=hearer.person,
        desk=hearer.desk,
        text="",
        created_at=moment.now,
        not_before=moment.now,
    )
    contacts, note = await route(moment, notice)
    return frozenset(contact.id or 0 for contact in contacts), note


def _speaking_for(
    told: Sequence[Hearer], whom: Iterable[int], speaker: Hearer, notes: Iterable[str]
) -> Hearer:
    whom = list(whom)
    asks = dict.fromkeys(told[index].asks for index in whom)
    return replace(
        speaker,
        asks=" ".join(filter(None, asks)),
        note="\n".join(filter(None, dict.fromkeys(notes))),
        again=all(told[index].again for index in whom),
        tasks=tuple(task for index in whom for task in told[index].tasks),
    )
