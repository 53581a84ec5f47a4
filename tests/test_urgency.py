"""How fast: what raises an emergency's reason, and what of an office's matter is asked about."""

from pathlib import Path

from province.load import load_pack
from triage import urgency
from triage.danger import read_danger
from triage.text import read

PACK = load_pack(Path(__file__).parents[1] / "province" / "nghe_an")


def test_a_plain_danger_gives_the_reason_of_an_emergency_by_category() -> None:
    route = next(row for row in PACK.routing if row.category == "landslide_houses")
    plain = read_danger(read("đất đá tràn xuống 2 nhà dân"))
    level, why = urgency.urgency(route, plain, urgency.CALM, {}, sure=True)
    assert level == "emergency"
    assert why
    hushed = read_danger(read("hai hộ này xin hướng dẫn"))
    assert urgency.urgency(route, hushed, urgency.HEARD, {}, sure=True) == ("emergency", "")


def test_an_office_matter_without_a_word_of_danger_is_not_asked_about() -> None:
    office = next(row for row in PACK.routing if row.category == "interop_software")
    silent, told = read_danger(read("toàn bị đá ra")), read_danger(read("sạt lở"))
    score = urgency.ASK_ALARM + urgency.CALMER
    assert not urgency.asks("urgent", silent, score, office, sure=True)
    assert urgency.asks("urgent", told, score, office, sure=True)
