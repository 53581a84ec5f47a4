"""An administrator reads what a new pack changes before it is applied."""

from datetime import date
from pathlib import Path

import pytest

import province
from province.difference import difference
from province.load import load_pack, pack_from_json, pack_to_json
from province.pack import Agency, Pack

NGHE_AN = Path(province.__file__).parent / "nghe_an"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(NGHE_AN)


class TestDifference:
    def changed(self, pack, category, **fields):
        rows = [
            row.model_copy(update=fields) if row.category == category else row
            for row in pack.routing
        ]
        return difference(pack, pack.model_copy(update={"routing": tuple(rows)}))

    def test_a_first_pack_is_counted(self, pack):
        assert difference(None, pack) == [
            "Nạp lần đầu gói Nghệ An: 39 cơ quan, 130 xã, phường, 130 lĩnh vực."
        ]

    def test_the_same_pack_changes_nothing(self, pack):
        assert difference(pack, pack_from_json(pack_to_json(pack))) == []

    def test_another_day_for_the_weekly_question(self, pack):
        check_in = pack.policies.check_in.model_copy(update={"day": "thursday", "asks": False})
        digest = pack.policies.digest.model_copy(update={"also": ()})
        policies = pack.policies.model_copy(update={"check_in": check_in, "digest": digest})
        assert difference(pack, pack.model_copy(update={"policies": policies})) == [
            "Tin sáng: nơi nhận thêm từ TT Tỉnh ủy thành (trống).",
            "Hỏi tuần: có hỏi từ có thành không.",
            "Hỏi tuần: ngày hỏi từ thứ Sáu thành thứ Năm.",
        ]

    def test_storm_mode(self, pack):
        storm = pack.policies.storm.model_copy(
            update={"roll_call_hours": 2, "deadlines": {}, "questions": ()}
        )
        policies = pack.policies.model_copy(update={"storm": storm})
        assert difference(pack, pack.model_copy(update={"policies": policies})) == [
            "Chế độ bão lũ: sửa thời hạn.",
            "Chế độ bão lũ: số giờ giữa hai lần hỏi tình hình từ 3 thành 2.",
            "Chế độ bão lũ: sửa câu hỏi.",
        ]

    def test_another_lead(self, pack):
        assert self.changed(pack, "cables", lead="so_cong_thuong", urgency="urgent") == [
            "Lĩnh vực Cáp viễn thông võng, cột nguy hiểm: chủ trì từ Sở KH&CN thành Sở CT.",
            "Lĩnh vực Cáp viễn thông võng, cột nguy hiểm: mức độ từ Thường thành Gấp.",
        ]

    def test_emptied_and_long_values(self, pack):
        assert self.changed(pack, "power_outage", operator=None, questions=(), restricted=True) == [
            "Lĩnh vực Mất điện, sự cố điện: xử lý tại hiện trường từ Điện lực thành (trống).",
            "Lĩnh vực Mất điện, sự cố điện: sửa câu hỏi.",
            "Lĩnh vực Mất điện, sự cố điện: hạn chế hiển thị từ không thành có.",
        ]

    def test_a_lead_that_changes_on_a_day(self, pack):
        [row] = [row for row in pack.routing if row.category == "specialized_division"]
        old = row.model_copy(update={"last": date(2026, 12, 31)})
        new = row.model_copy(update={"first": date(2027, 1, 1), "lead": "so_noi_vu"})
        others = [other for other in pack.routing if other is not row]
        later = pack.model_copy(update={"routing": (*others, old, new)})
        name = "Lĩnh vực Thành lập phòng chuyên môn ở xã không sáp nhập"
        assert difference(pack, later) == [
            f"{name} (từ 01/03/2025): ngày cuối từ (trống) thành 31/12/2026.",
            f"{name} (từ 01/01/2027): thêm mới, chủ trì Sở NV.",
        ]

    def test_units_deadlines_chains_and_calendar(self, pack):
        agency = Agency(code="so_moi", name="Sở Mới", short="SM")
        deadlines = dict(pack.policies.deadlines)
        deadlines["urgent"] = deadlines["urgent"].model_copy(update={"acknowledge": "4 hours"})
        policies = {
            "deadlines": deadlines,
            "chains": pack.policies.chains[1:],
            "issued_by": "Quyết định 1/QĐ-UBND",
        }
        summer = pack.calendar.seasons[0]
        early = summer.model_copy(update={"hours": summer.hours[:1]})
        calendar = {
            "culture_day": False,
            "overrides": (),
            "seasons": (early, pack.calendar.seasons[1]),
        }
        later = pack.model_copy(
            update={
                "agencies": (*pack.agencies[1:], agency),
                "policies": pack.policies.model_copy(update=policies),
                "calendar": pack.calendar.model_copy(update=calendar),
                "coordinator": "so_noi_vu",
                "hotlines": pack.hotlines[:3],
            }
        )
        assert difference(pack, later) == [
            "Gói: đầu mối điều phối từ VP UBND thành Sở NV.",
            "Cơ quan Sở Mới: thêm mới.",
            "Cơ quan Sở Xây dựng: bỏ.",
            "Thời hạn mức Gấp: hạn tiếp nhận từ 2 giờ thành 4 giờ.",
            "Đôn đốc cơ quan của UBND tỉnh, mức Khẩn cấp: bỏ.",
            "Chính sách: văn bản ban hành từ (trống) thành Quyết định 1/QĐ-UBND.",
            "Lịch: nghỉ 24/11 từ có thành không.",
            "Mùa từ 04-16: giờ làm việc từ 07:00, 11:30, 13:30, 17:00 thành 07:00, 11:30.",
            "Ngày 2026-08-22: bỏ.",
            "Ngày 2026-08-31: bỏ.",
            "Số 115: bỏ.",
        ]
