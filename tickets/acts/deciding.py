"""What binds a department: an officer proposes, the head approves, the commune is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import people, tickets
from storage.outbox import Kind
from storage.people import Person, Role, Speaker
from storage.tickets import Status, Ticket
from tickets import authority, moves, notices
from tickets.acts import desk
from tickets.acts.indexing import index_later
from tickets.buttons import Press, button
from tickets.evidence import says_what_was_done
from tickets.moment import Moment
from tickets.texts import Texts


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be decided: resolve, promise, plan or outside, in which words, until when."""

    act: str
    words: str
    until: datetime | None = None
    files: int = 0


class NobodyDecides(Exception):
    """The department has no head here: a signed document's number is needed instead."""


class NoEvidence(Exception):
    """A result with neither photo nor document whose words do not say what was done."""

    def __init__(self, ticket: Ticket) -> None:
        """`ticket` is the one whose result it would have been."""
        super().__init__()
        self.ticket = ticket


async def decide(
    moment: Moment, ticket: Ticket, who: Speaker, decision: Decision, *, seen: int = 0
) -> bool:
    """Do what was decided, or put it before the head; True when it is done and told.

    The head's own decision, and one with the number of a signed document, count at once.
    Raises moves.Stale, also for the same answer once more, NoEvidence for a result that nothing
    shows, and NobodyDecides when there is no head to ask.
    """
    if _is_told_already(ticket, decision):
        raise moves.Stale
    if not moves.may(ticket, MOVE_OF[decision.act], seen=seen):
        raise moves.Stale
    document = authority.signed_document(decision.words)
    if decision.act == "resolve" and not (document or decision.files):
        if not says_what_was_done(decision.words):
            raise NoEvidence(ticket)
    is_heads = ticket.lead in who.units(Role.HEAD)
    binds = authority.needs_head(moment, ticket, decision.act, decision.until)
    if is_heads or document or not binds:
        by = await signature(moment, ticket, who) if is_heads and binds else ""
        await _do(moment, ticket, who, decision, document, by)
        return True
    await propose(moment, ticket, who, decision)
    return False


def _is_told_already(ticket: Ticket, decision: Decision) -> bool:
    """Whether the commune has this very answer: that there are no resources until that day."""
    is_planned = decision.act == "plan" and ticket.status == Status.PLANNED
    told = (ticket.promised_at, ticket.resolution)
    return is_planned and told == (decision.until, decision.words)


async def propose(moment: Moment, ticket: Ticket, who: Speaker, decision: Decision) -> None:
    """Put a decision before the department's heads; the commune hears nothing yet."""
    assert who.person is not None
    heads = await people.people_of(moment.session, ticket.lead, Role.HEAD)
    if not heads:
        raise NobodyDecides
    moves.changed(ticket)
    ticket.proposal = {
        "number": ticket.version,
        "act": decision.act,
        "words": decision.words,
        "until": decision.until.isoformat() if decision.until else None,
        "files": decision.files,
        "by": who.person.id,
        "at": moment.now.isoformat(),
    }
    _log(moment, ticket, who, "proposed", act=decision.act, text=decision.words)
    await notices.refresh_cards(moment, ticket)
    for head in heads:
        person = await moment.session.get(Person, head)
        say = notices.texts(moment, person.language if person else "vi")
        notices.post(
            moment,
            Kind.NOTICE,
            say.to_approve(ticket, decision.act, decision.words, decision.until, who.person.name),
            person=head,
            ticket=ticket,
            buttons=approval_buttons(ticket, say),
        )


def approval_buttons(ticket: Ticket, say: Texts) -> notices.Buttons:
    """The head's choice; it is bound to the proposal, not to the ticket's version."""
    number = str(ticket.proposal.get("number", 0))
    return [
        [
            button(say.label("approve"), Press("approve", ticket.id or 0, 0, number)),
            button(say.label("send_back"), Press("sendback", ticket.id or 0, 0, number)),
            button(say.label("view"), Press("view", ticket.id or 0)),
        ]
    ]


def is_proposed(ticket: Ticket, number: str) -> bool:
    """Whether this very proposal (any, for typed words) still waits for the head."""
    return bool(ticket.proposal) and number in {"", str(ticket.proposal["number"])}


async def approve(moment: Moment, ticket: Ticket, who: Speaker) -> None:
    """The head agrees: what was proposed happens now, with post and time.

    Raises moves.Stale where it cannot be just now; it stays proposed.
    """
    proposal = ticket.proposal
    decision = _decision_of(proposal)
    if not moves.may(ticket, MOVE_OF[decision.act]):
        raise moves.Stale
    ticket.proposal = {}
    _log(moment, ticket, who, "approved", act=decision.act, by=proposal["by"])
    by = await signature(moment, ticket, who)
    await _do(moment, ticket, who, decision, "", by)
    told = notices.texts(moment).approved_told(ticket, by)
    _tell_officer(moment, ticket, proposal, told)


async def send_back(moment: Moment, ticket: Ticket, who: Speaker, words: str) -> None:
    """The head wants it otherwise: the officer hears what to change, the commune nothing."""
    proposal, ticket.proposal = ticket.proposal, {}
    _log(moment, ticket, who, "sent_back", act=proposal["act"], text=words)
    await notices.refresh_cards(moment, ticket)
    told = notices.texts(moment).sent_back_told(ticket, words)
    _tell_officer(moment, ticket, proposal, told)


async def signature(moment: Moment, ticket: Ticket, who: Speaker) -> str:
    """Post and time as the commune reads them: "Phó Giám đốc duyệt 09:10"."""
    assert who.person is not None
    post = await people.post_of(moment.session, who.person.id or 0, ticket.lead)
    return notices.texts(moment).signature(post, moment.now)


async def _do(
    moment: Moment, ticket: Ticket, who: Speaker, decision: Decision, document: str, by: str
) -> None:
    if document:
        ticket.document = document
        index_later(ticket, document)
    words = decision.words
    match decision.act:
        case "resolve":
            await desk.resolve(moment, ticket, who, words, files=decision.files, by=by)
        case "promise":
            assert decision.until is not None
            await desk.promise(moment, ticket, who, decision.until, words, by=by)
        case "plan":
            await desk.plan(moment, ticket, who, words, decision.until, by=by)
        case "outside":
            await desk.await_guidance(moment, ticket, who, words, by=by)


def _decision_of(proposal: dict[str, Any]) -> Decision:
    until = proposal.get("until")
    return Decision(
        proposal["act"],
        proposal["words"],
        datetime.fromisoformat(until) if until else None,
        int(proposal.get("files", 0)),
    )


def _tell_officer(moment: Moment, ticket: Ticket, proposal: dict[str, Any], text: str) -> None:
    notices.post(moment, Kind.NOTICE, text, person=int(proposal["by"]), ticket=ticket)


def _log(moment: Moment, ticket: Ticket, who: Speaker, kind: str, **inputs: Any) -> None:
    tickets.log(moment.session, ticket, kind, at=moment.now, actor=who.actor, **inputs)


MOVE_OF = {
    "resolve": "resolve",
    "promise": "promise",
    "plan": "plan",
    "outside": "await_guidance",
}
"""The move behind each act that may have to be approved."""
