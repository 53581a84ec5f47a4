"""Merging, coordinating units' tasks, and what the coordinator decides, at the console."""

from storage import tasks
from storage.tickets import Status
from tickets import access, coordination, moves
from tickets.acts import coordinating, coordinator, merging
from tickets.acts.reporting import keep_files
from web.console.form import Doing, Unclear
from web.forms import whole


async def merge(doing: Doing) -> str:
    """Gộp: into the ticket of a number that this person may see."""
    doing.need_open()
    who = doing.sitting.who
    digits = doing.need_words().strip()
    is_number = digits.replace("-", "").isalnum() and digits[-1:].isdecimal()
    found = await access.tickets_called(doing.moment, digits, who) if is_number else []
    if len(found) != 1 or found[0].id == doing.ticket.id:
        raise Unclear(doing.say.not_merged(doing.ticket))
    locked = await merging.lock(doing.moment, doing.ticket.id or 0, found[0].id or 0)
    ticket, into = locked[doing.ticket.id or 0], locked[found[0].id or 0]
    is_like = Status(into.status) in moves.ALIVE and into.restricted == ticket.restricted
    if not is_like:
        raise Unclear(doing.say.not_merged(ticket))
    await merging.merge(doing.moment, ticket, into, who, seen=doing.given.seen)
    return "merge"


async def unmerge(doing: Doing) -> str:
    """Tách ra."""
    ticket_id, into_id = doing.ticket.id or 0, doing.ticket.merged_id or 0
    locked = await merging.lock(doing.moment, ticket_id, into_id)
    ticket, into = locked[ticket_id], locked.get(into_id)
    if into is None or ticket.merged_id != into_id:
        raise moves.Stale
    await merging.unmerge(doing.moment, ticket, into, doing.sitting.who, seen=doing.given.seen)
    return "unmerge"


# Other units.


async def task(doing: Doing) -> str:
    """Nhận việc, Trả lời: what a coordinating unit does with its task."""
    given, who = doing.given, doing.sitting.who
    found = await tasks.by_id(doing.moment.session, whole(given.more, digits=17))
    if found is None or found.ticket_id != doing.ticket.id or not access.may_do(found, who):
        raise access.NotAllowed(doing.ticket)
    if not coordination.is_open(found) or given.seen not in {0, found.version}:
        raise moves.Stale
    if given.act == "taskack":
        await coordinating.acknowledge(doing.moment, doing.ticket, found, who, seen=given.seen)
        return "taskack"
    words = given.words or (doing.say.photo_evidence() if given.files else "")
    if not words:
        raise Unclear("words_missing")
    files = await keep_files(doing.moment, who, given.files)
    await coordinating.answer(
        doing.moment, doing.ticket, found, who, words, files=files, seen=given.seen
    )
    return "taskanswer"


# The coordinator.


def need_giving(doing: Doing) -> None:
    """Raise Stale or Unclear unless the ticket can be given to the department that is named."""
    given, ticket = doing.given, doing.ticket
    doing.need_open()
    if doing.moment.rules.units.agency(given.unit) is None:
        raise Unclear(doing.say.unit_unknown())
    if given.unit == ticket.lead and not ticket.tentative:
        raise Unclear(doing.say.not_rerouted("has_it", ticket, given.unit))


async def give(doing: Doing) -> str:
    """Giao: to a department, by a proposed category or by name."""
    given, ticket = doing.given, doing.ticket
    need_giving(doing)
    await coordinator.decide(
        doing.moment,
        ticket,
        doing.sitting.who,
        given.unit,
        category=given.more,
        why=given.words,
        seen=given.seen,
    )
    return "decide"


async def keep(doing: Doing) -> str:
    """Giữ nguyên."""
    words = doing.need_words()
    await coordinator.keep(
        doing.moment, doing.ticket, doing.sitting.who, words, seen=doing.given.seen
    )
    return "keep"


async def recategorise(doing: Doing) -> str:
    """Sửa lĩnh vực."""
    given = doing.given
    if doing.moment.route(given.more) is None:
        raise Unclear(doing.say.category_unknown(doing.ticket))
    await coordinator.recategorise(
        doing.moment, doing.ticket, doing.sitting.who, given.more, why=given.words, seen=given.seen
    )
    return "recategorise"
