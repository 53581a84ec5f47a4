"""The pack of Nghệ An says what the province decided; names are found however they are typed."""

import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import province
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
        party = route.for_party()
        assert (party.lead, party.coordinating) == ("ban_to_chuc_tinh_uy", ("so_noi_vu",))

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
