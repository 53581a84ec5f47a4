"""What is said where a day, a unit, a colleague or a number was asked for, and holds none."""

import re

from aiogram.types import TelegramObject

from handlers import assigning, rerouting
from handlers.awaiting import Awaited, is_taken_back
from handlers.desk import A_SENTENCE
from province.text import fold
from storage import tickets
from storage.people import Role, Speaker
from tickets import authority
from tickets.asking import read_unit
from tickets.dates import read_date
from tickets.incoming import Incoming
from tickets.moment import Moment

CHECKED = frozenset({"promise", "plan", "reroute", "assign", "invite", "merge"})
"""Acts whose words can be looked at: they hold what was asked for, or they do not."""
_TRIES = re.compile(r"(?:cho|sang|qua|so|phia|ben (?!em|toi|minh|nay|anh)\w+)\b")
"""How names of units begin: what begins so is a try, and is asked for again."""


async def is_answer(
    event: TelegramObject, moment: Moment, who: Speaker, said: Incoming, awaited: Awaited
) -> bool:
    """Whether awaited words answer; a sentence that does not is what it says, and nothing is lost.

    A few words that fit badly are taken for a try, and are asked for again. Whoever reports as well
    is asked again too: their sentences would become reports.
    """
    if awaited.act not in CHECKED or said.attachments or is_taken_back(said):
        return True
    if who.holds(Role.REPORTER) or len(said.text.split()) < A_SENTENCE:
        return True
    return await _holds(moment, said, awaited)


async def _holds(moment: Moment, said: Incoming, awaited: Awaited) -> bool:
    """Whether the words hold what the act needs."""
    match awaited.act:
        case "promise" | "plan":
            day = read_date(said.text, moment.today)
            return day is not None or bool(authority.signed_document(said.text))
        case "reroute":
            named = rerouting.unit_and_reason(moment.rules.units, said.text)[0]
            return bool(named or _TRIES.match(fold(said.text)))
        case "invite":
            is_named = awaited.more or read_unit(said.text, moment.rules.units)[0]
            return bool(is_named or _TRIES.match(fold(said.text)))
        case "assign":
            ticket = await tickets.by_id(moment.session, awaited.ticket)
            return ticket is not None and bool(await assigning.called(moment, ticket, said.text))
        case _:
            return any(sign.isdigit() for sign in said.text)
