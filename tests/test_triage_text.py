"""What triage makes of the letters: spelling, short forms, places, roads, documents, language."""

from pathlib import Path

import pytest

from province.load import load_pack
from triage import concepts, confidential, documents, money, roads, smalltalk, things
from triage.language import language
from triage.places import Gazetteer
from triage.text import pattern, plain, read

PACK = load_pack(Path(__file__).parents[1] / "province" / "nghe_an")
GAZETTEER = Gazetteer(PACK)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ko dc", "không được"),
        ("pm 1 cửa", "phần mềm một cửa"),
        ("hs trễ hạn", "hồ sơ trễ hạn"),
        ("em hs lớp 3", "em học sinh lớp 3"),
        ("TTPVHCC", "trung tâm phục vụ hành chính công"),
        ("ca xa", "công an xã"),
        ("tđc, gpmb", "tái định cư giải phóng mặt bằng"),
        ("rứa đi đàng mô", "thế đi đường đâu"),
        ("nn&mt b/c", "nông nghiệp môi trường báo cáo"),
        ("hoà thuỷ quý", "hòa thủy quý"),
        ("kỹ lý mỹ y tế", "kĩ lí mĩ y tế"),
        ("gấpppp quááá", "gấp quá"),
        ("may scan hong lau nay", "may scan hong lau nay"),
        ("tru so xa lun nut, da lap kin cong", "tru so xa lun nut da lap kin cong"),
        ("khong du kinh phi su dung ac quy", "khong du kinh phi su dung ac quy"),
        ("đường ni chưa có da mô", "đường này chưa có dự án đâu"),
        ("cái máy ni hong in được nữa", "cái máy này không in được nữa"),
        ("", ""),
    ],
)
def test_short_forms_and_dialect_are_spelt_out(text: str, words: str) -> None:
    assert " ".join(read(text).words) == words


def test_a_message_tells_whether_marks_were_typed() -> None:
    assert read("sạt lở đường vào bản").accented
    assert not read("sat lo duong vao ban, xe ko qua dc").accented


def test_decomposed_and_composed_letters_read_alike() -> None:
    assert read("sa\u0323t lo\u031b\u0309").words == read("sạt lở").words


def test_a_pattern_reads_marks_or_none_but_no_other_marks() -> None:
    fire = pattern(r"(?<!\w)cháy nhà(?!\w)")
    assert fire.search(plain("CHÁY NHÀ"))
    assert fire.search(plain("chay nha"))
    assert not fire.search(plain("chạy nhà"))
    assert not pattern("=xuồng").search("xuong")


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        ("xã Chiêu Lưu sạt lở", "commune", ("chieu_luu",)),
        ("xa chieu luu sat lo", "commune", ("chieu_luu",)),
        ("xã Bảo Thắng cũ", "old_commune", ("chieu_luu",)),
        ("xa bao thang", "old_commune", ("chieu_luu",)),
        ("ubnd xã Con Cuông", "commune", ("con_cuong",)),
    ],
)
def test_a_commune_is_found_by_new_and_old_name(
    text: str, kind: str, codes: tuple[str, ...]
) -> None:
    place = GAZETTEER.find(read(text)).places[0]
    assert (place.kind, place.codes) == (kind, codes)


def test_an_old_name_of_several_communes_is_asked() -> None:
    assert len(GAZETTEER.find(read("xã Đồng Văn mất điện")).places[0].codes) > 1


def test_the_old_district_decides_between_namesakes() -> None:
    found = GAZETTEER.find(read("xã Đồng Văn, huyện Quế Phong")).places
    assert found[0].codes == ("thong_thu",)


def test_the_reporters_own_commune_decides_between_namesakes() -> None:
    codes = GAZETTEER.find(read("xã Đồng Văn")).places[0].codes
    assert GAZETTEER.find(read("xã Đồng Văn"), home=codes[-1]).places[0].codes == (codes[-1],)


def test_a_district_sharing_a_communes_name_is_asked_unless_said() -> None:
    assert len(GAZETTEER.find(read("Con Cuông mưa to")).places[0].codes) > 1
    district = GAZETTEER.find(read("huyện Con Cuông cũ")).places[0]
    assert district.kind == "old_district"


@pytest.mark.parametrize(
    "text", ["nghi lam o nha", "bao cao trung thanh", "nghi huong che do", "tien phong di dau"]
)
def test_everyday_words_are_no_places(text: str) -> None:
    assert GAZETTEER.find(read(text)).places == ()


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("đường vào bản Khe Tang", "bản Khe Tang"),
        ("duong vao ban Khe Tang", "bản Khe Tang"),
        ("o ban xieng thu", "bản Xieng Thu"),
        ("sat lo o ban khe tang, 2 nha bi vui", "bản Khe Tang"),
        ("xóm 5 ngập", "xóm 5"),
        ("đêm qua bản Cánh 3 nhà tốc mái", "bản Cánh"),
        ("xóm Đồng 3 bị ngập", "xóm Đồng 3"),
        ("cau tran ban canh troi mat roi", "bản Canh"),
    ],
)
def test_villages_are_found(text: str, village: str) -> None:
    assert village in [p.text for p in GAZETTEER.find(read(text)).places if p.kind == "village"]


@pytest.mark.parametrize("text", ["van ban nay", "bien ban giao nhan", "bản đồ địa chính"])
def test_papers_are_no_villages(text: str) -> None:
    assert GAZETTEER.find(read(text)).places == ()


@pytest.mark.parametrize(
    ("text", "road"),
    [
        ("sạt ql7 km 12+300", "QL7 km 12+300"),
        ("quốc lộ 48D hỏng", "QL48D"),
        ("ĐT.543 lún", "ĐT.543"),
        ("dt543b", "ĐT.543B"),
        ("TL 532", "ĐT.532"),
        ("tinh lo 543d", "ĐT.543D"),
        ("đường hồ chí minh", "đường Hồ Chí Minh"),
    ],
)
def test_roads_are_named_one_way(text: str, road: str) -> None:
    assert [place.text for place in roads.find(read(text))] == [road]


def test_an_area_is_no_road() -> None:
    assert roads.find(read("dt 20 m2")) == ()


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("theo CV 125/UBND ngày 20/11", "CV 125/UBND ngày 20/11"),
        ("NĐ 178 chưa chi", "NĐ 178"),
        ("Thông báo 2040-TB/TU", "Thông báo 2040-TB/TU"),
        ("quyết định số 2954/QĐ-UBND", "quyết định số 2954/QĐ-UBND"),
    ],
)
def test_documents_are_cited_with_number_and_day(text: str, cited: str) -> None:
    assert documents.find(read(text)) == (cited,)


def test_things_are_found_once_in_order() -> None:
    message = read("may scan hong, phan mem 1 cua treo, máy scan cũ")
    assert things.find(message) == ("máy scan", "một cửa")
    assert things.find(read("dat da tran xuong nha")) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sạt lở ở bản", "vi"),
        ("sat lo o ban Khe Tang, xe k qua dc", "vi"),
        ("ok", "vi"),
        ("", "vi"),
        ("🙏🙏 123", "vi"),
        ("may scan hong 2 cai", "vi"),
        ("The bridge is broken and we need help", "en"),
        ("Power has been down since yesterday in our village", "en"),
    ],
)
def test_language_is_vietnamese_unless_surely_english(text: str, expected: str) -> None:
    assert language(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("chào em", "greeting"),
        ("alo", "greeting"),
        ("cam on em nhe", "thanks"),
        ("Cảm ơn nhiều ạ", "thanks"),
        ("ok", "other"),
        ("test", "other"),
        ("", "other"),
        ("Khuyến mãi lớn, trúng thưởng, inbox ngay", "spam"),
        ("chào em, máy scan hỏng", ""),
        ("cảm ơn, nhưng đường vẫn sạt", ""),
        ("khong biet lam the nao voi phan mem", ""),
    ],
)
def test_only_what_is_nothing_else_is_small_talk(text: str, kind: str) -> None:
    assert smalltalk.small_talk(read(text)) == kind


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("phiếu số 130 đến đâu rồi", True),
        ("NA-26-000130 xử lý chưa", True),
        ("phieu hom truoc den dau roi em", True),
        ("mỗi phiếu 15 nghìn, một ngày được bốn nhà", False),
        ("phiếu hẹn ghi 5 ngày nay 19 ngày rồi", False),
    ],
)
def test_status_questions_are_told_by_their_words(text: str, asks: bool) -> None:
    assert smalltalk.asks_status(read(text)) is asks


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("gửi em văn bản mật này", "secret"),
        ("quên mật khẩu", ""),
        ("van ban mat khau", ""),
        ("số cccd 040123456789", "identity"),
        ("em chụp ảnh căn cước gửi anh", "identity"),
        ("máy quét căn cước hỏng", ""),
    ],
)
def test_secrets_and_papers_are_warned_of(text: str, warned: str) -> None:
    assert confidential.warned(read(text)) == warned


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("xin kinh phí sửa mái", True),
        ("xin 500 triệu làm cầu", True),
        ("de nghi bo tri von", True),
        ("thiếu nguồn nước", False),
        ("đường sạt", False),
    ],
)
def test_asking_for_money_is_noticed(text: str, asked: bool) -> None:
    assert money.asks_money(read(text)) is asked


def test_different_words_speak_of_one_notion() -> None:
    for text in ("lửa bén sang", "khói đen bốc lên", "dang boc chay"):
        assert "fire" in concepts.find(read(text))
    assert "fire" not in concepts.find(read("lua chin"))
