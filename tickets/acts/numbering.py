"""The number under which people speak of a ticket."""

from storage import tickets
from tickets.moment import Moment


async def next_code(moment: Moment) -> str:
    """The next number, NA-26-000123: prefix, local year, running number of that year."""
    name = f"{moment.rules.pack.prefix}-{moment.today:%y}"
    return f"{name}-{await tickets.next_number(moment.session, name):06d}"
