"""Which contact hears: open before preferred, preferred before free, free before the last heard."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.people import Contact
from tickets.reach import best, is_free, is_open

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def contact(channel: str, hours: float | None, **more: bool | datetime) -> Contact:
    heard = None if hours is None else NOW - timedelta(hours=hours)
    return Contact(channel=channel, address=channel, heard_at=heard, **more)


@pytest.mark.parametrize(
    ("channel", "hours", "opened", "free"),
    [
        ("zalo_oa", 1, True, True),
        ("zalo_oa", 47.9, True, True),
        ("zalo_oa", 48.1, True, False),
        ("zalo_oa", 167.9, True, False),
        ("zalo_oa", 168.1, False, False),
        ("zalo_oa", None, False, False),
        ("zalo_bot", None, True, True),
        ("telegram", 5000, True, True),
    ],
)
def test_windows(channel: str, hours: float | None, opened: bool, free: bool) -> None:
    assert is_open(contact(channel, hours), NOW) is opened
    assert is_free(contact(channel, hours), NOW) is free


def test_what_rests_or_cannot_be_reached_is_shut() -> None:
    later = NOW + timedelta(minutes=1)
    assert not is_open(contact("zalo_bot", 1, resting_until=later), NOW)
    assert is_open(contact("zalo_bot", 1, resting_until=NOW), NOW)
    assert not is_open(contact("telegram", 1, reachable=False), NOW)


@pytest.mark.parametrize(
    ("contacts", "prefers", "chosen"),
    [
        ([("telegram", 5), ("web", 1)], "", "web"),
        ([("telegram", 5), ("web", 1)], "telegram", "telegram"),
        ([("zalo_oa", 60), ("telegram", 90)], "", "telegram"),
        ([("zalo_oa", 60), ("telegram", 90)], "zalo_oa", "zalo_oa"),
        ([("zalo_oa", 200), ("telegram", 300)], "zalo_oa", "telegram"),
        ([("zalo_oa", 20), ("telegram", 90)], "", "zalo_oa"),
        ([("zalo_oa", 200)], "", None),
        ([], "", None),
    ],
)
def test_the_best_of_several(
    contacts: list[tuple[str, float]], prefers: str, chosen: str | None
) -> None:
    found = best([contact(*one) for one in contacts], NOW, prefers=prefers)
    assert (found.channel if found else None) == chosen


def test_danger_goes_where_the_person_was_heard_last_whatever_it_costs() -> None:
    contacts = [contact("zalo_oa", 60), contact("telegram", 90)]
    found = best(contacts, NOW, spares=False)
    assert found is contacts[0]


def test_a_bot_that_will_not_last_costs() -> None:
    contacts = [contact("zalo_bot", 1), contact("telegram", 90)]
    assert best(contacts, NOW) is contacts[0]
    assert best(contacts, NOW, scarce={"zalo_bot"}) is contacts[1]
    assert best(contacts, NOW, prefers="zalo_bot", scarce={"zalo_bot"}) is contacts[0]
    assert not is_free(contacts[0], NOW, {"zalo_bot"})
