"""Who may speak here: people, what they do for which unit, how to reach them, and invitations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    CheckConstraint,
    CompoundSelect,
    Index,
    UniqueConstraint,
    bindparam,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, col

from province.text import fold
from storage.actors import Actor
from storage.engine import Instant, Key
from storage.rosters import Absence
from storage.rows import Row, partial_index


class Role(StrEnum):
    """What a person may do for a unit."""

    REPORTER = "reporter"
    STAFF = "staff"
    HEAD = "head"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    ADMIN = "admin"
    DESK = "desk"
    """Only on invitations: the code that binds a group chat to a unit."""


ROLES = ", ".join(f"'{role}'" for role in Role)


class Person(Row, table=True):
    """An official who joined by invitation."""

    __tablename__ = "people"
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    name: str = ""
    phone: str = ""
    language: str = "vi"
    prefers: str = ""
    """The channel on which this person would rather hear; empty: where they last spoke."""
    linked: bool = False
    """Whether several contacts were joined to this person, so that talk may go on on another."""
    active: bool = True
    made_up: bool = False
    """True for the people of the trial mode."""
    joined_at: datetime = Field(sa_type=Instant)


class Duty(Row, table=True):
    """That a person does something (role) for a unit, a commune's or agency's code of the pack."""

    __tablename__ = "duties"
    __table_args__ = (
        CheckConstraint(f"role in ({ROLES})", name="role"),
        Index(None, "unit", "role"),
    )
    person_id: int = Field(primary_key=True, foreign_key="people.id", sa_type=Key)
    unit: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    post: str = ""
    """The post that stands beside what this person decides: "Phó Giám đốc"."""
    since: datetime = Field(sa_type=Instant)


class Contact(Row, table=True):
    """A person or group reachable on a channel; `address` is the channel's own id for the chat."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("channel", "address"),
        partial_index(
            "ix_contacts_resting", "resting_until is not null", "channel", "resting_until"
        ),
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    channel: str
    address: str
    is_group: bool = False
    person_id: int | None = Field(default=None, foreign_key="people.id", sa_type=Key, index=True)
    desk_of: str | None = Field(default=None, index=True)
    """The unit whose cards land here, for a bound group."""
    reachable: bool = True
    resting_until: datetime | None = Field(default=None, sa_type=Instant)
    """Until then the channel takes nothing for this contact: what it may send is used up."""
    heard_at: datetime | None = Field(default=None, sa_type=Instant)
    linked_at: datetime | None = Field(default=None, sa_type=Instant)
    """When it was joined to a person who had others; None for the first one."""
    wrong_codes: int = 0
    wrong_since: datetime | None = Field(default=None, sa_type=Instant)
    turned_away_at: datetime | None = Field(default=None, sa_type=Instant)
    """When this stranger was last told that the line is closed to them."""


class Invitation(Row, table=True):
    """A single-use code, kept as a hash, that makes its bearer a person with a duty."""

    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint(f"role in ({ROLES})", name="role"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Key)
    code_hash: str = Field(unique=True)
    unit: str
    role: str
    name: str = ""
    phone: str = ""
    post: str = ""
    made_up: bool = False
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    used_by: int | None = Field(default=None, foreign_key="people.id", sa_type=Key)


class Held(NamedTuple):
    """What a person does: own duties, and those of people away, each with whose it is."""

    duties: tuple[tuple[str, Role], ...] = ()
    lent: tuple[tuple[str, Role, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is speaking: the chat, the person behind it if known, and what they do for whom."""

    contact: Contact
    person: Person | None = None
    duties: tuple[tuple[str, Role], ...] = ()
    lent: tuple[tuple[str, Role, int], ...] = ()
    """Duties of people who are away, as long as this person stands in; among `duties` too."""

    @property
    def actor(self) -> str:
        """How events name this speaker."""
        if self.person is None:
            return f"contact:{self.contact.id}"
        own = set(self.duties[: len(self.duties) - len(self.lent)])
        away: dict[int, frozenset[str]] = {}
        for unit, role, whose in self.lent:
            more = set() if (unit, role) in own else {unit}
            away[whose] = away.get(whose, frozenset()) | more
        return Actor(f"person:{self.person.id}", away)

    def units(self, *roles: Role) -> frozenset[str]:
        """The units for which this person holds one of the roles."""
        return frozenset(unit for unit, role in self.duties if role in roles)

    def holds(self, *roles: Role) -> bool:
        """Whether the person holds one of the roles for any unit."""
        return any(role in roles for _, role in self.duties)


_OWN = select(
    col(Duty.person_id), col(Duty.unit), col(Duty.role), null().cast(Key).label("whose")
).where(col(Duty.person_id).in_(bindparam("people", expanding=True)))
_LENT = (
    select(col(Absence.deputy_id), col(Duty.unit), col(Duty.role), col(Absence.person_id))
    .join(Duty, col(Duty.person_id) == col(Absence.person_id))
    .join(Person, col(Person.id) == col(Absence.person_id))
    .where(
        col(Absence.deputy_id).in_(bindparam("people", expanding=True)),
        col(Absence.starts_at) <= bindparam("now"),
        col(Absence.ends_at) > bindparam("now"),
        col(Person.active).is_(True),
    )
)
_DUTIES: CompoundSelect[Any] = union_all(_OWN, _LENT)
"""Built once, as every update asks it."""


async def duties_of(session: AsyncSession, people: Iterable[int], now: datetime) -> dict[int, Held]:
    """What each of these people does; a deputy does what those do who are away at this moment."""
    rows = await session.execute(_DUTIES, {"people": list(people), "now": now})
    own: dict[int, list[tuple[str, Role]]] = {}
    lent: dict[int, list[tuple[str, Role, int]]] = {}
    for person_id, unit, role, whose in rows:
        if whose is None:
            own.setdefault(person_id, []).append((unit, Role(role)))
        else:
            lent.setdefault(person_id, []).append((unit, Role(role), whose))
    return {person: _held(own.get(person, []), lent.get(person, [])) for person in {*own, *lent}}


def _held(own: list[tuple[str, Role]], lent: list[tuple[str, Role, int]]) -> Held:
    """Own duties stand first: `Speaker.actor` tells them from those that are lent by that."""
    return Held((*own, *((unit, role) for unit, role, _ in lent)), tuple(lent))


async def speaker_at(
    session: AsyncSession, channel: str, address: str, now: datetime
) -> Speaker | None:
    """The known contact at an address, with the person behind it."""
    row = (
        await session.execute(
            select(Contact, Person)
            .outerjoin(Person, col(Person.id) == col(Contact.person_id))
            .where(col(Contact.channel) == channel, col(Contact.address) == address)
        )
    ).one_or_none()
    if row is None:
        return None
    contact, person = row
    return await speaker_for(session, contact, person, now)


async def speaker_for(
    session: AsyncSession, contact: Contact, person: Person | None, now: datetime
) -> Speaker:
    """A speaker from rows already loaded; a person who is not active counts as a stranger."""
    if person is None or not person.active or person.id is None:
        return Speaker(contact)
    held = (await duties_of(session, [person.id], now)).get(person.id, Held())
    return Speaker(contact, person, *held)


_DESK_CONTACTS = select(Contact).where(
    col(Contact.desk_of) == bindparam("unit"), col(Contact.reachable).is_(True)
)


async def desk_contacts(session: AsyncSession, unit: str) -> Sequence[Contact]:
    """The bound groups of a unit that can be reached."""
    return (await session.execute(_DESK_CONTACTS, {"unit": unit})).scalars().all()


_PEOPLE_WITH = (
    select(col(Duty.person_id))
    .join(Person, col(Person.id) == col(Duty.person_id))
    .where(col(Duty.role).in_(bindparam("roles", expanding=True)), col(Person.active).is_(True))
    .distinct()
    .order_by(col(Duty.person_id))
)
_PEOPLE_OF = _PEOPLE_WITH.where(col(Duty.unit) == bindparam("unit"))


async def people_of(session: AsyncSession, unit: str, *roles: Role) -> Sequence[int]:
    """The ids of active people who hold one of the roles for a unit."""
    found = await session.execute(_PEOPLE_OF, {"unit": unit, "roles": list(map(str, roles))})
    return found.scalars().all()


async def people_with(session: AsyncSession, *roles: Role) -> Sequence[int]:
    """The ids of active people who hold one of the roles for any unit."""
    found = await session.execute(_PEOPLE_WITH, {"roles": list(map(str, roles))})
    return found.scalars().all()


async def names_of(session: AsyncSession, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of some people, by id."""
    found = await session.execute(
        select(col(Person.id), col(Person.name)).where(
            col(Person.id).in_({number for number in ids if number is not None})
        )
    )
    return {number: name for number, name in found if number is not None}


async def post_of(session: AsyncSession, person_id: int, unit: str) -> str:
    """The post of a person in a unit, '' when none was given."""
    found = await session.execute(
        select(col(Duty.post)).where(
            col(Duty.person_id) == person_id, col(Duty.unit) == unit, col(Duty.post) != ""
        )
    )
    return found.scalars().first() or ""


async def leaders(session: AsyncSession, *, is_chair: bool) -> Sequence[int]:
    """The provincial leaders: the chair, or the vice-chairs; all where no post says which.

    Posts are written by people: whatever begins with "phó" is a deputy's.
    """
    found = await session.execute(
        select(col(Duty.person_id), col(Duty.post))
        .join(Person, col(Person.id) == col(Duty.person_id))
        .where(col(Duty.role) == Role.LEADER, col(Person.active).is_(True))
        .order_by(col(Duty.person_id))
    )
    rows = list(found.all())
    chosen = [p for p, post in rows if post and fold(post).startswith("pho") != is_chair]
    return list(dict.fromkeys(chosen or [person for person, _ in rows]))


async def move(session: AsyncSession, contact: Contact, address: str) -> Contact | None:
    """Give a contact another address; the contact that already stood there steps aside.

    A group that grows is heard at its new address before anybody says that it has moved. What was
    bound at the new address in between stays bound. Who stepped aside comes back.
    """
    found = await session.execute(
        select(Contact).where(
            col(Contact.channel) == contact.channel,
            col(Contact.address) == address,
            col(Contact.id) != contact.id,
        )
    )
    other = found.scalar_one_or_none()
    if other is not None:
        contact.desk_of = other.desk_of or contact.desk_of
        other.address, other.desk_of, other.reachable = f"{address} → {contact.id}", None, False
        await session.flush()
    contact.address, contact.reachable = address, True
    await session.flush()
    return other


async def unreachable(session: AsyncSession, contact_id: int) -> None:
    """Remember that a contact can no longer be written to."""
    await session.execute(
        update(Contact).where(col(Contact.id) == contact_id).values(reachable=False)
    )


async def set_reachable(session: AsyncSession, person_id: int, *, reachable: bool) -> None:
    """Let nothing more, or everything again, go to a person's own chats."""
    await session.execute(
        update(Contact).where(col(Contact.person_id) == person_id).values(reachable=reachable)
    )


async def find_people(session: AsyncSession, called: str) -> Sequence[Person]:
    """The people with this number, name (with or without marks) or phone; few ever ask."""
    everybody = (await session.execute(select(Person).order_by(col(Person.id)))).scalars()
    wanted = fold(called)
    return [
        person
        for person in everybody
        if called == str(person.id) or (wanted and wanted in {fold(person.name), person.phone})
    ]


async def any_real_person(session: AsyncSession) -> bool:
    """Whether somebody other than the trial mode's people has joined."""
    found = await session.execute(
        select(col(Person.id)).where(col(Person.made_up).is_(False)).limit(1)
    )
    return found.first() is not None
