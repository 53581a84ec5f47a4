"""Everything that is kept about one person, as the person may see it and take it along."""

import asyncio
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage import data_requests, pruning
from storage.people import Contact, Duty, Person
from storage.rosters import Absence, Shift
from storage.tickets import Ticket, TicketEvent, newest_event
from storage.viewings import Viewing
from storage.webchat import BrowserSession, Line

MOST = 5000
"""Rows of each kind; the file says so."""
STRETCH = 20_000
"""Events that are looked through at once: no index leads from a person to theirs."""
CHANNEL = ("channel", "address", "reachable", "heard_at")
REQUEST = ("id", "kind", "words", "made_at", "answer_by", "stop_by", "answered_at", "outcome")


async def everything(session: AsyncSession, person: Person, now: datetime) -> dict[str, Any]:
    """What is kept about a person, by kind; instants are UTC in ISO 8601.

    What they said of other people is in their own tickets alone.
    """
    mine = person.id or 0
    contacts = await _rows(session, select(Contact).where(col(Contact.person_id) == mine))
    ids = [contact.id for contact in contacts]
    sat = select(BrowserSession).where(col(BrowserSession.contact_id).in_(ids))
    reported = select(Ticket).where(col(Ticket.reporter_id) == mine).order_by(col(Ticket.id))
    acts = await _acts(session, person)
    looks = select(Viewing).where(col(Viewing.person_id) == mine).order_by(col(Viewing.id))
    return {
        "made_at": now.isoformat(),
        "person": _fields(person, "name", "phone", "language", "prefers", "active", "joined_at"),
        "duties": await _each(
            session, select(Duty).where(col(Duty.person_id) == mine), "unit role post since"
        ),
        "channels": [_fields(row, *CHANNEL) for row in contacts],
        "browsers": await _each(session, sat, "created_at used_at revoked_at"),
        "shifts": await _each(
            session, select(Shift).where(col(Shift.person_id) == mine), "unit starts_at ends_at"
        ),
        "absences": await _each(
            session, select(Absence).where(col(Absence.person_id) == mine), "starts_at ends_at"
        ),
        "tickets": await _each(
            session, reported, "code commune category status opened_at closed_at text place lat lon"
        ),
        "acts": acts,
        "web_lines": await _each(
            session, select(Line).where(col(Line.contact_id).in_(ids)), "at mine body"
        ),
        "looks": await _each(session, looks, "at what"),
        "requests": [
            _fields(row, *REQUEST) for row in await data_requests.of_person(session, mine)
        ],
        "most_of_each": MOST,
        "older_acts_left_out": len(acts) == MOST,
    }


async def _acts(session: AsyncSession, person: Person) -> list[dict[str, Any]]:
    """What a person did with tickets since they joined: the newest MOST, oldest first.

    From the newest event back to the day they joined, a stretch at a time, so that others are
    answered in between.
    """
    found: list[Any] = []
    last = await newest_event(session)
    begun = await pruning.older(session, TicketEvent, col(TicketEvent.at), person.joined_at)
    while last > begun and len(found) < MOST:
        first = max(begun, last - STRETCH)
        rows = await session.execute(
            select(TicketEvent.at, TicketEvent.kind, Ticket.code)  # type: ignore[call-overload]  # SQLModel's columns are typed as their values
            .join(Ticket, col(Ticket.id) == col(TicketEvent.ticket_id))
            .where(
                col(TicketEvent.id) > first,
                col(TicketEvent.id) <= last,
                col(TicketEvent.actor) == f"person:{person.id}",
            )
            .order_by(col(TicketEvent.id).desc())
            .limit(MOST - len(found))
        )
        found += rows
        last = first
        await asyncio.sleep(0)
    return [{"at": at.isoformat(), "what": kind, "ticket": code} for at, kind, code in found[::-1]]


async def _rows(session: AsyncSession, wanted: Any) -> list[Any]:
    return list((await session.execute(wanted.limit(MOST))).scalars())


async def _each(session: AsyncSession, wanted: Any, names: str) -> list[dict[str, Any]]:
    return [_fields(row, *names.split()) for row in await _rows(session, wanted)]


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
