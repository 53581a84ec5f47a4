"""A ticket's history in plain words: what happened, who did it, by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage import people
from storage.people import Speaker
from storage.tickets import Ticket, TicketEvent
from tickets import access
from tickets.acts.desk import microseconds
from tickets.moment import Moment
from tickets.texts import Texts
from tickets.timeline import inside, public
from web.console.words.events import EVENTS

NEWEST = 40
"""Facts of a history that a page begins with: a matter of sixty communes has hundreds."""
UNIT_OF = ("unit", "lead")
"""Where an event names the unit that it concerns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact as the page shows it."""

    at: str
    iso: str
    what: str
    who: str
    about: str
    words: str
    rule: str
    note: str
    """Of an internal note that can still be sent to the commune: what its button carries."""


async def entries(
    moment: Moment,
    ticket: Ticket,
    events: Sequence[TicketEvent],
    who: Speaker,
    say: Texts,
    column: int,
) -> list[Entry]:
    """The facts that this person may read, newest first; `column` is 1 for English."""
    is_inside = access.leads(ticket, who) or who.holds(*access.ANY_TICKET)
    shown = inside(events) if is_inside else public(events)
    names = await people.names_of(moment.session, [n for e in shown for n in _people(e)])
    told = {str(event.inputs.get("note", "")) for event in events if event.kind == "note_told"}
    return [_entry(event, names, say, column, moment, told) for event in reversed(shown)]


def _entry(
    event: TicketEvent,
    names: dict[int, str],
    say: Texts,
    column: int,
    moment: Moment,
    told: set[str],
) -> Entry:
    note = microseconds(event.at) if event.kind == "noted" else ""
    return Entry(
        at=say.time(event.at, moment.now),
        iso=event.at.isoformat(),
        what=EVENTS.get(event.kind, EVENTS["other"])[column],
        who=_who(event.actor, names, column),
        about=_about(event, names, say),
        words=_words(event, say),
        rule=event.rule,
        note="" if note in told else note,
    )


def _words(event: TicketEvent, say: Texts) -> str:
    """What people wrote; an answer that was a button has the button's words."""
    words = str(event.inputs.get("text", "") or event.inputs.get("why", ""))
    return say.label(words) if words in {"yes", "no", "unclear"} else words


def _who(actor: str, names: dict[int, str], column: int) -> str:
    kind, _, number = actor.partition(":")
    if kind == "person" and number.isdecimal():
        return names.get(int(number), "")
    return EVENTS["by_itself"][column] if kind in {"clock", "triage"} else ""


def _about(event: TicketEvent, names: dict[int, str], say: Texts) -> str:
    """The unit, person, number or day that a fact is about."""
    inputs: dict[str, Any] = event.inputs
    for name in UNIT_OF:
        if isinstance(inputs.get(name), str):
            return say.units.short_name(inputs[name])
    if event.kind == "rerouted":
        lead = str(inputs.get("set", {}).get("lead", inputs.get("wanted", "")))
        return f"{say.units.short_name(str(inputs.get('from', '')))} → {say.units.short_name(lead)}"
    if event.kind in {"assigned", "handed_over"}:
        return ", ".join(names.get(number, "") for number in _people(event)[1:])
    said = next(
        (inputs[name] for name in ("number", "into", "merged", "out_of") if name in inputs), ""
    )
    return str(said)


def _people(event: TicketEvent) -> list[int]:
    """The people that a fact names: who did it, then whom it is about."""
    kind, _, number = event.actor.partition(":")
    found = [int(number)] if kind == "person" and number.isdecimal() else [0]
    given = event.inputs.get("person", event.inputs.get("to"))
    return [*found, *([given] if isinstance(given, int) else [])]
