"""Nothing a cell may hold makes reading fail, and a cleaned cell stays as it is."""

import json
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.sheets.sheetmaking import ON, csv_bytes, xlsx
from trainingbase.sheets import FileFault, Known, cells, identity, numbers, periods, read
from trainingbase.sheets.dates import FIRST_YEAR, LAST_YEAR, read_date
from trainingbase.sheets.kinds import KINDS, specs_of
from trainingbase.sheets.kinds.faculty import title
from trainingbase.sheets.kinds.residents import trainee_type

MESS = st.sampled_from(
    "0123456789０１２９.。-—/／年月日号至到、，,;:： \u3000\t\n"
    "张三科人万元%级男女√×无=+@'()（）XxEe"
)
TEXT = st.one_of(st.text(max_size=12), st.text(MESS, max_size=14))
ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.dates(),
    st.datetimes(),
    st.times(),
    TEXT,
)
CLEANERS = [
    cells.text, cells.reference, cells.code, cells.name, cells.names, cells.yes_no, cells.cohort,
    cells.sex, identity.phone, identity.id_number, numbers.amount, numbers.whole, numbers.years,
    numbers.month_length, numbers.score, numbers.year, numbers.has, periods.day, periods.day_range,
    periods.months, periods.clock_time, title, trainee_type,
]  # fmt: skip
STABLE = [
    cells.text, cells.reference, cells.code, cells.name, identity.phone, identity.id_number,
    periods.day, title, trainee_type,
]  # fmt: skip


@given(raw=ANY.filter(lambda raw: raw is not None), csv=st.booleans())
def test_no_cleaner_ever_raises_and_each_says_either_a_value_or_a_fault(raw, csv):
    for clean in CLEANERS:
        found = clean(raw, csv)
        assert not (found.fault and found.category)
        json.dumps(found.value)


@given(raw=TEXT)
@example(raw="/\n。")
@example(raw="没\n有")
@example(raw="'无")
@example(raw="' '1")
def test_cleaning_what_is_clean_changes_nothing(raw):
    for clean in STABLE:
        once = clean(raw, True)
        if once.value is not None:
            again = clean(once.value, True)
            assert (again.value, again.fault) == (once.value, None)


@given(raw=st.one_of(TEXT, st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_number_once_read_stays_that_number(raw):
    for clean in (numbers.amount, numbers.month_length, numbers.years, numbers.score):
        once = clean(raw, False)
        if once.value is not None:
            again = clean(once.value, False)
            assert (again.value, again.category) == (once.value, None)


@given(day=st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_a_day_means_the_same_however_it_is_written(day):
    iso = day.isoformat()
    written = [
        day,
        datetime(day.year, day.month, day.day),
        iso,
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month:02}/{day.day:02}",
        day.strftime("%Y%m%d"),
        f" {day.year} 年 {day.month} 月 {day.day} 日",
    ]
    assert {read_date(one).value for one in written} == {iso}
    assert read_date(day.toordinal() - date(1899, 12, 30).toordinal()).value in (iso, None)


@given(day=st.dates(date(2013, 1, 1), date(2059, 12, 31)))
def test_months_and_short_years_are_read_as_months(day):
    month = day.isoformat()[:7]
    for text in (
        f"{day.year}.{day.month}",
        f"{day.year}年{day.month}月",
        f"{day:%y}.{day.month:02}",
    ):
        assert read_date(text).value == month


@pytest.mark.parametrize(
    "raw", ["2026.2.29", "2026年9月31日", "2026-11-31", "2026.10.32", "20260230"]
)
def test_days_that_do_not_exist_are_impossible_and_not_moved(raw):
    assert read_date(raw).fault == "date_impossible"


@pytest.mark.parametrize(
    "raw",
    ["2022年春", "2023.13", "见复印件", "2024年", "9月1日", "3/4/2026", 2024.1, 2024, "05.09"],
)
def test_what_may_mean_several_days_or_none_is_unreadable(raw):
    assert read_date(raw).fault == "date_unreadable"


def headers_of(kind):
    spec = specs_of(kind)[-1]
    keys = [one.headers[0] for one in spec.fields]
    months = ["2026-09", "2026-10"] if kind == "plan" else []
    return [*keys, *months, *(["2026年预算"] if kind == "incentives" else [])]


WRITABLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),
    st.times(),
    st.just(timedelta(hours=30)),
    TEXT.map(lambda text: "".join(sign for sign in text if sign >= " " and sign < "\ud800")),
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_row_of_any_kind_makes_a_workbook_unreadable(kind, data):
    header = headers_of(kind)
    rows = data.draw(st.lists(st.lists(WRITABLE, min_size=1, max_size=len(header)), max_size=4))
    try:
        preview = read(kind, xlsx(表=[header, *rows]), "x.xlsx", known=Known(), on=ON)
    except FileFault as fault:
        assert kind == "plan", fault
        return
    json.dumps(preview.as_json("zh"))
    json.dumps(preview.as_json("en"))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(TEXT, min_size=1, max_size=12), max_size=5))
def test_no_csv_raises_anything_but_a_file_fault(kind, rows):
    content = csv_bytes([headers_of(kind), *rows], "utf-8", escapechar="\\")
    try:
        preview = read(kind, content, "x.csv", known=Known(), on=ON)
    except FileFault:
        return
    assert len(preview.rows) == sum(one.counts()["rows"] for one in preview.sheets)
    json.dumps(preview.as_json())


@pytest.mark.parametrize("unit", ["", "个月", "个半月", "周", "分钟", "人", "万", "年"])
def test_absurdly_long_numbers_are_refused_and_not_counted(unit):
    for clean in (*CLEANERS, numbers.hours):
        found = clean("9" * 5000 + unit, False)
        json.dumps(found.value, allow_nan=False)


def test_times_are_shown_as_people_write_them():
    assert periods.clock_time(time(9, 5), False).value == "9:05"
