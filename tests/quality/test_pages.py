"""The pages of training quality, as the people who open them."""

import html
import json
import re
from datetime import date
from decimal import Decimal

import plotly.graph_objects as plotly
import pytest

from tests.cast import LONG_AGO, add, person
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.incentives.models import FundingSource, Line, Run
from trainingbase.quality.figures import FIGURES
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.models import Threshold

DRAWABLE = {"bar", "scatter", "heatmap"}


@pytest.fixture
def paid(alice, office):
    source = add(FundingSource(name="政府财政"))
    run = Run(month_on=date(2026, 10, 1), computed_at=LONG_AGO)
    for key, amount, of in (("a", "100.10", source), ("b", "200.20", source), ("c", "-20", None)):
        run.lines.append(
            Line(payee_id=alice.id, source=of, rule="stipend", key=key, quantity=Decimal(1),
                 unit_amount=Decimal(amount), amount=Decimal(amount))
        )  # fmt: skip
    add(run)
    run.approve(by=office, at=LONG_AGO)
    db.session.commit()
    return run


@pytest.fixture
def everything(autumn, graduates, taught, paid):
    """All that figures are made of; two ratings are enough for a mean."""
    db.session.get(Threshold, "ratings_for_a_mean").value = 2
    db.session.commit()


def drawn(page: str) -> list[dict]:
    found = re.findall(r"data-figure='([^']*)'", page)
    return [json.loads(html.unescape(figure)) for figure in found]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_chart_is_one_that_plotly_takes(everything, office, browse, language):
    office.language = language
    db.session.commit()
    figures = drawn(browse(office).get("/quality/?first=2026-09&last=2026-11").text)
    assert len(figures) == len(FIGURES)
    for figure in figures:
        plotly.Figure(figure)  # raises for a name that Plotly does not know
        assert {trace["type"] for trace in figure["data"]} <= DRAWABLE
        assert figure["data"] and "title" not in figure["layout"]


def test_every_chart_stands_beside_its_numbers(everything, office, browse):
    page = browse(office).get("/quality/?first=2026-09&last=2026-11").text
    assert page.count("data-numbers") == len(FIGURES)
    assert "Placements done against plan, by month" in page
    assert "4 planned, 3 have ended" in page and "33.3 %" in page
    assert "280.30" in page and "1.5/2" in page


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_its_own_page_its_fragment_and_its_csv(everything, office, browse, name):
    browser, url = browse(office), f"/quality/figures/{name}"
    page = browser.get(url)
    assert page.status_code == 200 and page.text.count("data-chart") == 1
    part = browser.get(url, headers={"HX-Request": "true"}).text
    assert "<html" not in part and "data-chart" in part
    table = browser.get(f"{url}/numbers.csv?first=2026-09&last=2026-11")
    assert table.mimetype == "text/csv" and len(table.data.decode("utf-8-sig").splitlines()) > 1


def test_a_figure_that_does_not_exist_is_not_found(office, browse):
    browser = browse(office)
    for url in ("/quality/figures/x", "/quality/figures/x/numbers.csv", "/quality/rows/x"):
        assert browser.get(url).status_code == 404


def test_the_same_number_stands_on_every_screen(everything, office, browse):
    browser = browse(office)
    query = "?first=2026-09&last=2026-11"
    whole = browser.get(f"/quality/{query}").text
    alone = browser.get(f"/quality/figures/assessments-by-site{query}").text
    said = "Requests asked in the period: 5, of which 2 are answered"
    assert said in whole and said in alone
    rows = browser.get(f"/quality/rows/requests{query}").text
    assert "5 in all" in rows


ROWS = ("placements", "stays", "requests", "submissions", "graduation", "activities")


@pytest.mark.parametrize("name", ROWS)
def test_the_office_sees_the_rows_behind_a_figure(everything, office, browse, name):
    page = browse(office).get(f"/quality/rows/{name}?first=2026-09&last=2026-11").text
    assert "Talk 5" in page if name == "activities" else "Alice" in page


@pytest.mark.parametrize("name", ROWS)
def test_a_leader_sees_rows_without_names(everything, leader, browse, name):
    page = browse(leader).get(f"/quality/rows/{name}?first=2026-09&last=2026-11")
    body = page.text.split("<main")[1]
    assert page.status_code == 200
    assert not re.search(r"\b(Alice|Bob|Mei)\b", body)


def test_the_tiles_say_what_they_are_of_and_their_target(everything, leader, browse):
    page = browse(leader).get("/quality/").text
    assert "1 of 2, 2026; province: theory 88.1 %, skills 92.4 %" in page
    assert "Target: 85 %" in page and "not reached" in page
    assert "of 2 answered requests" in page


def test_an_empty_base_says_so(county, office, browse):
    page = browse(office).get("/quality/")
    assert page.status_code == 200 and page.text.count("Nothing to show in this period") >= 5


def test_what_is_not_offered_is_left_out(autumn, office, browse):
    browser = browse(office)
    for query in ("first=x&last=y", "first=2026-11&last=2026-09", "cohort=99999999999999999999",
                  "cohort=a&department=-1", "first=0001-01"):  # fmt: skip
        assert browser.get(f"/quality/?{query}").status_code == 200, query


@pytest.mark.parametrize("role", ["alice", "mei", "secretary", "coordinator", "administrator"])
def test_nobody_else_reads_the_figures(role, request, browse):
    browser = browse(request.getfixturevalue(role))
    for url in ("", "figures/cost", "figures/cost/numbers.csv", "rows/placements"):
        assert browser.get(f"/quality/{url}").status_code == 403


def test_more_rows_take_no_more_questions(
    everything, county, plan_in_force, mei_member, office, browse, statements
):
    browser = browse(office)
    urls = ("/quality/", *(f"/quality/rows/{name}" for name in ROWS))

    def needed():
        counts = []
        for url in urls:
            statements.clear()
            assert browser.get(f"{url}?first=2026-09&last=2026-11").status_code == 200
            counts.append(len(statements))
        return counts

    few = needed()
    for number in range(30):
        resident = add(
            Resident(
                person=person(f"R{number}"), cohort=county.cohort, programme=county.programme,
                id_number=f"{number:018}", sex="男", trainee_type="social",
                starts_on=date(2026, 9, 1), ends_on=date(2029, 9, 1),
            )
        )  # fmt: skip
        add(
            Placement(
                plan_id=plan_in_force.id, resident=resident, department=county.medicine,
                standard_department=county.medicine.standards[0], supervisor=mei_member,
                starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1), published_at=LONG_AGO,
                changed_at=LONG_AGO,
            )
        )  # fmt: skip
    many = needed()
    assert all(more <= less + 1 for less, more in zip(few, many, strict=True)), (few, many)
    assert few[0] <= 35
