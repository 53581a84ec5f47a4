"""Like needs near each other are proposed to their lead; a person decides, and may think again."""

from collections.abc import Sequence

from storage import clusters, tickets
from storage.clusters import Asked, Cluster, Taken
from storage.outbox import Kind
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import notices
from tickets.buttons import Press, button
from tickets.clusters import ENOUGH, WINDOW, Group, groups, nearness, picture
from tickets.moment import Moment
from tickets.texts import Texts


async def consider(moment: Moment, ticket: Ticket) -> None:
    """Look whether a new request makes enough of its kind near each other, and say so once.

    Among its neighbours and theirs; chains that go farther are joined in the morning.
    """
    is_counted = ticket.need and not ticket.restricted and not ticket.tentative
    if not is_counted or ticket.urgency == "emergency" or ticket.merged_id is not None:
        return
    since, own = moment.now - WINDOW, (ticket.commune, *ticket.carriers)
    near = nearness(moment.rules.units).around(own)
    found = await clusters.alike(moment.session, ticket.need, ticket.category, since, near)
    for group in groups(found, moment.rules.units):
        if ticket.id in group.tickets:
            await _settle(moment, ticket.need, ticket.category, group, found)


async def review(moment: Moment) -> int:
    """Look through all open requests, as each morning: what was corrected or rerouted counts too.

    How many were proposed.
    """
    proposed = 0
    every = await clusters.every(moment.session, moment.now - WINDOW)
    for (need, category), found in sorted(every.items()):
        for group in groups(found, moment.rules.units):
            proposed += await _settle(moment, need, category, group, found)
    return proposed


async def _settle(
    moment: Moment, need: str, category: str, group: Group, asked: Sequence[Asked]
) -> bool:
    """Propose a group, unless it is known: a known one takes in who has come since."""
    if await _is_known(moment, need, category, group, asked):
        return False
    await tickets.next_number(moment.session, "clusters")  # holds the row: nobody proposes it twice
    if await _is_known(moment, need, category, group, asked):
        return False
    own = set(group.tickets)
    leads = [row.lead for row in asked if row.id in own]
    lead = max(dict.fromkeys(leads), key=leads.count)
    cluster = Cluster(
        need=need,
        category=category,
        lead=lead,
        tickets=list(group.tickets),
        proposed_at=moment.now,
    )
    moment.session.add(cluster)
    await moment.session.flush()
    await _ask(moment, cluster)
    return True


async def _is_known(
    moment: Moment, need: str, category: str, group: Group, asked: Sequence[Asked]
) -> bool:
    """Whether a group was proposed before, in part at least; if it stands, it grows by the rest.

    What was dropped is proposed anew once three communes more ask.
    """
    own = set(group.tickets)
    for known in await clusters.about(moment.session, need, category):
        if own.isdisjoint(known.tickets):
            continue
        new = sorted(own.difference(known.tickets))
        if known.state == Taken.DROPPED:
            return _communes_of(new, asked) < ENOUGH
        if new:
            known.tickets = [*known.tickets, *new]
            if known.state == Taken.MADE:
                await _tell_of_more(moment, known, new)
        return True
    return False


def _communes_of(numbers: Sequence[int], asked: Sequence[Asked]) -> int:
    return len({code for row in asked if row.id in numbers for code in row.communes})


async def _ask(moment: Moment, cluster: Cluster) -> None:
    say = notices.texts(moment)
    text = say.cluster_proposed(await picture(moment, cluster), moment.now)
    buttons = proposal_buttons(cluster, say)
    notices.post(moment, Kind.NOTICE, text, desk=cluster.lead, buttons=buttons)
    await notices.tell_role(moment, Role.COORDINATOR, text, buttons=buttons)


async def _tell_of_more(moment: Moment, cluster: Cluster, new: Sequence[int]) -> None:
    """A proposal that was made has grown: its desk hears, and takes a new draft if it wants."""
    say = notices.texts(moment)
    added = await clusters.asked_in(moment.session, new)
    text = say.cluster_grew(await picture(moment, cluster), added)
    row = [button(say.label("undo_cluster"), Press("clundo", cluster.id or 0, cluster.version))]
    notices.post(moment, Kind.NOTICE, text, desk=cluster.lead, buttons=[row])


def proposal_buttons(cluster: Cluster, say: Texts) -> notices.Buttons:
    """What may be decided of a proposal as it stands."""
    does = {
        Taken.PROPOSED: (("make_cluster", "clmake"), ("drop_cluster", "cldrop")),
        Taken.MADE: (("undo_cluster", "clundo"),),
        Taken.DROPPED: (("make_cluster", "clmake"),),
    }[Taken(cluster.state)]
    seen = cluster.version
    return [[button(say.label(name), Press(do, cluster.id or 0, seen)) for name, do in does]]


def is_fresh(cluster: Cluster, do: str, seen: int) -> bool:
    """Whether a press on a proposal still fits what it is."""
    fits = {"clmake": {Taken.PROPOSED, Taken.DROPPED}, "cldrop": {Taken.PROPOSED}}
    return seen in {0, cluster.version} and cluster.state in fits.get(do, {Taken.MADE})


async def make(moment: Moment, cluster: Cluster, who: Speaker) -> None:
    """Take a proposal up: each ticket's history says so and its communes hear; all run on.

    The row must be locked.
    """
    _decide(moment, cluster, who, Taken.MADE)
    shown = await picture(moment, cluster)
    for ticket in await _tickets(moment, cluster):
        _log(moment, ticket, "clustered", who, cluster)
        say = await notices.texts_of(moment, ticket.reporter_id)
        await notices.tell_reporter(moment, ticket, say.cluster_taken_up(ticket, shown))


def drop(moment: Moment, cluster: Cluster, who: Speaker) -> None:
    """It is no common need: nothing more is said of it, until three other communes ask."""
    _decide(moment, cluster, who, Taken.DROPPED)


async def undo(moment: Moment, cluster: Cluster, who: Speaker) -> None:
    """What was taken up is a mere proposal again, and the communes hear."""
    _decide(moment, cluster, who, Taken.PROPOSED)
    for ticket in await _tickets(moment, cluster):
        _log(moment, ticket, "unclustered", who, cluster)
        say = await notices.texts_of(moment, ticket.reporter_id)
        await notices.tell_reporter(moment, ticket, say.cluster_let_go(ticket, cluster.need))


def _decide(moment: Moment, cluster: Cluster, who: Speaker, state: Taken) -> None:
    cluster.state, cluster.version = state, cluster.version + 1
    cluster.decided_at = moment.now
    cluster.by = who.person.id if who.person else None


async def _tickets(moment: Moment, cluster: Cluster) -> list[Ticket]:
    """The tickets of a proposal that are still open."""
    found = [await tickets.by_id(moment.session, number) for number in cluster.tickets]
    return [row for row in found if row is not None and row.status in tickets.OPEN]


def _log(moment: Moment, ticket: Ticket, kind: str, who: Speaker, cluster: Cluster) -> None:
    session, now = moment.session, moment.now
    number = cluster.id
    tickets.log(session, ticket, kind, at=now, actor=who.actor, cluster=number, need=cluster.need)
