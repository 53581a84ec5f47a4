"""A channel's second never holds more than it takes, however late calls go out and are answered."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Limits
from bot.pace import FOR_EMERGENCIES, FREELY, LOST, MINUTE, Pace
from storage.people import Contact

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MOST = 30
CHAT, GROUP = Contact(id=1, channel="t", address="1"), Contact(id=2, channel="t", address="-2")
GROUP.is_group = True
SECOND = timedelta(seconds=1)


def pace() -> Pace:
    return Pace({"t": Limits(per_second=MOST, group_per_minute=20), "web": Limits()})


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 300), st.integers(0, 300)),
                min_size=40, max_size=200))  # fmt: skip
def test_no_second_of_the_channels_holds_more_than_thirty(
    looks: list[tuple[int, int, int]],
) -> None:
    """Each look comes so many ms after the last; calls arrive and are answered so much later."""
    counted, held, now, number = [], pace(), START, 0
    answers: list[tuple[datetime, int]] = []
    for after, arrives, answered in looks:
        now += timedelta(milliseconds=after)
        for at, call in [answer for answer in answers if answer[0] <= now]:
            held.ended("t", call, at)
            answers.remove((at, call))
        while held.take("t", CHAT, now, delivery=(number := number + 1)):
            there = now + timedelta(milliseconds=arrives)
            counted.append(there)
            answers.append((there + timedelta(milliseconds=answered), number))
    for first in counted:
        assert sum(first <= there < first + SECOND for there in counted) <= MOST


def test_calls_are_spaced_so_that_an_emergency_waits_for_one_of_them_only() -> None:
    held = pace()
    burst = 0
    while held.take("t", CHAT, START, delivery=(burst := burst + 1)):
        held.ended("t", burst, START)
    assert burst - 1 < MOST / 3
    assert held.full(START) == ([], ["t"])
    soon = START + timedelta(seconds=held.next_free(START, 0.5))
    assert soon - START <= SECOND / MOST
    assert held.take("t", CHAT, soon, delivery=99)


def test_a_channel_found_full_is_looked_at_again_as_soon_as_it_takes_something() -> None:
    held = pace()
    while held.take("t", CHAT, START):
        pass
    assert held.next_free(START + SECOND, 0.5) < 0.01
    assert held.take("t", CHAT, START + SECOND)
    assert held.full(START + SECOND) == ([], [])
    assert held.next_free(START + SECOND, 0.5) == 0.5


def test_a_call_whose_end_nobody_told_is_forgotten() -> None:
    held, now = pace(), START
    for call in range(MOST):
        assert held.take("t", CHAT, now, delivery=call)
        now += SECOND
    assert not held.take("t", CHAT, now, delivery=MOST)
    assert held.take("t", CHAT, START + LOST + SECOND, delivery=MOST)


def test_a_channel_without_a_rate_is_never_held() -> None:
    held = pace()
    assert all(held.take("web", CHAT, START, delivery=n) for n in range(200))
    assert not held.is_busy(START)


def test_a_group_keeps_room_for_emergencies() -> None:
    held, now = pace(), START
    for call in range(20 - FOR_EMERGENCIES):
        assert held.take("t", GROUP, now, delivery=call)
        held.ended("t", call, now)
        now += SECOND / 10 if call < FREELY - 1 else MINUTE / (20 - FOR_EMERGENCIES)
    assert held.full(now)[0] == [GROUP.id]
    assert not held.take("t", GROUP, now)
    for call in range(FOR_EMERGENCIES):
        assert held.closed(now) == []
        assert held.take("t", GROUP, now, delivery=30 + call, emergency=True)
        held.ended("t", 30 + call, now)
        now += SECOND / 10
    assert held.closed(now) == [GROUP.id]
    assert held.closed(now + MINUTE) == []


def test_ordinary_messages_to_a_group_are_spaced_after_the_first() -> None:
    held = pace()
    for call in range(FREELY):
        assert held.take("t", GROUP, START + call * SECOND / 30, delivery=call)
    after = START + SECOND
    assert held.full(after)[0] == [GROUP.id]
    assert not held.take("t", GROUP, after)
    assert held.take("t", GROUP, after + MINUTE / (20 - FOR_EMERGENCIES))


def test_thirteen_emergencies_a_minute_amid_ordinary_ones_wait_ten_seconds_at_most() -> None:
    """As in the storm of `dev.py bench load`: evenly at random, and ordinary ones all the while."""
    chance, waits = random.Random(5), []
    held, now = pace(), START
    come = sorted(START + MINUTE * 2 + MINUTE * 10 * chance.random() for _ in range(130))
    while come:
        while come and come[0] <= now and held.take("t", GROUP, now, emergency=True):
            waits.append(now - come.pop(0))
        held.take("t", GROUP, now)
        held.ended("t", 0, now)
        now += SECOND / 5
    assert sorted(waits)[128] <= SECOND * 10
