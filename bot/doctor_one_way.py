"""How e-mail and SMS are: whether the mail server lets us in, and how much was sent."""

from collections.abc import AsyncIterator

from bot import one_way as ways
from bot.app import utc_now
from bot.channels.base import ChannelError
from bot.doctor_zalo import nothing, this_month
from bot.findings import Finding
from bot.settings import Settings
from storage import calls
from storage.engine import Database

TODO = {
    "email": "check THAOGO_SMTP_URL and whether this machine may reach the mail server",
    "sms": "check THAOGO_SMS_URL",
}


async def one_way(settings: Settings, database: Database | None) -> AsyncIterator[Finding]:
    """What is found of both; a gateway for SMS is not tried, as each call is a message."""
    found = ways.channels(settings, read_file=nothing, host_file=None, now=utc_now)
    for name in ("email", "sms"):
        channel = found.get(name)
        if channel is None:
            yield Finding(name, fine=True, found="not configured")
            continue
        try:
            where = await channel.check()
        except ChannelError as error:
            yield Finding(name, fine=False, found=str(error), todo=TODO[name])
            continue
        finally:
            await channel.close()
        sent = 0
        if database is not None:
            async with database.reading() as session:
                sent = await calls.sent_since(session, name, "", this_month())
        yield Finding(name, fine=True, found=f"{where}, {sent} messages this month")
