"""How events name who acted, and in whose place."""

from collections.abc import Iterable
from typing import Self


class Actor(str):  # noqa: SLOT000  a dictionary a handler costs nothing
    """How events name who acted; `away` are the people in whose place, by id.

    For each of them the units for which the actor has the right from that person alone.
    """

    away: dict[int, frozenset[str]]

    def __new__(cls, name: str, away: dict[int, frozenset[str]]) -> Self:
        """The name is all that is written; who is away decides whether it stands alone."""
        actor = super().__new__(cls, name)
        actor.away = away
        return actor

    def stands_for(self, people: Iterable[int | None], units: Iterable[str | None]) -> str:
        """In whose place a ticket of these people and units was touched, '' in nobody's."""
        theirs, concerned = set(people), set(units)
        found = (who for who, lent in self.away.items() if who in theirs or lent & concerned)
        return next((f"person:{who}" for who in found), "")
