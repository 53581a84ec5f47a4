"""What a button carries: which act, on which ticket, from which version; at most 64 bytes."""

from dataclasses import dataclass

MOST = 64
"""Telegram's limit for callback data, in bytes."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed, or typed: the act, the ticket and version seen, and a word more.

    `do` and `more` hold no colon; `seen` is 0 where the version does not matter.
    """

    do: str
    ticket: int = 0
    seen: int = 0
    more: str = ""

    def pack(self) -> str:
        """As the button carries it: `t:ack:123:7:more`."""
        packed = f"t:{self.do}:{self.ticket}:{self.seen}" + (f":{self.more}" if self.more else "")
        if len(packed.encode()) > MOST:
            raise ValueError(f"button data over {MOST} bytes: {packed}")
        return packed


def unpack(packed: str) -> Press | None:
    """Read what a button carried; None for anything that we did not pack."""
    fields = packed.split(":", 4)
    if len(fields) < 4 or fields[0] != "t":  # noqa: PLR2004  t, act, ticket, version
        return None
    try:
        return Press(fields[1], int(fields[2]), int(fields[3]), fields[4] if fields[4:] else "")
    except ValueError:
        return None


def button(label: str, press: Press | str) -> dict[str, str]:
    """A button as notices store it."""
    return {"label": label, "press": press if isinstance(press, str) else press.pack()}
