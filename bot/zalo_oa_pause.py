"""After a standstill Zalo may have switched the account's webhook off: a person must look."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.channels.zalo_oa_parse import NAME
from bot.channels.zalo_oa_tokens import Alarm
from storage import standstill
from storage.engine import Database
from tickets.texts import Texts

GIVES_UP = timedelta(minutes=110)
"""Zalo calls again after 30 s, 5, 15, 30 and 60 minutes, then no more until somebody switches the
webhook on (docs.zaloplatforms.com/docs/OA/webhook/tong-quan)."""
PAUSED = "the webhook may be off: see the account's console"


async def look(database: Database, now: Callable[[], datetime], alarm: Alarm) -> None:
    """Say at a start that the webhook may be off, where nothing has happened for so long.

    A quiet night looks the same; the message that it costs is one that does no harm.
    """
    async with database.reading() as session:
        last = await standstill.last_sign(session)
        is_used = await standstill.heard_last(session, NAME) is not None
    if last is not None and is_used and now() - last >= GIVES_UP:
        await alarm(PAUSED)


def told(reason: str) -> Callable[[Texts], str]:
    """What administrators read for a reason why the account hears or says nothing."""
    return lambda say: say.oa_paused_told() if reason == PAUSED else say.oa_refused_told()
