"""What binds a department and so needs its head, or the number of a document that is signed."""

import re
from datetime import datetime

from storage.tickets import Ticket
from tickets.deadlines import after
from tickets.moment import Moment

BINDING = frozenset({"plan", "outside", "extend"})
"""Acts that always need the head: no resources, not the province's to decide, a later deadline."""
_SIGNED = re.compile(
    r"(?<![\w/])\d{1,5}(?:/\d{4})?/(?:[A-ZĐƯ]{1,6}[0-9]{0,3}-)?[A-ZĐƯ][A-ZĐƯ0-9&.-]{1,20}(?!\w)"
)
"""An issued document's number as decree 30/2020/NĐ-CP writes it: 1806/SKHCN-CĐS, 25/QĐ-UBND."""


def signed_document(words: str) -> str:
    """The number of the signed document in some words, '' when there is none."""
    found = _SIGNED.search(words.upper())
    return words[found.start() : found.end()] if found else ""


def needs_head(moment: Moment, ticket: Ticket, act: str, until: datetime | None = None) -> bool:
    """Whether an officer alone may not do this.

    `until` is a promised UTC instant: beyond the pack's longest promise, the result deadline or an
    earlier promise it binds the department.
    """
    policies = moment.rules.pack.policies
    if act in BINDING:
        return True
    if act == "promise" and until is not None:
        limit = after(
            policies.longest_promise, moment.now, "office", moment.rules.calendar_of(ticket.lead)
        )
        # Later than what the commune was told before is an extension.
        told = [by for by in (ticket.promised_at, ticket.result_by) if by is not None]
        return until > min([limit, *told])
    if act != "resolve":
        return False
    route = moment.route(ticket.category) if ticket.category else None
    return route is not None and bool({route.group, route.category} & {*policies.needs_head})
