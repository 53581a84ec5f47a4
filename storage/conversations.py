"""One contact's dialogue: what it is in the middle of, and which ticket it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from storage.engine import Document, Instant, Key
from storage.people import Contact, Person
from storage.rows import Row
from storage.tickets import Ticket

ASKING = "asking"
"""The state of a chat in which a question about a report is open."""


class Conversation(Row, table=True):
    """The state of one chat; its row lock keeps two updates of the chat apart."""

    __tablename__ = "conversations"
    contact_id: int = Field(primary_key=True, foreign_key="contacts.id", sa_type=Key)
    state: str = ""
    draft: dict[str, Any] = Field(default_factory=dict, sa_type=Document)
    """What the state needs: the ticket asked about, the questions left."""
    ticket_id: int | None = Field(default=None, sa_type=Key)
    """The ticket last spoken of, and when."""
    spoke_at: datetime | None = Field(default=None, sa_type=Instant)
    lines: int = 0
    """How many web lines this conversation has; the last one's number."""


@dataclass(slots=True)
class Known:
    """A chat as one statement reads it, with what nearly every update of it needs."""

    contact: Contact
    conversation: Conversation
    person: Person | None = None
    ticket: Ticket | None = None
    """The ticket last spoken of: held here, it is in the session when a handler asks for it."""


_LOCKED = (
    select(Contact, Conversation, Person, Ticket)
    .join(Conversation, col(Conversation.contact_id) == col(Contact.id))
    .outerjoin(Person, col(Person.id) == col(Contact.person_id))
    .outerjoin(Ticket, col(Ticket.id) == col(Conversation.ticket_id))
    .where(
        col(Contact.channel) == bindparam("channel"),
        col(Contact.address).in_(bindparam("addresses", expanding=True)),
    )
    .with_for_update(of=Conversation)
)
"""Built once, as every update asks it: to build it takes longer than to run it."""


async def locked(
    session: AsyncSession, chats: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Known]:
    """The conversations of these (channel, address) pairs that exist, locked until the commit."""
    wanted: dict[str, list[str]] = {}
    for channel, address in chats:
        wanted.setdefault(channel, []).append(address)
    found: dict[tuple[str, str], Known] = {}
    for channel, addresses in wanted.items():
        chosen = {"channel": channel, "addresses": addresses}
        for row in await session.execute(_LOCKED, chosen):
            contact = row[0]
            found[contact.channel, contact.address] = Known(*row)
    return found


async def of_contacts(session: AsyncSession, contacts: Sequence[int]) -> dict[int, Conversation]:
    """The conversations of some contacts."""
    rows = await session.execute(
        select(Conversation).where(col(Conversation.contact_id).in_(contacts))
    )
    return {conversation.contact_id: conversation for conversation in rows.scalars()}


async def latest_elsewhere(
    session: AsyncSession, person_id: int, contact_id: int
) -> Conversation | None:
    """The conversation in which a person last spoke of a ticket, on another of their channels."""
    found = await session.execute(
        select(Conversation)
        .join(Contact, col(Contact.id) == col(Conversation.contact_id))
        .where(
            col(Contact.person_id) == person_id,
            col(Contact.is_group).is_(False),
            col(Conversation.contact_id) != contact_id,
            col(Conversation.spoke_at).is_not(None),
        )
        .order_by(col(Conversation.spoke_at).desc())
        .limit(1)
        .with_for_update(of=Conversation)
    )
    return found.scalar_one_or_none()
