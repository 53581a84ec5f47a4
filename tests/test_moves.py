"""The table of moves: what every move does from every status, and every pair of moves."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from storage.tickets import Outcome, Status, Ticket
from tickets.moves import ALIVE, ENDED, MOVES, Stale, make, may

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def ticket_in(status: Status) -> Ticket:
    return Ticket(
        id=1, code="NA-26-000001", status=status, lead="so_xay_dung", commune="chieu_luu",
        reporter_id=1, contact_id=1, opened_at=NOW, version=3,
    )  # fmt: skip


@pytest.mark.parametrize("move", MOVES)
def test_a_move_happens_where_the_table_says_and_nowhere_else(move: str) -> None:
    starts, end = MOVES[move]
    for status in Status:
        ticket = ticket_in(status)
        if move in {"unmerge", "settle"}:
            ticket.outcome = Outcome.MERGED
        if status in starts:
            make(ticket, move, now=NOW)
            assert (ticket.status, ticket.version) == (end, 4)
            continue
        before = ticket.model_dump()
        with pytest.raises(Stale):
            make(ticket, move, now=NOW)
        assert ticket.model_dump() == before, status


@pytest.mark.parametrize("first", MOVES)
def test_no_second_press_from_the_same_screen_undoes_the_first(first: str) -> None:
    for status, second in product(MOVES[first][0], MOVES):
        ticket = ticket_in(status)
        ticket.outcome = Outcome.MERGED if first in {"unmerge", "settle"} else None
        make(ticket, first, now=NOW, seen=3)
        after = ticket.model_dump()
        with pytest.raises(Stale):
            make(ticket, second, now=NOW + timedelta(minutes=1), seen=3)
        assert ticket.model_dump() == after, second


@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_has_ended_comes_back_only_by_reopening(status: Status) -> None:
    for move in set(MOVES) - {"reopen", "unmerge"}:
        is_end = status is Status.RESOLVED and move in {"confirm", "expire"}
        assert may(ticket_in(status), move) is is_end, move


def test_a_merged_ticket_is_taken_out_and_not_reopened() -> None:
    ticket = ticket_in(Status.NEW)
    make(ticket, "merge", now=NOW)
    assert (may(ticket, "reopen"), may(ticket, "unmerge")) == (False, True)
    make(ticket, "unmerge", now=NOW)
    assert (ticket.outcome, ticket.reopened) == (None, 0)


def test_only_what_is_alive_is_worked_on() -> None:
    starts = {move: MOVES[move][0] for move in ("plan", "resolve", "reroute", "merge", "cancel")}
    assert set(starts.values()) == {ALIVE}
