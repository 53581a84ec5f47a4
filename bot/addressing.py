"""From a notice to the calls that deliver it: to whom, on which channel, and where else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from bot.channels.base import (
    Channel,
    File,
    OverQuota,
    Part,
    Said,
    Undeliverable,
    as_json,
    parts,
)
from storage import calls, outbox
from storage.media import Fate as MediaFate
from storage.media import Media
from storage.outbox import Delivery, Fate, Kind, Notice
from storage.people import Contact, Role, people_with
from storage.rows import append, write
from storage.tickets import OPEN, Status, Ticket, next_number
from tickets import notices, reach, rich, standing_in
from tickets.acts import unseen
from tickets.acts.calling import look_after
from tickets.destinations import is_its_own, route
from tickets.moment import Moment

log = structlog.get_logger()


class Addressing:
    """Decides for each notice which contacts hear it, within what their channels can do."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        """Contacts of other channels are not reachable by this process."""
        self.channels = channels

    async def expand(self, moment: Moment, notice: Notice) -> None:
        """Turn a notice into the calls that deliver it."""
        if notice.kind == Kind.EDIT and await self._expand_edit(moment, notice):
            return
        await look_after(moment, notice)
        contacts, note = await route(moment, notice, among=self.channels)
        if not contacts:
            end(notice, Fate.DEAD, moment.now, "nobody can be reached")
            await tell_admins(moment, notice, Undeliverable(notice.error))
            return
        _stands_in(notice, note)
        if not self.channels.keys() <= {"web", "webhook"}:
            await unseen.look_after(moment, notice, contacts)
        await self._deliver_to(moment, notice, contacts)
        notice.fate = Fate.SENDING

    async def elsewhere(self, moment: Moment, notice: Notice, failed: Contact) -> bool:
        """Send on what a contact could not be told; False when nobody else is left to hear it."""
        await write(moment.session)
        stands = await calls.tried(moment.session, notice.id or 0)
        contacts, note = await route(
            moment, notice, among=self.channels, without=_dead(stands) | {failed.id or 0}
        )
        await calls.call_off(moment.session, notice.id or 0, failed.id or 0, moment.now)
        _stands_in(notice, note)
        fresh = [contact for contact in contacts if contact.id not in stands]
        await self._deliver_to(moment, notice, fresh)
        await write(moment.session)
        return bool(contacts)

    async def has_others(self, moment: Moment, notice: Notice) -> bool:
        """Whether somebody could be told who has not been tried yet."""
        stands = await calls.tried(moment.session, notice.id or 0)
        found, _ = await route(moment, notice, among=self.channels, without=set(stands))
        return bool(found)

    async def _deliver_to(
        self, moment: Moment, notice: Notice, contacts: Iterable[Contact]
    ) -> None:
        files = await _files(moment.session, notice.media)
        for contact in contacts:
            text = await self._words(moment, notice, contact)
            said = Said(text, notice.buttons, notice.numbered, files)
            for part in parts(said, self.channels[contact.channel].limits):
                _deliver(moment, notice, contact, part)

    async def _expand_edit(self, moment: Moment, notice: Notice) -> bool:
        """Change the messages that the same key became; True unless there are none yet."""
        assert notice.replace_key is not None
        if await outbox.is_unsettled(moment.session, notice.replace_key):
            notice.not_before = moment.now + timedelta(milliseconds=200)
            return True
        if await _is_nobodys(moment, notice):
            end(notice, Fate.CANCELLED, moment.now, "the chat is nobody's any more")
            return True
        handled = sent = False
        for contact, receipt, said in await outbox.receipts_of(moment.session, notice.replace_key):
            if notice.desk and not await is_its_own(moment, notice.desk, contact):
                _stands_in(notice, (await route(moment, notice, among=self.channels))[1])
            if contact.channel not in self.channels or not contact.reachable:
                continue
            handled = True
            if not await _stands_already(moment, notice, said):
                sent = await self._change(moment, notice, contact, receipt) or sent
        notice.fate = Fate.SENDING if sent else Fate.PENDING
        if handled and not sent:
            end(notice, Fate.CANCELLED, moment.now, "nothing to change there")
        return handled

    async def _change(self, moment: Moment, notice: Notice, contact: Contact, receipt: str) -> bool:
        """Change one message; where none can be changed, a card that still matters comes anew,
        and an emergency's news as one short line.

        What a receipt would say anew its reporter hears by itself.
        """
        if contact.channel in reach.ONE_WAY:
            return False  # nobody can act on it there
        limits = self.channels[contact.channel].limits
        text = await self._words(moment, notice, contact)
        said = Said(text, notice.buttons, notice.numbered)
        if limits.can_edit:
            _deliver(moment, notice, contact, parts(said, limits)[-1], edits=receipt)
            return True
        ticket = await moment.session.get(Ticket, notice.ticket_id) if notice.ticket_id else None
        if ticket is not None and ticket.urgency == "emergency":
            await notices.say_shortly(moment, notice, contact)
            return False
        if notice.desk is None or not _still_matters(notice, ticket):
            return False
        said.numbered = False  # it is not the last word: a number answers what was asked before
        for part in parts(said, limits):
            _deliver(moment, notice, contact, part)
        return True

    async def _words(self, moment: Moment, notice: Notice, contact: Contact) -> str:
        """The text as this contact may read it: a restricted ticket's words stay out of groups
        and of channels abroad.
        """
        line = await standing_in.line(moment, notice, contact)
        text = f"{notice.text}\n{line}" if line else notice.text
        is_open = not contact.is_group and not self.channels[contact.channel].limits.is_abroad
        if is_open or rich.QUOTED not in text or notice.ticket_id is None:
            return rich.shown(text)
        ticket = await moment.session.get(Ticket, notice.ticket_id)
        if ticket is None or not ticket.restricted:
            return rich.shown(text)
        return f"{rich.hidden(text)}\n{notices.texts(moment).hidden()}"


async def why_shut(moment: Moment, delivery: Delivery, contact: Contact) -> str:
    """Why a call to a contact is not made any more, '' where it is.

    What it may take is used up; or since the call was decided, the chat was taken away from its
    person, or the person shut out: only what answers whoever is there may still be said.
    """
    rests = contact.resting_until is not None and contact.resting_until > moment.now
    if rests and delivery.edits is None:
        return "what may be sent is used up"
    if contact.is_group or (contact.person_id is not None and contact.reachable):
        return ""
    notice = await moment.session.get(Notice, delivery.notice_id)
    is_an_answer = notice is not None and notice.contact_id is not None and not notice.ticket_id
    return "" if is_an_answer else "the chat is nobody's any more, or its door is shut"


async def _stands_already(moment: Moment, notice: Notice, said: int) -> bool:
    """Whether a message shows already what it would be changed to: three changes in ten do."""
    before = await moment.session.get(Notice, said)
    return (
        before is not None
        and (before.text, before.buttons) == (notice.text, notice.buttons)
        and before.numbered == notice.numbered
    )


async def _is_nobodys(moment: Moment, notice: Notice) -> bool:
    """Whether a change is for a chat that was taken away from its person."""
    if notice.contact_id is None:
        return False
    contact = await moment.session.get(Contact, notice.contact_id)
    return contact is not None and contact.person_id is None and not contact.is_group


def _dead(stands: Mapping[int, set[str]]) -> set[int]:
    return {contact for contact, fates in stands.items() if Fate.DEAD in fates}


def _still_matters(notice: Notice, ticket: Ticket | None) -> bool:
    """Whether there is something to do: nobody is told again what is done."""
    if notice.buttons or ticket is None:
        return True
    return Status(ticket.status) in OPEN and ticket.status != Status.RESOLVED


async def _files(session: AsyncSession, ids: Sequence[int]) -> list[File]:
    if not ids:
        return []
    rows = await session.execute(select(Media).where(col(Media.id).in_(ids)))
    return [
        File(row.hash, row.kind, row.mime, row.name)
        for row in rows.scalars()
        if row.hash and row.fate == MediaFate.KEPT
    ]


async def tell_admins(moment: Moment, notice: Notice, error: Exception) -> None:
    """A dead letter is visible work: administrators hear, but never of their own dead ones."""
    log.error("dead letter", notice=notice.id, reason=str(error)[:80])
    if notice.kind in {Kind.BULK, Kind.EDIT} or await _was_for_a_stranger(moment, notice):
        return
    kind = Kind(notice.kind).name.lower()
    text = notices.texts(moment).dead_letter_told(kind, str(error)[:80])
    for told in await people_to_tell(moment, notice.person_id):
        notices.post(moment, Kind.BULK, text, person=told)


async def _was_for_a_stranger(moment: Moment, notice: Notice) -> bool:
    """Whether nobody of ours misses it: anybody could make work for the administrators so."""
    if notice.contact_id is None:
        return False
    contact = await moment.session.get(Contact, notice.contact_id)
    return contact is not None and contact.person_id is None and not contact.is_group


async def tell_of_quota(moment: Moment, channel: str, error: OverQuota) -> None:
    """Once a day, whatever is refused: each further word would be refused as well."""
    sender = error.among.partition("/")[0] if "/" in error.among else ""
    told = f"quota {channel} {sender} {moment.today.isoformat()}"
    if await next_number(moment.session, told) > 1:
        return
    log.error("quota used up", channel=channel)
    text = notices.texts(moment).quota_told(channel, sender)
    for person in await people_to_tell(moment, None):
        notices.post(moment, Kind.NOTICE, text, person=person)


async def people_to_tell(moment: Moment, without: int | None) -> Sequence[int]:
    """The administrators, or else the coordinators, without whom the message did not reach."""
    for role in (Role.ADMIN, Role.COORDINATOR):
        found = await people_with(moment.session, role)
        if others := [person for person in found if person != without]:
            return others
    return []


def _deliver(
    moment: Moment, notice: Notice, contact: Contact, part: Part, *, edits: str | None = None
) -> None:
    assert notice.id is not None and contact.id is not None
    append(
        moment.session,
        Delivery,
        notice_id=notice.id,
        contact_id=contact.id,
        channel=contact.channel,
        ticket_id=notice.ticket_id,
        kind=notice.kind,
        part=as_json(part),
        edits=edits,
        not_before=moment.now,
        expires_at=notice.expires_at,
    )


def _stands_in(notice: Notice, note: str) -> None:
    """Whoever hears in place of a desk is told so, and gets no buttons of that desk."""
    if note and not notice.text.endswith(note):
        notice.text, notice.buttons = f"{notice.text}\n{note}", []


def end(row: Any, fate: Fate, now: datetime, error: str = "") -> None:
    """Write down how a notice or a call ended."""
    row.fate, row.ended_at = fate, now
    if error:
        row.error = error
