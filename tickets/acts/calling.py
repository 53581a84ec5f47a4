"""An emergency that reached nobody within a minute: the duty office is asked to call by phone.

A line of the web chat is only written, and rings no phone: while no page has shown it, nor its
reader done anything since, it has reached nobody; they have three minutes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage import calls, outbox, people, rounds, tasks, tickets, viewings
from storage.outbox import Fate, Kind, Notice
from storage.people import Contact, Person, Role
from storage.rounds import Round
from storage.tasks import Task, TaskStatus
from storage.tickets import Status, Ticket
from tickets import coordination, notices, standing_in
from tickets.acts import unseen
from tickets.destinations import at_desk, is_its_own
from tickets.moment import Moment
from tickets.moves import ENDED

CALL = "call"
"""The round that looks after an emergency's notice; its subject is the notice's id."""
WITHIN = timedelta(minutes=1)
WITHIN_ON_A_PAGE = timedelta(minutes=3)
"""How long a line of the web chat may stay unseen; after one it is told on other chats too."""
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
    notice = await moment.session.get(Notice, int(row.subject))
    if notice is None or notice.ticket_id is None or await _is_heard(moment, notice):
        await moment.session.delete(row)
        return None
    until = notice.not_before + WITHIN_ON_A_PAGE
    if moment.now < until and await _may_see_it_yet(moment, notice):
        return until
    await moment.session.delete(row)
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
    told = await _told(moment, notice)
    if not told:
        return False
    heard = [contact for contact in told if await _is_reached(moment, notice, contact)]
    if notice.desk is None:
        return bool(heard)
    for contact in heard:
        if await is_its_own(moment, notice.desk, contact):
            return True
    return not await at_desk(moment, notice.desk)


async def _told(moment: Moment, notice: Notice) -> list[Contact]:
    """The contacts to which it was delivered."""
    stands = await calls.tried(moment.session, notice.id or 0)
    told = [id_ for id_, fates in stands.items() if Fate.DELIVERED in fates]
    found = [await moment.session.get(Contact, id_) for id_ in told]
    return [contact for contact in found if contact is not None]


async def _is_reached(moment: Moment, notice: Notice, contact: Contact) -> bool:
    """Whether what was delivered to a contact has come before somebody's eyes."""
    if contact.channel != unseen.WEB or not await unseen.is_unseen(moment, notice, contact):
        return True
    ticket, since = await moment.session.get(Ticket, notice.ticket_id), notice.created_at
    acted = [contact.heard_at, ticket.acknowledged_at if ticket is not None else None]
    if any(at is not None and at > since for at in acted):
        return True
    person, ticket_id = contact.person_id or 0, notice.ticket_id or 0
    if await viewings.has_looked(moment.session, person, ticket_id, since):
        return True
    return await unseen.was_told_elsewhere(moment, notice, contact)


async def _may_see_it_yet(moment: Moment, notice: Notice) -> bool:
    """Whether a line of the web chat has been written for somebody it is for, and waits there."""
    for contact in await _told(moment, notice):
        is_for_them = notice.desk is None or await is_its_own(moment, notice.desk, contact)
        if is_for_them and not await _is_reached(moment, notice, contact):
            return True
    return False


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


async def because_untaken(moment: Moment, ticket: Ticket, post: str) -> Task | None:
    """Give a duty office the task to phone, with the numbers of the lead and of the commune.

    Where nobody of that office has joined, the coordinator's has it. None for an office that has
    this task already or has called them, or is itself the one to be called.
    """
    unit = post if await at_desk(moment, post) else moment.rules.pack.coordinator
    every = await tasks.of_ticket(moment.session, ticket.id or 0)
    before = [t for t in every if t.unit == unit and t.asked_by == tasks.UNTAKEN]
    if unit == ticket.lead:
        return None
    say = notices.texts(moment)
    lead = await _numbers_of(moment, ticket.lead)
    heads = await people.people_of(moment.session, ticket.lead, Role.HEAD)
    lead += await _phones(moment, heads)
    commune = await _phones(moment, [ticket.reporter_id])
    whom = [say.call_whom(list(dict.fromkeys(lead))[:MANY], ticket.lead)]
    whom += [say.call_whom(commune, ticket.commune)] if ticket.commune and commune else []
    question = "\n".join(whom)
    if any(t.status != TaskStatus.CANCELLED and t.question == question for t in before):
        return None  # a new lead's numbers are new
    return await coordination.ask(
        moment,
        ticket,
        unit,
        asked_by=tasks.UNTAKEN,
        actor="clock",
        rule=say.rule_untaken(),
        question=question,
        until=moment.now + ANSWER_WITHIN,
    )


async def _task(moment: Moment, ticket: Ticket, office: str, whom: str, rule: str) -> Task:
    """The office's task: a new one, or what it has to call already with one more."""
    every = await tasks.of_ticket(moment.session, ticket.id or 0)
    task = coordination.newest([one for one in every if one.asked_by == tasks.CALL], office)
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
    return (await _numbers_of(moment, notice.desk))[:MANY]


async def _numbers_of(moment: Moment, unit: str) -> list[tuple[str, str]]:
    agency = moment.rules.units.agency(unit)
    numbers = [(duty.post, duty.phone) for duty in agency.duty if duty.phone] if agency else []
    return numbers + await _phones(moment, await standing_in.desk_people(moment, unit))


async def _phones(moment: Moment, person_ids: Sequence[int]) -> list[tuple[str, str]]:
    """Those of some people who have given a number."""
    found = [await moment.session.get(Person, person_id) for person_id in person_ids]
    return [(person.name, person.phone) for person in found if person is not None and person.phone]
