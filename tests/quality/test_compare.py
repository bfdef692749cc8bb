"""Two sides beside each other."""

from datetime import date
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from tests.quality.ward import play_forms
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.quality.figures import Asking
from trainingbase.quality.figures.comparing import compared, overlap
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.queries.by_type import NUMBERS
from trainingbase.quality.scope import Scope, places

TODAY = date(2026, 11, 22)
SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in range(9, 13))
QUERY = "first=2026-10&last=2026-11&first_b=2026-09&last_b=2026-09"


@pytest.fixture
def asking(autumn):
    return Asking(Scope(OCTOBER, DECEMBER), places(), TODAY)


def test_a_difference_has_the_interval_of_both(asking):
    before = Scope(SEPTEMBER, OCTOBER)
    found = compared(INDICATORS["placements-done"], asking, before)
    # 1 of 2 done against 0 of 1: Newcombe, by hand
    assert (found.one.value, found.other.value, found.gap) == (50.0, 0.0, 50.0)
    assert found.chance == (-39.1, 90.5) and found.judgement == "same"
    means = compared(INDICATORS["competency-scores"], asking, before)
    assert (means.gap, means.judgement) == (-1.0, "same")
    assert compared(INDICATORS["places-used"], asking, before).judgement == "unknown"
    assert compared(INDICATORS["first-pass"], asking, before).judgement == "empty"


def test_what_overlaps_has_no_interval(asking, county):
    autumn = Scope(SEPTEMBER, DECEMBER)
    found = compared(INDICATORS["placements-done"], asking, autumn)
    assert found.judgement == "overlap" and found.chance is None

    def at(**where):
        return Scope(SEPTEMBER, DECEMBER, **where)

    here, there = county.lead.id, county.township.id
    assert not overlap(at(site_id=here), at(site_id=there), asking)
    assert not overlap(at(department_id=county.medicine.id), at(site_id=there), asking)
    assert overlap(at(department_id=county.medicine.id), at(site_id=here), asking)
    assert overlap(at(cohort_id=1), at(site_id=here), asking)
    assert not overlap(at(cohort_id=1), at(cohort_id=2), asking)


def test_every_page_and_file_of_a_comparison_says_the_same(autumn, graduates, office, browse):
    browser = browse(office)
    page = unescape(browser.get(f"/quality/compare?{QUERY}").text)
    told = browser.get(f"/quality/compare/all/figure.json?{QUERY}").json
    assert len(told["rows"]) == len(INDICATORS) and told["title"] in page
    row = next(one for one in told["rows"] if one[0] == "Placements done against plan")
    assert row[1:] == ["50 %", "9.5–90.5", "0 %", "0–79.3", "+50 percentage points",
                       "-39.1 to 90.5", "chance may explain it"]  # fmt: skip
    for cell in row[:2] + row[3:4] + row[5:]:
        assert cell in page
    book = browser.get(f"/quality/compare/all/numbers.xlsx?{QUERY}").data
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    assert [cell.value for cell in sheet[3]] == row
    assert browser.get(f"/quality/compare.pdf?{QUERY}").data[:5] == b"%PDF-"
    for key in INDICATORS:
        single = browser.get(f"/quality/compare/{key}?{QUERY}")
        assert single.status_code == 200, key
        assert browser.get(f"/quality/compare/{key}/numbers.csv?{QUERY}").status_code == 200
    one = unescape(browser.get(f"/quality/compare/placements-done?{QUERY}").text)
    assert "A 50 %, B 0 %; chance may explain it" in one and "-39.1 to 90.5" in one
    assert browser.get("/quality/compare/x").status_code == 404
    assert browser.get("/quality/compare/x/figure.json").status_code == 404


def test_by_itself_a_comparison_is_with_the_months_before(autumn, office, browse, county):
    browser = browse(office)
    page = browser.get(f"/quality/compare?first=2026-10&last=2026-11&site={county.lead.id}").text
    assert f"2026-09 – 2026-09, {county.lead.name_en}" in unescape(page)
    assert "the months before" not in page  # two months before October are not known of
    for query in ("first_b=x&last_b=y", "cohort_b=99999999999", "site_b=-1&department_b=a"):
        assert browser.get(f"/quality/compare?{query}").status_code == 200


def test_who_sees_no_names_compares_quarters_of_more_than_a_few(autumn, leader, browse):
    query = "first=2026-10&last=2026-12&first_b=2026-07&last_b=2026-09"
    told = browse(leader).get(f"/quality/compare/all/figure.json?{query}").json
    assert "B: 2026-07 – 2026-09" in told["of"]
    row = next(one for one in told["rows"] if one[0] == "Placements done against plan")
    assert row[1] == row[3] == "too few people" and row[7] == "too few people"


def test_trainee_types_are_compared(autumn, office, alice_resident, bob_resident, browse):
    alice_resident.trainee_type, bob_resident.trainee_type = "rural", "social"
    db.session.commit()
    rural, social = NUMBERS["rural"], NUMBERS["social"]
    query = (
        f"first=2026-09&last=2026-11&type={rural}&first_b=2026-09&last_b=2026-11&type_b={social}"
    )
    told = browse(office).get(f"/quality/compare/all/figure.json?{query}").json
    row = next(one for one in told["rows"] if one[0] == "Placements done against plan")
    # Alice passed one of one that has ended, Bob none of two
    assert (row[1], row[3], row[5]) == ("100 %", "0 %", "+100 percentage points")
    assert "Rural order-oriented" in told["of"] and "Independent" in told["of"]
    page = browse(office).get(f"/quality/compare/placements-done?{query}")
    shown = "/quality/rows/placements-done?first=2026-09&last=2026-11&site=0&department=0&cohort=0"
    assert page.status_code == 200 and f"{shown}&type={rural}" in unescape(page.text)
    rows = browse(office).get(f"{shown}&type={rural}&of=2026-10")
    assert "Alice" in rows.text and "Bob" not in rows.text
    exported = browse(office).get(f"/quality/rows/placements-done/export/csv?{query}").text
    assert "Alice" in exported and "Bob" not in exported
    for odd in ("type=99&type_b=-1", f"type={rural}&site=1&cohort=1"):
        assert browse(office).get(f"/quality/compare?{odd}").status_code == 200


def test_types_of_few_are_hidden_and_one_more_with_them(
    county, plan_in_force, mei_member, leader, browse
):
    play_forms(county, plan_in_force, mei_member, residents=14, each=1)
    kinds = ["rural"] * 3 + ["social"] * 5 + ["own"] * 6
    for one, kind in zip(db.session.scalars(select(Resident)), kinds, strict=True):
        one.trainee_type = kind
    db.session.commit()

    def told(kind):
        query = f"first=2026-10&last=2026-12&type={NUMBERS[kind]}"
        page = browse(leader).get(f"/quality/compare/competency-scores/figure.json?{query}").json
        return [row[2] for row in page["rows"]]

    assert told("rural") == told("social") == [None]  # social is the smallest that is large enough
    assert told("own")[0] is not None


def test_a_comparison_reads_in_chinese(autumn, leader, office, browse):
    for who in (leader, office):
        who.language = "zh"
        db.session.commit()
        for url in ("compare", "compare/placements-done", "compare/all/figure.json", "compare.pdf"):
            assert browse(who).get(f"/quality/{url}?{QUERY}").status_code == 200


@pytest.mark.parametrize("role", ["alice", "secretary", "coordinator"])
def test_nobody_else_compares(role, request, browse):
    assert browse(request.getfixturevalue(role)).get("/quality/compare").status_code == 403
