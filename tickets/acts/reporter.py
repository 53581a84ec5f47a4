"""What the commune does with its ticket afterwards: adds, answers, corrects, confirms, cancels."""

from collections.abc import Sequence

from province.pack import Question
from storage import media, tickets
from storage.media import Media
from storage.outbox import Kind
from storage.outbox import cancel as cancel_notices
from storage.people import Role, Speaker
from storage.tickets import Status, Ticket
from tickets import access, moves, notices
from tickets.acts import closing, coordinating, joint, merging, outages, waiting
from tickets.acts.indexing import index, index_later
from tickets.acts.promising import promise
from tickets.acts.reporting import (
    attach,
    hand_to_party,
    make_emergency,
    make_urgent,
)
from tickets.moment import Moment
from tickets.replies import is_danger


def _log(moment: Moment, ticket: Ticket, kind: str, who: Speaker, **inputs: object) -> None:
    tickets.log(moment.session, ticket, kind, at=moment.now, actor=who.actor, **inputs)  # type: ignore[arg-type]  # inputs are JSON values


async def add(
    moment: Moment,
    ticket: Ticket,
    who: Speaker,
    *,
    text: str = "",
    files: Sequence[Media] = (),
    lat: float | None = None,
    lon: float | None = None,
    place: str = "",
    receipt: str = "",
) -> None:
    """Add words, files or a place to a ticket, and tell the desk that has it."""
    attach(ticket, files)
    if ticket.carriers:
        await joint.speak_up(moment, ticket, who)
    is_answer = waiting.resume(moment, ticket)
    is_handed = hand_to_party(moment, ticket, text)
    if lat is not None and lon is not None:
        ticket.lat, ticket.lon, ticket.place = lat, lon, ticket.place or place
    count = len(files)
    place_given: dict[str, object] = {} if lat is None else {"lat": lat, "lon": lon}
    if receipt:
        place_given["receipt"] = receipt
    index_later(ticket, text)
    _log(moment, ticket, "information_given", who, text=text, files=count, **place_given)
    if is_handed:
        await notices.refresh_receipt(moment, ticket)
    await _tell_of_addition(moment, ticket, who, text, count)
    if ticket.carded_at is None:
        return
    if text or count:
        say = notices.texts(moment)
        resumes = is_answer and ticket.urgency != "emergency"
        by = access.spoken_for(ticket, who)
        told = say.desk_hears_added(ticket, text, count, by, answers=is_answer, resumes=resumes)
        notices.tell_desk(moment, ticket, told)
        await coordinating.pass_on(moment, ticket, told)
    await moment.session.flush()
    await notices.refresh_cards(moment, ticket)


async def answer(
    moment: Moment, ticket: Ticket, who: Speaker, question: Question, given: str, shown: str
) -> bool:
    """Take the answer to a question; True when it means danger and made an emergency.

    `given` is yes, no or the words; `shown` is the same as people read it.
    """
    ticket.answers = {**ticket.answers, question.slot: f"{question.ask} {shown}"}
    if question.kind == "place" and given not in {"yes", "no"}:
        ticket.place = ticket.place or given
    if given not in {"yes", "no"}:
        index_later(ticket, given)
    _log(moment, ticket, "information_given", who, slot=question.slot, text=given)
    if is_danger(question, given):
        rule = notices.texts(moment).rule_answered(question.ask, shown)
        if await make_emergency(moment, ticket, actor=who.actor, why=rule):
            return True
        told = notices.texts(moment).desk_hears_danger(ticket, f"{question.ask} {shown}")
        notices.tell_desk(moment, ticket, told)
        await coordinating.pass_on(moment, ticket, told)
    elif ticket.urgency == "emergency" and given not in {"yes", "no"}:
        by, say = access.spoken_for(ticket, who), notices.texts(moment)
        told = say.desk_hears_added(ticket, shown, 0, by, answers=True)
        notices.tell_desk(moment, ticket, told)
        await coordinating.pass_on(moment, ticket, told)
    if given in question.urgent:
        rule = notices.texts(moment).rule_answered(question.ask, shown)
        await make_urgent(moment, ticket, actor=who.actor, why=rule)
    if question.danger and given == "no":
        await outages.gather_safe(moment, ticket)
    await notices.refresh_cards(moment, ticket)
    return False


async def correct(
    moment: Moment, ticket: Ticket, who: Speaker, text: str, *, place: str = ""
) -> None:
    """Take the new wording of a message that was edited in the channel, and the place in it."""
    ticket.text = text
    if place and "place" not in ticket.answers:
        ticket.place = place
    index(moment, ticket)
    _log(moment, ticket, "corrected", who, text=text)
    await notices.refresh_cards(moment, ticket)
    await notices.refresh_receipt(moment, ticket)


def doubt(moment: Moment, ticket: Ticket, who: Speaker) -> None:
    """The commune thinks that the department which has acknowledged is the wrong one."""
    _log(moment, ticket, "doubted", who)
    notices.tell_desk(moment, ticket, notices.texts(moment).desk_hears_doubt(ticket))


def agree(moment: Moment, ticket: Ticket, who: Speaker) -> None:
    """The commune agrees to wait until the promised date."""
    _log(moment, ticket, "agreed", who)


async def disagree(moment: Moment, ticket: Ticket, who: Speaker) -> None:
    """The commune does not accept "no resources yet": the coordinator hears of it."""
    _log(moment, ticket, "disagreed", who)
    text = notices.texts(moment).coordinator_hears_disagreement(ticket)
    await notices.tell_role(moment, Role.COORDINATOR, text, ticket=ticket)


async def cancel(
    moment: Moment, ticket: Ticket, who: Speaker, *, seen: int = 0, told: str = ""
) -> None:
    """Take a ticket back; the desk's card says so, and who is at work hears. Or moves.Stale.

    `told` is what the reporter hears in place of the usual news of a colleague. What was merged
    into it stands by itself again.
    """
    is_at_work = ticket.status != Status.NEW or ticket.urgency == "emergency"
    moves.make(ticket, "cancel", now=moment.now, seen=seen)
    ticket.next_step = ticket.next_due_at = None
    _log(moment, ticket, "cancelled", who)
    await notices.refresh_cards(moment, ticket)
    if is_at_work and ticket.carded_at is not None:
        notices.tell_desk(moment, ticket, notices.texts(moment).desk_hears_cancelled(ticket))
    await notices.refresh_receipt(moment, ticket)
    await _tell_colleague(moment, ticket, who, told)
    await merging.release(moment, ticket, who)


async def explain(moment: Moment, ticket: Ticket, who: Speaker, words: str) -> None:
    """Why a ticket was cancelled, for its history and for the desk that had it."""
    _log(moment, ticket, "explained", who, text=words)
    if ticket.carded_at is not None:
        say = notices.texts(moment)
        shown = "" if ticket.restricted else words
        text = say.desk_hears_reason(ticket, shown) if shown else say.desk_hears_cancelled(ticket)
        notices.post(moment, Kind.NOTICE, text, desk=ticket.lead, ticket=ticket)


async def withdraw(moment: Moment, ticket: Ticket, who: Speaker) -> None:
    """The chair takes back what was asked for; the reporter hears by whom. Or moves.Stale."""
    assert who.person is not None
    say = await notices.texts_of(moment, ticket.reporter_id)
    await cancel(moment, ticket, who, told=say.withdrawn_told(ticket, who.person.name))


async def confirm(moment: Moment, ticket: Ticket, who: Speaker, *, seen: int = 0) -> Sequence[str]:
    """The commune says that it is really solved. Raises moves.Stale.

    Of a joint request each commune says so for itself, and the last one ends it: the communes that
    still have to are given back.
    """
    if ticket.carriers and (left := await joint.confirm(moment, ticket, who, seen=seen)):
        return left
    moves.make(ticket, "confirm", now=moment.now, seen=seen)
    closing.stop(ticket)
    _log(moment, ticket, "closed", who)
    await cancel_notices(moment.session, ticket.id or 0, Kind.REMINDER, moment.now)
    await notices.refresh_cards(moment, ticket)
    await _tell_colleague(moment, ticket, who)
    return ()


async def reopen(
    moment: Moment, ticket: Ticket, who: Speaker, *, seen: int = 0, words: str = ""
) -> None:
    """The commune says that it is not solved: back to the same desk, counted; or Stale."""
    was_cancelled = ticket.status == Status.CANCELLED
    moves.make(ticket, "reopen", now=moment.now, seen=seen)
    if ticket.carriers:
        await joint.take_back(moment, ticket)
    closing.stop(ticket)
    await cancel_notices(moment.session, ticket.id or 0, Kind.REMINDER, moment.now)
    await promise(moment, ticket)
    ticket.carded_at = moment.now
    _log(moment, ticket, "reopened", who, text=words)
    if not was_cancelled:
        by = access.spoken_for(ticket, who)
        notices.post(
            moment,
            Kind.EMERGENCY if ticket.urgency == "emergency" else Kind.NOTICE,
            notices.texts(moment).desk_hears_reopened(ticket, words, by),
            desk=ticket.lead,
            ticket=ticket,
        )
    await notices.post_cards(moment, ticket)
    await notices.refresh_receipt(moment, ticket)
    await _tell_colleague(moment, ticket, who)


async def _tell_of_addition(
    moment: Moment, ticket: Ticket, who: Speaker, text: str, files: int
) -> None:
    """The one who reported hears what a colleague added."""
    if who.person is None or not (text or files):
        return
    if who.person.id == ticket.reporter_id and not ticket.carriers:
        return
    say = await notices.texts_of(moment, ticket.reporter_id)
    quoted = say.quote(text) if text and not ticket.restricted else ""
    what = f"{quoted} +{files} 📎".strip() if files else quoted
    if ticket.carriers:
        heard = say.carrier_added(ticket, access.spoken_for(ticket, who), who.person.name, what)
        await joint.tell_others(moment, ticket, who, heard)
        return
    heard = say.colleague_added(ticket, who.person.name, what)
    await notices.tell_reporter(moment, ticket, heard, joined="")


async def _tell_colleague(moment: Moment, ticket: Ticket, who: Speaker, told: str = "") -> None:
    """The one who reported hears what a colleague of the same office did with the ticket."""
    if who.person is None:
        return
    if ticket.carriers and not told:
        commune = access.spoken_for(ticket, who)
        text = notices.texts(moment).carrier_did(ticket, commune, moment.now)
        await joint.tell_others(moment, ticket, who, text)
        return
    if who.person.id == ticket.reporter_id:
        return
    say = await notices.texts_of(moment, ticket.reporter_id)
    text = told or say.colleague_did(ticket, who.person.name, moment.now)
    await notices.tell_reporter(moment, ticket, text, joined="")


async def move_into(moment: Moment, ticket: Ticket, other: Ticket, who: Speaker) -> None:
    """Take a ticket that was split off back into the one it came from, words and files with it."""
    files = await media.of_ticket(moment.session, ticket.id or 0)
    await cancel(moment, ticket, who)
    is_part = ticket.linked_id == other.id
    await add(
        moment,
        other,
        who,
        text="" if is_part else ticket.text,
        files=[] if is_part else files,
        lat=ticket.lat,
        lon=ticket.lon,
    )
