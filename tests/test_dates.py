"""Dates as people type them, seen from Friday 27 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.dates import read_date

TODAY = date(2026, 11, 27)

SAID = {
    "trong 5 ngày làm việc": date(2026, 12, 4),
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


RANGES_AND_SPANS = {
    "5-7 ngày nữa": date(2026, 12, 4),
    "khoảng 7 - 10 ngày": date(2026, 12, 7),
    "2 đến 3 ngày": date(2026, 11, 30),
    "hai ba hôm nữa": date(2026, 11, 30),
    "2-3 tuần nữa": date(2026, 12, 18),
    "10-15/12": date(2026, 12, 15),
    "từ 10 đến 15/12": date(2026, 12, 15),
    "từ 10/12 đến 15/12": date(2026, 12, 15),
    "trong 5 ngày làm việc": date(2026, 12, 4),
    "10 ngay lam viec nua": date(2026, 12, 11),
    "mười lăm ngày nữa": date(2026, 12, 12),
    "hai mươi ngày": date(2026, 12, 17),
    "nửa tháng nữa": date(2026, 12, 12),
    "một tháng nữa": date(2026, 12, 27),
    "1 tháng rưỡi": date(2027, 1, 11),
    "3 tháng nữa": date(2027, 2, 27),
    "1 năm nữa": date(2027, 11, 27),
    "48h nữa": date(2026, 11, 29),
    "trong 24 giờ": date(2026, 11, 28),
    "2 tiếng nữa": date(2026, 11, 27),
    "tuần sau nữa": date(2026, 12, 11),
    "thứ 2 tuần sau nữa": date(2026, 12, 7),
}
"""Before, "5-7 ngày" was the fifth of July, and a promise of five working days ended two early."""
DAYS_AND_MONTHS = {
    "2026-12-25": date(2026, 12, 25),
    "thứ sáu, 04/12/2026": date(2026, 12, 4),
    "mùng 5": date(2026, 12, 5),
    "mồng 5/1": date(2027, 1, 5),
    "ngày 31": date(2026, 12, 31),
    "ngày 5 tháng sau": date(2026, 12, 5),
    "ngày 10 tháng tới": date(2026, 12, 10),
    "30 tháng này": date(2026, 11, 30),
    "ngày hai mươi lăm tháng mười hai": date(2026, 12, 25),
    "25 thang muoi hai": date(2026, 12, 25),
    "tháng sáu": date(2027, 6, 30),
    "thang sau": date(2026, 12, 31),
    "trong tháng này": date(2026, 11, 30),
    "tháng 1/2027": date(2027, 1, 31),
    "T1/2027": date(2027, 1, 31),
    "T4/2027": date(2027, 4, 30),
    "12/2026": date(2026, 12, 31),
    "quý 1/2027": date(2027, 3, 31),
    "quý I năm sau": date(2027, 3, 31),
    "quý một": date(2027, 3, 31),
    "quý sau": date(2027, 3, 31),
    "hết quý này": date(2026, 12, 31),
    "cuối năm 2027": date(2027, 12, 31),
    "trong năm 2027": date(2027, 12, 31),
    "đầu năm sau": date(2027, 3, 31),
    "hết tuần": date(2026, 11, 27),
    "đêm nay": date(2026, 11, 27),
    "mốt": date(2026, 11, 29),
}
BESIDE_NUMBERS = {
    "xin 1.2 tỷ, hẹn 20/12": date(2026, 12, 20),
    "2.5 triệu, thứ 2 chuyển": date(2026, 11, 30),
    "đã xong 3/5 hộ, còn lại 20/12": date(2026, 12, 20),
    "hẹn 5/12 xã nhận máy": date(2026, 12, 5),
    "km 12/7, xong thứ 4": date(2026, 12, 2),
    "8.30 sáng mai": date(2026, 11, 28),
    "14h30 ngày 30/11": date(2026, 11, 30),
    "Công văn 1234/UBND ngày 20/11, hẹn 25/12": date(2026, 12, 25),
    "QĐ 15/2025, hẹn tuần sau": date(2026, 12, 4),
    "bản Mai, thứ 4": date(2026, 12, 2),
    "em mai gửi": date(2026, 11, 28),
}
"""Amounts, shares, roads, papers and names that stand beside the day."""


@pytest.mark.parametrize(
    ("words", "day"), {**RANGES_AND_SPANS, **DAYS_AND_MONTHS, **BESIDE_NUMBERS}.items()
)
def test_what_desks_write(words: str, day: date) -> None:
    assert read_date(words, TODAY) == day


def test_working_days_skip_the_weekend_they_are_said_on() -> None:
    said = [read_date("1 ngày làm việc", date(2026, 11, day)) for day in (27, 28, 29, 30)]
    assert said == [date(2026, 11, 30)] * 3 + [date(2026, 12, 1)]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "31/2",
        "99/99",
        "chưa biết",
        "sớm nhất có thể",
        "QL7",
        "đã xong",
        "anh Mai lo việc này",
        "15/12 âm lịch",
        "tháng giêng",
        "đưa vào dự toán năm 2027",
    ],
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
