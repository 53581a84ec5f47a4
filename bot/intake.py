"""One update, all or nothing: what comes in is confirmed when all its effects are committed."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from bot.albums import sent_together
from bot.channels import webchat
from bot.packs import Packs
from handlers.reply import Reply
from storage import conversations, inbox, people
from storage import webchat as lines
from storage.conversations import Conversation, Known
from storage.engine import Database
from storage.outbox import Kind as NoticeKind
from storage.passing import is_passing
from storage.people import Contact, Held, Role, Speaker
from storage.rows import write
from storage.tickets import by_id
from tickets import notices, reach
from tickets.acts import linking, reporter, reporting
from tickets.agenda import plan_touched
from tickets.incoming import BY_TIME, INCOMING, Attachment, Incoming, Kind
from tickets.moment import Moment

BATCH = 32
"""Updates that may share one commit on SQLite."""
AT_ONCE = 8
"""Transactions at once on PostgreSQL."""
ALBUM_WAITS = timedelta(seconds=1.2)
BY_TIME_WAITS = timedelta(seconds=3)
"""The same where nothing but time tells which pictures belong together."""
TRIES = 3
"""How often a transaction that lost against another one runs again."""

log = structlog.get_logger()
Handle = Callable[[Moment, Speaker, Conversation, Incoming, Reply], Awaitable[None]]
Toast = tuple[str, str, str]
"""Channel, press id, words."""


@dataclass(slots=True)
class Waiting:
    """An update in line, and the future that its channel waits for."""

    said: Incoming
    done: asyncio.Future[None]


class Intake:
    """Receives updates; on SQLite many share a commit, on PostgreSQL many run at once."""

    def __init__(
        self,
        database: Database,
        packs: Packs,
        handle: Handle,
        now: Callable[[], datetime],
        after_commit: Callable[[Sequence[Toast]], None],
    ) -> None:
        """`handle` routes one update; `after_commit` wakes the deliverer and shows toasts."""
        self.database = database
        self.packs = packs
        self.handle = handle
        self.now = now
        self.after_commit = after_commit
        self.parse: Callable[[str, dict[str, Any]], Incoming | None] = lambda *_: None
        """Reads a channel's own payload; None where there is nothing to read."""
        self.ended: Callable[[Incoming, float, asyncio.Future[None]], None] | None = None
        """Counts each update as it ends: when it came, as time.perf_counter counts, and how."""
        self._line: deque[Waiting] = deque()
        self._workers: set[asyncio.Task[None]] = set()
        self._busy: set[tuple[str, str]] = set()

    async def receive(self, updates: Incoming | Iterable[Incoming]) -> None:
        """Return once every update is committed, was a repeat, or has been set aside."""
        batch = [updates] if isinstance(updates, Incoming) else list(updates)
        loop = asyncio.get_running_loop()
        waiting = [Waiting(said, loop.create_future()) for said in batch]
        if self.ended is not None:
            began = time.perf_counter()
            for update in waiting:
                update.done.add_done_callback(partial(self.ended, update.said, began))
        self._line.extend(waiting)
        self._start_workers()
        await asyncio.gather(*(update.done for update in waiting))

    def _start_workers(self) -> None:
        most = 1 if self.database.is_sqlite else AT_ONCE
        while len(self._workers) < min(most, len(self._line)):
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    async def _work(self) -> None:
        while batch := self._take():
            chats = {_chat(update.said) for update in batch}
            try:
                await self._together(batch)
            finally:
                self._busy -= chats

    def _take(self) -> list[Waiting]:
        """The next updates in order; on PostgreSQL one, of a chat that nobody is working on."""
        if self.database.is_sqlite:
            return [self._line.popleft() for _ in range(min(BATCH, len(self._line)))]
        for n, update in enumerate(self._line):
            if _chat(update.said) not in self._busy:
                del self._line[n]
                self._busy.add(_chat(update.said))
                return [update]
        return []

    async def _together(self, batch: list[Waiting]) -> None:
        """All in one transaction; when one fails, each alone; what fails alone is set aside."""
        try:
            await self._commit([update.said for update in batch])
        except Exception as error:  # noqa: BLE001  whatever a handler raises concerns one update
            if len(batch) == 1:
                await self._alone(batch[0], error)
            else:
                for update in batch:
                    await self._together([update])
            return
        for update in batch:
            _confirm(update)

    async def _alone(self, update: Waiting, error: Exception) -> None:
        """Try again what lost against another transaction; set aside what is wrong in itself."""
        for _ in range(TRIES):
            if not is_passing(error):
                break
            try:
                await self._commit([update.said])
            except Exception as again:  # noqa: BLE001  as above
                error = again
            else:
                _confirm(update)
                return
        if is_passing(error) and not isinstance(error, IntegrityError):
            update.done.set_exception(error)
            return
        try:
            await self._set_aside(update.said, error)
        except Exception as failure:  # noqa: BLE001  the channel must not confirm it
            update.done.set_exception(failure)
        else:
            _confirm(update)

    async def _commit(self, updates: Sequence[Incoming]) -> None:
        toasts: list[Toast] = []
        async with self.database.transaction() as session:
            rules = await self.packs.in_force(session)
            moment = Moment(session, self.now(), rules)
            fresh = await self._fresh(moment, updates)
            known = await self._conversations(moment, fresh)
            ids = [chat.person.id or 0 for chat in known.values() if chat.person]
            duties = await people.duties_of(session, ids, moment.now) if ids else {}
            seen: set[tuple[str, str]] = set()
            for said in fresh:
                if _chat(said) in seen:
                    await write(session)  # this chat's next update finds what the last one did
                seen.add(_chat(said))
                toasts += await self._one(moment, known[_chat(said)], said, duties)
            plan_touched(moment)
        self.after_commit(toasts)

    async def _fresh(self, moment: Moment, updates: Sequence[Incoming]) -> list[Incoming]:
        """The updates not received before; noting that is the first effect of each."""
        rows = [_row(said, moment.now) for said in updates]
        new = await inbox.take(moment.session, rows)
        fresh = []
        for said in updates:
            if (said.channel, said.key) in new:
                new.discard((said.channel, said.key))
                fresh.append(said)
        return fresh

    async def _conversations(
        self, moment: Moment, updates: Sequence[Incoming]
    ) -> dict[tuple[str, str], Known]:
        """The conversations of these updates, locked; new contacts get theirs."""
        chats = dict.fromkeys(_chat(said) for said in updates)
        groups = {_chat(said) for said in updates if said.is_group}
        known = await conversations.locked(moment.session, chats)
        for channel, address in chats:
            if (channel, address) not in known:
                is_group = (channel, address) in groups
                contact = Contact(channel=channel, address=address, is_group=is_group)
                moment.session.add(contact)
                await moment.session.flush()
                assert contact.id is not None
                conversation = Conversation(contact_id=contact.id)
                moment.session.add(conversation)
                known[channel, address] = Known(contact, conversation)
        return known

    async def _one(
        self, moment: Moment, chat: Known, said: Incoming, duties: dict[int, Held]
    ) -> list[Toast]:
        contact, conversation = chat.contact, chat.conversation
        if not _is_heard(contact, said, moment.now):
            return []
        if contact.channel in reach.FREE:
            contact.resting_until = None  # whoever writes opens a window that costs nothing
        is_frozen = chat.person is not None and not chat.person.active
        if said.kind not in {Kind.LEFT, Kind.MIGRATED} and not contact.reachable:
            contact.reachable = not is_frozen
        who = await self._speaker(moment, chat, said, duties)
        if said.channel == webchat.NAME and who.person is not None:
            await write_down(moment, conversation, said)
        if said.group_key and said.kind is Kind.MESSAGE and who.person is not None:
            if await self._park(moment, who, said):
                return []
        is_alone = who.person is not None and not said.is_group
        if is_alone:
            await linking.follow(moment, who, conversation)
        language = who.person.language if is_alone and who.person else "vi"
        reply = Reply(
            moment, who, conversation, notices.texts(moment, language), is_group=said.is_group
        )
        await self.handle(moment, who, conversation, said, reply)
        if said.press_id is None:
            if said.channel in reach.PLAIN:
                reply.toasts_in_words()
            return []
        return [(said.channel, said.press_id, text) for text in reply.toasts or [""]]

    async def _speaker(
        self, moment: Moment, chat: Known, said: Incoming, duties: dict[int, Held]
    ) -> Speaker:
        """Who speaks: in a group the person behind the sender's own contact.

        `duties` are used once: a person's second update in a batch may speak in a new role.
        """
        contact, person = chat.contact, chat.person
        if not said.is_group:
            if person is not None and person.active and person.id in duties:
                return Speaker(contact, person, *duties.pop(person.id))
            if person is None and contact.person_id is not None:
                person = await moment.session.get(people.Person, contact.person_id)
            return await people.speaker_for(moment.session, contact, person, moment.now)
        sender = await people.speaker_at(moment.session, said.channel, said.sender, moment.now)
        return replace(sender, contact=contact) if sender else Speaker(contact)

    async def _park(self, moment: Moment, who: Speaker, said: Incoming) -> bool:
        """Keep a piece of an album until all have come; a late piece joins its ticket silently."""
        assert said.group_key is not None
        key = f"{who.contact.id}:{said.group_key}"
        waits = BY_TIME_WAITS if said.group_key == BY_TIME else ALBUM_WAITS
        late = await inbox.album_ticket(moment.session, said.channel, key)
        if late is not None:
            await self._late_piece(moment, who, said, late)
            return True
        await inbox.park(
            moment.session,
            said.channel,
            said.key,
            group_key=key,
            due_at=moment.now + waits,
            payload=INCOMING.dump_python(said, mode="json"),
        )
        return True

    async def _late_piece(
        self, moment: Moment, who: Speaker, said: Incoming, ticket_id: int
    ) -> None:
        ticket = await by_id(moment.session, ticket_id, lock=True)
        if ticket is not None:
            files = await reporting.keep_files(moment, who, said.attachments)
            await reporter.add(moment, ticket, who, files=files)

    async def close_albums(self) -> int:
        """Handle each album whose last piece is old enough as one message; how many there were."""
        async with self.database.reading() as session:
            due = await inbox.due_albums(session, self.now(), BATCH)
        for channel, group_key in due:
            await self._close_album(channel, group_key)
        return len(due)

    async def _close_album(self, channel: str, group_key: str) -> None:
        """An album in a transaction of its own: one that fails must not hold the others up."""
        for _ in range(TRIES):
            try:
                toasts = await self._commit_album(channel, group_key)
            except Exception as error:  # noqa: BLE001  whatever a handler raises
                failure = error
                if not is_passing(error):
                    break
            else:
                self.after_commit(toasts)
                return
        if is_passing(failure) and not isinstance(failure, IntegrityError):
            log.warning("album waits", channel=channel, error=_name(failure))
        else:
            await self._set_album_aside(channel, group_key, failure)

    async def _commit_album(self, channel: str, group_key: str) -> list[Toast]:
        async with self.database.transaction() as session:
            moment = Moment(session, self.now(), await self.packs.in_force(session))
            pieces = await inbox.claim_album(session, channel, group_key, moment.now)
            toasts = await self._album(moment, pieces) if pieces else []
            plan_touched(moment)
            return toasts

    async def _album(self, moment: Moment, pieces: Sequence[inbox.Received]) -> list[Toast]:
        parts = [self._read(piece) for piece in pieces]
        known = await conversations.locked(moment.session, [_chat(parts[0])])
        chat, toasts = known[_chat(parts[0])], []
        for album in sent_together(list(zip(pieces, parts, strict=True))):
            whole = one_message([part for _, part in album])
            toasts += await self._one(moment, chat, replace(whole, group_key=None), {})
            await write(moment.session)
            for piece, part in album:
                piece.fate, piece.payload, piece.due_at = inbox.Fate.DONE, None, None
                piece.ticket_id = chat.conversation.ticket_id
                if part.group_key == BY_TIME:
                    piece.group_key = f"{piece.group_key} {album[0][0].id}"  # the next is another
        return toasts

    def _read(self, piece: inbox.Received) -> Incoming:
        """What was kept of a piece; what its channel could not read may be readable by now."""
        try:
            return INCOMING.validate_python(piece.payload)
        except ValidationError:
            said = self.parse(piece.channel, piece.payload or {})
            if said is None:
                raise
            return said

    async def _set_aside(self, said: Incoming, error: Exception) -> None:
        """Keep a failed update out of the way, apologise, and tell the administrators."""
        async with self.database.transaction() as session:
            moment = Moment(session, self.now(), await self.packs.in_force(session))
            is_known = await self._apologise(moment, said, error)
            payload = INCOMING.dump_python(said, mode="json") if is_known else None
            await inbox.set_aside(session, _row(said, moment.now), payload, _name(error))
            await self._tell_of_set_aside(moment, said.channel)
        self.after_commit([])

    async def _set_album_aside(self, channel: str, group_key: str, error: Exception) -> None:
        """The same for an album, whose pieces are kept already."""
        async with self.database.transaction() as session:
            moment = Moment(session, self.now(), await self.packs.in_force(session))
            pieces = await inbox.claim_album(session, channel, group_key, moment.now)
            for piece in pieces:
                piece.fate, piece.error, piece.due_at = inbox.Fate.SET_ASIDE, _name(error), None
            if pieces:
                with suppress(ValidationError, ValueError):  # then nobody knows who has sent it
                    await self._apologise(moment, self._read(pieces[0]), error)
                await self._tell_of_set_aside(moment, channel)
        self.after_commit([])

    async def _apologise(self, moment: Moment, said: Incoming, error: Exception) -> bool:
        """Tell the sender, if it is somebody known, that this came to nothing."""
        log.error("update set aside", channel=said.channel, kind=said.kind, error=_name(error))
        speaker = await people.speaker_at(moment.session, said.channel, said.sender, moment.now)
        if speaker is None or speaker.person is None:
            return False
        say = notices.texts(moment, speaker.person.language)
        notices.post(moment, NoticeKind.ANSWER, say.apology(), contact=speaker.contact.id)
        return True

    async def _tell_of_set_aside(self, moment: Moment, channel: str) -> None:
        await moment.session.flush()
        count = len(await inbox.all_set_aside(moment.session))
        told = notices.texts(moment).set_aside_told(channel, count)
        await notices.tell_role(moment, Role.ADMIN, told)

    async def set_aside_payload(
        self, channel: str, key: str, payload: dict[str, Any] | None, error: str
    ) -> None:
        """Set aside what a channel could not even read."""
        async with self.database.transaction() as session:
            moment = Moment(session, self.now(), await self.packs.in_force(session))
            row = {"channel": channel, "key": key, "received_at": moment.now}
            if await inbox.known_keys(session, channel, [key]):
                return
            await inbox.set_aside(session, row, payload, error)
            told = notices.texts(moment).set_aside_told(channel, 1)
            await notices.tell_role(moment, Role.ADMIN, told)
        self.after_commit([])


async def write_down(moment: Moment, conversation: Conversation, said: Incoming) -> None:
    """A person's own words in the web chat are lines of it too."""
    files = [
        {"hash": file.hash, "kind": file.kind, "mime": file.mime, "name": file.name}
        for file in said.attachments
    ]
    body = {"text": said.text, "files": files, "place": said.lat is not None}
    await lines.add_line(moment.session, conversation, body, at=moment.now, mine=True)


def one_message(parts: Sequence[Incoming]) -> Incoming:
    """An album's pieces as one message: every file, every caption once, the first one's key."""
    files: list[Attachment] = [file for part in parts for file in part.attachments]
    captions = dict.fromkeys(part.text for part in parts if part.text)
    located = next((part for part in parts if part.lat is not None), parts[0])
    return replace(
        parts[0],
        attachments=tuple(files),
        text="\n".join(captions),
        lat=located.lat,
        lon=located.lon,
        reply_to=next((part.reply_to for part in parts if part.reply_to), None),
    )


def _is_heard(contact: Contact, said: Incoming, now: datetime) -> bool:
    """Note when somebody wrote; False for a parting that comes after they are back.

    Zalo brings events in any order, and after an outage an hour late. To part is not to write.
    """
    if said.kind is Kind.LEFT and said.channel in reach.PLAIN:
        return contact.heard_at is None or said.sent_at >= contact.heard_at
    contact.heard_at = now
    return True


def _chat(said: Incoming) -> tuple[str, str]:
    return said.channel, said.address


def _row(said: Incoming, now: datetime) -> dict[str, Any]:
    return {
        "channel": said.channel,
        "key": said.key,
        "received_at": now,
        "address": said.address,
        "fate": inbox.Fate.DONE,
        "error": "",
    }


def _confirm(update: Waiting) -> None:
    if not update.done.done():
        update.done.set_result(None)


def _name(error: Exception) -> str:
    """An error without what people wrote: its type and where it was raised."""
    trace = error.__traceback__
    where = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        where = f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {where}"
