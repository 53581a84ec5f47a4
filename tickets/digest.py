"""What leaders and coordinators read of a morning: gathered once, for each what concerns them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from storage import clusters, opinions, people, tallies, unheard
from storage.people import Role, Speaker
from storage.tallies import Overall
from storage.tickets import Ticket
from storage.unheard import Unheard
from tickets import escalation
from tickets.check_ins import Silence, silences
from tickets.clusters import Picture, picture
from tickets.moment import Moment
from tickets.owed import Owed, owed
from tickets.storms import State, current, states
from tickets.usage import Use, lately

PROVINCE = frozenset({"vice_chair", "chair"})
"""Posts of the provincial leaders, who all read the same."""
LOOKED_AT = 50
"""Messages that reached nobody, of which a digest names the tickets."""
PAGE = "/dieu-hanh"
"""Where the console shows everything that a digest has no room for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A ticket that climbed to a post above its department and waits there for a word."""

    ticket: Ticket
    owed: Owed
    posts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Digest:
    """How the province stands; communes are never ranked by how much they report."""

    communes: int
    overall: Overall
    overdue: Sequence[tuple[str, int]] = ()
    """Departments, the most overdue first."""
    promises: Sequence[Ticket] = ()
    asked: Sequence[Asked] = ()
    needy: Sequence[Ticket] = ()
    """Of each commune in danger, or urgent and overdue, the ticket that waits longest."""
    silent: Sequence[Silence] = ()
    """By name."""
    storm: Sequence[State] = ()
    """How each commune is of the storm that is on, the silent first; none where no storm is."""
    alike: Sequence[Picture] = ()
    """Needs that communes near each other have alike, and nobody has decided about."""
    missed: Sequence[Unheard] = ()
    """News that reached nobody since the last digest, one of each ticket."""
    missed_more: int = 0
    """How many such tickets there are beside these."""
    use: Use = field(default_factory=Use)
    """What channels with a quota or a price carried this month."""
    seen: tuple[int, int] | None = None
    """How many have read the last digest, and to how many it was told."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who hears the digest, and the posts for which their opinion is asked."""

    person: int
    posts: frozenset[str] = field(default_factory=frozenset)


async def gather(moment: Moment, since: datetime) -> Digest:
    """The present state; new is what was opened since an instant (UTC)."""
    session, now = moment.session, moment.now
    storm = await current(moment)
    missed = await unheard.of_leads(session, None, since=since, most=LOOKED_AT)
    first = {row.ticket.id: row for row in reversed(missed)}
    return Digest(
        communes=len(moment.rules.pack.communes),
        overall=await tallies.overall(session, now, since),
        overdue=await tallies.overdue_by_lead(session, now),
        promises=await tallies.broken_promises(session, now),
        asked=await asked_of_leaders(moment),
        needy=_one_each(await tallies.pressing(session, now)),
        silent=await silences(moment),
        storm=await states(moment, storm) if storm is not None else (),
        alike=[
            await picture(moment, row) for row in await clusters.newest(session, only_open=True)
        ],
        missed=list(first.values()),
        missed_more=max(0, await unheard.count(session, since) - len(first)),
        use=await lately(session, f"{moment.today:%Y-%m}"),
    )


def _one_each(found: Sequence[Ticket]) -> list[Ticket]:
    first: dict[str, Ticket] = {}
    for ticket in found:
        first.setdefault(ticket.commune, ticket)
    return list(first.values())


async def asked_of_leaders(moment: Moment) -> list[Asked]:
    """The tickets on which a higher post was told and nobody has given an opinion since."""
    found = await tallies.climbing(moment.session, moment.now)
    above = PROVINCE.union(moment.rules.pack.policies.digest.also)
    told = {ticket.id or 0: told_posts(ticket) for ticket in found}
    given = await opinions.newest(moment.session, [number for number in told if told[number]])
    asked = []
    for ticket in found:
        number, due = ticket.id or 0, owed(ticket)
        posts = {
            post
            for post, at in told[number].items()
            if post in above and (number not in given or given[number] < at)
        }
        if posts and due is not None:
            asked.append(Asked(ticket, due, frozenset(posts)))
    return asked


def told_posts(ticket: Ticket) -> Mapping[str, datetime]:
    """The posts that were told of what a ticket owes now, and when each was told last."""
    if not ticket.ladder:
        return {}
    ladder = escalation.read(ticket.ladder)
    if ladder.owed != owed(ticket):
        return {}
    return {step.post: at for step, at in zip(ladder.steps, ladder.told, strict=False)}


def posts_of(moment: Moment, who: Speaker) -> frozenset[str]:
    """The posts for which somebody's opinion is asked, own or lent by who is away."""
    also = moment.rules.pack.policies.digest.also
    units = who.units(Role.LEADER)
    own = frozenset(unit for unit in units if unit in also)
    return own | (PROVINCE if units - own else frozenset())


async def readers(moment: Moment) -> list[Reader]:
    """Leaders, coordinators, and the people of the agencies that the pack names beside them.

    Only leaders are asked for an opinion: those of such an agency on what climbed to it.
    """
    session = moment.session
    found: dict[int, Reader] = {}
    for unit in moment.rules.pack.policies.digest.also:
        for person in await people.people_of(session, unit, Role.LEADER):
            found[person] = Reader(person, frozenset({unit}))
        for person in await people.people_of(session, unit, Role.HEAD, Role.STAFF):
            found.setdefault(person, Reader(person))
    for person in await people.people_with(session, Role.LEADER):
        found.setdefault(person, Reader(person, PROVINCE))
    for person in await people.people_with(session, Role.COORDINATOR):
        found.setdefault(person, Reader(person))
    return list(found.values())
