"""The communes of a storm are asked how they are, answer, and are called out when they do not."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from storage import rollcalls, storms
from storage.conversations import Conversation
from storage.outbox import Kind, call_off_key
from storage.people import Role, Speaker, people_of, people_with
from storage.rollcalls import RollCall
from storage.rounds import Round
from storage.storms import Storm
from storage.tickets import Ticket
from tickets import notices
from tickets.buttons import Press, button
from tickets.destinations import contact_for
from tickets.moment import Moment
from tickets.notices import Buttons
from tickets.storms import ROLLING, STATES, answer_time, states, trouble
from tickets.texts import Texts

ROLL_CALL = "roll_call"
LATE = timedelta(minutes=10)
"""A count that comes so late follows an outage of our own: nobody could answer meanwhile."""


def next_call(row: Round) -> datetime | None:
    """When a round asks next, a UTC instant."""
    kept = row.kept.get("ask_at")
    return datetime.fromisoformat(kept) if kept else None


async def next_due(moment: Moment, storm: Storm, ask_at: datetime) -> datetime:
    """When there is something to do next: ask, or look who has not answered."""
    first = await rollcalls.first_uncounted(moment.session, storm.id or 0)
    return min(ask_at, first + answer_time(moment, storm)) if first else ask_at


async def come_round(moment: Moment, row: Round) -> datetime | None:
    """Ask, once however long nobody was able to; or tell who is silent."""
    storm = await moment.session.get(Storm, int(row.subject))
    ask_at = next_call(row)
    if storm is None or not storm.is_on or ask_at is None:
        return None
    due = row.next_due_at or moment.now
    if moment.now >= ask_at:
        await rollcalls.count(moment.session, storm.id or 0, moment.now, moment.now)
        await ask(moment, storm, storm.communes)
        ask_at = moment.now + timedelta(hours=storm.every)
        row.kept = {"ask_at": ask_at.isoformat()}
    elif moment.now - due > LATE:
        return min(ask_at, moment.now + answer_time(moment, storm))
    else:
        await _count(moment, storm)
    return await next_due(moment, storm, ask_at)


async def ask(
    moment: Moment, storm: Storm, communes: Sequence[str], *, is_first: bool = False
) -> None:
    """Ask everybody who reports for these communes; day and night, as silence may mean danger."""
    if not communes:
        return
    ends = moment.now + timedelta(hours=storm.every)
    for commune in communes:
        call = RollCall(storm_id=storm.id or 0, commune=commune, asked_at=moment.now)
        moment.session.add(call)
        await moment.session.flush()
        for person in await people_of(moment.session, commune, Role.REPORTER):
            await _ask(moment, storm, call, person, ends, is_first=is_first)
    rule = notices.texts(moment).rule_roll_call(storm.every)
    storms.log(
        moment.session, storm, "roll_call", at=moment.now, actor="clock", rule=rule,
        communes=list(communes),
    )  # fmt: skip


async def _ask(
    moment: Moment, storm: Storm, call: RollCall, person: int, ends: datetime, *, is_first: bool
) -> None:
    say = await notices.texts_of(moment, person)
    text = say.roll_call(call.commune, storm.every, is_first=is_first)
    notices.post(
        moment,
        Kind.NOTICE,
        text,
        person=person,
        buttons=buttons(say, call),
        replace_key=key_of(call, person),
        expires_at=ends,
    )
    await _turn_chat_to(moment, call, person)


async def _turn_chat_to(moment: Moment, call: RollCall, person: int) -> None:
    """Let the person's next words be read as an answer.

    Our own open question gives way, but not one about an emergency, nor words that are awaited.
    """
    contact = await contact_for(moment, person)
    chat = await moment.session.get(Conversation, contact.id) if contact else None
    if chat is not None and await _is_free(moment, chat):
        chat.state, chat.draft = ROLLING, {"roll": call.id}


async def _is_free(moment: Moment, chat: Conversation) -> bool:
    if chat.state in {"", ROLLING}:
        return True
    ticket = await moment.session.get(Ticket, chat.draft.get("ticket") or 0)
    asks = bool(chat.draft.get("slots"))
    return asks and ticket is not None and ticket.urgency != "emergency"


def key_of(call: RollCall, person: int) -> str:
    """The name under which a person's question is changed as they choose."""
    return f"{_key(call.storm_id)}{call.id}:{person}"


def _key(storm_id: int) -> str:
    return f"roll:{storm_id}:"


def buttons(say: Texts, call: RollCall, chosen: Iterable[str] = ()) -> Buttons:
    """The answers, those chosen with a tick, and the end of the choice."""
    ticked = set(chosen)

    def at(code: str) -> dict[str, str]:
        label = say.state(code)
        press = Press("roll", call.id or 0, 0, code)
        return button(f"✅ {label}" if code in ticked else label, press)

    rows = [[at(code) for code in STATES[n : n + 2]] for n in range(0, len(STATES), 2)]
    return [*rows, [button(say.roll_done(), Press("rollend", call.id or 0))]]


async def call_off(moment: Moment, storm: Storm) -> None:
    """What was asked and has not gone out yet does not go out any more."""
    await moment.session.flush()
    await call_off_key(moment.session, _key(storm.id or 0), moment.now)


def answer(
    moment: Moment, call: RollCall, who: Speaker, given: Sequence[str], words: str = ""
) -> None:
    """Note what a person says now; it stands in place of what they said to this call before."""
    assert who.person is not None
    mine: dict[str, Any] = {
        **own_answer(call, who),
        "states": [state for state in STATES if state in set(given)],
        "words": words,
        "at": moment.now.isoformat(),
    }
    call.answers = {**call.answers, str(who.person.id): mine}
    call.answered_at = moment.now


def own_answer(call: RollCall, who: Speaker) -> dict[str, Any]:
    """What a person has answered to a call so far."""
    assert who.person is not None
    found: dict[str, Any] = call.answers.get(str(who.person.id), {"states": []})
    return found


def remember_ticket(call: RollCall, who: Speaker, ticket: int) -> None:
    """Note the ticket that a person's “Có người bị nạn” made, so that it makes no second one."""
    assert who.person is not None
    mine = {**own_answer(call, who), "ticket": ticket}
    call.answers = {**call.answers, str(who.person.id): mine}


async def _count(moment: Moment, storm: Storm) -> None:
    """Tell the coordinators how the communes are, and whom to phone in those that are silent."""
    await rollcalls.count(
        moment.session, storm.id or 0, moment.now - answer_time(moment, storm), moment.now
    )
    found = await states(moment, storm)
    silent = [state.commune for state in found if state.silent_since is not None]
    people = await storms.phones_of(moment.session, silent)
    rule = notices.texts(moment).rule_silence()
    storms.log(
        moment.session, storm, "silence", at=moment.now, actor="clock", rule=rule, communes=silent
    )
    for person in await people_with(moment.session, Role.COORDINATOR):
        say = await notices.texts_of(moment, person)
        told = say.storm_count(found, trouble(found), people, moment.now)
        notices.post(moment, Kind.NOTICE, told, person=person)
