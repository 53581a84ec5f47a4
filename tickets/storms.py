"""What a storm means at this moment: whether one is on, how its communes are, who is silent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from province.pack import Question
from storage import rollcalls, storms
from storage.rollcalls import RollCall
from storage.storms import Storm
from storage.tickets import Ticket
from tickets.deadlines import after
from tickets.moment import Moment

STATES = ("safe", "power", "signal", "road", "hurt", "relief")
"""What a roll-call can be answered with, in the order of its buttons."""
ROLLING = "roll_call"
"""The state of a chat in which words may answer a roll-call; every other question may take it."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class State:
    """How one commune in a storm is, as far as anybody has said; instants are UTC."""

    commune: str
    has_people: bool
    """Whether anybody there can be asked at all."""
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    states: tuple[str, ...] = ()
    """What its last answer said."""
    heard_at: datetime | None = None
    silent_since: datetime | None = None
    """Since which roll-call nothing has been heard, once the time to answer is over."""


async def current(moment: Moment) -> Storm | None:
    """The storm that is on."""
    return await storms.current(moment.session)


async def is_storm(moment: Moment) -> bool:
    """Whether the mode is on for any commune: the leadership's digest then comes daily."""
    return await current(moment) is not None


async def states(moment: Moment, storm: Storm) -> list[State]:
    """How each commune of a storm is: the silent first, then the hurt, else by the pack's order.

    Never by the number of reports: who reports most is not who is worst off.
    """
    calls: dict[str, list[RollCall]] = {}
    for call in await rollcalls.of_storm(moment.session, storm.id or 0):
        calls.setdefault(call.commune, []).append(call)
    heard = await storms.heard_of(moment.session, storm.communes)
    since = moment.now - answer_time(moment, storm)
    found = [_state(code, calls.get(code, []), heard, since) for code in storm.communes]
    return sorted(found, key=lambda state: (state.silent_since is None, "hurt" not in state.states))


async def silent(moment: Moment) -> list[State]:
    """The communes of the storm that is on which do not answer; none where no storm is."""
    storm = await current(moment)
    found = await states(moment, storm) if storm is not None else []
    return [state for state in found if state.silent_since is not None]


def _state(
    commune: str,
    calls: Sequence[RollCall],
    heard: Mapping[str, datetime | None],
    since: datetime,
) -> State:
    answered = [n for n, call in enumerate(calls) if call.answered_at is not None]
    last = calls[answered[-1]] if answered else None
    state = State(
        commune,
        has_people=commune in heard,
        asked_at=calls[-1].asked_at if calls else None,
        answered_at=last.answered_at if last else None,
        states=told(last) if last else (),
        heard_at=heard.get(commune),
    )
    life = state.heard_at or _NEVER
    later = calls[answered[-1] + 1 :] if answered else calls
    missed = [call.asked_at for call in later if life <= call.asked_at <= since]
    return replace(state, silent_since=min(missed, default=None)) if state.has_people else state


def told(call: RollCall) -> tuple[str, ...]:
    """What the people of a commune said to one roll-call, together.

    "safe" stands only where nobody said anything else.
    """
    said = {state for answer in call.answers.values() for state in answer["states"]}
    if len(said) > 1:
        said.discard("safe")
    return tuple(state for state in STATES if state in said)


def answer_time(moment: Moment, storm: Storm) -> timedelta:
    """How long a commune has to answer; never more than half the time to the next roll-call."""
    start = moment.now
    given = after(
        moment.rules.pack.policies.storm.silent_after, start, "wall", moment.rules.calendar
    )
    return min(given - start, timedelta(hours=storm.every) / 2)


def questions_for(moment: Moment, ticket: Ticket) -> tuple[Question, ...]:
    """What a ticket's category asks, or the storm's short intake in its place."""
    route = moment.route(ticket.category) if ticket.category else None
    if route is None:
        return ()
    if ticket.storm_id is not None:
        storm = moment.rules.pack.policies.storm
        if storm.questions and {route.group, route.category} & {*storm.short_for}:
            return storm.questions
    return route.questions


def trouble(found: Iterable[State]) -> dict[str, int]:
    """How many communes said each thing, in the order of the buttons."""
    rows = list(found)
    counts = {state: sum(state in row.states for row in rows) for state in STATES}
    return {state: number for state, number in counts.items() if number}
