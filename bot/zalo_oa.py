"""The Zalo Official Account as the settings say: its channel, its tokens and its webhook."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from pydantic import SecretStr

from bot.channels.zalo_bot import HostFile
from bot.channels.zalo_oa import ZaloOa
from bot.channels.zalo_oa_parse import NAME, parse
from bot.channels.zalo_oa_sign import HEADER, is_signed
from bot.channels.zalo_oa_tokens import Alarm, Tokens
from bot.sealing import Seal
from bot.settings import Settings
from bot.zalo import SetAside
from storage.engine import Database
from tickets.incoming import Incoming

TELLS_AGAIN = timedelta(minutes=10)
REFUSED = (
    "if it was Zalo: THAOGO_ZALO_OA_SECRET_KEY must be the OA secret key of the console's webhook "
    "section, THAOGO_ZALO_OA_APP_ID that of the app, and the clock right to two hours"
)
log = structlog.get_logger()

HOOK = "zalo-oa"
"""What follows /hooks/."""
PICTURE = "/static/icon.png"
"""What stands beside each row of a list; Zalo takes no SVG."""


def account(
    settings: Settings,
    database: Database,
    *,
    open_file: Callable[[str], bytes],
    host_file: HostFile | None,
    now: Callable[[], datetime],
    alarm: Alarm,
) -> ZaloOa | None:
    """The account that is configured, if one is."""
    if settings.zalo_oa_app_id is None:
        return None
    tokens = tokens_of(settings, database, now=now, alarm=alarm)
    return ZaloOa(
        tokens,
        open_file=open_file,
        host_file=host_file,
        picture=f"{settings.public_url}{PICTURE}",
        api_url=settings.zalo_oa_api_url,
    )


def tokens_of(
    settings: Settings, database: Database, *, now: Callable[[], datetime], alarm: Alarm
) -> Tokens:
    """The tokens of the account that is configured."""
    first = settings.zalo_oa_refresh_token
    return Tokens(
        database,
        Seal(_open(settings.secret_key)),
        app_id=settings.zalo_oa_app_id or "",
        app_secret=_open(settings.zalo_oa_app_secret),
        refresh_token=first.get_secret_value() if first else "",
        oauth_url=settings.zalo_oa_oauth_url,
        now=now,
        alarm=alarm,
    )


class OaHook:
    """The account's webhook: what Zalo signed is believed."""

    def __init__(
        self, app_id: str, secret: str, now: Callable[[], datetime], set_aside: SetAside
    ) -> None:
        """`set_aside` is the intake's, which may be loaded later than the pages."""
        self._app_id, self._secret = app_id, secret
        self._now, self._set_aside = now, set_aside
        self._told_at = datetime.min.replace(tzinfo=UTC)

    def admits(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether Zalo signed this body, lately; now and then the log hears why a call was not.

        Whoever sets the account up for the first time most often gives another key than this one.
        """
        now = self._now()
        if is_signed(headers, body, app_id=self._app_id, secret=self._secret, now=now):
            return True
        if HEADER in headers and now - self._told_at >= TELLS_AGAIN:
            self._told_at = now
            log.warning("zalo oa call refused", todo=REFUSED)
        return False

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        """Read an event."""
        return parse(payload)

    async def set_aside(self, key: str, payload: dict[str, Any] | None, error: str) -> None:
        """Keep what cannot be read."""
        await self._set_aside(NAME, key, payload, error)


def hook(settings: Settings, now: Callable[[], datetime], set_aside: SetAside) -> dict[str, OaHook]:
    """The hook, if an account is configured."""
    if settings.zalo_oa_app_id is None:
        return {}
    secret = _open(settings.zalo_oa_secret_key)
    return {HOOK: OaHook(settings.zalo_oa_app_id, secret, now, set_aside)}


def _open(value: SecretStr | None) -> str:
    assert value is not None  # settings ask for all of them together
    return value.get_secret_value()
