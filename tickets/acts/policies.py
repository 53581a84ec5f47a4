"""A policy that was edited is put on running tickets: only ever because somebody asked for it."""

from dataclasses import dataclass, replace

from storage import tickets
from storage.tickets import Ticket
from tickets import agenda, escalation, notices
from tickets.moment import Moment
from tickets.owed import owed

ACTOR = "thaogo policy"
"""Who applies: whoever may run commands on the machine."""


@dataclass(frozen=True, slots=True)
class Change:
    """How the ladder of one ticket changes: the posts of its steps, and how many were told."""

    code: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    told: int


def change_of(moment: Moment, ticket: Ticket) -> Change | None:
    """What the policy in force would change on a running ticket; None where nothing."""
    if not ticket.ladder or owed(ticket) is None:
        return None
    kept, fresh = escalation.read(ticket.ladder), _fresh(moment, ticket)
    if kept.steps == fresh.steps and kept.clock == fresh.clock:
        return None
    before, after = (tuple(step.post for step in ladder.steps) for ladder in (kept, fresh))
    return Change(ticket.code, before, after, fresh.done)


def apply_running(moment: Moment, ticket: Ticket) -> Change | None:
    """Freeze the policy in force on a running ticket; what was told stays told."""
    change = change_of(moment, ticket)
    if change is None:
        return None
    ticket.ladder = _fresh(moment, ticket).as_json()
    rule = notices.texts(moment).rule_policy_applied(moment.rules.version)
    tickets.log(
        moment.session, ticket, "policy_applied", at=moment.now, actor=ACTOR, rule=rule,
        before=list(change.before), after=list(change.after),
    )  # fmt: skip
    return change


def _fresh(moment: Moment, ticket: Ticket) -> escalation.Ladder:
    """The ladder in force for a ticket, with as many steps told as were."""
    kept, due = escalation.read(ticket.ladder), owed(ticket)
    assert due is not None
    fresh = agenda.begun(moment, ticket, due)
    if kept.owed != due:
        return fresh
    return replace(fresh, owed=due, told=kept.told[: len(fresh.steps)])
