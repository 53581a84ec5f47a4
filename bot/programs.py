"""What the settings say about other programs: who is told of news, and who vouches for people."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.channels.base import Channel
from bot.channels.webhook import Webhooks, secret_by
from bot.settings import Settings
from storage.webhooks import CHANNEL
from web.doors import SignIn


def doors(settings: Settings, now: Callable[[], datetime]) -> dict[str, Any]:
    """What the pages need to know."""
    return {
        "webhook_secret": _secret(settings),
        "webhooks_private": settings.webhooks_private,
        "open311": settings.open311,
        "sign_in": _sign_in(settings, now),
    }


def channels(settings: Settings, now: Callable[[], datetime]) -> dict[str, Channel]:
    """The way to their addresses, where there is a key that signs."""
    secret_of = _secret(settings)
    if secret_of is None:
        return {}
    return {CHANNEL: Webhooks(secret_of, now, is_private=settings.webhooks_private)}


def _sign_in(settings: Settings, now: Callable[[], datetime]) -> SignIn | None:
    if settings.oidc_issuer is None:
        return None
    from bot.sign_in import sign_in_of  # noqa: PLC0415  only where it is used

    return sign_in_of(settings, now)


def _secret(settings: Settings) -> Callable[[str], str] | None:
    return secret_by(settings.secret_key.get_secret_value()) if settings.secret_key else None
