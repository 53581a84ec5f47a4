"""What a button carries: which act, on which ticket, from which version; at most 64 bytes."""

import re
from dataclasses import dataclass

MOST = 64
"""Telegram's limit for callback data, in bytes."""
_PACKED = re.compile(r"t:([^:]*):([0-9]{1,18}):([0-9]{1,9})(?::([0-9]{1,18}|.*\D.*)?)?")
"""No number is larger than its column: people can press what no button ever carried."""


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
    could_be_ours = packed.isprintable() and len(packed.encode()) <= MOST
    match = _PACKED.fullmatch(packed) if could_be_ours else None
    if match is None:
        return None
    do, ticket, seen, more = match.groups()
    return Press(do, int(ticket), int(seen), more or "")


def button(label: str, press: Press | str) -> dict[str, str]:
    """A button as notices store it."""
    return {"label": label, "press": press if isinstance(press, str) else press.pack()}
