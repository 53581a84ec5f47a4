"""A pack with a mistake says in which file, on which line, and what to mend."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import province
from province.load import PackError, load_pack
from province.lookup import lookup

NGHE_AN = Path(province.__file__).parent / "nghe_an"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(NGHE_AN, tmp_path / "nghe_an"))


def problems(folder):
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def edit(folder, file, old, new, nth=1):
    """Replace the nth `old` in a file and return the line on which it stood."""
    text = (folder / file).read_text("utf-8")
    before, *rest = text.split(old)
    assert len(rest) >= nth, f"{old!r} stands in {file} fewer than {nth} times"
    before += "".join(old + part for part in rest[: nth - 1])
    (folder / file).write_text(before + new + old.join(rest[nth - 1 :]), "utf-8")
    return before.count("\n") + 1


def line_of(folder, file, text):
    return (folder / file).read_text("utf-8").split(text)[0].count("\n") + 1


class TestOneMistake:
    """Each: a file, what stands in it, what replaces it, which reason is given for that line."""

    @pytest.mark.parametrize(
        ("file", "old", "new", "reason"),
        [
            ("routing.yaml", "lead: so_xay_dung", "lead: so_xay", "không có cơ quan 'so_xay'"),
            ("routing.yaml", "operator: bhxh", "operator: bh", "không có cơ quan 'bh'"),
            (
                "routing.yaml",
                "coordinating: [ban_qlda_giao_thong",
                "coordinating: [ban_x",
                "'ban_x'",
            ),
            ("routing.yaml", "coordinating: [thue_tinh]", "coordinating: [so_tai_chinh]", "đã là"),
            ("policies.yaml", "payloads: 180 days", "payloads: 9 days", "từ 92 days trở lên"),
            ("policies.yaml", "payloads: 180 days", "payloads: mãi", "payloads"),
            ("routing.yaml", "group: transport", "group: roads", "không có nhóm 'roads'"),
            ("routing.yaml", "urgency: low", "urgency: lowest", "urgency: phải là 'emergency'"),
            (
                "routing.yaml",
                "when: người, xe bị vùi, mắc kẹt\n      to: emergency",
                "when: x\n      to: low",
                "'low' không gấp hơn",
            ),
            (
                "routing.yaml",
                'danger: ["yes"]',
                "danger: [maybe]",
                "'maybe' không phải câu trả lời",
            ),
            ("routing.yaml", "restricted: true", "danger: [yes]", "không có mục nào"),
            ("routing.yaml", "handling: guidance", "handling: redirection", "handling: phải là"),
            ("routing.yaml", "category: cables", "category: Cables", "không đúng mẫu"),
            ("routing.yaml", "restricted: true", "restricted: maybe", "cần true hoặc false"),
            (
                "routing.yaml",
                "category: cables",
                "category: minerals",
                "'minerals' đã có dòng khác",
            ),
            ("agencies.yaml", "aliases: [stp]", "aliases: [SXD]", "tên gọi khác 'sxd' đã dùng"),
            ("communes.yaml", "code: my_ly", "code: so_y_te", "mã 'so_y_te' đã dùng ở trên"),
            (
                "agencies.yaml",
                "  short: Sở XD\n",
                "  hours: [[13:30, 17:00], [07:30, 12:00]]\n  short: Sở XD\n",
                "phải tăng dần trong ngày",
            ),
            (
                "agencies.yaml",
                "  short: Sở XD\n",
                "  days: [{day: 26/12/2026, working: true, why: bù}]\n  short: Sở XD\n",
                "cần một ngày dạng",
            ),
            (
                "communes.yaml",
                "kind: xã",
                "kind: làng",
                "kind: phải là 'xã', 'phường' hoặc 'đặc khu'",
            ),
            ("communes.yaml", "lat: 19", "lat: bắc 19", "cần một số"),
            ("communes.yaml", "number: 17254", "number: 16906", "mã số '16906' đã dùng ở trên"),
            (
                "pack.yaml",
                "coordinator: van_phong_ubnd",
                "coordinator: vp",
                "không có cơ quan 'vp'",
            ),
            ("pack.yaml", "duty_office: ban", "duty_office: x_ban", "không có cơ quan 'x_ban_chi"),
            ("pack.yaml", "prefix: NA", "prefix: nghean", "không đúng mẫu"),
            ("pack.yaml", "prefix: NA", "agencies: []\nprefix: NA", "viết trong agencies.yaml"),
            ("policies.yaml", "post: vice_chair", "post: vice", "'vice' không phải chức trách"),
            ("policies.yaml", "after: 20 minutes", "after: 2 minutes", "2 minutes sớm hơn bước"),
            ("policies.yaml", "after: 20 minutes", "after: 20 phút", "không đúng mẫu"),
            ("policies.yaml", "  low: {ack", "  lowest: {ack", "phải là"),
            (
                "policies.yaml",
                "result: 30 days",
                "result: 5 minutes",
                "hạn xử lý ngắn hơn hạn trả lời",
            ),
            ("policies.yaml", "day: friday", "day: sunday", "day: phải là"),
            ("policies.yaml", "day: friday", "day: thứ sáu", "day: phải là"),
            ("policies.yaml", "at: 14:00", "at: 22:00", "22:00 là giờ nghỉ đêm"),
            ("policies.yaml", "at: 07:00", "at: 06:00", "06:00 là giờ nghỉ đêm"),
            ("policies.yaml", "at: 14:00", "at: 14h", "cần giờ dạng 07:00"),
            ("policies.yaml", "asks: true", "asks: maybe", "cần true hoặc false"),
            ("policies.yaml", "asks: true", "on: true", "không có mục nào"),
            ("policies.yaml", "also: [thuong", "also: [x_thuong", "không có cơ quan 'x_thuong"),
            ("policies.yaml", "roll_call_hours: 3", "roll_call_hours: 0", "roll_call_hours"),
            ("policies.yaml", "silent_after: 30 minutes", "silent_after: 3 hours", "ngắn hơn"),
            ("policies.yaml", "answer: 30 minutes", "answer: 3 minutes", "ngắn hơn hạn tiếp nhận"),
            ("policies.yaml", "2 hours, result: 1 days", "2 hours, result: 6 days", "dài hơn hạn"),
            ("policies.yaml", "[disaster, transport", "[disaster, boats", "'boats' không phải"),
            ("policies.yaml", "slot: power_out", "slot: road_blocked", "ô 'road_blocked' đã dùng"),
            ("calendar.yaml", "start: 04-16", "start: 04-31", "không có ngày 04-31"),
            ("calendar.yaml", "start: 10-16", "start: 04-16", "đã dùng ở trên"),
            ("calendar.yaml", "[07:00, 11:30]", "[11:30, 07:00]", "tăng dần trong ngày"),
            ("calendar.yaml", "[07:00, 11:30]", "[7h, 11:30]", "cần giờ dạng 07:00"),
            ("calendar.yaml", "day: 2026-08-22", "day: 22/8/2026", "cần một ngày dạng"),
            ("calendar.yaml", "Asia/Ho_Chi_Minh", "Asia/Vinh", "không có múi giờ 'Asia/Vinh'"),
            ("hotlines.yaml", '"113"', '"112"', "số '112' đã dùng ở trên"),
            ("hotlines.yaml", "label: cấp", "label: - cấp", "sai cú pháp"),
        ],
    )
    def test_is_reported_with_file_line_and_reason(self, folder, file, old, new, reason):
        line = edit(folder, file, old, new)
        assert len(problems(folder)) == 1
        found, where, said = problems(folder)[0].split(":", 2)
        assert (found, int(where)) == (file, line)
        assert reason in said

    def test_a_code_used_twice_is_reported_where_it_comes_again(self, folder):
        edit(folder, "communes.yaml", "code: my_ly", "code: bac_ly")
        line = line_of(folder, "communes.yaml", "name: Bắc Lý") - 1
        assert problems(folder) == [f"communes.yaml:{line}: mã 'bac_ly' đã dùng ở trên"]

    def test_a_missing_value_is_reported_at_its_row(self, folder):
        line = edit(folder, "routing.yaml", "  urgency: low\n", "")
        row = (folder / "routing.yaml").read_text("utf-8").splitlines()[: line - 1]
        first = max(number for number, text in enumerate(row, 1) if text.startswith("- "))
        assert problems(folder) == [f"routing.yaml:{first}: urgency: thiếu mục này"]

    def test_a_choice_needs_choices(self, folder):
        edit(folder, "routing.yaml", "choices: [Đang lên, Đứng, Đang rút]", "danger: []")
        line = line_of(folder, "routing.yaml", "slot: water_level") - 1
        assert problems(folder) == [
            f"routing.yaml:{line}: câu hỏi kiểu choice cần các lựa chọn ở choices"
        ]

    def test_a_key_written_twice_names_both_lines(self, folder):
        line = edit(
            folder, "routing.yaml", "  lead: so_xay_dung", "  lead: so_y_te\n  lead: so_y_te"
        )
        assert problems(folder) == [
            f"routing.yaml:{line + 1}: 'lead' viết hai lần (lần đầu ở dòng {line})"
        ]

    def test_a_redirection_needs_guidance(self, folder):
        line = edit(
            folder, "routing.yaml", "handling: redirect\n  guidance: >-", "handling: redirect"
        )
        text = (folder / "routing.yaml").read_text("utf-8").splitlines(keepends=True)
        while text[line].startswith("    "):
            del text[line]
        (folder / "routing.yaml").write_text("".join(text), "utf-8")
        assert problems(folder) == [f"routing.yaml:{line}: 'redirect' cần lời hướng dẫn ở guidance"]

    def test_a_chain_is_needed_for_each_kind_of_unit_and_urgency(self, folder):
        edit(
            folder,
            "policies.yaml",
            "name: party\n    urgency: low",
            "name: party\n    urgency: normal",
        )
        found = problems(folder)
        chains = line_of(folder, "policies.yaml", "\nchains:") + 1
        assert f"policies.yaml:{chains}: thiếu quy trình 'party' cho mức 'low'" in found
        assert any("quy trình '('party', 'normal')' đã dùng" in problem for problem in found)

    def test_an_alias_of_yaml_is_refused_rather_than_followed_for_ever(self, folder):
        (folder / "hotlines.yaml").write_text("&all\n- number: '112'\n  label: *all\n")
        assert "hotlines.yaml:1: không dùng neo (&, *): hãy viết lại giá trị" in problems(folder)


class TestFilesThatCannotBeRead:
    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (None, "1: thiếu tệp này"),
            (b"", "1: tệp trống"),
            (b"# only a remark\n", "1: tệp trống"),
            (b"- number: '112'\n  label: ph\xe1o\n", "1: tệp không phải UTF-8"),
            (b"- number: '112'\n label: x\n", "2: sai cú pháp: "),
            (b"- label: \x00\n", "1: sai cú pháp: "),
            (b"just words\n", "1: hotlines: cần một danh sách"),
            (b"number: '112'\n", "1: hotlines: cần một danh sách"),
        ],
    )
    def test_each_has_its_reason(self, folder, content, problem):
        (folder / "hotlines.yaml").unlink()
        if content is not None:
            (folder / "hotlines.yaml").write_bytes(content)
        [found] = problems(folder)
        assert found.startswith(f"hotlines.yaml:{problem}")

    def test_unreadable_agencies_do_not_make_every_route_wrong(self, folder):
        line = edit(folder, "agencies.yaml", "name: Sở Y tế", "name: *Sở Y tế")
        [problem] = problems(folder)
        assert problem.startswith(f"agencies.yaml:{line}: sai cú pháp: ")

    def test_an_empty_folder_lists_every_file(self, tmp_path):
        assert [problem.split(":")[0] for problem in problems(tmp_path)] == [
            *("agencies.yaml", "calendar.yaml", "communes.yaml", "hotlines.yaml"),
            *("pack.yaml", "policies.yaml", "routing.yaml"),
        ]


def test_one_run_shows_every_mistake_of_all_files(folder):
    edit(folder, "agencies.yaml", "name: Sở Y tế", "names: Sở Y tế")
    lead = edit(folder, "routing.yaml", "lead: so_xay_dung", "lead: so_xay")
    kind = edit(folder, "routing.yaml", "kind: yes_no", "kind: maybe", nth=9)
    group = edit(folder, "routing.yaml", "group: energy_trade", "group: energy")
    start = edit(folder, "calendar.yaml", "start: 04-16", "start: 04-31")
    post = edit(folder, "policies.yaml", "post: vice_chair", "post: vice")
    twice = edit(folder, "communes.yaml", "code: chieu_luu", "code: huu_kiem")
    office = edit(folder, "pack.yaml", "coordinator: van_phong_ubnd", "coordinator: vp")
    found = problems(folder)
    assert [problem.split(": ")[0] for problem in found] == [
        *[problem.split(": ")[0] for problem in found if problem.startswith("agencies.yaml")],
        f"calendar.yaml:{start}",
        f"communes.yaml:{twice}",
        f"pack.yaml:{office}",
        f"policies.yaml:{post}",
        f"routing.yaml:{lead}",
        f"routing.yaml:{kind}",
        f"routing.yaml:{group}",
    ]
    assert sum("so_y_te" in problem for problem in found) == 0, "a row with a mistake still exists"


class TestDatedRows:
    """The lead of a category may change on a day, by a second row."""

    def two_rows(self, folder, first="2027-01-01", last="2026-12-31"):
        text = (folder / "routing.yaml").read_text("utf-8")
        row = text[text.index("- category: specialized_division") :]
        row = row[: row.index("\n- ") + 1]
        later = row.replace("lead: ban_to_chuc_tinh_uy", "lead: so_noi_vu").replace(
            "coordinating: [so_noi_vu]", "coordinating: [ban_to_chuc_tinh_uy]"
        )
        both = f"{row}  last: {last}\n{later}  first: {first}\n"
        (folder / "routing.yaml").write_text(text.replace(row, both), "utf-8")

    def test_each_day_has_its_lead(self, folder):
        self.two_rows(folder)
        index = lookup(load_pack(folder))
        assert index.route("specialized_division", date(2026, 12, 31)).lead == "ban_to_chuc_tinh_uy"
        assert index.route("specialized_division", date(2027, 1, 1)).lead == "so_noi_vu"
        assert len(index.routes(date(2026, 12, 31))) == len(index.routes(date(2027, 1, 1))) == 130

    def test_two_rows_in_force_on_one_day_are_refused(self, folder):
        self.two_rows(folder, first="2026-12-31")
        [problem] = problems(folder)
        assert "'specialized_division' đã có dòng khác hiệu lực ngày 2026-12-31" in problem

    def test_a_hole_between_two_rows_is_refused(self, folder):
        self.two_rows(folder, first="2027-02-01")
        [problem] = problems(folder)
        assert "không có dòng nào hiệu lực từ sau 2026-12-31 đến trước 2027-02-01" in problem

    def test_a_row_does_not_end_before_it_begins(self, folder):
        self.two_rows(folder, last="2025-02-01")
        assert any("ngày cuối 2025-02-01 trước ngày đầu" in problem for problem in problems(folder))
