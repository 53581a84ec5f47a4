"""News that reached nobody: on the desk's page as work, with whom to call and by which number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from storage import people, unheard
from storage.people import Person
from storage.tickets import Ticket
from storage.unheard import Unheard
from tickets.acts.unheard import said_by_phone
from tickets.moment import Moment
from tickets.texts import Texts
from web.console.form import Doing
from web.console.sitting import Sitting, texts
from web.forms import whole

SHOWN = 20
"""Messages whose tickets a desk's page names."""
LATELY = timedelta(days=30)
"""For how long what nobody called about stays on the page."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """One message: for whom, since when, and the number to call."""

    notice: int
    died: int
    code: str
    whom: str
    phone: str
    since: str

    @property
    def key(self) -> str:
        """What the form carries."""
        return f"{self.notice}-{self.died}"


async def of_desk(
    moment: Moment, sitting: Sitting, leads: Collection[str] | None
) -> Sequence[ToCall]:
    """The messages of the tickets of some departments; None for all of the province."""
    if leads is not None and not leads:
        return []
    since = moment.now - LATELY
    found = await unheard.of_leads(moment.session, leads, since=since, most=SHOWN)
    return await _lines(moment, found, texts(moment, sitting))


async def of_ticket(moment: Moment, ticket: Ticket, sitting: Sitting) -> Sequence[ToCall]:
    """The messages of one ticket."""
    found = await unheard.of_ticket(moment.session, ticket)
    return await _lines(moment, found, texts(moment, sitting)) if found else []


async def _lines(moment: Moment, found: Sequence[Unheard], say: Texts) -> list[ToCall]:
    ids = [row.person for row in found if row.person is not None]
    held = await people.duties_of(moment.session, ids, moment.now) if ids else {}
    lines = []
    for row in found:
        person = await moment.session.get(Person, row.person) if row.person else None
        duties = held[row.person].duties if row.person in held else ()
        units = [unit for unit, _ in duties]
        lines.append(_line(moment, row, person, units, say))
    return lines


def _line(
    moment: Moment, row: Unheard, person: Person | None, units: list[str], say: Texts
) -> ToCall:
    if person is not None:
        named = (person.name, *(say.unit(unit) for unit in units[:1]))
        whom, phone = " · ".join(part for part in named if part), person.phone
    else:
        whom, phone = say.unit(row.desk) if row.desk else "", ""
    return ToCall(
        notice=row.notice,
        died=row.died,
        code=row.ticket.code,
        whom=whom,
        phone=phone,
        since=say.time(row.since, moment.now),
    )


async def called(doing: Doing) -> str:
    """Đã báo qua điện thoại."""
    number, _, died = doing.given.more.partition("-")
    notice, seen = whole(number, digits=17), whole(died, digits=17)
    waiting = await of_ticket(doing.moment, doing.ticket, doing.sitting)
    whom = next((line.whom for line in waiting if line.notice == notice), "")
    await said_by_phone(doing.moment, doing.ticket, doing.sitting.who, notice, whom, seen=seen)
    return "called"
