"""Dates as people type them, seen from Friday 27 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.dates import read_date

TODAY = date(2026, 11, 27)

SAID = {
    "trong 5 ngày làm việc": date(2026, 12, 4),
    "đầu năm sau": date(2027, 1, 31),
    "giữa năm": date(2027, 6, 30),
    "thứ 6": date(2026, 12, 4),
    "thu sau tuan sau": date(2026, 12, 4),
    "thứ sáu này": date(2026, 11, 27),
    "t5": date(2026, 12, 3),
    "thứ 2 nhé": date(2026, 11, 30),
    "chủ nhật": date(2026, 11, 29),
    "cn tuần sau": date(2026, 12, 6),
    "25/12": date(2026, 12, 25),
    "trước 20/12 xong nhé": date(2026, 12, 20),
    "25-12-2026": date(2026, 12, 25),
    "15/01/2027": date(2027, 1, 15),
    "15.1.27": date(2027, 1, 15),
    "ngày 5 tháng 1 năm 2027": date(2027, 1, 5),
    "1/1": date(2027, 1, 1),
    "25/11": date(2026, 11, 25),
    "ngày 30": date(2026, 11, 30),
    "ngay 25": date(2026, 12, 25),
    "tuần sau": date(2026, 12, 4),
    "giữa tuần tới": date(2026, 12, 2),
    "dau tuan sau": date(2026, 11, 30),
    "trong tuần này": date(2026, 11, 27),
    "cuối tháng": date(2026, 11, 30),
    "tháng sau": date(2026, 12, 31),
    "đầu tháng 1": date(2027, 1, 10),
    "hết tháng 12": date(2026, 12, 31),
    "quý I năm 2027": date(2027, 3, 31),
    "quy 1": date(2027, 3, 31),
    "cuối năm": date(2026, 12, 31),
    "sang năm": date(2027, 12, 31),
    "3 ngày nữa": date(2026, 11, 30),
    "hai tuần nữa": date(2026, 12, 11),
    "năm ngày nữa": date(2026, 12, 2),
    "chiều mai": date(2026, 11, 28),
    "hôm nay xong": date(2026, 11, 27),
    "ngày kia": date(2026, 11, 29),
    "next Friday": date(2026, 12, 4),
    "in 3 days": date(2026, 11, 30),
}


@pytest.mark.parametrize(("words", "day"), SAID.items())
def test_what_people_say(words: str, day: date) -> None:
    assert read_date(words, TODAY) == day


@pytest.mark.parametrize(
    "words", ["", "31/2", "99/99", "chưa biết", "sớm nhất có thể", "QL7", "đã xong"]
)
def test_what_names_no_day(words: str) -> None:
    assert read_date(words, TODAY) is None


@given(st.text(max_size=60), st.dates(date(2025, 1, 1), date(2035, 12, 31)))
def test_no_text_breaks_it(words: str, today: date) -> None:
    found = read_date(words, today)
    assert found is None or isinstance(found, date)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 300))
def test_a_day_and_month_ahead_is_found_again(today: date, ahead: int) -> None:
    day = date.fromordinal(today.toordinal() + ahead)
    assert read_date(f"hẹn {day.day}/{day.month}/{day.year}", today) == day
    assert read_date(f"{day:%d/%m}", today) == day
