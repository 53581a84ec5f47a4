"""The kill tests in their short form: real processes, both databases, nothing lost or doubled."""

import pytest

from tests.bench import faults
from tests.bench.figures import Figure


@pytest.mark.prove
@pytest.mark.timeout(900)
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
