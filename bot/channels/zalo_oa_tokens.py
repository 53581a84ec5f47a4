"""The Official Account's tokens: kept sealed, made anew by one process at a time, then used."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

import httpx
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.base import ChannelError, RetryLater, Undeliverable
from bot.channels.connecting import LONG_PAUSE, SHORT_PAUSE, connection, timeout
from bot.channels.zalo_oa_call import body_of, code_of
from bot.sealing import Seal, WrongKey
from storage import marks
from storage.engine import Database

MARK = "zalo_oa tokens"
EARLY = timedelta(hours=1)
"""An access token lives 25 hours; it is made anew so long before its end."""
LIFE = timedelta(hours=25)
"""What counts where Zalo says no length that can be read."""
LEASE = timedelta(seconds=60)
"""How long one process has for that before another one tries."""
RATE = -32
CONSENT = (
    "Zalo has no valid consent of the Official Account: let its administrator consent to the app, "
    "with `thaogo zalo-oa-consent`"
)

log = structlog.get_logger()
Alarm = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Pair:
    """What is kept: both tokens, how long, and from which token of the environment they come."""

    refresh: str
    seed: str
    access: str = ""
    until: float = 0
    leased_until: float = 0
    refused: bool = False


class Tokens:
    """Gives out a valid access token.

    One refresher at a time, by a lease on the row: a refresh token works once, and a lock held
    across the call would stop every writer on SQLite.
    """

    def __init__(
        self,
        database: Database,
        seal: Seal,
        *,
        app_id: str,
        app_secret: str,
        refresh_token: str,
        oauth_url: str,
        now: Callable[[], datetime],
        alarm: Alarm,
        patience: float = 15,
    ) -> None:
        """`refresh_token` begins the row, and begins it anew whenever it is another one.

        `alarm` is told what a person must do when Zalo refuses for good.
        """
        self._database, self._seal, self._now, self._alarm = database, seal, now, alarm
        self._app_id, self._app_secret, self._first = app_id, app_secret, refresh_token
        self._url = f"{oauth_url}/v4/oa/access_token"
        self._seed = hashlib.sha256(refresh_token.encode()).hexdigest()
        self._client = httpx.AsyncClient(timeout=timeout(patience), **connection(oauth_url))
        self._longest = 3 * patience
        self._known: Pair | None = None
        self._unkept: tuple[str, Pair] | None = None
        """A new pair that the database would not take, and the refresh token it came from."""

    async def access(self, *, stale: str = "") -> str:
        """A token to use now; `stale` is one that Zalo has just refused. Raises RetryLater."""
        if self._known is not None and self._is_good(self._known, stale):
            return self._known.access
        if self._unkept is not None:
            await self._keep_at_last(*self._unkept)
        mine = await self._claim(stale)
        if mine is None:
            assert self._known is not None
            return self._known.access
        return (await self._renew(mine)).access

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()

    def _is_good(self, pair: Pair, stale: str) -> bool:
        early = self._now().timestamp() + EARLY.total_seconds()
        return bool(pair.access) and pair.access != stale and pair.until > early

    async def _claim(self, stale: str) -> Pair | None:
        """The pair that is to be renewed, leased to us; None when another one has done it."""
        now = self._now().timestamp()
        async with self._database.transaction() as session:
            pair = await self._read(session)
            if self._is_good(pair, stale):
                self._known = pair
                return None
            if pair.refused or not pair.refresh:
                raise RetryLater(CONSENT, LONG_PAUSE, whole_channel=True)
            if pair.leased_until > now:
                raise RetryLater("the tokens are being renewed", SHORT_PAUSE, whole_channel=True)
            mine = replace(pair, leased_until=now + LEASE.total_seconds())
            await self._write(session, mine)
        return mine

    async def _read(self, session: AsyncSession) -> Pair:
        sealed = await marks.locked(session, MARK, self._now())
        first = Pair(refresh=self._first, seed=self._seed)
        if not sealed:
            return first
        try:
            pair = Pair(**json.loads(self._seal.open(sealed)))
        except (WrongKey, TypeError, ValueError):
            log.error("zalo tokens cannot be opened; beginning from the environment's")
            return first
        return pair if pair.seed == self._seed else first

    async def _write(self, session: AsyncSession, pair: Pair) -> None:
        sealed = self._seal.close(json.dumps(asdict(pair)))
        await marks.write(session, MARK, sealed, self._now())

    async def _renew(self, pair: Pair) -> Pair:
        """Ask for a new pair, and keep it before it is used: the old one is dead by then."""
        told = await self._asked(pair)
        if not _is_pair(told):
            await self._refused(pair, told)
        fresh = self._fresh(told)
        self._unkept = (pair.refresh, fresh)
        await self._keep(fresh)
        self._unkept = None
        return fresh

    async def _keep_at_last(self, came_from: str, fresh: Pair) -> None:
        """Keep what could not be kept: without it the account would be silent until a person acts.

        Unless another process, or a new consent, has put another pair there meanwhile.
        """
        async with self._database.transaction() as session:
            if (await self._read(session)).refresh == came_from:
                await self._write(session, fresh)
        self._unkept = None

    async def exchange(self, code: str, verifier: str) -> None:
        """Take the tokens of a fresh consent in place of all before; running servers find them.

        `code` came back with the administrator's browser, `verifier` is what its challenge was made
        of (PKCE). Raises ChannelError; a code is worth 10 minutes and one try.
        """
        form = {
            "code": code,
            "app_id": self._app_id,
            "grant_type": "authorization_code",
            "code_verifier": verifier,
        }
        told = await self._post(form)
        if isinstance(told, ChannelError):
            raise told
        if not _is_pair(told):
            raise Undeliverable(
                f"Zalo refused the code ({told.get('error')}): it is worth ten minutes and "
                "one try; begin anew with `thaogo zalo-oa-consent`"
            )
        await self._keep(self._fresh(told))

    def _fresh(self, told: dict[str, object]) -> Pair:
        access, refresh = told["access_token"], told["refresh_token"]
        until = self._now().timestamp() + _seconds(told.get("expires_in"))
        return Pair(refresh=str(refresh), seed=self._seed, access=str(access), until=until)

    async def _keep(self, fresh: Pair) -> None:
        async with self._database.transaction() as session:
            await self._write(session, fresh)
        self._known = fresh

    async def _asked(self, pair: Pair) -> dict[str, object]:
        form = {
            "refresh_token": pair.refresh,
            "app_id": self._app_id,
            "grant_type": "refresh_token",
        }
        told = await self._post(form)
        if isinstance(told, ChannelError):
            await self._let_go(pair)
            raise told
        return told

    async def _post(self, form: dict[str, str]) -> dict[str, object] | ChannelError:
        """Zalo's answer, or why there is none; given back, as an exception would tell the form."""
        try:
            async with asyncio.timeout(self._longest):
                answer = await self._client.post(
                    self._url, data=form, headers={"secret_key": self._app_secret}
                )
        except (httpx.HTTPError, TimeoutError) as error:
            return RetryLater(f"no new tokens ({type(error).__name__})", SHORT_PAUSE)
        told = body_of(answer)
        if told is None:
            return RetryLater(f"no new tokens ({answer.status_code})", SHORT_PAUSE)
        return told

    async def _let_go(self, pair: Pair, *, refused: bool = False) -> None:
        async with self._database.transaction() as session:
            await self._write(session, replace(pair, leased_until=0, refused=refused))

    async def _refused(self, pair: Pair, told: dict[str, object]) -> None:
        """Any error but "too fast" stays until a person consents anew; none says nothing yet."""
        code = code_of(told) or told.get("error") or 0
        is_passing = code in {0, RATE}
        await self._let_go(pair, refused=not is_passing)
        if is_passing:
            raise RetryLater(f"no new tokens ({code})", 60, whole_channel=True)
        log.error("zalo tokens refused", code=code)
        await self._alarm(CONSENT)
        raise RetryLater(CONSENT, LONG_PAUSE, whole_channel=True)


def _seconds(told: object) -> float:
    """How long an access token lives: a string of digits.

    Whatever stands there instead, the pair must be kept, and never be made anew with every call.
    """
    try:
        seconds = float(str(told))
    except ValueError:
        return LIFE.total_seconds()
    longest = 2 * LIFE.total_seconds()
    return max(seconds, 2 * EARLY.total_seconds()) if seconds < longest else LIFE.total_seconds()


def _is_pair(told: dict[str, object]) -> bool:
    return all(isinstance(told.get(name), str) for name in ("access_token", "refresh_token"))
