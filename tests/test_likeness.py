"""Whether two reports may be of one matter."""

from datetime import UTC, datetime

import pytest

from storage.around import Near
from storage.tickets import Ticket
from tests.world import BUNDLED
from tickets.likeness import is_like, kilometres, within_reach

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def ticket(**values: object) -> Ticket:
    fixed = {"id": 2, "code": "NA-26-000002", "lead": "so_xay_dung", "commune": "chieu_luu"}
    people = {"reporter_id": 1, "contact_id": 1, "opened_at": NOW}
    return Ticket(**{**fixed, **people, **values})


def near(**values: object) -> Near:
    fixed = {"id": 1, "code": "NA-26-000001", "summary": "Cầu", "category": "bridge_spillway"}
    return Near(**{**fixed, "commune": "chieu_luu", "place": "", **values})  # type: ignore[arg-type]  # a test's values


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({}, {}, True),
        ({}, {"commune": "con_cuong"}, False),
        ({"place": "bản Xiêng Thù"}, {"place": "ban xieng thu"}, True),
        ({"place": "bản Xiêng Thù"}, {"place": "bản Lưu Hòa"}, False),
        ({"place": "bản Xiêng Thù"}, {"place": "bản"}, True),
        ({"lat": 19.35, "lon": 104.3}, {"lat": 19.36, "lon": 104.3}, True),
        ({"lat": 19.35, "lon": 104.3}, {"lat": 19.38, "lon": 104.3}, False),
        (
            {"lat": 19.35, "lon": 104.3, "place": "bản A"},
            {"lat": 19.36, "lon": 104.3, "place": "bản B", "commune": "con_cuong"},
            True,
        ),
        ({"lat": 19.35, "lon": 104.3}, {"commune": "con_cuong"}, False),
        ({}, {"id": 2}, False),
    ],
)
def test_two_reports_are_alike(
    mine: dict[str, object], theirs: dict[str, object], expected: bool
) -> None:
    assert is_like(ticket(**mine), near(**theirs)) is expected


def test_distances() -> None:
    vinh_to_hanoi = kilometres(18.68, 105.69, 21.03, 105.85)
    assert 255 < vinh_to_hanoi < 270
    chieu_luu = next(commune for commune in BUNDLED.communes if commune.code == "chieu_luu")
    reached = within_reach(chieu_luu.lat, chieu_luu.lon, BUNDLED.communes)
    assert "chieu_luu" in reached
    assert "vinh_phu" not in reached
