"""Whom a broadcast is for, and whom an invitation, as people type it."""

import pytest

from province.lookup import Lookup
from storage.people import Role
from tests.world import BUNDLED
from tickets.audience import UnknownAudience, audience
from tickets.inviting import wanted

UNITS = Lookup(BUNDLED)


@pytest.mark.parametrize("typed", ["tất cả xã", "tat ca xa", "Tất cả các xã, phường"])
def test_all_communes(typed: str) -> None:
    if "," in typed:
        with pytest.raises(UnknownAudience):
            audience(UNITS, typed)
        return
    assert len(audience(UNITS, typed)) == len(BUNDLED.communes)


def test_the_mountains_are_some_communes() -> None:
    found = audience(UNITS, "xa mien nui")
    assert "chieu_luu" in found
    assert 0 < len(found) < len(BUNDLED.communes)


@pytest.mark.parametrize("typed", ["huyện cũ Kỳ Sơn", "huyen ky son cu", "Huyện Kỳ Sơn"])
def test_a_former_district(typed: str) -> None:
    found = audience(UNITS, typed)
    assert "chieu_luu" in found
    assert {UNITS.commune(code).old_district for code in found} == {"Huyện Kỳ Sơn"}  # type: ignore[union-attr]  # found ones exist


def test_a_former_town_and_the_city() -> None:
    assert "vinh_loc" in audience(UNITS, "thành phố cũ Vinh")
    assert audience(UNITS, "thị xã cũ Hoàng Mai")


def test_names_with_commas_each_once() -> None:
    found = audience(UNITS, "Chiêu Lưu, xa con cuong, chieu luu, sở xây dựng")
    assert found == ["chieu_luu", "con_cuong", "so_xay_dung"]


def test_departments() -> None:
    found = audience(UNITS, "tất cả sở")
    assert "so_tai_chinh" in found
    assert all(code.startswith("so_") for code in found)


def test_names_of_nothing_are_all_told() -> None:
    with pytest.raises(UnknownAudience) as error:
        audience(UNITS, "Chiêu Lưu, xã Mây, sở Gió")
    assert error.value.names == ["xã Mây", "sở Gió"]


@pytest.mark.parametrize(
    ("typed", "unit", "role", "name", "post"),
    [
        ("xã Chiêu Lưu cán bộ Lan", "chieu_luu", Role.REPORTER, "Lan", ""),
        ("chieu luu nhan vien Lữ Thị Lan", "chieu_luu", Role.REPORTER, "Lữ Thị Lan", ""),
        ("sở xây dựng cán bộ Minh", "so_xay_dung", Role.STAFF, "Minh", ""),
        ("so xay dung truc Minh", "so_xay_dung", Role.STAFF, "Minh", "Cán bộ trực"),
        (
            "sở xây dựng lãnh đạo Hùng, chức vụ: Phó Giám đốc",
            "so_xay_dung", Role.HEAD, "Hùng", "Phó Giám đốc",
        ),
        ('xã Chiêu Lưu lãnh đạo Lan "Chủ tịch"', "chieu_luu", Role.HEAD, "Lan", "Chủ tịch"),
        ("vp ubnd quản trị Hà", "van_phong_ubnd", Role.ADMIN, "Hà", ""),
    ],
)  # fmt: skip
def test_an_invitation_in_words(typed: str, unit: str, role: Role, name: str, post: str) -> None:
    found = wanted(UNITS, typed)
    assert (found.units, found.role, found.name, found.post) == ((unit,), role, name, post)


def test_an_invitation_that_lacks_something() -> None:
    assert wanted(UNITS, "xã Mây cán bộ Lan").units == ()
    assert wanted(UNITS, "xã Chiêu Lưu Lan").role is None
    assert wanted(UNITS, "xã Chiêu Lưu cán bộ Lan 0900 000 001").phone == "0900000001"
