"""E-mail and SMS as the settings say, and who is reached there beside the chats."""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.app import utc_now
from bot.channels.base import Channel
from bot.channels.email import Email
from bot.channels.sms import Sms
from bot.channels.zalo_bot import HostFile
from bot.commands import OK, named_person, opened, rules_of, say
from bot.links import fail
from bot.settings import Settings
from storage.engine import migrate
from storage.people import Contact, Person
from tickets.acts import linking
from tickets.moment import Moment

MAILBOX = re.compile(r"[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+")
PHONE = re.compile(r"(?:0|84)\d{8,10}")


def channels(
    settings: Settings,
    *,
    read_file: Callable[[str], bytes],
    host_file: HostFile | None,
    now: Callable[[], datetime],
) -> dict[str, Channel]:
    """What is configured of both."""
    found: dict[str, Channel] = {}
    if settings.smtp_url is not None and settings.smtp_from is not None:
        found["email"] = Email(
            settings.smtp_url.get_secret_value(),
            settings.smtp_from,
            open_file=read_file,
            now=now,
            pages=settings.public_url or "",
        )
    if settings.sms_url is not None and settings.sms_body is not None:
        found["sms"] = Sms(
            settings.sms_url,
            settings.sms_body.get_secret_value(),
            headers=_headers(settings),
            success=settings.sms_success,
            host_file=host_file,
        )
    return found


def _headers(settings: Settings) -> dict[str, str]:
    given = settings.sms_headers.get_secret_value() if settings.sms_headers else ""
    pairs = (line.partition(":") for line in given.split("|") if line.strip())
    return {name.strip(): value.strip() for name, _colon, value in pairs}


def reach(settings: Settings, person: str, channel: str, address: str) -> int:
    """Let a person be reached by e-mail or SMS as well; their chats hear of it."""
    migrate(settings.database)
    try:
        said = asyncio.run(_reach(settings, person, channel, address))
    except LookupError as error:
        return fail(str(error))
    say(said)
    is_on = settings.smtp_url if channel == "email" else settings.sms_url
    if not is_on:
        setting = "THAOGO_SMTP_URL" if channel == "email" else "THAOGO_SMS_URL"
        say(f"{setting} chưa đặt: chưa gửi được gì qua kênh này.")
    return OK


async def _reach(settings: Settings, called: str, channel: str, address: str) -> str:
    async with opened(settings) as database, database.transaction() as session:
        person = await session.get(Person, await named_person(session, called))
        assert person is not None
        wanted = _written(channel, address or (person.phone if channel == "sms" else ""))
        contact = await _contact(session, channel, wanted)
        if contact.person_id not in {None, person.id}:
            raise LookupError(f"{wanted} is somebody else's: thaogo unlink PERSON {channel} first")
        if contact.person_id is None:
            moment = Moment(session, utc_now(), await rules_of(session))
            await linking.link(moment, contact, person)
        return f"{person.name or person.id}: {channel} {wanted}"


def _written(channel: str, address: str) -> str:
    """An address in one spelling. Raises LookupError."""
    plain = address.strip() if channel == "email" else re.sub(r"[\s.+-]", "", address)
    if not (MAILBOX if channel == "email" else PHONE).fullmatch(plain):
        what = "an e-mail address" if channel == "email" else "a phone number such as 0912345678"
        raise LookupError(f"give {what}")
    return f"0{plain[2:]}" if channel == "sms" and plain.startswith("84") else plain


async def _contact(session: AsyncSession, channel: str, address: str) -> Contact:
    found = await session.execute(
        select(Contact).where(col(Contact.channel) == channel, col(Contact.address) == address)
    )
    contact = found.scalar_one_or_none()
    if contact is None:
        contact = Contact(channel=channel, address=address)
        session.add(contact)
        await session.flush()
    return contact
