"""The kill tests in their short form: real processes, both databases, nothing lost or doubled."""

from datetime import UTC, datetime

import pytest

from storage.outbox import Delivery, Fate, Kind
from storage.people import Contact
from tests.bench import fault_check, faults
from tests.bench.figures import Figure

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.prove
@pytest.mark.timeout(1800)
async def test_nothing_is_lost_or_doubled_whatever_fails(
    capsys: pytest.CaptureFixture[str],
) -> None:
    measured = await faults.measure(is_short=True)
    missed = [figure.name for figure in measured if figure.met is False]
    assert not missed, f"{faults.table(measured)}\n{capsys.readouterr().err}"


def test_the_table_has_a_line_for_each_scenario() -> None:
    row = faults.Row("sqlite", "kill -9 at random", 2, 44, 12, 80, 1, 0, 9.0, [])
    figures: list[Figure] = faults.figures_of(row)
    assert [figure.met for figure in figures if figure.target is not None] == [True, True]
    head, line = faults.table(figures).splitlines()
    assert head.split() == [
        "faults",
        "updates",
        "tickets",
        "messages",
        "lost",
        "wrong",
        "again",
        "unsure",
        "s",
    ]
    assert line.split() == [
        "sqlite,",
        "kill",
        "-9",
        "at",
        "random",
        "2",
        "44",
        "12",
        "80",
        "0",
        "0",
        "1",
        "0",
        "9.0",
    ]


def sent(
    number: int, receipt: str | None, *, attempts: int = 1, fate: Fate = Fate.DELIVERED
) -> Delivery:
    return Delivery(
        id=number,
        notice_id=number,
        contact_id=1,
        channel="telegram",
        kind=Kind.ANSWER,
        part={},
        not_before=NOW,
        attempts=attempts,
        fate=fate,
        receipt=receipt,
    )


@pytest.mark.parametrize(
    ("calls", "there", "found"),
    [
        ([sent(1, "a"), sent(2, "b")], ["a", "b"], {}),
        ([sent(1, "a"), sent(2, "b")], ["a"], {"lost": ["message 2 to 7"]}),
        ([sent(1, "a"), sent(2, "b")], ["b", "a"], {"disordered": ["ANSWER at 7: [1, 0]"]}),
        ([sent(1, "a")], ["a", "x"], {"doubled": ["message x at 7"]}),
        ([sent(1, "a", attempts=2)], ["x", "a"], {"twice": ["7: x"]}),
        ([sent(1, None, attempts=2, fate=Fate.UNKNOWN)], ["x"], {"unknown": ["7: x"]}),
        ([sent(1, None, fate=Fate.UNKNOWN)], [], {"lost": ["unknown message to 7"]}),
        ([sent(1, "a"), sent(2, "a")], ["a"], {"doubled": ["receipt a"]}),
    ],
)
def test_the_check_finds_what_is_wrong(
    calls: list[Delivery], there: list[str], found: dict[str, list[str]]
) -> None:
    verdict = fault_check.Verdict()
    fault_check.chat(Contact(id=1, channel="telegram", address="7"), calls, there, verdict)
    lists = ("lost", "doubled", "disordered", "twice", "unknown")
    assert {name: getattr(verdict, name) for name in lists if getattr(verdict, name)} == found
