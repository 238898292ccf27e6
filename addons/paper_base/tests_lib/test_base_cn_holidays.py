# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import importlib.util
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_base_lib import cn_holidays
from paper_base_lib.cn_holidays import covered_years, parse_calendar_csv, work_calendar

HERE = Path(__file__).parent
TABLE = HERE.parent / "data" / "cn_calendar.csv"
GOLDEN = [(date(2026, 10, 1), "holiday", "国庆节"), (date(2026, 10, 10), "makeup", "国庆节")]


def plain(rows):
    return [(row.date, row.kind, row.name) for row in rows]


def codes(errors):
    return [(error.line_no, error.code) for error in errors]


def test_shipped_table_is_whole():
    """R3.3.1: the shipped schedule reads without a fault and covers 2024 to 2026."""
    rows, errors = parse_calendar_csv(TABLE.read_bytes())
    assert errors == []
    assert covered_years(rows) == {2024, 2025, 2026}
    assert len(rows) == len(TABLE.read_text().splitlines()) - 1
    for row in rows:
        assert row.name
        if row.kind == "makeup":
            assert row.date.weekday() >= 5


def test_shipped_table_is_the_official_one():
    """R3.3.1: the table equals what it was generated from, day by day."""
    chinese_calendar = pytest.importorskip(
        "chinese_calendar", reason="chinesecalendar, the source of the table, is not installed"
    )
    spec = importlib.util.spec_from_file_location("make_cn_calendar", HERE / "make_cn_calendar.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    assert TABLE.read_text() == make.generate()
    calendar = work_calendar(parse_calendar_csv(TABLE.read_bytes())[0])
    day = date(2024, 1, 1)
    while day.year < 2027:
        assert calendar.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_national_day_2026():
    """R3.3.1: from 30 September 2026 the third working day is the make-up Saturday."""
    calendar = work_calendar(parse_calendar_csv(TABLE.read_bytes())[0])
    assert calendar.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert calendar.add_working_days(date(2026, 9, 30), 4) == date(2026, 10, 12)


@pytest.mark.parametrize(
    "lines",
    [
        ("date,kind,name", "2026-10-01,holiday,国庆节", "2026-10-10,makeup,国庆节"),
        ("日期,类型,名称", "2026/10/1,休,国庆节", "2026/10/10,班,国庆节"),
        ("日期;类型;名称", "20261001;休;国庆节", "20261010;班;国庆节"),
        ("名称\t日期\t休/班", "国庆节\t2026年10月1日\t休", "国庆节\t2026年10月10日\t班"),
        ("日期，类型，名称", "２０２６－１０－０１，休，国庆节", "2026.10.10，补班，国庆节"),
        ("2026-10-01,休,国庆节", "", "2026-10-10 00:00:00,上班,国庆节"),
        ('"Date", "Kind", "Name"', '"2026-10-01", "Holiday", "国庆节"', "2026-10-10,MAKEUP,国庆节"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", None])
def test_takes_what_offices_send(lines, newline, encoding):
    """R3.3.1: encodings, separators, headers and date forms all give the same schedule."""
    text = newline.join(lines) + newline
    rows, errors = parse_calendar_csv(text.encode(encoding) if encoding else text)
    assert errors == []
    assert plain(rows) == GOLDEN


def test_lines_that_cannot_be_used_are_reported():
    """R3.3.1: a bad line is reported with its number, the others go on."""
    text = """date,kind,name
2026-02-30,holiday,春节
2026-10-01,maybe,国庆节
2026-10-02

2026-13-01,holiday,x
2026-10-03,holiday,国庆节
2026-10-03,休,国庆节
2026-10-04,holiday,国庆节
2026-10-04,makeup,国庆节
tomorrow,holiday,x
2026-10/05,holiday,x
"unclosed,holiday,x
2026-10-06,调休,国庆节
2026-10-07,holiday,国庆节
"""
    rows, errors = parse_calendar_csv(text)
    assert [row.date.day for row in rows] == [3, 7]
    assert codes(errors) == [
        (2, "bad_date"),
        (3, "unknown_kind"),
        (4, "too_few_columns"),
        (6, "bad_date"),
        (8, "duplicate"),
        (9, "contradiction"),
        (10, "contradiction"),
        (11, "bad_date"),
        (12, "bad_date"),
        (13, "too_few_columns"),
        (14, "unknown_kind"),
    ]
    assert errors[4].params == {"date": date(2026, 10, 3), "first_line": 7}
    assert errors[5].params == {"date": date(2026, 10, 4), "lines": [9, 10]}
    assert errors[0].raw == "2026-02-30,holiday,春节"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "empty")]),
        (b"", [(1, "empty")]),
        ("\ufeff\n , ,\n", [(1, "empty")]),
        (b"\xff\xff\xff\xff", [(1, "not_text")]),
        (b"2026-10-01,\0,\0", [(1, "not_text")]),
        ("date,kind,name\n", []),
    ],
)
def test_files_without_a_schedule(text, expected):
    """R3.3.1: an empty or binary file is an error with a line, not a crash."""
    rows, errors = parse_calendar_csv(text)
    assert rows == []
    assert codes(errors) == expected


def test_a_part_of_a_year_does_not_cover_it():
    """R3.3.1: New Year's days of December do not make the old year a known one."""
    text = TABLE.read_text() + "2027-01-01,holiday,元旦\n2023-12-30,holiday,元旦\n"
    assert covered_years(parse_calendar_csv(text)[0]) == {2024, 2025, 2026}


CELLS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["2026-10-01", "20261001", "2026年1月1日", "休", "班", "holiday", '"', "x"]),
)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=12), st.sampled_from(",;\t"))
def test_no_line_vanishes(table, separator):
    """R3.3.1: whatever the lines hold, each is a row or an error, once."""
    lines = [separator.join(cells).replace("\r", "").replace("\n", "") for cells in table]
    rows, errors = parse_calendar_csv("\n".join(["date,kind,name".replace(",", separator), *lines]))
    numbers = sorted([row.line_no for row in rows] + [error.line_no for error in errors])
    used = [number for number, line in enumerate(lines, 2) if line.strip(" \t,;，；")]
    assert numbers == used


@given(st.binary(max_size=300))
def test_bytes_never_crash(data):
    """R3.3.1: any upload is answered."""
    rows, errors = parse_calendar_csv(data)
    assert isinstance(rows, list)
    assert all(isinstance(error, cn_holidays.CalendarProblem) for error in errors)
