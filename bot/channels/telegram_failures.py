"""What Telegram's refusals and silences mean for the message that met them."""

import os
import re

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.base import ChannelError, Moved, RetryLater, Undeliverable, Unknown
from bot.channels.connecting import LONG_PAUSE, NOTHING_SENT, SHORT_PAUSE

# Without it python-telegram-bot 22 warns of a coming change at every 429, also inside itself.
os.environ.setdefault("PTB_TIMEDELTA", "true")

BAD_TOKEN = "Telegram does not know this token: check THAOGO_TELEGRAM_TOKEN"  # noqa: S105  a sentence
CONFLICT = "another program fetches this bot's updates: stop it, or give each a token of its own"

CONFLICT_PAUSE = 30.0
"""Seconds until it is tried again while another program fetches."""

_GONE = re.compile(
    "chat not found|user not found|peer_id_invalid|deactivated|rights to send (a|text) message",
    re.IGNORECASE,
)


def failure(error: TelegramError, *, token: str) -> ChannelError:
    """What a failed call of python-telegram-bot means; `token` is kept out of the message."""
    told = error.message.replace(token, "…").partition(". Parsing the server response")[0][:200]
    if isinstance(error, BadRequest):  # a NetworkError to python-telegram-bot, so it comes first
        return Undeliverable(told, gone=bool(_GONE.search(told)))
    if isinstance(error, NetworkError):
        return _broken(error.__cause__, told)
    match error:
        case RetryAfter():
            return RetryLater(told, _seconds(error), whole_channel=True)
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Undeliverable(told, gone=True)
    return _standing(error) or Unknown(told)


def refusal(status: int, description: str, seconds: float) -> ChannelError:
    """What an HTTP status means when something was to be read; `seconds` for those that pass."""
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND):
        return RetryLater(BAD_TOKEN, LONG_PAUSE, whole_channel=True)
    if status == httpx.codes.CONFLICT:
        return RetryLater(CONFLICT, CONFLICT_PAUSE)
    if status in (httpx.codes.BAD_REQUEST, httpx.codes.FORBIDDEN):
        return Undeliverable(description)
    flood = status == httpx.codes.TOO_MANY_REQUESTS
    return RetryLater(f"Telegram answered {status}: {description}", seconds, whole_channel=flood)


def unreachable(error: BaseException) -> RetryLater:
    """A call that reached nobody, or only asked for something; names the kind of fault alone."""
    return RetryLater(
        f"Telegram cannot be reached ({type(error).__name__})",
        SHORT_PAUSE,
        whole_channel=not isinstance(error, httpx.PoolTimeout),
    )


def _standing(error: TelegramError) -> RetryLater | None:
    """Faults that stay until a person mends them."""
    if isinstance(error, InvalidToken):
        return RetryLater(BAD_TOKEN, LONG_PAUSE, whole_channel=True)
    return RetryLater(CONFLICT, CONFLICT_PAUSE) if isinstance(error, Conflict) else None


def _broken(cause: BaseException | None, told: str) -> ChannelError:
    """No answer at all (then `cause` says how far the call came), or one of 5xx."""
    if isinstance(cause, NOTHING_SENT):
        return unreachable(cause)
    if cause is not None and not isinstance(cause, TelegramError):
        return Unknown(f"no answer from Telegram ({type(cause).__name__})")
    if "too large" in told.lower():
        return Undeliverable(told)
    return RetryLater(told, SHORT_PAUSE)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
