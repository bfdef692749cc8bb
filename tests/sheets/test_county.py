"""The workbooks of the demo county read exactly as its expectations say."""

import json
from datetime import date
from pathlib import Path

import pytest

from trainingbase.sheets import Known, read

HERE = Path(__file__).parent
COUNTY = HERE.parents[1] / "trainingbase" / "demo" / "county"
EXPECTED = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
ON = date.fromisoformat(EXPECTED["judged_on"])
FILES = {
    "programme": "programme.xlsx",
    "sites": "sites.xlsx",
    "residents": "residents.xlsx",
    "faculty": "faculty.xlsx",
    "plan": "plan_grid.xlsx",
    "leaves": "leaves.xlsx",
    "exams": "exam_results.xlsx",
    "activities": "activities.xlsx",
    "incentives": "incentives.xlsx",
}
ALONE = ("programme", "sites", "residents", "faculty", "incentives")
TABLES = [
    (kind, sheet) for kind, file in FILES.items() for sheet in EXPECTED["workbooks"][file]["sheets"]
]


def content_of(kind):
    return (COUNTY / FILES[kind]).read_bytes()


@pytest.fixture(scope="module")
def county():
    """Every file read in the order in which they refer to each other."""
    known, previews = Known(), {}
    for kind, file in FILES.items():
        previews[kind] = read(kind, content_of(kind), file, known=known, on=ON)
        known = Known.from_previews([previews[kind]], known)
    return previews


def table_of(previews, kind, sheet):
    (found,) = [one for one in previews[kind].sheets if one.name == sheet]
    return found


def expected_of(kind, sheet):
    return EXPECTED["workbooks"][FILES[kind]]["sheets"][sheet]


def as_set(found, keys):
    return sorted(json.dumps([one[key] for key in keys], ensure_ascii=False) for one in found)


def problems(found):
    keys = ("row", "column", "header", "raw", "value", "category")
    return [{key: getattr(one, key) for key in keys} for one in found]


def test_every_sheet_of_every_workbook_is_read(county):
    for kind, file in FILES.items():
        assert [one.name for one in county[kind].sheets] == list(
            EXPECTED["workbooks"][file]["sheets"]
        )
        assert county[kind].ignored_sheets == {}


@pytest.mark.parametrize(("kind", "sheet"), TABLES)
def test_a_sheet_has_the_expected_counts_columns_and_left_out_rows(county, kind, sheet):
    table, expected = table_of(county, kind, sheet), expected_of(kind, sheet)
    assert table.counts() == {
        "rows": expected["data_rows"],
        **{key: expected[key] for key in ("accepted", "corrected", "refused")},
    }
    assert list(table.header_rows) == expected["header_rows"]
    assert {column: header for column, (header, _) in table.columns.items()} == {
        column: one["header"] for column, one in expected["columns"].items()
    }
    for column, one in expected["columns"].items():
        if not one["field"].startswith("_"):
            assert table.columns[column][1] == one["field"]
    assert [row for row, _ in table.ignored_rows] == [
        one["row"] for one in expected["ignored_rows"]
    ]
    for (_, why), one in zip(table.ignored_rows, expected["ignored_rows"], strict=True):
        assert why == one["why"].split()[0].rstrip(":").replace("provincial", "mean")


@pytest.mark.parametrize(("kind", "sheet"), TABLES)
def test_a_sheet_has_the_expected_corrections(county, kind, sheet):
    keys = ("row", "column", "header", "raw", "value", "category")
    found = [
        one for row in table_of(county, kind, sheet).rows if row.taken for one in row.corrections
    ]
    assert as_set(problems(found), keys) == as_set(expected_of(kind, sheet)["corrections"], keys)


@pytest.mark.parametrize(("kind", "sheet"), TABLES)
def test_a_sheet_has_the_expected_refusals_each_with_a_reason(county, kind, sheet):
    keys = ("row", "column", "header", "raw", "category")
    found = [one for row in table_of(county, kind, sheet).rows for one in row.refusals]
    assert as_set(problems(found), keys) == as_set(expected_of(kind, sheet)["refusals"], keys)
    for one in found:
        for language in ("zh", "en"):
            assert one.reason(language) not in ("", one.category)
            assert "{" not in one.reason(language)


@pytest.mark.parametrize(("kind", "sheet"), TABLES)
def test_a_sheet_has_the_expected_warnings(county, kind, sheet):
    keys = ("row", "column", "header", "raw", "category")
    found = [one for row in table_of(county, kind, sheet).rows if row.taken for one in row.warnings]
    assert as_set(problems(found), keys) == as_set(expected_of(kind, sheet)["warnings"], keys)
    assert not any("{" in one.reason("en") + one.reason("zh") for one in found)


@pytest.mark.parametrize(("kind", "sheet"), TABLES)
def test_a_sheet_has_the_expected_records(county, kind, sheet):
    taken = {
        row.row: {"row": row.row, "status": row.status, **row.record}
        for row in table_of(county, kind, sheet).rows
        if row.taken
    }
    expected = {one["row"]: one for one in expected_of(kind, sheet)["records"]}
    assert {row: {key: taken[row][key] for key in one} for row, one in expected.items()} == expected
    assert set(taken) == set(expected)


@pytest.mark.parametrize(("kind", "sheet"), TABLES)
def test_a_sheet_as_a_whole_says_what_is_expected(county, kind, sheet):
    facts, expected = table_of(county, kind, sheet).facts, expected_of(kind, sheet)
    for key in (
        "rules",
        "total_months",
        "elective_groups",
        "provincial_means",
        "distinct_persons",
        "persons_in_two_departments",
    ):
        assert facts.get(key) == expected.get(key) or (key not in expected)
    for year, line in expected.get("first_attempt", {}).items():
        assert facts["first_attempt"][year] == {k: v for k, v in line.items() if k != "remark"}


def test_programmes_are_told_apart_by_their_codes(county):
    tables = county["programme"].tables("requirement")
    assert {one.facts["code"]: one.facts["name"] for one in tables} == {
        "GP33": "全科住培33个月",
        "AGP24": "助理全科24个月",
    }


@pytest.mark.parametrize("kind", ALONE)
def test_a_file_that_refers_to_no_other_reads_the_same_alone(county, kind):
    alone = read(kind, content_of(kind), FILES[kind], known=Known(), on=ON)
    assert alone.as_json() == county[kind].as_json()


def test_without_a_roster_people_are_not_checked():
    alone = read("leaves", content_of("leaves"), "leaves.xlsx", known=Known(), on=ON)
    assert {one.category for one in alone.refusals} == {
        "date_impossible",
        "end_before_start",
        "leave_overlaps_leave",
    }


def test_the_json_says_it_in_the_stable_words(county):
    written = json.loads(json.dumps(county["leaves"].as_json("en"), ensure_ascii=False))
    assert written["sheets"] == {
        "请假登记": {"rows": 45, "accepted": 13, "corrected": 28, "refused": 4}
    }
    assert {"sheet", "row", "column", "from", "to", "category"} <= set(written["corrected"][0])
    assert {"sheet", "row", "column", "value", "category", "reason"} <= set(written["refused"][0])
    assert written["warnings"] == []
    assert written["unchanged"] == 0
    assert len(written["records"]["请假登记"]) == 41
