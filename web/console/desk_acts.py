"""What a department does with its ticket at the console: each calls the act that the chat calls."""

from tickets import authority, moves
from tickets.acts import coordinating, deciding, desk, escalating, rerouting
from tickets.acts.deciding import Decision
from tickets.acts.reporting import attach, keep_files
from tickets.offered import may_now, staff_of
from web.console.form import Doing, Unclear


async def acknowledge(doing: Doing) -> str:
    """Tiếp nhận."""
    await desk.acknowledge(doing.moment, doing.ticket, doing.sitting.who, seen=doing.given.seen)
    return "ack"


async def tell(doing: Doing) -> str:
    """What the commune reads as it is: a question, news, why it is no emergency, the centre's."""
    given, ticket = doing.given, doing.ticket
    if not may_now(ticket, given.act, seen=given.seen):
        raise moves.Stale
    work = {"ask": desk.ask, "update": desk.update, "lower": desk.lower, "ended": desk.end_outside}
    words = doing.need_words()
    await work[given.act](doing.moment, ticket, doing.sitting.who, words)
    return given.act


async def decide(doing: Doing) -> str:
    """What was done, promised or refused: done at once, or put before the head."""
    given, ticket, who = doing.given, doing.ticket, doing.sitting.who
    if not may_now(ticket, given.act, seen=given.seen):
        raise moves.Stale
    until = doing.until() if given.act in {"promise", "plan"} else None
    words = given.words
    if given.act == "promise" and until is not None:
        words = words or doing.say.day(until)
    elif given.act == "resolve" and given.files:
        words = words or doing.say.photo_evidence()
    if not words:
        raise Unclear("words_missing")
    files = await keep_files(doing.moment, who, given.files)
    attach(ticket, files)
    decision = Decision(given.act, words, until, len(files))
    try:
        is_done = await deciding.decide(doing.moment, ticket, who, decision, seen=given.seen)
    except deciding.NoEvidence:
        raise Unclear(doing.say.no_evidence(ticket)) from None
    return given.act if is_done else "proposed"


async def assign(doing: Doing) -> str:
    """Phân công."""
    doing.need_open()
    staff = await staff_of(doing.moment, doing.ticket)
    chosen = next((person for person in staff if str(person.id) == doing.given.more), None)
    if chosen is None:
        raise Unclear(doing.say.which_colleague(doing.ticket))
    await desk.assign(doing.moment, doing.ticket, doing.sitting.who, chosen)
    return "assign"


async def reroute(doing: Doing) -> str:
    """Chuyển."""
    given, ticket, who = doing.given, doing.ticket, doing.sitting.who
    if doing.moment.rules.units.agency(given.unit) is None:
        raise Unclear(doing.say.unit_unknown())
    if not may_now(ticket, "reroute", seen=given.seen):
        raise moves.Stale
    refusal = rerouting.refusal(ticket, given.unit, who)
    if refusal is not None:
        raise Unclear(doing.say.not_rerouted(refusal, ticket, given.unit))
    why = doing.need_words()
    await rerouting.reroute(doing.moment, ticket, who, given.unit, why, seen=given.seen)
    return "reroute"


async def invite(doing: Doing) -> str:
    """Mời phối hợp."""
    doing.need_open()
    given, units = doing.given, doing.moment.rules.units
    if units.agency(given.unit) is None and units.commune(given.unit) is None:
        raise Unclear(doing.say.no_such_helper(doing.ticket))
    if given.unit == doing.ticket.lead:
        raise Unclear(doing.say.helper_leads(doing.ticket))
    words, until = doing.need_words(), None
    if given.day:
        until = doing.until()
    who = doing.sitting.who
    await coordinating.invite(doing.moment, doing.ticket, who, given.unit, words, until)
    return "invite"


async def approve(doing: Doing) -> str:
    """Duyệt."""
    if not deciding.is_proposed(doing.ticket, doing.given.more or "-"):
        raise moves.Stale
    await deciding.approve(doing.moment, doing.ticket, doing.sitting.who)
    return "approve"


async def send_back(doing: Doing) -> str:
    """Sửa lại."""
    if not deciding.is_proposed(doing.ticket, doing.given.more or "-"):
        raise moves.Stale
    words = doing.need_words()
    await deciding.send_back(doing.moment, doing.ticket, doing.sitting.who, words)
    return "sendback"


async def note(doing: Doing) -> str:
    """Ghi chú nội bộ."""
    await desk.note(doing.moment, doing.ticket, doing.sitting.who, doing.need_words())
    return "note"


async def send_note(doing: Doing) -> str:
    """Gửi cho xã: a note goes out, once."""
    who = doing.sitting.who
    if not await desk.tell(doing.moment, doing.ticket, who, doing.given.more):
        raise moves.Stale
    return "tell"


async def number(doing: Doing) -> str:
    """The number of the document that was issued."""
    signed = authority.signed_document(doing.need_words())
    if not signed:
        raise Unclear(doing.say.asks_for("number", doing.ticket))
    await desk.issue(doing.moment, doing.ticket, doing.sitting.who, signed)
    return "number"


async def snooze(doing: Doing) -> str:
    """Nhắc lại sau."""
    doing.need_open()
    until = doing.until()
    assert until is not None
    escalating.snooze(doing.moment, doing.ticket, doing.sitting.who.actor, until)
    return "snooze"
