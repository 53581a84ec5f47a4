"""How often one address on the network may still guess: wrong tries of the last hour."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from storage.invitations import PAUSE

MOST = 20
"""An hour; a whole commune office may stand behind one address, and codes have 60 bits."""
HOUR = timedelta(hours=1)
REMEMBERED = 10_000
"""Addresses; the ones that were quiet longest are forgotten first."""


class Tries:
    """Wrong tries by network address, in memory."""

    def __init__(self) -> None:
        """Nobody has tried yet."""
        self._wrong: OrderedDict[str, deque[datetime]] = OrderedDict()

    def left(self, address: str, now: datetime) -> bool:
        """Whether this address may try now."""
        wrong = self._wrong.get(_network(address))
        if wrong is None:
            return True
        while wrong and now - wrong[0] >= HOUR:
            wrong.popleft()
        return len(wrong) < MOST

    def rested(self, address: str, now: datetime) -> bool:
        """Whether this address was not wrong within the last minutes, as `PAUSE` has it."""
        wrong = self._wrong.get(_network(address))
        return not wrong or now - wrong[-1] >= PAUSE

    def count(self, address: str, now: datetime) -> None:
        """Remember a wrong try."""
        network = _network(address)
        self._wrong.setdefault(network, deque(maxlen=MOST)).append(now)
        self._wrong.move_to_end(network)
        while len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)


def _network(address: str) -> str:
    """An IPv6 address by its /64, which one household has to itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(int(parsed) >> 64) if isinstance(parsed, IPv6Address) else address
