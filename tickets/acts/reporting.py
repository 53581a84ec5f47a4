"""A report becomes a ticket: numbered, classified, routed, and sent to its department."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from province.pack import Question, Route
from storage import media, storms, tickets
from storage.media import Media
from storage.outbox import Kind
from storage.people import Role, Speaker
from storage.tickets import Ticket
from tickets import notices
from tickets.acts import chairing, clusters, joint, outages
from tickets.acts.indexing import index
from tickets.acts.numbering import next_code
from tickets.acts.promising import hastened, promise
from tickets.deadlines import LEVELS
from tickets.incoming import Attachment
from tickets.moment import Moment
from tickets.moves import changed, make, may
from tickets.storms import questions_for
from tickets.subjects import subject_of
from tickets.wants import want_of
from triage import answer_to
from triage.party import of_party
from triage.text import plain
from triage.urgency import higher
from triage.verdict import Guess, Verdict

CHOICE_WAITS = timedelta(minutes=15)
"""How long an unsure ticket waits for the reporter's choice, and a guided one for "no need"."""
SECOND_WAITS = timedelta(seconds=60)
"""How long the card of a second matter waits for "one matter only"."""
MOST_QUESTIONS = 3

ASSIGN = "assign"
"""The sweep's step for an unsure ticket: give it to the likeliest department."""
SEND = "send"
"""The sweep's step for a second matter: post its card."""
PRESSING = ("emergency", "urgent")
DANGER = Question(ask="", slot="danger", kind="yes_no", danger=("yes",))
"""Asked before a category's own questions when words of danger stand alone."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a reporter sent: words, place and files (already noted as media rows)."""

    text: str
    sent_at: datetime
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    files: Sequence[Media] = field(default_factory=tuple)
    receipt: str = ""
    """The channel's id of the message, so that an edit of it finds the ticket."""
    origin: str = ""
    """Where it comes from when it is no report of the day."""
    import_id: int | None = None
    """The list by which it is taken in."""


async def open_ticket(
    moment: Moment,
    who: Speaker,
    report: Report,
    verdict: Verdict,
    *,
    linked: Ticket | None = None,
    hold: bool = False,
    actor: str = "",
) -> Ticket:
    """Open a ticket from a report, and send it out as far as the verdict allows.

    What a shared ticket carries already joins it instead. Sure: the lead's desk gets its card at
    once. Unsure: after 15 minutes without a choice, or at once and to several desks when it is
    pressing. Nothing likely: the coordinator. Guidance: the answer is given with the ticket, the
    card follows in 15 minutes unless it is cancelled. With `hold` (it is not sure that this is a
    matter of its own) the card waits as well. `actor` opens it in the reporter's place.
    """
    assert who.person is not None and who.person.id is not None and who.contact.id is not None
    route = moment.route(verdict.category) if verdict.category else None
    ticket = Ticket(
        code=await next_code(moment),
        commune=_commune(who),
        reporter_id=who.person.id,
        contact_id=who.contact.id,
        linked_id=linked.id if linked else None,
        text=report.text,
        origin=report.origin,
        import_id=report.import_id,
        place=report.place or verdict.slots.get("place", ""),
        lat=report.lat,
        lon=report.lon,
        urgency=verdict.urgency,
        verdict=_kept(verdict),
        pack_version=moment.rules.version,
        opened_at=moment.now,
        lead=moment.rules.pack.coordinator,
        storm_id=await storms.covering(moment.session, _commune(who)),
    )
    _classify(ticket, route, verdict.lead, verdict.coordinating, verdict.operator)
    ticket.tentative = route is not None and verdict.certainty != "sure"
    ticket.subject = _subject(moment, ticket, verdict)
    ticket.need = want_of(ticket.text, verdict, route)
    asks_danger = bool(ticket.subject) and _asks_danger(moment, ticket, verdict)
    ticket.verdict = {**ticket.verdict, **({"asks_danger": True} if asks_danger else {})}
    await promise(moment, ticket)
    index(moment, ticket)
    moment.session.add(ticket)
    await moment.session.flush()
    attach(ticket, report.files)
    tickets.log(
        moment.session,
        ticket,
        "opened",
        at=moment.now,
        actor=actor or who.actor,
        set=tickets.snapshot(ticket),
        sent_at=report.sent_at.isoformat(),
        receipt=report.receipt,
    )
    _triaged(moment, ticket, verdict)
    await hastened(moment, ticket)
    if not hold or ticket.urgency in PRESSING:
        await joint.begin(moment, ticket)
    waits = CHOICE_WAITS if hold else SECOND_WAITS if linked else None
    is_waiting = hold or linked is not None
    if is_waiting or not await outages.gather(moment, ticket, asks_danger=asks_danger):
        await _send_out(moment, ticket, route, verdict, waits=waits)
        await outages.propose(moment, ticket)
    await clusters.consider(moment, ticket)
    return ticket


def _asks_danger(moment: Moment, ticket: Ticket, verdict: Verdict) -> bool:
    """Whether somebody may be in danger by what is told, or by what is not told yet."""
    known = {question.slot for question in questions_for(moment, ticket) if question.danger}
    return not {DANGER.slot, *known}.isdisjoint(questions(moment, ticket, verdict))


def _subject(moment: Moment, ticket: Ticket, verdict: Verdict) -> str:
    commune = moment.rules.units.commune(ticket.commune)
    return subject_of(ticket.text, verdict, commune.old_district if commune else "")


async def describe(
    moment: Moment, ticket: Ticket, who: Speaker, text: str, verdict: Verdict
) -> None:
    """Give words to a ticket that began without a matter, and send it out by them."""
    route = moment.route(verdict.category) if verdict.category else None
    former, ticket.carded_at = ticket.lead if ticket.carded_at is not None else None, None
    ticket.text, ticket.verdict = text, _kept(verdict)
    ticket.urgency = higher(LEVELS[ticket.urgency], verdict.urgency)
    ticket.place = ticket.place or verdict.slots.get("place", "")
    ticket.next_step = ticket.next_due_at = None
    _classify(ticket, route, verdict.lead, verdict.coordinating, verdict.operator)
    ticket.tentative = route is not None and verdict.certainty != "sure"
    ticket.need = want_of(text, verdict, route)
    await promise(moment, ticket)
    index(moment, ticket)
    changed(ticket)
    tickets.log(
        moment.session, ticket, "information_given", at=moment.now, actor=who.actor, text=text
    )
    _triaged(moment, ticket, verdict)
    await moment.session.flush()
    await _send_out(moment, ticket, route, verdict, waits=None)
    await chairing.show(moment, ticket)
    taken_away(moment, ticket, former)


def _triaged(moment: Moment, ticket: Ticket, verdict: Verdict) -> None:
    rule = notices.texts(moment).rule_triaged(verdict.why, moment.rules.version)
    kept = _kept(verdict)
    tickets.log(
        moment.session, ticket, "triaged", at=moment.now, actor="triage", rule=rule, verdict=kept
    )


def _commune(who: Speaker) -> str:
    return next((unit for unit, role in who.duties if role is Role.REPORTER), who.duties[0][0])


def _kept(verdict: Verdict) -> dict[str, Any]:
    """What is remembered of a verdict."""
    return {
        "category": verdict.category,
        "certainty": verdict.certainty,
        "confidence": round(verdict.confidence, 3),
        "alternatives": [[guess.category, guess.lead] for guess in verdict.alternatives],
        "urgency": verdict.urgency,
        "urgency_why": verdict.urgency_why,
        "why": verdict.why,
    }


def _classify(
    ticket: Ticket,
    route: Route | None,
    lead: str,
    coordinating: Sequence[str] = (),
    operator: str | None = None,
) -> None:
    """Write category, lead and helpers into the row; without a route it is the coordinator's."""
    if route is None:
        ticket.category, ticket.summary = "", "Chưa rõ việc"
        return
    ticket.category, ticket.summary = route.category, route.title
    ticket.lead = lead or route.lead
    ticket.coordinating = helpers_of(ticket, coordinating or route.coordinating)
    ticket.operator = operator or route.operator
    ticket.restricted = route.restricted


def helpers_of(ticket: Ticket, units: Sequence[str]) -> list[str]:
    """The units that coordinate beside the lead; "ubnd_xa" stands for the ticket's own commune."""
    named = [ticket.commune if code == "ubnd_xa" else code for code in units]
    others = [code for code in dict.fromkeys(named) if code not in {ticket.lead, ticket.commune}]
    return [*others, ticket.commune] if ticket.commune in named else others


def _rule(moment: Moment, route: Route | None, lead: str) -> str:
    say = notices.texts(moment)
    if route is None:
        return say.rule_no_match(moment.rules.version)
    return say.rule_routed(route, lead, moment.rules.version)


def ground(moment: Moment, ticket: Ticket) -> str:
    """The row of the routing table by which a ticket is where it is; '' when it was chosen."""
    route = moment.route(ticket.category) if ticket.category else None
    return _rule(moment, route, ticket.lead) if route and route.lead == ticket.lead else ""


async def _send_out(
    moment: Moment,
    ticket: Ticket,
    route: Route | None,
    verdict: Verdict,
    *,
    waits: timedelta | None,
) -> None:
    """Post the cards that may go now; `waits` is how long a doubtful ticket holds its card."""
    pressing = ticket.urgency in PRESSING
    if waits is not None and not pressing and (route is None or verdict.certainty == "sure"):
        _wait(moment, ticket, SEND, waits)
    elif route is None:
        await _routed(moment, ticket, _rule(moment, None, ""), moment.rules.pack.coordinator)
        await notices.post_cards(moment, ticket)
    elif ticket.tentative:
        _wait(moment, ticket, ASSIGN, CHOICE_WAITS)
        if pressing:
            await _send_to_likeliest(moment, ticket, verdict.alternatives)
    elif route.handling == "guidance" and not pressing:
        _wait(moment, ticket, notices.GUIDED, CHOICE_WAITS)
    else:
        await _routed(moment, ticket, _rule(moment, route, ticket.lead), ticket.lead)
        await notices.post_cards(moment, ticket)


def _wait(moment: Moment, ticket: Ticket, step: str, time: timedelta) -> None:
    ticket.next_step, ticket.next_due_at = step, moment.now + time


async def _routed(moment: Moment, ticket: Ticket, rule: str, lead: str) -> None:
    ticket.carded_at = moment.now
    tickets.log(
        moment.session, ticket, "routed", at=moment.now, actor="triage", rule=rule, lead=lead
    )


async def _send_to_likeliest(moment: Moment, ticket: Ticket, alternatives: Sequence[Guess]) -> None:
    """Pressing and unsure: the two likeliest desks and the coordinator at once, questions later."""
    note = notices.texts(moment).unsure_card()
    await _routed(moment, ticket, notices.texts(moment).rule_unsure_urgent(), ticket.lead)
    await notices.post_cards(moment, ticket, note=note)
    others = [guess.lead for guess in alternatives if guess.lead != ticket.lead][:1]
    have = {ticket.lead, ticket.operator}
    have |= set(ticket.coordinating) if ticket.urgency == "emergency" else set()
    for unit in dict.fromkeys([*others, moment.rules.pack.coordinator]):
        if unit not in have:
            await notices.post_card(moment, ticket, unit, note=note)


def questions(moment: Moment, ticket: Ticket, verdict: Verdict) -> list[str]:
    """The slots to ask about, danger first: at most three, and only what the text does not say.

    In a storm its short intake stands in place of the category's own questions, all of it.
    """
    route = moment.route(ticket.category)
    if route is None or ticket.tentative:
        in_doubt = ticket.urgency == "emergency" and verdict.slots.get("people_at_risk") != "yes"
        return [DANGER.slot] if verdict.ask_danger or in_doubt else []
    asked = questions_for(moment, ticket)
    is_short = asked is not route.questions
    told = _told(moment, ticket, asked) if is_short else verdict.slots
    known = {*told, *ticket.answers, *(["place"] if ticket.lat is not None else [])}
    open_slots = [question.slot for question in asked if question.slot not in known]
    asks_danger = any(question.danger for question in asked)
    if verdict.ask_danger and not asks_danger:
        open_slots = [DANGER.slot, *open_slots]
    return open_slots if is_short else open_slots[:MOST_QUESTIONS]


def _told(moment: Moment, ticket: Ticket, asked: Sequence[Question]) -> list[str]:
    """The slots of a storm's short intake that the report answers already."""
    pack, home = moment.rules.pack, ticket.commune
    return [
        question.slot for question in asked if answer_to(question, ticket.text, pack, home=home)
    ]


def question_of(moment: Moment, ticket: Ticket, slot: str, ask_danger: str) -> Question | None:
    """The question behind a slot; `ask_danger` is the wording of the one that every matter has."""
    if slot == DANGER.slot:
        return DANGER.model_copy(update={"ask": ask_danger})
    asked = questions_for(moment, ticket)
    return next((question for question in asked if question.slot == slot), None)


async def assign(
    moment: Moment, ticket: Ticket, lead: str, category: str, *, actor: str, rule: str
) -> None:
    """Give a ticket that has not been acknowledged to a department, and post its card there."""
    former = ticket.lead if ticket.carded_at is not None else None
    others = await notices.carded(moment, ticket) if former and ticket.tentative else []
    summary = ticket.summary
    _classify(ticket, moment.route(category) if category else None, lead)
    ticket.lead, ticket.tentative = lead, False
    ticket.summary = ticket.summary if ticket.category else summary
    ticket.next_step = ticket.next_due_at = None
    await promise(moment, ticket)
    index(moment, ticket)
    changed(ticket)
    ticket.carded_at = moment.now
    tickets.log(moment.session, ticket, "routed", at=moment.now, actor=actor, rule=rule, lead=lead)
    for unit in dict.fromkeys([former, *others]):
        taken_away(moment, ticket, unit)
    await joint.begin(moment, ticket)
    if former == lead:
        await notices.refresh_cards(moment, ticket)
    else:
        await notices.post_cards(moment, ticket)
    await chairing.show(moment, ticket)
    await outages.propose(moment, ticket)
    await clusters.consider(moment, ticket)


def taken_away(moment: Moment, ticket: Ticket, former: str | None) -> None:
    """The card of a desk that leads no more says where the ticket went."""
    if former and former != ticket.lead:
        notices.post(
            moment,
            Kind.EDIT,
            notices.texts(moment).moved_on(ticket),
            desk=former,
            ticket=ticket,
            replace_key=notices.card_key(ticket, former),
        )


def hand_to_party(moment: Moment, ticket: Ticket, said: str) -> bool:
    """Give a ticket that no desk has seen to a Party body's lead, when its own staff are meant.

    The version stays: the reporter's buttons still fit.
    """
    route = moment.route(ticket.category) if ticket.category else None
    if route is None or route.party_lead is None or ticket.carded_at is not None:
        return False
    if ticket.lead == route.party_lead or not of_party(plain(said)):
        return False
    party = route.for_party()
    _classify(ticket, party, party.lead)
    return True


async def send(moment: Moment, ticket: Ticket, *, actor: str, rule: str) -> None:
    """Post the card of a ticket that was waiting, to the lead it has."""
    ticket.next_step = ticket.next_due_at = None
    ticket.carded_at = moment.now
    tickets.log(
        moment.session, ticket, "routed", at=moment.now, actor=actor, rule=rule, lead=ticket.lead
    )
    await joint.begin(moment, ticket)
    await notices.post_cards(moment, ticket)


async def make_emergency(moment: Moment, ticket: Ticket, *, actor: str, why: str) -> bool:
    """Raise a ticket to an emergency and send it out again, now; False if it was one already.

    Whoever had it acknowledged did not acknowledge an emergency: somebody must say so anew.
    """
    if ticket.urgency == "emergency":
        return False
    carried_by = ticket.merged_id
    ticket.urgency = "emergency"
    ticket.next_step = ticket.next_due_at = None
    await promise(moment, ticket)
    move = next((move for move in ("alarm", "reopen", "unmerge") if may(ticket, move)), None)
    if move is None:
        changed(ticket)
    else:
        make(ticket, move, now=moment.now)
    ticket.carded_at = moment.now
    tickets.log(moment.session, ticket, "raised", at=moment.now, actor=actor, rule=why)
    if carried_by is not None and ticket.merged_id is None:
        await outages.lose(moment, ticket, carried_by)
    await notices.post_cards(moment, ticket)
    if ticket.tentative:
        note = notices.texts(moment).unsure_card()
        await notices.post_card(moment, ticket, moment.rules.pack.coordinator, note=note)
    await notices.refresh_receipt(moment, ticket)
    return True


async def make_urgent(moment: Moment, ticket: Ticket, *, actor: str, why: str) -> None:
    """Raise a normal ticket to urgent: earlier deadlines; detection never lowers."""
    if ticket.urgency in PRESSING:
        return
    ticket.urgency = "urgent"
    await promise(moment, ticket)
    changed(ticket)
    tickets.log(moment.session, ticket, "raised", at=moment.now, actor=actor, rule=why)


def attach(ticket: Ticket, files: Sequence[Media]) -> None:
    """Note that files belong to a ticket."""
    for file in files:
        file.ticket_id = ticket.id
    ticket.files += len(files)


async def keep_files(
    moment: Moment, who: Speaker, attachments: Sequence[Attachment]
) -> list[Media]:
    """Note the files of a message; those that are not here yet are fetched after the commit."""
    assert who.contact.id is not None
    rows = [
        Media(
            contact_id=who.contact.id,
            channel=who.contact.channel,
            kind=file.kind,
            source=file.source,
            name=file.name,
            mime=file.mime,
            size=file.size,
            hash=file.hash or None,
            taken_at=file.taken_at,
            lat=file.lat,
            lon=file.lon,
            fate=media.Fate.KEPT if file.hash else media.Fate.PENDING,
            not_before=moment.now,
            created_at=moment.now,
        )
        for file in attachments
    ]
    moment.session.add_all(rows)
    return rows
