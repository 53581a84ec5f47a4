"""Other programs are told what happens: a round looks for news, the outbox carries them."""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from storage import webhooks
from storage.api_tokens import ApiToken
from storage.outbox import Kind
from storage.people import Contact
from storage.rounds import Round
from storage.tickets import Ticket, TicketEvent, newest_event
from storage.webhooks import CHANNEL, Webhook
from tickets import access, notices
from tickets.moment import Moment
from tickets.programs import speaker_of
from tickets.timeline import INTERNAL, UNSEEN

WEBHOOK = "webhook"
"""The round of one address; its subject is the webhook's id."""
EVERY = timedelta(seconds=10)
BATCH = 200
LATE = timedelta(minutes=1)
"""A fact may be committed after one with a higher number; by then it surely is."""
LONGEST_URL = 400


class BadAddress(Exception):
    """Nothing can be told there: it is no https address of a host."""


async def start(
    moment: Moment, token: ApiToken, url: str, *, by: int | None, is_private: bool = False
) -> Webhook:
    """Tell an address what happens from now on; `is_private` lets http pass, for tests.

    Raises BadAddress. Where the name leads is looked at again before each call.
    """
    check_address(url, is_private=is_private)
    contact = Contact(channel=CHANNEL, address=f"{secrets.token_hex(8)} {url}", is_group=True)
    moment.session.add(contact)
    await moment.session.flush()
    assert token.id is not None and contact.id is not None
    row = Webhook(token_id=token.id, url=url, contact_id=contact.id, made_at=moment.now, made_by=by)
    moment.session.add(row)
    await moment.session.flush()
    kept = {"after": await newest_event(moment.session), "done": []}
    due = moment.now + EVERY
    moment.session.add(Round(name=WEBHOOK, subject=str(row.id), next_due_at=due, kept=kept))
    return row


def check_address(url: str, *, is_private: bool) -> None:
    """Raise BadAddress for what is no https address of a host, alone and without a password."""
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        raise BadAddress from None
    schemes = {"https", "http"} if is_private else {"https"}
    odd = any(letter.isspace() or not letter.isprintable() for letter in url)
    if odd or len(url) > LONGEST_URL or parts.scheme not in schemes or not port_fits:
        raise BadAddress
    if not parts.hostname or parts.username is not None or parts.fragment:
        raise BadAddress


async def stop(moment: Moment, number: int) -> bool:
    """Tell an address nothing more, not even what waits; False when it was stopped before."""
    row = await moment.session.get(Webhook, number, with_for_update=True)
    if row is None or row.stopped_at is not None:
        return False
    row.stopped_at = moment.now
    await webhooks.call_off(moment.session, row.contact_id, moment.now)
    return True


async def look(moment: Moment, row: Round) -> datetime | None:
    """Decide to tell an address what is new of the tickets that its key's person may see.

    It rests for good once the address was stopped, its key revoked, or the person has left.
    """
    hook = await moment.session.get(Webhook, int(row.subject))
    token = await moment.session.get(ApiToken, hook.token_id) if hook else None
    if hook is None or token is None or hook.stopped_at or token.revoked_at:
        await moment.session.delete(row)
        return None
    who = await speaker_of(moment.session, token, moment.now)
    after, done = int(row.kept["after"]), set(row.kept["done"])
    news = await webhooks.news_after(moment.session, after, BATCH + len(done))
    for event, ticket in news:
        is_new = event.id not in done and event.kind not in INTERNAL | UNSEEN
        if is_new and who is not None and access.may_see(ticket, who):
            _tell(moment, hook, event, ticket)
    row.kept = _kept(moment, after, done, [event for event, _ in news])
    return moment.now + EVERY


def _kept(moment: Moment, after: int, done: set[int], news: list[TicketEvent]) -> dict[str, Any]:
    """How far it has come: numbers behind which nothing can appear any more are one number."""
    old = [event.id or 0 for event in news if event.at < moment.now - LATE]
    after = max([after, *old])
    done |= {event.id or 0 for event in news}
    return {"after": after, "done": sorted(number for number in done if number > after)}


def _tell(moment: Moment, hook: Webhook, event: TicketEvent, ticket: Ticket) -> None:
    """Only what happened to which ticket: what people wrote is read by the API, with its rights."""
    told = {
        "event": event.id,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "ticket": ticket.code,
        "status": ticket.status,
        "version": ticket.version,
        "webhook": hook.id,
    }
    text = json.dumps(told, separators=(",", ":"))
    notices.post(moment, Kind.NOTICE, text, contact=hook.contact_id, ticket=ticket)


async def salt_of(moment: Moment, hook: Webhook) -> str:
    """What makes an address's secret its own; see bot.channels.webhook."""
    contact = await moment.session.get(Contact, hook.contact_id)
    assert contact is not None
    return contact.address.partition(" ")[0]
