"""What the forms of a ticket's page do: the acts of the chat, with the same rights and moves."""

from collections.abc import Awaitable, Callable

from storage.people import Role
from storage.tickets import Ticket
from tickets import access
from tickets.moment import Moment
from web.console import desk_acts, further_acts, unheard
from web.console.form import Doing, Given
from web.console.sitting import Sitting

Act = Callable[[Doing], Awaitable[str]]


async def do(moment: Moment, ticket: Ticket, sitting: Sitting, given: Given) -> str:
    """Do what a form asks; the word of what was done comes back.

    The ticket's row is locked. Raises NotAllowed, moves.Stale, deciding.NobodyDecides and Unclear.
    """
    act = ACTS.get(given.act)
    if act is None:
        raise access.NotAllowed(ticket)
    need, work = act
    need(ticket, sitting)
    return await work(Doing(moment, ticket, sitting, given))


def _lead(ticket: Ticket, sitting: Sitting) -> None:
    access.require_lead(ticket, sitting.who)


def _head(ticket: Ticket, sitting: Sitting) -> None:
    access.require_head(ticket, sitting.who)


def _coordinator(ticket: Ticket, sitting: Sitting) -> None:
    if not sitting.who.holds(Role.COORDINATOR):
        raise access.NotAllowed(ticket)


def _merger(ticket: Ticket, sitting: Sitting) -> None:
    if not sitting.who.holds(Role.COORDINATOR):
        access.require_lead(ticket, sitting.who)


def _part(ticket: Ticket, sitting: Sitting) -> None:
    """The task itself is asked for its unit."""


ACTS: dict[str, tuple[Callable[[Ticket, Sitting], None], Act]] = {
    "ack": (_lead, desk_acts.acknowledge),
    **dict.fromkeys(("ask", "update", "lower", "ended"), (_lead, desk_acts.tell)),
    **dict.fromkeys(("resolve", "promise", "plan", "outside"), (_lead, desk_acts.decide)),
    "assign": (_lead, desk_acts.assign),
    "reroute": (_lead, desk_acts.reroute),
    "invite": (_lead, desk_acts.invite),
    "note": (_lead, desk_acts.note),
    "tell": (_lead, desk_acts.send_note),
    "number": (_lead, desk_acts.number),
    "snooze": (_lead, desk_acts.snooze),
    "approve": (_head, desk_acts.approve),
    "sendback": (_head, desk_acts.send_back),
    "merge": (_merger, further_acts.merge),
    "unmerge": (_merger, further_acts.unmerge),
    "called": (_merger, unheard.called),
    "taskack": (_part, further_acts.task),
    "taskanswer": (_part, further_acts.task),
    "decide": (_coordinator, further_acts.give),
    "keep": (_coordinator, further_acts.keep),
    "recategorise": (_coordinator, further_acts.recategorise),
}
"""Each act of the page: whose it is, and what it does."""
DONES = frozenset(
    {
        "done_ack",
        "done_ask",
        "done_update",
        "done_lower",
        "done_ended",
        "done_resolve",
        "done_promise",
        "done_plan",
        "done_outside",
        "done_proposed",
        "done_assign",
        "done_reroute",
        "done_invite",
        "done_note",
        "done_tell",
        "done_number",
        "done_snooze",
        "done_approve",
        "done_sendback",
        "done_called",
        "done_merge",
        "done_unmerge",
        "done_taskack",
        "done_taskanswer",
        "done_decide",
        "done_keep",
        "done_recategorise",
        "done_purged",
    }
)
"""The words after a redirect: what was done."""
