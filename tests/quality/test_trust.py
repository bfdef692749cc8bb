"""What stands beside the means: how far they can be trusted, or why that cannot be said."""

import csv
import re
from functools import partial

import pytest

from tests.quality.ward import play_forms
from trainingbase.db import db

PERIOD = "first=2026-09&last=2026-11"

SCORES = "/quality/indicators/competency-scores/competencies"


@pytest.fixture
def forms(county, plan_in_force, mei_member):
    """`forms(residents, each)`, see `tests.quality.ward`."""
    return partial(play_forms, county, plan_in_force, mei_member)


def scores_page(browser):
    page = browser.get(f"{SCORES}?{PERIOD}")
    assert page.status_code == 200
    return page.text.split("<main")[1]


def test_a_mean_says_how_far_it_can_be_trusted(forms, leader, browse):
    forms(12, 3)
    page = scores_page(browse(leader))
    assert "How far one resident&#39;s mean can be trusted: dependability 0.9" in page
    assert "on average 3 forms from 3 assessors" in page
    assert "That is dependable (0.8 or more)." in page


def test_it_says_how_many_more_would_make_it_dependable(forms, leader, browse):
    forms(12, 2, differing=1, noise=3)
    page = scores_page(browse(leader))
    assert re.search(
        r"About (\d+) more forms from \1 more people would make it dependable \(0.8\)", page
    )


def test_it_says_where_no_number_would_do(forms, leader, browse):
    forms(12, 2, differing=0)
    assert "No number of forms within reason would" in scores_page(browse(leader))


def test_with_too_few_forms_there_is_a_reason_and_no_number(forms, leader, browse):
    forms(8, 3)
    page = scores_page(browse(leader))
    assert "Too few forms to say how far a resident&#39;s mean can be trusted: 8 residents" in page
    assert "10 are needed" in page and "dependability" not in page


def test_with_too_few_ratings_no_mean_is_shown_in_page_or_file(forms, office, browse):
    forms(3, 3)
    browser = browse(office)
    page = scores_page(browser)
    assert "Interviewing" in page and "data-chart" not in page
    file = browser.get(f"{SCORES}/numbers.csv?{PERIOD}").data.decode("utf-8-sig")
    assert file.splitlines()[1:] == [
        '"Interviewing","9","—","—","—"',
        '"Examination","9","—","—","—"',
    ]


def test_the_office_sees_means_freed_of_who_judged_beside_the_raw_ones(forms, office, browse):
    forms(12, 3)
    browser = browse(office)
    assert "/quality/residents?first=2026-09" in scores_page(browser)
    page = browser.get(f"/quality/residents?{PERIOD}").text.split("<main")[1]
    assert "Standard deviation between residents: 1." in page
    assert page.count("<tr>") == 13 and "R11" in page
    file = browser.get(f"/quality/residents/export/csv?{PERIOD}").data.decode("utf-8-sig")
    rows = [[*map(float, line[2:])] for line in csv.reader(file.splitlines()[1:])]
    assert {row[0] for row in rows} == {3}
    assert all(abs(raw - freed) < 1 and 0 < error < 1 for _n, raw, freed, error, _held in rows)
    middle = sum(row[1] for row in rows) / 12
    highest = max(rows, key=lambda row: row[1])
    assert middle < highest[2] < highest[1]  # held to the mean of all


def test_with_too_few_forms_residents_have_no_means(forms, office, browse):
    forms(8, 3)
    page = browse(office).get(f"/quality/residents?{PERIOD}").text.split("<main")[1]
    assert "Too few forms to say how far" in page and page.count(">—<") == 8 * 4


def test_a_resident_with_one_form_has_no_mean(forms, office, browse):
    forms(12, 3)
    forms(1, 1, first=12)
    page = browse(office).get(f"/quality/residents?{PERIOD}").text.split("<main")[1]
    assert page.count(">—<") == 4 and "R12" in page


@pytest.mark.parametrize("role", ["leader", "alice", "mei", "secretary"])
def test_who_sees_no_names_sees_no_residents(role, request, browse):
    browser = browse(request.getfixturevalue(role))
    for url in ("residents", "residents/export/csv"):
        assert browser.get(f"/quality/{url}").status_code == 403


def test_it_is_said_in_chinese(forms, leader, browse):
    forms(8, 3)
    leader.language = "zh"
    db.session.commit()
    assert "评价太少，无法说明学员均值的可信度：有两份以上评价的学员 8 名" in scores_page(
        browse(leader)
    )


def test_more_forms_take_no_more_statements(forms, office, browse, statements):
    urls = [
        f"/quality/{name}?{PERIOD}"
        for name in ("indicators/competency-scores/competencies", "residents")
    ]

    def needed(url):
        statements.clear()
        assert browser.get(url).status_code == 200
        return len(statements)

    forms(3, 2)
    browser = browse(office)
    browser.get("/quality/")
    few = [needed(url) for url in urls]
    forms(40, 5, first=3)
    assert [needed(url) for url in urls] == few
