"""News that can wait is held a little where each message costs, and goes as one with others."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.addressing import end
from storage import held
from storage.outbox import Fate, Kind, Notice
from storage.people import Contact
from storage.tickets import Status, Ticket
from tickets import notices, quiet, reach
from tickets.destinations import route, scarce_bots
from tickets.moment import Moment
from tickets.rich import units
from tickets.texts import Texts

COSTS = frozenset({"zalo_oa", "zalo_bot"})
"""Channels of which a message may cost, or use up what the rest of the month needs."""
OFFICE_MINUTES = 120
"""So long news is held at most, or until reminders are told next."""
LONGEST = timedelta(hours=16)
"""Over a weekend or holidays nothing is held: it goes at once."""
SHORTEST = timedelta(minutes=1)
BEFORE = timedelta(minutes=10)
"""So long before a window shuts, or before it is out of date, news goes all the same."""
CALM = frozenset({"normal", "low"})
CARRIES = frozenset({Kind.NOTICE, Kind.REMINDER, Kind.DIGEST})
"""Kinds that take along what was held for their reader, as they go anyway."""
MOST = 1850
"""UTF-16 units of one message: 2,000 with what a deputy's line and typed choices add."""


async def hold_back(
    moment: Moment, waiting: Sequence[Notice], channels: Collection[str]
) -> list[Notice]:
    """The notices that go out now: of news to one person that was held, one with all of it.

    News to a reporter that asks nothing, about what is neither urgent nor restricted nor within a
    storm, is held where the contact that would hear it costs. Who writes, and so opens what is
    free, hears it at once. Of any calm news several that are due at one moment are one message.
    Where there are no such channels nothing is asked.
    """
    if not COSTS.intersection(channels):
        return list(waiting)
    going = []
    for notice in waiting:
        await _let_go_if_free(moment, notice)
        if notice.held_at is None and await _is_held(moment, notice, channels):
            continue
        going.append(notice)
    await _join_what_is_due(moment, going, channels)
    return await _together(moment, going, channels)


def is_news(notice: Notice) -> bool:
    """Whether it is told to one person, who has nothing to press or to look at."""
    is_plain = not (notice.buttons or notice.media or notice.replace_key)
    return notice.kind == Kind.NOTICE and notice.person_id is not None and is_plain


def can_wait(notice: Notice, ticket: Ticket | None) -> bool:
    """Whether a notice is news that asks nothing of its reader and bears an hour's delay."""
    if not is_news(notice) or ticket is None or notice.person_id != ticket.reporter_id:
        return False  # who works on a ticket, or leads, hears at once
    return is_calm(ticket) and ticket.storm_id is None and ticket.status != Status.WAITING


def is_calm(ticket: Ticket | None) -> bool:
    """Whether what is said of a ticket may stand among other lines."""
    return ticket is None or (ticket.urgency in CALM and not ticket.restricted)


async def _ticket(moment: Moment, notice: Notice) -> Ticket | None:
    return await moment.session.get(Ticket, notice.ticket_id) if notice.ticket_id else None


async def _costly(moment: Moment, notice: Notice, channels: Collection[str]) -> Sequence[Contact]:
    """The contacts that would hear it, where each of them costs; none where one is free."""
    contacts, _ = await route(moment, notice, among=channels)
    scarce = await scarce_bots(moment) if "zalo_bot" in channels else ()
    is_free = any(reach.is_free(one, moment.now, scarce) for one in contacts)
    return [] if is_free else contacts


async def _join_what_is_due(
    moment: Moment, going: Sequence[Notice], channels: Collection[str]
) -> None:
    """Calm news that is due for one person at this moment waits for nothing, but goes as one."""
    due: dict[int, list[Notice]] = {}
    for notice in going:
        if not is_news(notice):
            continue
        ticket = await _ticket(moment, notice)
        asks = ticket is not None and ticket.status == Status.WAITING
        if is_calm(ticket) and not asks:
            due.setdefault(notice.person_id or 0, []).append(notice)
    for several in due.values():
        if len(several) > 1 and await _costly(moment, several[0], channels):
            for notice in several:
                notice.held_at = notice.held_at or moment.now


async def _is_held(moment: Moment, notice: Notice, channels: Collection[str]) -> bool:
    """Whether it is held back from now on."""
    if not is_news(notice) or not can_wait(notice, await _ticket(moment, notice)):
        return False
    contacts = await _costly(moment, notice, channels)
    if not contacts:
        return False
    until = await _until(moment, notice, contacts)
    if not SHORTEST <= until - moment.now <= LONGEST:
        return False
    notice.held_at, notice.not_before = moment.now, until
    return True


async def _until(moment: Moment, notice: Notice, contacts: Sequence[Contact]) -> datetime:
    """When it goes at the latest (UTC): with what is held for its reader already."""
    calendar = moment.rules.calendar
    await moment.session.flush()
    ends = [one.not_before for one in await held.held_for(moment.session, [notice.person_id or 0])]
    ends += [
        quiet.next_round(moment.now, calendar),
        calendar.add_office_minutes(moment.now, OFFICE_MINUTES),
    ]
    shuts = [reach.closes(contact) for contact in contacts] + [notice.expires_at]
    return min(ends + [one - BEFORE for one in shuts if one is not None])


async def _let_go_if_free(moment: Moment, notice: Notice) -> None:
    """Whoever is being answered has just written: what was held for them costs nothing now."""
    if notice.kind != Kind.ANSWER or notice.contact_id is None:
        return
    contact = await moment.session.get(Contact, notice.contact_id)
    if contact is None or contact.person_id is None or contact.channel not in reach.FREE:
        return
    await held.let_go(moment.session, contact.person_id, moment.now)


async def _together(moment: Moment, going: list[Notice], channels: Collection[str]) -> list[Notice]:
    """Let whatever goes to a person anyway take along what is held for them."""
    people = {
        notice.person_id: None
        for notice in going
        if notice.person_id is not None and notice.kind in CARRIES
    }
    if not people:
        return going
    await moment.session.flush()
    waits: dict[int, list[Notice]] = {}
    for notice in await held.held_for(moment.session, people):
        waits.setdefault(notice.person_id or 0, []).append(notice)
    for notice in going:
        if notice.fate == Fate.PENDING and notice.person_id in waits:
            if not (await route(moment, notice, among=channels))[0]:
                continue  # nobody is reached: each ends by itself, and is somebody's work
            left = waits[notice.person_id]
            said = await _take_along(moment, notice, left)
            waits[notice.person_id] = [one for one in left if one not in said]
    return [notice for notice in going if notice.fate == Fate.PENDING]


async def _take_along(moment: Moment, notice: Notice, waits: Sequence[Notice]) -> Sequence[Notice]:
    """Say in this message what was held, as far as it has room: what that is.

    The rest is for the next message.
    """
    is_held = notice in waits
    if not is_held and not await _may_carry(moment, notice):
        return []
    others = [one for one in waits if one is not notice]
    say = await notices.texts_of(moment, notice.person_id or 0)
    said, text = _in_one(
        say, moment.now, [notice, *others] if is_held else others, "" if is_held else notice.text
    )
    for other in said:
        if other is not notice:
            end(other, Fate.CANCELLED, moment.now, f"merged into {notice.id}")
    if is_held and len({one.ticket_id for one in said}) > 1:
        notice.ticket_id = None
    notice.text = text
    return said


async def _may_carry(moment: Moment, notice: Notice) -> bool:
    """Whether a message that goes anyway bears more lines: not about danger, nor what is hidden."""
    if notice.kind not in CARRIES or notice.media:
        return False
    return is_calm(await _ticket(moment, notice))


def _in_one(
    say: Texts, now: datetime, news: Sequence[Notice], own: str
) -> tuple[Sequence[Notice], str]:
    """As many of the news as one message holds before `own` words, and that message."""
    for shown in range(len(news), 0, -1):
        since = min(one.held_at or now for one in news[:shown])
        told = say.held_together([one.text for one in news[:shown]], since, now)
        text = f"{told}\n\n{own}" if own else told
        if units(text) <= MOST:
            return news[:shown], text
    # One alone that is longer than a message goes as it is, in parts.
    return (news[:1], news[0].text) if not own else ([], own)
