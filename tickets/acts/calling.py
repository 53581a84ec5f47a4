"""An emergency that reached nobody within a minute: the duty office is asked to call by phone."""

from datetime import datetime, timedelta

from storage import calls, outbox, people, rounds, tasks, tickets
from storage.outbox import Fate, Kind, Notice
from storage.people import Contact, Person, Role
from storage.rounds import Round
from storage.tasks import Task
from storage.tickets import Status, Ticket
from tickets import coordination, notices, standing_in
from tickets.destinations import at_desk, is_its_own
from tickets.moment import Moment
from tickets.moves import ENDED

CALL = "call"
"""The round that looks after an emergency's notice; its subject is the notice's id."""
WITHIN = timedelta(minutes=1)
ANSWER_WITHIN = timedelta(minutes=10)
"""By when the duty office says whom it spoke to; then it is reminded."""
MANY = 5
"""People of one desk whose numbers are given."""


async def look_after(moment: Moment, notice: Notice) -> None:
    """Look again in a minute whether an emergency's notice has reached anybody.

    What answers somebody who is speaking is not looked after, nor is the request to call itself.
    """
    is_ours = (notice.replace_key or "").startswith(f"{CALL}:")
    if notice.kind != Kind.EMERGENCY or notice.ticket_id is None or is_ours:
        return
    if notice.contact_id is not None:
        return
    row = await rounds.named(moment.session, CALL, str(notice.id))
    if row is None:
        row = Round(name=CALL, subject=str(notice.id))
        moment.session.add(row)
    row.next_due_at = notice.not_before + WITHIN


async def look(moment: Moment, row: Round) -> datetime | None:
    """The minute is over: nothing where somebody was reached, else a task for the duty office."""
    await moment.session.delete(row)
    notice = await moment.session.get(Notice, int(row.subject))
    if notice is None or notice.ticket_id is None or await _is_heard(moment, notice):
        return None
    ticket = await tickets.by_id(moment.session, notice.ticket_id, lock=True)
    if ticket is not None and Status(ticket.status) not in ENDED:
        await _ask_to_call(moment, ticket, notice)
    return None


async def _is_heard(moment: Moment, notice: Notice) -> bool:
    """Whether somebody for whom the notice was has it, or nobody needs it any more.

    A desk's notice that the coordinator heard instead has not reached the desk, unless nobody
    of that unit has ever joined: then the card itself says so.
    """
    if notice.fate in {Fate.CANCELLED, Fate.EXPIRED}:
        return True
    stands = await calls.tried(moment.session, notice.id or 0)
    heard = [contact for contact, fates in stands.items() if Fate.DELIVERED in fates]
    if notice.desk is None or not heard:
        return bool(heard)
    for contact_id in heard:
        contact = await moment.session.get(Contact, contact_id)
        if contact is not None and await is_its_own(moment, notice.desk, contact):
            return True
    return not await at_desk(moment, notice.desk)


async def _ask_to_call(moment: Moment, ticket: Ticket, notice: Notice) -> None:
    """Give the duty office a task with the numbers; once for each addressee of a ticket."""
    say, office = notices.texts(moment), moment.rules.pack.coordinator
    key = f"{CALL}:{ticket.id}:{notice.desk or notice.person_id}"
    if await outbox.was_said(moment.session, key):
        return
    whom = say.call_whom(await _numbers(moment, notice), notice.desk or "")
    rule = say.rule_call()
    if notice.desk == office:
        text = say.call_wanted(ticket, whom)
        tickets.log(
            moment.session,
            ticket,
            "call_wanted",
            at=moment.now,
            actor="clock",
            rule=rule,
            text=whom,
        )
        for admin in await people.people_with(moment.session, Role.ADMIN):
            notices.post(moment, Kind.EMERGENCY, text, person=admin, ticket=ticket, replace_key=key)
        return
    task = await _task(moment, ticket, office, whom, rule)
    notices.post(
        moment,
        Kind.EMERGENCY,
        say.call_wanted(ticket, whom),
        desk=office,
        ticket=ticket,
        buttons=notices.task_buttons(ticket, task, say),
        replace_key=key,
    )


async def _task(moment: Moment, ticket: Ticket, office: str, whom: str, rule: str) -> Task:
    """The office's task: a new one, or what it has to call already with one more."""
    every = await tasks.of_ticket(moment.session, ticket.id or 0)
    task = coordination.newest([one for one in every if coordination.is_call(one)], office)
    until = moment.now + ANSWER_WITHIN
    if task is None or not coordination.is_open(task):
        return await coordination.ask(
            moment,
            ticket,
            office,
            asked_by=tasks.CALL,
            actor="clock",
            rule=rule,
            question=whom,
            until=until,
        )
    task.question = f"{task.question}\n{whom}"
    task.answer_by = task.next_due_at = until
    task.version += 1
    coordination.log(moment, ticket, task, "invited", actor="clock", rule=rule, text=whom)
    await moment.session.flush()
    return task


async def _numbers(moment: Moment, notice: Notice) -> list[tuple[str, str]]:
    """Whom to call: (name, number), of the unit on duty first; a number may be missing."""
    if notice.desk is None:
        found = await moment.session.get(Person, notice.person_id)
        return [(found.name, found.phone)] if found is not None else []
    agency = moment.rules.units.agency(notice.desk)
    numbers = [(duty.post, duty.phone) for duty in agency.duty if duty.phone] if agency else []
    for person_id in await standing_in.desk_people(moment, notice.desk):
        person = await moment.session.get(Person, person_id)
        if person is not None and person.phone:
            numbers.append((person.name, person.phone))
    return numbers[:MANY]
