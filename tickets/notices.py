"""Whom each act tells, with which words and buttons, and where a notice is delivered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from storage import carriers, media, outages, outbox, people, tickets
from storage.conversations import Conversation
from storage.media import Media
from storage.outbox import Kind, Notice
from storage.people import Contact, Person, Role, Speaker
from storage.rows import append
from storage.tasks import Task, TaskStatus
from storage.tickets import OPEN, Outcome, Status, Ticket
from tickets import access, coordination
from tickets.buttons import Press, button
from tickets.moment import Moment
from tickets.texts import Texts

Buttons = Sequence[Sequence[dict[str, str]]]

IN_RECEIPT = "in_receipt"
"""In a conversation's draft: the open question that an emergency's receipt ends with."""
GUIDED = "guided"
"""The step of a ticket whose answer was given at once: its card waits for the 15 minutes."""


def post(
    moment: Moment,
    kind: Kind,
    text: str,
    *,
    contact: int | None = None,
    person: int | None = None,
    desk: str | None = None,
    ticket: Ticket | None = None,
    buttons: Buttons = (),
    numbered: bool = True,
    media_ids: Sequence[int] = (),
    replace_key: str | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Decide to say something; it goes out after the commit. Exactly one receiver is given."""
    append(
        moment.session,
        Notice,
        kind=kind,
        contact_id=contact,
        person_id=person,
        desk=desk,
        ticket_id=ticket.id if ticket else None,
        text=text,
        buttons=[list(row) for row in buttons],
        numbered=numbered,
        media=list(media_ids),
        replace_key=replace_key,
        created_at=moment.now,
        not_before=not_before or moment.now,
        expires_at=expires_at,
    )


def texts(moment: Moment, language: str = "vi") -> Texts:
    """The sentences in a language, for this moment's pack."""
    return Texts(language, moment.rules.units, moment.rules.zone)


async def texts_of(moment: Moment, person_id: int) -> Texts:
    """The sentences in a person's language."""
    person = await moment.session.get(Person, person_id)
    return texts(moment, person.language if person else "vi")


def is_proposed(moment: Moment) -> bool:
    """Whether no document has issued the deadlines yet."""
    return not moment.rules.pack.policies.issued_by


def duty_number(moment: Moment, unit: str) -> str:
    """The number of the person on duty for a unit; 112 where the pack has none, never blank."""
    agency = moment.rules.units.agency(unit)
    phones = [duty.phone for duty in agency.duty if duty.phone] if agency else []
    return phones[0] if phones else "112"


# The reporter.


def receipt_text(moment: Moment, ticket: Ticket, say: Texts) -> str:
    """The receipt as it is true at this moment."""
    route = moment.route(ticket.category) if ticket.urgency == "emergency" else None
    advice = f"\n{route.note}" if route and route.note else ""
    return plain_receipt(moment, ticket, say) + advice


def plain_receipt(moment: Moment, ticket: Ticket, say: Texts) -> str:
    """The receipt without the category's own advice."""
    return say.receipt(
        ticket,
        why=str(ticket.verdict.get("why", "")),
        now=moment.now,
        proposed=is_proposed(moment),
        duty=duty_number(moment, ticket.lead),
    )


def deadline_text(moment: Moment, ticket: Ticket, say: Texts) -> str:
    """By when it will be acknowledged."""
    return say.deadline(ticket.acknowledge_by, moment.now, proposed=is_proposed(moment))


def stage_text(moment: Moment, ticket: Ticket, say: Texts) -> str:
    """Who has the ticket at this moment, and what comes next."""
    return say.stage(
        ticket,
        now=moment.now,
        proposed=is_proposed(moment),
        duty=duty_number(moment, ticket.lead),
    )


def receipt_buttons(ticket: Ticket, say: Texts) -> Buttons:
    """The five buttons of a receipt, or the one that takes a guided ticket back.

    Once the department has it, there is nothing to choose any more.
    """
    if Status(ticket.status) not in OPEN or ticket.status == Status.RESOLVED:
        return []
    assert ticket.id is not None

    def at(name: str, do: str) -> dict[str, str]:
        return button(say.label(name), Press(do, ticket.id or 0, ticket.version))

    if ticket.next_step == GUIDED:
        return [[at("no_ticket", "noticket")], [at("wrong", "wrong"), at("urgent", "urgent")]]
    urgent = [] if ticket.urgency == "emergency" else [at("urgent", "urgent")]
    rows = [[*urgent, at("photos", "photos")], [at("cancel", "cancel")]]
    if ticket.status != Status.NEW:
        return rows
    return [[at("right", "right"), at("wrong", "wrong")], *rows]


def end_buttons(ticket: Ticket, say: Texts) -> Buttons:
    """Whether a resolved ticket is really done."""
    ends = [("done", "done"), ("not_done", "notdone")]
    at = [button(say.label(n), Press(do, ticket.id or 0, ticket.version)) for n, do in ends]
    return [at]


def receipt_key(ticket: Ticket) -> str:
    """The name under which a ticket's receipt is changed later."""
    return f"receipt:{ticket.id}"


async def tell_reporter(
    moment: Moment,
    ticket: Ticket,
    text: str,
    buttons: Buttons = (),
    *,
    kind: Kind = Kind.NOTICE,
    joined: str | None = None,
) -> None:
    """Say something to the reporter, wherever they can be reached best.

    Whoever reported what was merged into the ticket hears `joined`, else the same; '' is nothing.
    A shared ticket was reported by nobody but those. The communes that carry it too hear the same.
    """
    if not ticket.shared:
        post(moment, kind, text, person=ticket.reporter_id, ticket=ticket, buttons=buttons)
    for person in await carriers.hearers(moment.session, ticket):
        post(moment, kind, text, person=person, ticket=ticket, buttons=buttons)
    told = text if joined is None else joined
    if told:
        await tell_joined(moment, ticket, told, kind=kind)


async def tell_joined(
    moment: Moment, ticket: Ticket, text: str, *, kind: Kind = Kind.NOTICE
) -> None:
    """Tell the reporters of what was merged into a ticket, each once, under their own number.

    They cannot confirm its end, but take their own report out again when it is none for them; each
    commune in a shared ticket confirms for itself.
    """
    found, seen, heard = [ticket.id or 0], {ticket.id or 0}, {ticket.reporter_id}
    while merged := await tickets.merged_into(moment.session, found):
        found = [other.id or 0 for other in merged if other.id not in seen]
        seen.update(found)
        for other in merged:
            if other.outcome != Outcome.MERGED:
                continue
            people_of = (other.reporter_id, *await carriers.hearers(moment.session, other))
            for person in [one for one in people_of if one not in heard]:
                heard.add(person)
                say = await texts_of(moment, person)
                told, buttons = _as_joined(ticket, other, text, say)
                post(moment, kind, told, person=person, ticket=other, buttons=buttons)


def _as_joined(ticket: Ticket, other: Ticket, text: str, say: Texts) -> tuple[str, Buttons]:
    """What whoever reported `other` hears of the ticket that carries it, and can do then."""
    told = f"{text}\n{say.as_joined(other)}"
    if ticket.status == Status.RESOLVED and ticket.shared:
        return f"{told}\n{say.really_done()}", end_buttons(other, say)
    is_ended = Status(ticket.status) not in OPEN or ticket.status == Status.RESOLVED
    return told, split_button(other, say, "reopen") if is_ended else []


def apart_buttons(ticket: Ticket, say: Texts) -> Buttons:
    """Under the news that a report goes on within a shared ticket: it does not, or it is worse."""
    return [[act_button(ticket, say, "apart"), act_button(ticket, say, "urgent")]]


def split_button(ticket: Ticket, say: Texts, name: str = "split") -> Buttons:
    """The way out of the ticket into which this one was merged."""
    return [[button(say.label(name), Press("unmerge", ticket.id or 0, ticket.version))]]


async def refresh_receipt(moment: Moment, ticket: Ticket) -> None:
    """Change the receipt in the reporter's chat to what is true now; its open question stays.

    Of two matters told in one message neither has a receipt of its own: nothing is changed.
    """
    if not await outbox.was_said(moment.session, receipt_key(ticket)):
        return
    say = await texts_of(moment, ticket.reporter_id)
    text, buttons = receipt_text(moment, ticket, say), receipt_buttons(ticket, say)
    chat = await moment.session.get(Conversation, ticket.contact_id)
    is_open = Status(ticket.status) in OPEN and chat is not None
    if is_open and chat and chat.draft.get("ticket") == ticket.id and IN_RECEIPT in chat.draft:
        asked = chat.draft[IN_RECEIPT]
        text, buttons = f"{text}\n{asked['ask']}", asked["buttons"]
    post(
        moment,
        Kind.EDIT,
        text,
        contact=ticket.contact_id,
        ticket=ticket,
        buttons=buttons,
        replace_key=receipt_key(ticket),
    )


# Desks.


def card_key(ticket: Ticket, unit: str) -> str:
    """The name under which a unit's card of a ticket is changed later."""
    return f"card:{ticket.id}:{unit}"


CARD: dict[Status, tuple[tuple[str, ...], ...]] = {
    Status.NEW: (("ack", "reroute"), ("ask", "promise"), ("resolve", "more")),
    Status.PLANNED: (("update", "plan"), ("resolve", "more")),
    Status.AWAITING_GUIDANCE: (("update", "ended"), ("resolve", "more")),
    Status.RESOLVED: (),
    Status.CLOSED: (),
    Status.CANCELLED: (),
}
"""The acts on a card, in rows; those of a ticket at work stand in AT_WORK."""
AT_WORK = (("update", "ask"), ("promise", "resolve"), ("reroute", "more"))


def card_buttons(ticket: Ticket, say: Texts) -> Buttons:
    """What the lead can do now."""
    if ticket.outcome == Outcome.MERGED:
        return split_button(ticket, say)
    rows = CARD.get(Status(ticket.status), AT_WORK)
    return [[act_button(ticket, say, do) for do in row] for row in rows]


def act_button(ticket: Ticket, say: Texts, do: str) -> dict[str, str]:
    """A button for an act on a ticket as it stands."""
    return button(say.label(do), Press(do, ticket.id or 0, ticket.version))


def reminder_buttons(ticket: Ticket, say: Texts) -> Buttons:
    """Under a reminder: to look at the ticket, to be reminded later, to ask why one hears it."""
    names = ("view", "snooze", "why")
    return [[button(say.label(name), Press(name, ticket.id or 0)) for name in names]]


def raise_button(ticket: Ticket, say: Texts) -> Buttons:
    """KHẨN CẤP again, under the news that it is none."""
    return [[act_button(ticket, say, "urgent")]]


def agree_buttons(ticket: Ticket, say: Texts) -> Buttons:
    """Whether the commune agrees to wait for resources."""
    return [[act_button(ticket, say, "agree"), act_button(ticket, say, "disagree")]]


def task_buttons(ticket: Ticket, task: Task, say: Texts) -> Buttons:
    """What a coordinating unit can do now."""
    does = {
        TaskStatus.ASKED: [("task_ack", "taskack"), ("task_answer", "taskanswer")],
        TaskStatus.ACKNOWLEDGED: [("task_answer", "taskanswer")],
    }.get(TaskStatus(task.status), [])
    row = [
        button(say.label(name), Press(do, ticket.id or 0, task.version, str(task.id)))
        for name, do in does
    ]
    return [row] if row else []


async def parts_of(moment: Moment, ticket: Ticket, who: Speaker, say: Texts) -> tuple[str, Buttons]:
    """The units' parts in a ticket as a person may see them, with the buttons of their own."""
    tasks = await coordination.of_ticket(moment, ticket)
    own = [task for task in tasks if access.may_do(task, who)]
    lines = [say.task(ticket, own[-1], moment.now)] if own else []
    if not access.reports_for(ticket, who) or access.leads(ticket, who):
        taken = await _taken_by(moment, ticket, say)
        lines = [taken, say.who_blocks(tasks, moment.now), say.task_answers(tasks)]
    return "\n".join(filter(None, lines)), task_buttons(ticket, own[-1], say) if own else []


async def post_card(
    moment: Moment,
    ticket: Ticket,
    unit: str,
    *,
    note: str = "",
    edit: bool = False,
    tasks: Sequence[Task] = (),
) -> None:
    """Put the ticket's card on a unit's desk, or change the one that lies there.

    The lead sees on it who still blocks, another unit what it was asked: `tasks` are all there are.
    """
    say = texts(moment)
    kind = Kind.EMERGENCY if ticket.urgency == "emergency" else Kind.CARD
    if ticket.shared:
        note = say.carries(await outages.communes(moment.session, ticket.id or 0))
    elif ticket.carriers:
        left = await carriers.unconfirmed(moment.session, ticket)
        note = "\n".join(filter(None, (note, say.carried_together(ticket, left))))
    taken = await _taken_by(moment, ticket, say)
    card = say.card(
        ticket,
        now=moment.now,
        proposed=is_proposed(moment),
        note=note,
        taken=taken,
    )
    if unit == ticket.lead:
        part, buttons = say.who_blocks(tasks, moment.now), card_buttons(ticket, say)
    else:
        task = coordination.newest(tasks, unit)
        part = say.task(ticket, task, moment.now) if task else ""
        buttons = task_buttons(ticket, task, say) if task else []
    post(
        moment,
        Kind.EDIT if edit else kind,
        f"{card}\n{part}" if part else card,
        desk=unit,
        ticket=ticket,
        buttons=buttons,
        replace_key=card_key(ticket, unit),
    )


async def _taken_by(moment: Moment, ticket: Ticket, say: Texts) -> str:
    if ticket.assignee_id is None or ticket.acknowledged_at is None:
        return ""
    person = await moment.session.get(Person, ticket.assignee_id)
    return say.taken_by(person.name if person else "", ticket, moment.now)


async def post_cards(moment: Moment, ticket: Ticket, *, note: str = "") -> None:
    """Send the ticket out: the lead's card, the operator's, in an emergency everybody's."""
    ticket.carded_at = moment.now
    tasks = await coordination.send_out(moment, ticket)
    await post_card(moment, ticket, ticket.lead, note=note, tasks=tasks)
    if ticket.files and ticket.id is not None:
        await moment.session.flush()
        files = await media.of_ticket(moment.session, ticket.id)
        post_files(moment, ticket, [file for file in files if file.fate == media.Fate.KEPT])
    at_once = coordination.at_once(ticket)
    for unit in dict.fromkeys([*at_once, *coordination.helpers(ticket, tasks)]):
        await post_card(moment, ticket, unit, edit=unit not in at_once, tasks=tasks)


def post_files(moment: Moment, ticket: Ticket, files: Sequence[Media]) -> None:
    """Send files after the card, once they are here; a restricted ticket's stay on the console."""
    if not files or ticket.restricted or ticket.carded_at is None:
        return
    post(
        moment,
        Kind.CARD,
        texts(moment).files_of(ticket, len(files)),
        desk=ticket.lead,
        ticket=ticket,
        media_ids=[file.id or 0 for file in files],
    )


async def files_came(moment: Moment, ticket: Ticket, files: Sequence[Media]) -> None:
    """Files have been fetched: a place noted by the camera helps, and the desk gets them."""
    located = next((file for file in files if file.lat is not None), None)
    if located is not None and ticket.lat is None:
        ticket.lat, ticket.lon = located.lat, located.lon
        rule = texts(moment).rule_located()
        tickets.log(moment.session, ticket, "located", at=moment.now, actor="triage", rule=rule)
    post_files(moment, ticket, files)


async def refresh_cards(moment: Moment, ticket: Ticket, others: Sequence[str] = ()) -> None:
    """Change the cards that lie on desks, and on those of `others`, to what is true now."""
    if ticket.carded_at is None:
        return
    tasks = await coordination.follow(moment, ticket)
    helpers = coordination.helpers(ticket, tasks)
    units = [ticket.lead, *coordination.at_once(ticket), *helpers]
    if ticket.tentative:
        units += await carded(moment, ticket)
    for unit in dict.fromkeys([*units, *others]):
        await post_card(moment, ticket, unit, edit=True, tasks=tasks)


async def say_shortly(moment: Moment, edit: Notice, contact: Contact) -> None:
    """Where no card can be changed: one short line about an emergency, and only when it is news."""
    ticket = await moment.session.get(Ticket, edit.ticket_id) if edit.ticket_id else None
    if ticket is None or edit.desk is None or ticket.urgency != "emergency":
        return
    say = texts(moment)
    text = say.short_state(ticket, await _taken_by(moment, ticket, say))
    key = f"line:{edit.replace_key}:{contact.id}"
    if ticket.status == Status.NEW or await outbox.last_text(moment.session, key) == text:
        return
    post(moment, Kind.EMERGENCY, text, contact=contact.id, ticket=ticket, replace_key=key)


async def carded(moment: Moment, ticket: Ticket) -> Sequence[str]:
    """The units on whose desks a card of the ticket lies, the likeliest of an unsure one too."""
    await moment.session.flush()
    return await outbox.desks_of(moment.session, ticket.id or 0)


def tell_desk(moment: Moment, ticket: Ticket, text: str) -> None:
    """Say something to the lead's desk about a ticket."""
    kind = Kind.EMERGENCY if ticket.urgency == "emergency" else Kind.NOTICE
    post(
        moment,
        kind,
        text,
        desk=ticket.lead,
        ticket=ticket,
        buttons=card_buttons(ticket, texts(moment)),
    )


async def tell_role(
    moment: Moment,
    role: Role,
    text: str,
    *,
    ticket: Ticket | None = None,
    buttons: Buttons = (),
    expires_in: timedelta | None = None,
) -> None:
    """Say something to everybody who holds a role."""
    for person in await people.people_with(moment.session, role):
        post(
            moment,
            Kind.NOTICE,
            text,
            person=person,
            ticket=ticket,
            buttons=buttons,
            expires_at=moment.now + expires_in if expires_in else None,
        )
