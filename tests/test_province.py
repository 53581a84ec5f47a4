"""The pack of Nghệ An says what the province decided, and a broken pack says what to mend."""

import json
import shutil
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import province
from province.difference import difference
from province.load import PackError, load_pack, pack_from_json, pack_to_json
from province.lookup import lookup
from province.pack import Agency, Pack
from province.text import fold

NGHE_AN = Path(province.__file__).parent / "nghe_an"
TODAY = date(2026, 11, 22)

# The taxonomy that the province was shown: who leads each of the 130 categories.
LEADS = {
    "so_xay_dung": """
        landslide_road national_road provincial_road commune_road bridge_spillway
        traffic_safety waterway_ferry resettlement_area temporary_housing
        urban_infrastructure planning_permit public_housing
    """,
    "so_nong_nghiep_moi_truong": """
        landslide_houses flood_inundation machinery_request relief_supplies
        damage_recovery forest_fire storm_wind drought_cold disaster_preparedness
        mine_subsidence reservoir_dam irrigation_spillway canal_pump riverbank_dyke
        clean_water animal_disease plant_pest forest_protection forest_land
        production_support new_rural fisheries land_certificate land_records land_dispute
        land_clearance_recovery land_use_conversion waste pollution minerals
        poverty_review
    """,
    "bo_chqs_tinh": "isolated_rescue drowning_boat militia border_defense unexploded_ordnance",
    "cong_an_tinh": """
        accident_injury cyber_security public_order drugs_crime traffic_order residence_id
        fire_now police_station_force fire_prevention
    """,
    "so_y_te": """
        food_shortage health_station hospital_service medicine_supply epidemic food_safety
        health_insurance social_protection child_protection_violence population
    """,
    "so_cong_thuong": """
        hydro_resettlement power_outage electricity_grid hydropower_release market
        fuel_goods industry_ecommerce hydropower_compensation
    """,
    "so_khoa_hoc_cong_nghe": """
        interop_software digital_certificate account_access office_network mobile_coverage
        cables digital_transformation science_ip_standards
    """,
    "so_tai_chinh": """
        computers_scanners office_building toilets_aux salary_budget operating_budget
        target_programme_funds surplus_assets policy_credit business_registration tax_fees
    """,
    "ban_to_chuc_tinh_uy": "specialized_division party_members party_organisation",
    "so_noi_vu": """
        rotation_transfer staffing_quota cadre_regime part_time_cadres training
        boundary_village labour emulation_awards two_tier_guidance archives merit_people
    """,
    "ban_tuyen_giao_dan_van": "propaganda",
    "trung_tam_pvhcc_tinh": "admin_procedure",
    "so_tu_phap": "civil_status legal_documents",
    "ban_tiep_cong_dan": "complaints",
    "van_phong_ubnd": "citizen_reception overlapping_documents",
    "so_van_hoa_the_thao_du_lich": """
        culture_centre_functions broadcast_tower loudspeaker culture_house heritage
        tourism_festival press_library_family
    """,
    "so_giao_duc_dao_tao": """
        school_building teacher_shortage teacher_regime student_policy school_equipment
        vocational
    """,
    "so_dan_toc_ton_giao": "ethnic_policy village_elders religion",
}

# The requests of Notice 2040-TB/TU of 16 July 2025, and whom it makes responsible.
NOTICE = {
    "machinery_request": "so_nong_nghiep_moi_truong",
    "bridge_spillway": "so_xay_dung",
    "resettlement_area": "so_xay_dung",
    "computers_scanners": "so_tai_chinh",
    "toilets_aux": "so_tai_chinh",
    "culture_centre_functions": "so_van_hoa_the_thao_du_lich",
    "broadcast_tower": "so_van_hoa_the_thao_du_lich",
    "specialized_division": "ban_to_chuc_tinh_uy",
    "rotation_transfer": "so_noi_vu",
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(NGHE_AN)


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


class TestTheData:
    def test_all_130_categories_have_the_lead_of_the_taxonomy(self, pack):
        expected = {code: lead for lead, codes in LEADS.items() for code in codes.split()}
        assert len(expected) == 130
        assert {route.category: route.lead for route in pack.routing} == expected

    def test_130_communes_hold_the_412_old_ones(self, pack):
        assert len(pack.communes) == 130
        assert sum(len(commune.old_communes) for commune in pack.communes) == 412
        assert Counter(commune.kind for commune in pack.communes) == {"xã": 119, "phường": 11}
        assert len({commune.code for commune in pack.communes}) == 130

    def test_a_commune_code_is_its_folded_name(self, pack):
        assert all(c.code == fold(c.name).replace(" ", "_") for c in pack.communes)

    def test_nine_communes_were_not_merged(self, pack):
        kept = {commune.code for commune in pack.communes if commune.not_merged}
        assert kept == {
            *("keng_du", "my_ly", "bac_ly", "huoi_tu", "muong_long"),
            *("luong_minh", "huu_khuong", "binh_chuan", "chau_binh"),
        }
        assert all(len(c.old_communes) == 1 for c in pack.communes if c.not_merged)

    def test_the_class_of_area_is_left_open_until_the_list_is_published(self, pack):
        assert {commune.area_class for commune in pack.communes} == {None}
        assert sum(commune.mountainous for commune in pack.communes) == 75

    def test_communes_lie_in_the_province(self, pack):
        assert all(18.4 < c.lat < 20.1 and 103.8 < c.lon < 105.9 for c in pack.communes)

    @pytest.mark.parametrize(("category", "lead"), NOTICE.items())
    def test_the_requests_of_the_notice_go_where_it_says(self, pack, category, lead):
        route = lookup(pack).route(category, TODAY)
        assert route.lead == lead
        assert "2040-TB/TU" in route.basis

    def test_a_tower_is_moved_together_with_the_commune(self, pack):
        assert "ubnd_xa" in lookup(pack).route("broadcast_tower", TODAY).coordinating

    def test_a_transfer_within_a_commune_is_answered_with_guidance(self, pack):
        route = lookup(pack).route("rotation_transfer", TODAY)
        assert route.handling == "guidance"
        assert "578-KL/TU" in route.guidance
        assert "ban_to_chuc_tinh_uy" in route.coordinating

    def test_complaints_are_redirected_and_open_no_ticket(self, pack):
        route = lookup(pack).route("complaints", TODAY)
        assert (route.handling, route.restricted) == ("redirect", True)
        assert "Ban Tiếp công dân" in route.guidance

    def test_every_row_names_its_basis(self, pack):
        assert all(route.basis for route in pack.routing)

    def test_at_most_three_short_questions_safety_first_place_second(self, pack):
        for route in pack.routing:
            slots = [question.slot for question in route.questions]
            assert len(slots) <= 3, route.category
            assert not any(q.danger for q in route.questions[1:]), route.category
            assert not {"people_at_risk", "failing", "violence"} & set(slots[1:]), route.category
            assert "place" not in slots[2:], route.category
            assert all(len(q.ask) <= 75 and "?" in q.ask for q in route.questions), route.category
            assert all(len(c) <= 22 for q in route.questions for c in q.choices), route.category

    def test_what_endangers_people_is_always_asked_first(self, pack):
        for route in pack.routing:
            if route.urgency == "emergency" or any(r.to == "emergency" for r in route.raises):
                assert route.questions[0].danger, route.category

    def test_a_slot_means_the_same_kind_of_answer_everywhere(self, pack):
        kinds = defaultdict(set)
        for route in pack.routing:
            for question in route.questions:
                kinds[question.slot].add(question.kind)
        free = {"count", "choice", "text"}
        assert {slot for slot, met in kinds.items() if len(met) > 1 and not met <= free} == set()

    def test_every_slot_is_explained_at_the_top_of_the_table(self, pack):
        text = (NGHE_AN / "routing.yaml").read_text("utf-8")
        head = text[: text.index("\n- ")]
        slots = {question.slot for route in pack.routing for question in route.questions}
        assert {slot for slot in slots if f" {slot} " not in head} == set()

    def test_no_telephone_number_is_invented(self, pack):
        assert {duty.phone for agency in pack.agencies for duty in agency.duty} == {""}
        assert [hotline.number for hotline in pack.hotlines] == ["112", "113", "114", "115"]

    def test_every_chain_ends_above_the_department(self, pack):
        tops = {chain.name: chain.steps[-1].post for chain in pack.policies.chains[1::4]}
        assert tops == {
            "departments": "chair",
            "party": "thuong_truc_tinh_uy",
            "external": "van_phong_ubnd",
        }
        assert {agency.code for agency in pack.agencies if agency.chain == "external"} >= {
            *("cong_an_tinh", "bo_chqs_tinh", "evn_nghe_an", "bhxh", "kho_bac", "vnpt", "viettel"),
        }

    def test_it_loads_fast(self):
        def seconds():
            start = process_time()
            load_pack(NGHE_AN)
            return process_time() - start

        assert min(seconds() for _ in range(3)) < 0.15


class TestTheDatabaseCopy:
    def test_it_comes_back_equal(self, pack):
        assert pack_from_json(pack_to_json(pack)) == pack

    def test_what_is_no_pack_is_refused(self, pack):
        content = json.loads(pack_to_json(pack))
        del content["coordinator"]
        content["routing"][3]["lead"] = None
        with pytest.raises(PackError) as caught:
            pack_from_json(json.dumps(content))
        assert caught.value.problems == [
            "coordinator: thiếu mục này",
            "routing.3.lead: cần một chuỗi chữ",
        ]


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
                "result: 5 days",
                "result: 5 minutes",
                "hạn xử lý ngắn hơn hạn trả lời",
            ),
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


class TestLookup:
    def test_it_is_built_once_for_each_pack(self, pack):
        assert lookup(pack) is lookup(pack)
        copies = [pack.model_copy() for _ in range(10)]
        assert all(lookup(copy).pack is copy for copy in copies)

    @pytest.mark.parametrize(
        ("code", "full", "short"),
        [
            ("chieu_luu", "xã Chiêu Lưu", "Chiêu Lưu"),
            ("thanh_vinh", "phường Thành Vinh", "Thành Vinh"),
            ("so_xay_dung", "Sở Xây dựng", "Sở XD"),
            ("so_da_giai_the", "so_da_giai_the", "so_da_giai_the"),
        ],
    )
    def test_names(self, pack, code, full, short):
        assert (lookup(pack).unit_name(code), lookup(pack).short_name(code)) == (full, short)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Sở Giao thông", "so_xay_dung"),
            ("so tai nguyen", "so_nong_nghiep_moi_truong"),
            ("SỞ  NN&MT", "so_nong_nghiep_moi_truong"),
            ("skhcn", "so_khoa_hoc_cong_nghe"),
            ("xã chieu luu", "chieu_luu"),
            ("ubnd xã Lượng Minh", "luong_minh"),
            ("Sở Hỏa tiễn", None),
        ],
    )
    def test_units_are_found_by_any_name(self, pack, text, code):
        assert lookup(pack).find_unit(text) == code

    def test_an_ambiguous_name_is_nobody(self, pack):
        double = Agency(code="so_giao_thong", name="Sở Giao thông", short="SGT")
        index = lookup(pack.model_copy(update={"agencies": (*pack.agencies, double)}))
        assert index.find_unit("sở giao thông") is None
        assert index.find_units("sở giao thông") == ("so_xay_dung", "so_giao_thong")

    def test_old_communes(self, pack):
        index = lookup(pack)
        assert [c.code for c in index.communes_once("bao thang")] == ["chieu_luu"]
        assert [c.code for c in index.communes_once("xã Tam Hợp")] == ["tam_thai", "tam_hop"]
        assert index.communes_once("Hà Nội") == ()

    def test_an_unknown_category_has_no_route(self, pack):
        assert lookup(pack).route("not_a_report", TODAY) is None
        assert lookup(pack).route("cables", date(2024, 1, 1)) is None

    def test_groups_agencies_and_communes_by_code(self, pack):
        index = lookup(pack)
        assert index.group_label("disaster") == "Thiên tai, sạt lở, lũ lụt"
        assert index.agency("so_y_te").name == "Sở Y tế"
        assert index.agency("chieu_luu") is index.commune("so_y_te") is None
        assert index.commune("chieu_luu").old_communes == ("Xã Bảo Thắng", "Xã Chiêu Lưu")


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


class TestFold:
    @pytest.mark.parametrize(
        ("typed", "folded"),
        [
            ("  Sạt  LỞ \n đường ", "sat lo duong"),
            ("Đập tràn Ðô Lương ðất", "dap tran do luong dat"),
            ("TTPVHCC xã", "ttpvhcc xa"),
            ("ko", "ko"),
            ("", ""),
        ],
    )
    def test_marks_capitals_and_blanks_go(self, typed, folded):
        assert fold(typed) == folded

    def test_both_spellings_of_a_marked_letter_are_one(self):
        assert fold("s\u1ea1t l\u1edf") == fold("sa\u0323t lo\u031b\u0309") == "sat lo"

    @given(st.text())
    def test_folding_twice_changes_nothing_more(self, text):
        assert fold(fold(text)) == fold(text)
