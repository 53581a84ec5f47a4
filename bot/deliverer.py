"""Takes what has been decided, makes one call after another, and writes down how each ended."""

import asyncio
import math
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.addressing import Addressing, end, tell_admins, tell_of_quota, why_shut
from bot.channels.base import (
    PART,
    Channel,
    Moved,
    OverQuota,
    Part,
    RetryLater,
    Undeliverable,
    Unknown,
)
from bot.merging import let_cards_pass, merge_cards
from bot.pace import Pace
from bot.packs import Packs
from bot.reminding import merge_reminders
from bot.thrift import hold_back
from storage import calls, contacts, leases, outbox
from storage.engine import Database
from storage.outbox import Delivery, Fate, Kind, Notice
from storage.passing import is_away
from storage.people import Contact
from storage.rows import write
from tickets.acts.joining import move, unbind_desk
from tickets.moment import Moment

BATCH = 64
FEW = 8
"""Notices that are addressed at a look while calls follow each other: a long one delays them."""
AT_ONCE = 64
"""Chats that are being called at the same time."""
LEASE = timedelta(seconds=150)
"""How long a call may take before another deliverer may try it again."""
GIVE_UP = timedelta(hours=2)
"""How long an unreachable channel is tried before the message is a dead letter."""
GO_OVER, GO_OVER_URGENT = timedelta(minutes=10), timedelta(minutes=1)
"""How long it is tried where the same person can be reached on another channel as well."""
AFTER_A_BURST = timedelta(seconds=30)
"""Until a refusal that may mean "too fast" as well as "used up" is put to the test."""
QUOTA_RESTS = timedelta(hours=1)
"""Until a quota that was used up is tried again: nothing tells when it begins anew."""
LONGEST_PAUSE = 120.0
WENT_BACK = timedelta(seconds=5)
"""So much a clock may be corrected without anybody taking note."""
IDLE = 0.5
"""Seconds until the next look when nobody wakes the deliverer."""
ONLY_ONCE = (Kind.BULK, Kind.DIGEST)
"""Kinds that are not sent once more when a channel gave no answer; after a crash every kind is."""

log = structlog.get_logger()


@dataclass(slots=True)
class Call:
    """One claimed delivery with what is needed to make it, and how it ended."""

    delivery: Delivery
    address: str
    part: Part
    outcome: str | Exception = ""
    settled: bool = False


class Deliverer:
    """Claims, sends and settles, in three short steps: no transaction is open during a call."""

    def __init__(
        self,
        database: Database,
        packs: Packs,
        channels: Mapping[str, Channel],
        now: Callable[[], datetime],
        pace: Pace | None = None,
    ) -> None:
        """`channels` by name; contacts of other channels are not reachable by this process."""
        self.database = database
        self.packs = packs
        self.channels = channels
        self.addressing = Addressing(channels)
        self.now = now
        self.pace = pace or Pace({name: channel.limits for name, channel in channels.items()})
        self._woken = asyncio.Event()
        self._has_more = False
        self._chats: dict[asyncio.Task[Sequence[Call]], frozenset[int]] = {}
        """The calls under way, chat by chat, with the deliveries that each is about."""
        self._clock_was = datetime.min.replace(tzinfo=UTC)
        self.looked_at = -math.inf
        """When the last look succeeded, as time.monotonic counts."""
        self.called: Callable[[Delivery, str | Exception, datetime], None] = lambda *_: None
        """Counts each call as it ends."""

    def wake(self) -> None:
        """Look at once instead of at the next tick."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; one slow call never holds the others up.

        A failure of the database is waited out; calls that are under way at the end are finished.
        """
        claims, failed = True, False
        while not stop.is_set() or self._chats:
            self._woken.clear()
            try:
                if failed:
                    await self._recover(claims=not stop.is_set())
                more = await self._look(claims=claims and not stop.is_set())
                claims, failed, self.looked_at = True, False, time.monotonic()
            except Exception as error:  # noqa: BLE001  a deliverer that ends loses every message
                log.error("deliverer", error=type(error).__name__)
                more, claims, failed = False, not claims, True
            if not more:
                await self._rest()

    async def _look(self, *, claims: bool = True) -> bool:
        """Settle the calls that have ended, claim what there is room for, and start its calls.

        All of it in one transaction, which costs more than what is done in it. True when there
        may be more to claim at once.
        """
        done = {chat for chat in self._chats if chat.done()}
        room = AT_ONCE - len(self._chats) + len(done) if claims else 0
        if not done and not room:
            return False
        async with self.database.transaction() as session:
            moment = Moment(session, self.now(), await self.packs.in_force(session), kept={})
            await self._heed_clock(moment)
            if done:
                await self._settle(moment, [call for chat in done for call in chat.result()])
                await write(session)  # what that has to say is claimed in the same look
            calls = await self._claim(moment, room, self._ours(but=done)) if room else []
        for chat in done:
            del self._chats[chat]
        self._clock_was = moment.now
        self._start(calls)
        return 0 < min(room, BATCH) <= len(calls) or (room > 0 and self._has_more)

    def _start(self, calls: Sequence[Call]) -> None:
        """Make the calls: those of one chat one after another, the chats side by side."""
        chats: dict[int, list[Call]] = {}
        for call in calls:
            chats.setdefault(call.delivery.contact_id, []).append(call)
        for chat in chats.values():
            ids = frozenset(call.delivery.id or 0 for call in chat)
            self._chats[asyncio.create_task(self._call_all(chat))] = ids

    def _ours(self, but: Collection[asyncio.Task[Sequence[Call]]] = ()) -> set[int]:
        """The deliveries that are under way here, however long: no clock makes them anybody's."""
        return {id_ for chat, ids in self._chats.items() if chat not in but for id_ in ids}

    async def _heed_clock(self, moment: Moment) -> None:
        """A clock that was set back must not hold up for an hour what was due already."""
        if moment.now + WENT_BACK < self._clock_was:
            log.warning("clock went back", seconds=(self._clock_was - moment.now).total_seconds())
            await leases.pull_back(moment.session, moment.now, self._clock_was)
            self.pace.set_back(self._clock_was - moment.now)

    async def _rest(self) -> None:
        """Until somebody wakes us, a call ends, or a full channel takes something again."""
        woken = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait(
                {woken, *self._chats},
                timeout=self.pace.next_free(self.now(), IDLE),
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            woken.cancel()

    async def once(self) -> int:
        """Settle the last batch, claim one and make its calls; how many chats there were.

        For who drives the clock: ask until there are none, then all is settled.
        """
        await self._look()
        if self._chats:
            await asyncio.wait(self._chats)
        return len(self._chats)

    async def leave(self) -> None:
        """Break off what is still under way at the end; whoever sends next makes those calls."""
        for chat in self._chats:
            chat.cancel()
        await asyncio.gather(*self._chats, return_exceptions=True)
        left = len(self._chats)
        self._chats = {chat: ids for chat, ids in self._chats.items() if not chat.cancelled()}
        if left:
            await self._recover(claims=True)

    # Claim.

    async def _claim(self, moment: Moment, room: int, ours: Collection[int] = ()) -> list[Call]:
        for notice in await self._newest(moment):
            await self.addressing.expand(moment, notice)
        await write(moment.session)
        return await self._lease(moment, room, ours)

    async def _newest(self, moment: Moment) -> list[Notice]:
        """The waiting notices, without edits that a newer one has overtaken; reminders merged."""
        most = FEW if self.pace.is_busy(moment.now) else BATCH
        waiting = await outbox.waiting_notices(moment.session, moment.now, most)
        self._has_more = len(waiting) == most
        last = {notice.replace_key or "": notice.id for notice in waiting}
        kept = []
        for notice in waiting:
            if notice.kind == Kind.EDIT and last[notice.replace_key or ""] != notice.id:
                end(notice, Fate.CANCELLED, moment.now)
            elif notice.expires_at is not None and notice.expires_at <= moment.now:
                end(notice, Fate.EXPIRED, moment.now)
            else:
                kept.append(notice)
        return await hold_back(moment, await merge_reminders(moment, kept), self.channels)

    async def _lease(self, moment: Moment, room: int, ours: Collection[int]) -> list[Call]:
        """Take the deliveries that may go at this moment."""
        held, resting = self.pace.full(moment.now)
        await merge_cards(moment, held)
        await let_cards_pass(moment, held)
        waiting = await outbox.waiting_deliveries(
            moment.session,
            moment.now,
            room,
            held=held,
            closed=self.pace.closed(moment.now),
            resting=resting,
        )
        calls, expired = [], set()
        for delivery, contact in waiting:
            if delivery.channel not in self.channels or delivery.id in ours:
                continue
            if delivery.expires_at is not None and delivery.expires_at <= moment.now:
                end(delivery, Fate.EXPIRED, moment.now)
                expired.add(delivery.notice_id)
                continue
            if await self._is_shut(moment, delivery, contact):
                continue
            is_emergency = delivery.kind == Kind.EMERGENCY
            if not self.pace.take(
                delivery.channel,
                contact,
                moment.now,
                delivery=delivery.id or 0,
                emergency=is_emergency,
            ):
                continue
            if self._may_have_arrived(delivery):
                delivery.error = "unknown"  # whoever was sending it died before the answer
            delivery.fate, delivery.lease_until = Fate.SENDING, moment.now + LEASE
            delivery.attempts += 1
            part = PART.validate_python(delivery.part)
            if part.buttons and not self.channels[delivery.channel].limits.can_edit:
                part = await _numbered_if_last(moment, delivery, part)
            calls.append(Call(delivery, contact.address, part))
        if expired:
            await moment.session.flush()
            await self._end_notices(moment, expired)
        return calls

    def _may_have_arrived(self, delivery: Delivery) -> bool:
        """Whether a call was begun and never settled, on a channel that would say it twice."""
        limits = self.channels[delivery.channel].limits
        is_begun = delivery.fate == Fate.SENDING and delivery.kind != Kind.EDIT
        return is_begun and not limits.recognises

    async def _is_shut(self, moment: Moment, delivery: Delivery, contact: Contact) -> bool:
        """Whether the contact takes nothing now; what waits for it then goes elsewhere."""
        if not (why := await why_shut(moment, delivery, contact)):
            return False
        await self._give_up(moment, delivery, Undeliverable(why))
        await self._end_notices(moment, {delivery.notice_id})
        return True

    # Send.

    async def _call_all(self, chat: Sequence[Call]) -> Sequence[Call]:
        for call in chat:
            call.outcome = await self._call(call)
            self.called(call.delivery, call.outcome, self.now())
            self.pace.ended(call.delivery.channel, call.delivery.id or 0, self.now())
        return chat

    async def _call(self, call: Call) -> str | Exception:
        delivery = call.delivery
        if delivery.attempts > 1 and delivery.fate == Fate.SENDING and delivery.error == "unknown":
            call.part = replace(call.part, text=f"(gửi lại) {call.part.text}")
        channel = self.channels[delivery.channel]
        try:
            return await channel.send(
                call.address, call.part, delivery=delivery.id or 0, edits=delivery.edits
            )
        except Exception as error:  # noqa: BLE001  every outcome is settled
            return error

    # Settle.

    async def _settle(self, moment: Moment, calls: Sequence[Call]) -> None:
        for call in calls:
            # A copy: should the transaction fail, the call is settled again from what it was.
            delivery = await moment.session.merge(call.delivery, load=False)
            await self._settle_one(moment, delivery, call.outcome)
        await moment.session.flush()
        await self._end_notices(moment, {call.delivery.notice_id for call in calls})

    async def _recover(self, *, claims: bool) -> None:
        """After a failed look: settle each ended call alone, and let go of what nobody sends.

        A commit that failed may have been one all the same; what it claimed was never begun. Only
        who still has the turn may say so: else it is another one who sends.
        """
        for chat in [chat for chat in self._chats if chat.done()]:
            for call in chat.result():
                if not call.settled:
                    await self._settle_alone(call)
            del self._chats[chat]
        if claims:
            async with self.database.transaction() as session:
                await leases.let_go_but(session, self._ours())

    async def _settle_alone(self, call: Call) -> None:
        """A call in a transaction of its own; what fails for its own sake ends as unknown."""
        try:
            async with self.database.transaction() as session:
                rules = await self.packs.in_force(session)
                await self._settle(Moment(session, self.now(), rules), [call])
        except Exception as error:  # it must not hold the others up
            log.error("not settled", delivery=call.delivery.id, error=type(error).__name__)
            if is_away(error):
                raise  # what the channel answered is still known when the database is back
            async with self.database.transaction() as session:
                await outbox.end_unknown(session, call.delivery.id or 0, self.now())
        call.settled = True

    async def _settle_one(
        self, moment: Moment, delivery: Delivery, outcome: str | Exception
    ) -> None:
        delivery.lease_until = None
        match outcome:
            case str():
                delivery.receipt = outcome
                end(delivery, Fate.DELIVERED, moment.now)
            case RetryLater():
                await self._retry(moment, delivery, outcome)
            case Moved():
                contact = await moment.session.get(Contact, delivery.contact_id)
                if contact is not None and contact.address != outcome.address:
                    await move(moment, contact, outcome.address)
                delivery.fate = Fate.PENDING
            case Unknown():
                self._unknown(moment, delivery)
            case OverQuota():
                await self._over_quota(moment, delivery, outcome)
            case Undeliverable():
                await self._give_up(moment, delivery, outcome)
            case _:
                log.error("delivery failed", error=type(outcome).__name__, delivery=delivery.id)
                unforeseen = RetryLater(type(outcome).__name__, 30)
                await self._retry(moment, delivery, unforeseen)

    async def _retry(self, moment: Moment, delivery: Delivery, error: RetryLater) -> None:
        pause = max(error.seconds, min(2.0 ** min(delivery.attempts, 10) / 2, LONGEST_PAUSE))
        until = moment.now + timedelta(seconds=error.seconds if error.whole_channel else pause)
        delivery.fate, delivery.not_before = Fate.PENDING, until
        if delivery.error != "unknown":  # that it may have arrived before stays true
            delivery.error = str(error)[:200]
        if error.whole_channel:
            self.pace.pause(delivery.channel, until)
            await outbox.rest(moment.session, delivery.channel, until)
        notice = await moment.session.get(Notice, delivery.notice_id)
        if notice is None:
            return
        if notice.expires_at is not None and notice.expires_at <= moment.now:
            end(delivery, Fate.EXPIRED, moment.now)
        elif moment.now - notice.not_before > GIVE_UP or await self._goes_over(moment, notice):
            await self._give_up(moment, delivery, Undeliverable(str(error)))

    async def _goes_over(self, moment: Moment, notice: Notice) -> bool:
        """Whether a call has been tried for long enough, and there is another contact to try."""
        patience = GO_OVER_URGENT if notice.kind == Kind.EMERGENCY else GO_OVER
        if notice.kind == Kind.EDIT or moment.now - notice.not_before < patience:
            return False
        return await self.addressing.has_others(moment, notice)

    def _unknown(self, moment: Moment, delivery: Delivery) -> None:
        """A receipt that may not have come is worse than one that comes twice and says so."""
        if delivery.kind not in ONLY_ONCE and delivery.error != "unknown":
            delivery.fate, delivery.error = Fate.PENDING, "unknown"
        else:
            end(delivery, Fate.UNKNOWN, moment.now, "no answer")

    async def _give_up(self, moment: Moment, delivery: Delivery, error: Undeliverable) -> None:
        """This call is over; another contact may still be reached, else somebody is told."""
        end(delivery, Fate.DEAD, moment.now, str(error)[:200])
        contact = await moment.session.get(Contact, delivery.contact_id)
        notice = await moment.session.get(Notice, delivery.notice_id)
        if contact is None or notice is None or delivery.kind == Kind.EDIT:
            return
        if error.gone and contact.reachable:
            contact.reachable = False
            if contact.desk_of is not None:
                await unbind_desk(moment, contact)
        if not await self.addressing.elsewhere(moment, notice, contact):
            await tell_admins(moment, notice, error)

    async def _over_quota(self, moment: Moment, delivery: Delivery, error: OverQuota) -> None:
        """Once it may have been a burst; then the quota is used up, and its contacts rest."""
        if delivery.attempts == 1 and delivery.kind != Kind.EMERGENCY:
            delivery.fate, delivery.error = Fate.PENDING, str(error)[:200]
            delivery.not_before = moment.now + AFTER_A_BURST
            return
        await contacts.rest(moment.session, delivery.channel, error.among, moment.now + QUOTA_RESTS)
        await self._give_up(moment, delivery, Undeliverable(str(error)))
        await tell_of_quota(moment, delivery.channel, error)

    async def _end_notices(self, moment: Moment, ids: set[int]) -> None:
        """A notice ends when all of its calls have ended: delivered if one of them was."""
        for notice, stand in await outbox.fates_of(moment.session, list(ids)):
            if stand & {Fate.PENDING, Fate.SENDING} or notice.fate == Fate.PENDING:
                continue
            order = (Fate.DELIVERED, Fate.UNKNOWN, Fate.DEAD, Fate.EXPIRED, Fate.CANCELLED)
            end(notice, next(fate for fate in order if fate in stand), moment.now)


async def _numbered_if_last(moment: Moment, delivery: Delivery, part: Part) -> Part:
    """Of lists that come together only the last is numbered: a typed number answers that one."""
    behind = await calls.waiting_behind(moment.session, delivery, moment.now)
    is_last = not any(later.get("buttons") for later in behind)
    return replace(part, numbered=part.numbered and is_last)
