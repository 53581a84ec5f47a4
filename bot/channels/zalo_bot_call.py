"""One call of the Zalo Bot API, and what its refusals and silences mean."""

import asyncio
from typing import Any

import httpx

from bot.channels.base import ChannelError, OverQuota, RetryLater, Undeliverable, Unknown
from bot.channels.connecting import (
    LONG_PAUSE,
    NOTHING_SENT,
    SHORT_PAUSE,
    connection,
    timeout,
)

BAD_TOKEN = "Zalo does not know this bot's token: check THAOGO_ZALO_BOT_TOKEN"  # noqa: S105  a sentence
QUOTA = "this Zalo bot has used up its messages (429)"
NO_MESSAGE = httpx.codes.REQUEST_TIMEOUT
"""How getUpdates says that nothing came."""
TOLD = 200
"""Letters of a description that are passed on."""


class Caller:
    """Posts JSON to one bot's methods; its token stands in every URL, and so in no message."""

    def __init__(self, token: str, api_url: str, *, patience: float) -> None:
        """`patience` is how many seconds an answer may take."""
        self.bot = token.partition(":")[0]
        self.client = httpx.AsyncClient(
            timeout=timeout(patience), follow_redirects=False, **connection(api_url)
        )
        self.patience = patience
        self._methods = f"{api_url}/bot{token}"
        self._token = token

    async def call(
        self, method: str, fields: dict[str, Any], *, longer: float = 0, nothing: int = 0
    ) -> Any:
        """The method's result; None at the error code `nothing`. Raises ChannelError.

        Success and failure stand in the body: HTTP 200 can carry ok:false
        (docs.zaloplatforms.com/docs/BOT/error_code).
        """
        patience = self.patience + longer
        try:
            async with asyncio.timeout(3 * patience):
                answer = await self.client.post(
                    f"{self._methods}/{method}", json=fields, timeout=timeout(patience)
                )
        except (httpx.HTTPError, TimeoutError) as error:
            failure = _broken(error)
        else:
            told = _body(answer)
            if told is None:
                raise _gateway(answer.status_code)
            if told.get("ok") is True:
                return told.get("result")
            code = _code(told.get("error_code", told.get("errorCode", answer.status_code)))
            if code == nothing:
                return None
            description = str(told.get("description", "")).replace(self._token, "…")[:TOLD]
            failure = refusal(code, description, bot=self.bot)
        raise failure  # outside the except clause: an httpx error carries the URL with the token


def _body(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        told = answer.json()
    except ValueError:
        return None
    return told if isinstance(told, dict) and "ok" in told else None


def _code(told: Any) -> Any:
    """A number that came as a string is one too."""
    return int(told) if isinstance(told, str) and told.isdecimal() else told


def _broken(error: BaseException) -> ChannelError:
    """No answer at all; names the kind of fault alone."""
    if isinstance(error, NOTHING_SENT):
        return RetryLater(
            f"Zalo cannot be reached ({type(error).__name__})",
            SHORT_PAUSE,
            whole_channel=not isinstance(error, httpx.PoolTimeout),
        )
    return Unknown(f"no answer from Zalo ({type(error).__name__})")


def _gateway(status: int) -> ChannelError:
    """An answer that is none of the API: a gateway gave up waiting, or nobody stands behind it.

    Of the second (502) nothing has been taken; to give up after two of them lost every answer that
    was due while Zalo was away.
    """
    if status == httpx.codes.GATEWAY_TIMEOUT or status < 300:  # noqa: PLR2004  a success
        return Unknown(f"no answer of the Zalo API ({status})")
    return RetryLater(f"Zalo answered {status}", SHORT_PAUSE)


def refusal(code: Any, description: str, *, bot: str) -> ChannelError:
    """What an error code means for whoever sent a message.

    403 is documented as an internal error, not as "forbidden"; 429 tells no time to wait, and may
    be the month's quota as well as a burst.
    """
    told = f"Zalo answered {code}: {description}"
    match code:
        case httpx.codes.UNAUTHORIZED:
            return RetryLater(BAD_TOKEN, LONG_PAUSE)
        case httpx.codes.NOT_FOUND:
            return Undeliverable(told, gone=True)
        case httpx.codes.FORBIDDEN | httpx.codes.REQUEST_TIMEOUT:
            return RetryLater(told, SHORT_PAUSE)
        case httpx.codes.TOO_MANY_REQUESTS:
            return OverQuota(QUOTA, among=f"{bot}/")
        case int() if code >= httpx.codes.INTERNAL_SERVER_ERROR or code < httpx.codes.BAD_REQUEST:
            return RetryLater(told, SHORT_PAUSE)  # the second: ok:false, and no code of an error
    return Undeliverable(told)
