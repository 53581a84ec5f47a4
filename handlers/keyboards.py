"""The buttons that handlers show, in rows."""

from collections.abc import Sequence

from storage.tickets import Ticket
from tickets.buttons import Press, button
from tickets.notices import Buttons
from tickets.texts import Texts


def units(
    say: Texts, ticket: Ticket, options: Sequence[tuple[str, str]], *, do: str = "pick"
) -> Buttons:
    """One button for each (category, unit), and one for another."""
    row = [
        button(say.units.short_name(unit), Press(do, ticket.id or 0, ticket.version, category))
        for category, unit in options
    ]
    other = button(say.label("other"), Press(do, ticket.id or 0, ticket.version, "other"))
    return [row, [other]]


def one(say: Texts, name: str, press: Press) -> Buttons:
    """A single button."""
    return [[button(say.label(name), press)]]


def pair(say: Texts, first: tuple[str, Press], second: tuple[str, Press]) -> Buttons:
    """Two buttons side by side."""
    return [[button(say.label(name), press) for name, press in (first, second)]]


def view(say: Texts, ticket: Ticket) -> Buttons:
    """The way to a ticket."""
    return one(say, "view", Press("view", ticket.id or 0))


def paging(say: Texts, do: str, page: int, *, more: bool) -> list[list[dict[str, str]]]:
    """The way to the pages before and after; no row where there is only one."""
    turns = [("previous_page", page - 1)] if page else []
    turns += [("next_page", page + 1)] if more else []
    row = [button(say.label(name), Press(do, 0, 0, str(number))) for name, number in turns]
    return [row] if row else []
