"""The way in for Telegram's calls, which is there before the channel is loaded."""

from typing import TYPE_CHECKING, Any

from tickets.incoming import Incoming

if TYPE_CHECKING:
    from bot.serve import Server


class TelegramDoor:
    """The webhook's way in: the secret, the reading, and where an unreadable update goes."""

    def __init__(self, server: "Server") -> None:
        """The channel itself is loaded later than the pages."""
        self.server = server
        assert server.settings.telegram_webhook_secret is not None
        self.secret = server.settings.telegram_webhook_secret.get_secret_value()

    def parse(self, payload: dict[str, Any]) -> Incoming | None:
        """Read an update; ValueError when it is none, RuntimeError while still starting."""
        if self.server.telegram is None:
            raise RuntimeError("still starting")
        return self.server.telegram.parse(payload)

    async def set_aside(self, key: str, payload: dict[str, Any] | None, error: str) -> None:
        """Keep what cannot be read."""
        assert self.server.program is not None
        await self.server.program.intake.set_aside_payload("telegram", key, payload, error)
