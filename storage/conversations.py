"""One contact's dialogue: what it is in the middle of, and which ticket it is about."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from storage.engine import Document, Instant, Key
from storage.people import Contact, Person


class Conversation(SQLModel, table=True):
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


Known = tuple[Contact, Conversation, Person | None]


async def locked(
    session: AsyncSession, chats: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Known]:
    """The conversations of these (channel, address) pairs that exist, locked until the commit."""
    wanted: dict[str, list[str]] = {}
    for channel, address in chats:
        wanted.setdefault(channel, []).append(address)
    found: dict[tuple[str, str], Known] = {}
    for channel, addresses in wanted.items():
        rows = await session.execute(
            select(Contact, Conversation, Person)
            .join(Conversation, col(Conversation.contact_id) == col(Contact.id))
            .outerjoin(Person, col(Person.id) == col(Contact.person_id))
            .where(col(Contact.channel) == channel, col(Contact.address).in_(addresses))
            .with_for_update(of=Conversation)
        )
        for contact, conversation, person in rows:
            found[contact.channel, contact.address] = (contact, conversation, person)
    return found


async def of_contacts(session: AsyncSession, contacts: Sequence[int]) -> dict[int, Conversation]:
    """The conversations of some contacts."""
    rows = await session.execute(
        select(Conversation).where(col(Conversation.contact_id).in_(contacts))
    )
    return {conversation.contact_id: conversation for conversation in rows.scalars()}
