"""One request of several communes: named at intake or invited, carried, confirmed by each, left."""

from collections.abc import Sequence

from storage import carriers, people, tickets
from storage.carriers import Carrier, Carrying
from storage.outbox import Kind
from storage.people import Role, Speaker
from storage.tickets import Outcome, Status, Ticket
from tickets import access, moves, notices
from tickets.acts.indexing import index_later
from tickets.buttons import Press, button
from tickets.joint import MOST, together
from tickets.moment import Moment
from tickets.texts import Texts


def may_be_joint(ticket: Ticket) -> bool:
    """Whether others may be asked to carry it: never what is restricted or carries reports."""
    is_alone = not ticket.shared and ticket.outcome != Outcome.MERGED
    return is_alone and not ticket.restricted and Status(ticket.status) in moves.ALIVE


async def begin(moment: Moment, ticket: Ticket) -> None:
    """Let the communes that a new report names carry it as well, and tell them so.

    Once, as soon as it is sure that it is a matter of its own. A commune that nobody speaks for
    here is left out: it could neither see it nor leave.
    """
    if not may_be_joint(ticket) or not ticket.text:
        return
    named = together(ticket.text, moment.rules.units, ticket.commune)
    present = [
        code for code in named if await people.people_of(moment.session, code, Role.REPORTER)
    ]
    if not present or await carriers.of_ticket(moment.session, ticket.id or 0):
        return
    _row(moment, ticket, ticket.commune)
    for commune in present:
        _row(moment, ticket, commune)
    _carry(moment, ticket, [*ticket.carriers, *present])
    rule = notices.texts(moment).rule_together()
    _log(moment, ticket, "carried", "triage", rule=rule, communes=present)
    await moment.session.flush()
    for person in await carriers.hearers(moment.session, ticket):
        say = await notices.texts_of(moment, person)
        _post(moment, ticket, person, say.named_together(ticket), leave_button(ticket, say))


async def invite(
    moment: Moment, ticket: Ticket, who: Speaker, communes: Sequence[str]
) -> list[str]:
    """Ask the officials of some communes whether they carry it too; which could be asked.

    The ticket's row must be locked. Who said no or left may be asked again.
    """
    known = await carriers.of_ticket(moment.session, ticket.id or 0, lock=True)
    if ticket.commune not in known:
        _row(moment, ticket, ticket.commune, who)
    asked: list[str] = []
    for commune in communes:
        told = await people.people_of(moment.session, commune, Role.REPORTER)
        if not told or len(ticket.carriers) + len(asked) >= MOST:
            continue
        row = known.get(commune) or _row(moment, ticket, commune)
        row.state, row.asked_at, row.answered_at = Carrying.INVITED, moment.now, None
        asked.append(commune)
        for person in told:
            say = await notices.texts_of(moment, person)
            buttons = _answer_buttons(ticket, commune, say)
            # Under no ticket: whoever has not agreed may not see it, nor look for it.
            notices.post(
                moment, Kind.NOTICE, say.invited_together(ticket), person=person, buttons=buttons
            )
    if asked:
        _log(moment, ticket, "carriers_invited", who.actor, communes=asked)
    return asked


async def answer(
    moment: Moment, ticket: Ticket, row: Carrier, who: Speaker, *, agrees: bool
) -> None:
    """An invited commune says whether it carries the request; both rows must be locked."""
    assert who.person is not None
    row.state = Carrying.CARRIES if agrees else Carrying.DECLINED
    row.answered_at = moment.now
    _speaks(row, who)
    if agrees:
        _carry(moment, ticket, [*ticket.carriers, row.commune])
    kind = "carrier_agreed" if agrees else "carrier_declined"
    _log(moment, ticket, kind, who.actor, commune=row.commune)
    await moment.session.flush()
    say = await notices.texts_of(moment, ticket.reporter_id)
    await tell_others(moment, ticket, who, say.carrier_answered(ticket, row.commune, agrees=agrees))
    if agrees:
        await notices.refresh_cards(moment, ticket)
        await notices.refresh_receipt(moment, ticket)


async def leave(moment: Moment, ticket: Ticket, who: Speaker) -> str:
    """The person's commune carries it no more; its code, or '' when no other could carry it on.

    When the commune that reported goes, the next one whose official has spoken takes its place.
    The ticket's row must be locked.
    """
    commune = access.spoken_for(ticket, who)
    rows = await carriers.of_ticket(moment.session, ticket.id or 0, lock=True)
    rest = [code for code in ticket.carriers if code != commune]
    if commune == ticket.commune:
        heir = next((rows[code] for code in rest if code in rows and rows[code].person_id), None)
        if heir is None or heir.person_id is None or heir.contact_id is None:
            return ""
        ticket.commune, ticket.reporter_id = heir.commune, heir.person_id
        ticket.contact_id = heir.contact_id
        rest.remove(heir.commune)
    if commune in rows:
        rows[commune].state, rows[commune].answered_at = Carrying.LEFT, moment.now
    _carry(moment, ticket, rest)
    moves.changed(ticket)
    _log(moment, ticket, "carrier_left", who.actor, commune=commune)
    await moment.session.flush()
    await tell_others(moment, ticket, who, notices.texts(moment).carrier_left(ticket, commune))
    text = notices.texts(moment).carrier_left(ticket, commune)
    if ticket.carded_at is not None:
        notices.post(moment, Kind.NOTICE, text, desk=ticket.lead, ticket=ticket)
    await notices.refresh_cards(moment, ticket)
    return commune


async def confirm(moment: Moment, ticket: Ticket, who: Speaker, *, seen: int = 0) -> list[str]:
    """A commune confirms the result for itself; the communes that still have to. Or moves.Stale."""
    if ticket.status != Status.RESOLVED or seen not in {0, ticket.version}:
        raise moves.Stale
    rows = await carriers.of_ticket(moment.session, ticket.id or 0, lock=True)
    mine = who.units(Role.REPORTER)
    for commune in (ticket.commune, *ticket.carriers):
        if commune in mine:
            row = rows.get(commune) or _row(moment, ticket, commune)
            row.confirmed_at = row.confirmed_at or moment.now
            _speaks(row, who)
    await moment.session.flush()
    left = await carriers.unconfirmed(moment.session, ticket)
    if left:
        _log(moment, ticket, "confirmed_by", who.actor, left=left)
        await notices.refresh_cards(moment, ticket)
    return left


async def own_row(moment: Moment, ticket: Ticket, who: Speaker) -> Carrier | None:
    """How the person's commune carries a ticket with others; None where it is carried alone."""
    if not ticket.carriers:
        return None
    rows = await carriers.of_ticket(moment.session, ticket.id or 0, lock=True)
    return rows.get(access.spoken_for(ticket, who))


async def take_back(moment: Moment, ticket: Ticket) -> None:
    """It is not done after all: what communes confirmed counts no more, the next result does."""
    for row in (await carriers.of_ticket(moment.session, ticket.id or 0, lock=True)).values():
        row.confirmed_at = None


async def tell_others(moment: Moment, ticket: Ticket, who: Speaker, text: str) -> None:
    """Tell everybody of all communes that carry it, but the one who did it."""
    doing = who.person.id if who.person else None
    for person in (ticket.reporter_id, *await carriers.hearers(moment.session, ticket)):
        if person != doing:
            _post(moment, ticket, person, text)


async def speak_up(moment: Moment, ticket: Ticket, who: Speaker) -> None:
    """Whoever acts first for a commune that was named is the one who hears for it."""
    commune = access.spoken_for(ticket, who)
    row = (await carriers.of_ticket(moment.session, ticket.id or 0)).get(commune)
    if row is not None and row.person_id is None:
        row.answered_at = moment.now
        _speaks(row, who)


def leave_button(ticket: Ticket, say: Texts) -> notices.Buttons:
    """To look at it, or to carry it no more."""
    view = button(say.label("view"), Press("view", ticket.id or 0))
    return [[view, button(say.label("leave_joint"), Press("jointleave", ticket.id or 0))]]


def _answer_buttons(ticket: Ticket, commune: str, say: Texts) -> notices.Buttons:
    does = (("agree", "jointyes"), ("no", "jointno"))
    number = ticket.id or 0
    return [[button(say.label(name), Press(do, number, 0, commune)) for name, do in does]]


def _row(moment: Moment, ticket: Ticket, commune: str, who: Speaker | None = None) -> Carrier:
    row = Carrier(
        ticket_id=ticket.id or 0, commune=commune, state=Carrying.CARRIES, asked_at=moment.now
    )
    if who is not None:
        _speaks(row, who)
    moment.session.add(row)
    return row


def _speaks(row: Carrier, who: Speaker) -> None:
    if who.person is not None:
        row.person_id, row.contact_id = who.person.id, who.contact.id


def _carry(moment: Moment, ticket: Ticket, communes: Sequence[str]) -> None:
    """Write who carries it; what is carried by several is no part of an outage."""
    ticket.carriers = list(dict.fromkeys(communes))
    ticket.subject = ""
    names = " ".join(moment.rules.units.unit_name(code) for code in (ticket.commune, *communes))
    index_later(ticket, names)


def _post(
    moment: Moment, ticket: Ticket, person: int, text: str, buttons: notices.Buttons = ()
) -> None:
    notices.post(moment, Kind.NOTICE, text, person=person, ticket=ticket, buttons=buttons)


def _log(
    moment: Moment, ticket: Ticket, kind: str, actor: str, rule: str = "", **inputs: object
) -> None:
    session, now = moment.session, moment.now
    tickets.log(session, ticket, kind, at=now, actor=actor, rule=rule, **inputs)
