"""Verdicts on whole texts, and the model that is rebuilt from its data."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from province.load import load_pack
from province.text import fold
from triage import (
    borders,
    learning,
    matters,
    measure,
    model,
    slots,
    training,
    triage,
    warm,
)
from triage.quoting import LEANING
from triage.reading import Reader

PACK = load_pack(Path(__file__).parents[1] / "province" / "nghe_an")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("máy scan hỏng 2 cái", "so_tai_chinh"),
        ("may scan hong 2 cai", "so_tai_chinh"),
        ("phần mềm một cửa treo không đăng nhập được", "so_khoa_hoc_cong_nghe"),
        ("chữ ký số hết hạn", "so_khoa_hoc_cong_nghe"),
        ("thiếu giáo viên tiếng anh", "so_giao_duc_dao_tao"),
        ("lon chet hang loat nghi dich ta", "so_nong_nghiep_moi_truong"),
        ("đường tỉnh 543 ổ gà", "so_xay_dung"),
        ("mất điện cả bản", "so_cong_thuong"),
        ("cột tiếp sóng nghiêng", "so_van_hoa_the_thao_du_lich"),
        ("khai sinh sai năm sinh", "so_tu_phap"),
    ],
)
def test_plain_matters_go_where_the_table_says(text: str, lead: str) -> None:
    assert triage(text, PACK).lead == lead


def test_alternatives_have_distinct_leads_and_begin_with_the_verdict() -> None:
    verdict = triage("mạng trụ sở chậm, họp trực tuyến đứng hình", PACK)
    leads = [guess.lead for guess in verdict.alternatives]
    assert verdict.alternatives[0].category == verdict.category
    assert len(leads) == len(set(leads)) <= 3


def test_a_route_counts_from_its_first_day_to_its_last() -> None:
    old, new = date(2025, 9, 30), date(2025, 10, 1)
    rows = [row for row in PACK.routing if row.category != "computers_scanners"]
    row = next(row for row in PACK.routing if row.category == "computers_scanners")
    before = row.model_copy(update={"last": old})
    after = row.model_copy(update={"first": new, "lead": "so_khoa_hoc_cong_nghe"})
    pack = PACK.model_copy(update={"routing": (*rows, before, after)})
    text = "máy scan hỏng 2 cái"
    assert triage(text, pack, when=old).lead == "so_tai_chinh"
    assert triage(text, pack, when=new).lead == "so_khoa_hoc_cong_nghe"
    assert triage(text, pack).lead == "so_khoa_hoc_cong_nghe"


def test_a_landslide_at_night_is_an_emergency() -> None:
    text = "sat lo duong vao ban Khe Tang, dat da tran xuong 2 nha dan, xe k qua dc"
    verdict = triage(text, PACK, home="chieu_luu")
    assert verdict.urgency == "emergency"
    assert [place.text for place in verdict.places] == ["bản Khe Tang"]
    assert "khẩn cấp" in verdict.why


@pytest.mark.parametrize("text", ["bản Xiêng Thù", "ban xieng thu", "Con Cuông"])
def test_a_place_alone_is_no_danger(text: str) -> None:
    verdict = triage(text, PACK, home="chieu_luu")
    assert not verdict.ask_danger
    assert not (verdict.urgency == "emergency" and verdict.urgency_why)


def test_two_matters_in_one_message_are_both_told() -> None:
    verdict = triage(
        "chào em, TTHCC xã chị 2 máy scan hỏng, với lại phần mềm 1 cửa sáng giờ đăng nhập "
        "toàn bị đá ra",
        PACK,
    )
    assert verdict.second is not None
    assert {verdict.category, verdict.second.category} == {"computers_scanners", "interop_software"}


def test_money_adds_the_department_of_finance() -> None:
    verdict = triage("xin kinh phí sửa đường tỉnh 543 ổ gà", PACK)
    assert verdict.money
    assert "so_tai_chinh" in (verdict.lead, *verdict.coordinating)


@pytest.mark.parametrize("text", ["chào em", "cảm ơn em nhé", "ok"])
def test_small_talk_is_no_report_yet_keeps_guesses(text: str) -> None:
    verdict = triage(text, PACK)
    assert (verdict.kind, verdict.urgency, verdict.category) == ("not_a_report", "low", "")
    assert verdict.alternatives


def test_a_status_question_is_no_report() -> None:
    assert triage("phiếu số 130 đến đâu rồi", PACK).kind == "status_question"


def test_danger_is_never_small_talk() -> None:
    assert triage("cứu với nhà cháy có 2 người kẹt", PACK).kind == "report"


@pytest.mark.parametrize("text", ["", " ", "?", "😀", "a" * 10_000, "\u0301\u0301", "xã " * 3000])
def test_odd_texts_have_verdicts_too(text: str) -> None:
    assert triage(text, PACK).why


def test_once_warm_nothing_is_left_to_be_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    warm(PACK)

    def refuse(*_: object) -> None:
        raise AssertionError("a message waits for a pattern")

    monkeypatch.setattr("re.compile", refuse)
    for text in ("20 hộ mất điện 3 ngày", "cầu tràn Cánh trôi, 5 em kẹt", "xin 2 máy scan"):
        assert triage(text, PACK).kind == "report"


def test_answers_in_the_text_are_not_asked_again() -> None:
    reading = Reader(PACK).read("sạt lở QL7 km 12, tắc đường hoàn toàn, 5 hộ, không ai bị sao")
    row = next(row for row in PACK.routing if row.category == "landslide_road")
    found = slots.slots(
        reading.message, row.questions, places=reading.places, things=(), documents=(),
        in_danger=False,
    )  # fmt: skip
    assert found == {"people_at_risk": "no", "place": "QL7 km 12", "road_blocked": "yes"}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Đập tràn Xiêng Thù hư hỏng, dân không qua lại, xin kinh phí sửa", "bridge_spillway"),
        ("Tràn của hồ thủy lợi Khe La hỏng, nước tràn qua thân đập", "irrigation_spillway"),
    ],
)
def test_a_spillway_that_people_cross_is_a_bridge(text: str, category: str) -> None:
    assert triage(text, PACK).category == category


def test_every_border_parts_categories_of_the_pack() -> None:
    known = {row.category for row in PACK.routing}
    for border in borders.BORDERS:
        assert {category for _, category in border.choices} <= known
        first, second = (category for _, category in border.choices[:2])
        assert borders.between(second, first) is not None


def test_a_turn_parts_a_text_in_two() -> None:
    assert matters.parts("hai máy scan hỏng, với lại phần mềm treo rồi") == (
        "hai máy scan hỏng",
        "phần mềm treo rồi",
    )
    assert matters.parts("hai máy scan hỏng") is None
    assert matters.parts("ba nhà tốc mái; xin bạt và gạo; ngoài ra phần mềm treo rồi") == (
        "ba nhà tốc mái; xin bạt và gạo",
        "phần mềm treo rồi",
    )


def test_duties_cover_the_categories_of_the_pack() -> None:
    assert {e.category for e in training.of_duties()} == {row.category for row in PACK.routing}


def test_training_twice_gives_the_same_file(tmp_path: Path) -> None:
    examples = training.of_pack(PACK)[:200]
    files = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for file in files:
        training.learn(PACK, examples, training.Settings()).save(file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_word_of_one_category_speaks_for_the_others_of_its_office() -> None:
    one, other, elsewhere = "provincial_road", "bridge_spillway", "medicine_supply"
    examples = [
        training.Example(text, category)
        for text, category in (("xyz hư", one), ("khác một", other), ("khác hai", elsewhere))
        for _ in range(9)
    ]
    scores = []
    for share in (0.0, 0.2):
        made = training.learn(PACK, examples, training.Settings(office_share=share))
        found = made.scores(made.bag(("xyz",), ("xyz",), ()))
        scores.append(found[made.labels.index(other)] - found[made.labels.index(elsewhere)])
    assert scores[1] > scores[0] + 0.1


@pytest.mark.prove
def test_several_processors_learn_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    columns = np.concatenate([np.sort(chance.choice(500, 20, replace=False)) for _ in range(300)])
    rows = learning.Rows(np.arange(301) * 20, columns, chance.random(6000), 500)
    targets = np.where(chance.random((300, 33)) > 0.9, 1.0, -1.0)
    alone = learning.margins(rows, targets, cost=np.ones_like(targets), rounds=3)
    monkeypatch.setattr(learning, "MANY", 10)
    together = learning.margins(rows, targets, cost=np.ones_like(targets), rounds=3)
    assert (alone == together).all()


def test_the_version_follows_data_and_settings() -> None:
    examples, settings = training.of_pack(PACK)[:3], training.Settings()
    version = training.version(examples, settings)
    assert version != training.version(examples[:2], settings)
    assert version != training.version(examples, replace(settings, cost=2.0))


@pytest.mark.prove
@pytest.mark.timeout(300)
def test_the_committed_model_is_rebuilt_identically() -> None:
    kept = model.load()
    examples = training.read_examples() + training.of_pack(PACK) + training.of_duties()
    made = training.learn(PACK, examples, training.Settings())
    assert made.version == kept.version
    assert np.array_equal(made.table, kept.table)
    assert np.array_equal(made.keys, kept.keys)


def test_a_model_of_another_format_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "model.npz"
    made = training.learn(PACK, training.of_pack(PACK)[:20], training.Settings())
    monkeypatch.setattr(model, "FORMAT", 0)
    made.save(file)
    monkeypatch.undo()
    with pytest.raises(ValueError, match="format 0"):
        model.load(file)


def test_intervals_are_wilsons() -> None:
    low, high = measure.Share(510, 600).interval()
    assert (round(low, 3), round(high, 3)) == (0.819, 0.876)


def test_speed_is_told() -> None:
    rows = [measure.Labelled(e.text, frozenset({"x"})) for e in training.of_pack(PACK)]
    figures = measure.measure(lambda text: triage(text, PACK), rows)
    print("\n".join(figures.lines()[-2:]))  # noqa: T201 - the figure is for reading, not a gate
    assert figures.numbers["p50 ms"] > 0


@pytest.mark.parametrize(
    ("text", "category", "lead"),
    [
        ("Hạ tầng CNTT của xã còn thiếu", "computers_scanners", "so_tai_chinh"),
        ("ha tang cntt xa yeu kem xin dau tu", "computers_scanners", "so_tai_chinh"),
        ("Xã chưa có hạ tầng công nghệ thông tin", "computers_scanners", "so_tai_chinh"),
        ("điều động cán bộ khối đảng trong xã", "rotation_transfer", "ban_to_chuc_tinh_uy"),
        ("bố trí lại phó bí thư đảng ủy xã", "rotation_transfer", "ban_to_chuc_tinh_uy"),
        ("dieu dong can bo van phong dang uy", "rotation_transfer", "ban_to_chuc_tinh_uy"),
        ("Đảng ủy xã điều động công chức địa chính", "rotation_transfer", "so_noi_vu"),
    ],
)
def test_what_the_notice_names_goes_where_it_says(text: str, category: str, lead: str) -> None:
    verdict = triage(text, PACK)
    assert (verdict.category, verdict.lead) == (category, lead)


@pytest.mark.parametrize(
    "text",
    [
        "Hệ thống một cửa bị treo",
        "thiếu giáo viên tiếng anh",
        "mất điện cả bản",
        "phan mem mot cua khong dang nhap duoc",
    ],
)
def test_an_explanation_quotes_whole_names(text: str) -> None:
    said = re.findall("“(.+?)”", triage(text, PACK).why)
    assert said
    assert not {fold(phrase).split()[-1] for phrase in said} & LEANING
