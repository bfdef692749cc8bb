"""The lists: filtered, sorted, paged, as files, in a fixed number of statements."""

import csv
import io
from datetime import date

import pytest

from tests.cast import resident
from tests.entering.conftest import AT, DECEMBER, FEBRUARY
from trainingbase.db import db
from trainingbase.entering.models import Arrival
from trainingbase.rotations.models import Placement


@pytest.fixture
def crowd(county, plan_in_force, mei_member):
    """`crowd(10)`: so many more begin in December, in Medicine and in Surgery by turns."""
    made = []

    def come(number):
        for _one in range(number):
            count = len(made)
            one = resident(f"R{count:03d}", county, f"1101012000010{count:05d}")
            department = county.medicine if count % 2 else county.surgery
            made.append(
                Placement(
                    plan_id=plan_in_force.id, resident=one, department=department,
                    standard_department=department.standards[0],
                    supervisor=mei_member if count % 4 == 1 else None, starts_on=DECEMBER,
                    ends_on=FEBRUARY, published_at=AT, changed_at=AT,
                )
            )  # fmt: skip
            db.session.add(made[-1])
            if count % 3 == 0:
                db.session.add(
                    Arrival(placement=made[-1], arrived_on=DECEMBER, confirmed_at=AT, beds=3)
                )
        db.session.commit()
        return made

    return come


@pytest.mark.parametrize("address", ["/entering/", "/entering/late", "/entering/export/csv", "/"])
def test_lists_ask_no_more_for_many_than_for_few(
    browse, office, crowd, statements, address, monkeypatch
):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-12-03")
    browser = browse(office)
    crowd(12)
    few = statements(lambda: browser.get(address))
    crowd(60)
    assert statements(lambda: browser.get(address)) == few


def test_inductions_ask_no_more_for_many_than_for_few(browse, office, county, statements):
    from trainingbase.sites.models import Department

    browser = browse(office)
    few = statements(lambda: browser.get("/entering/departments"))
    db.session.add_all(
        Department(name=f"Ward {n}", institution=county.lead, most=2) for n in range(20)
    )
    db.session.commit()
    assert statements(lambda: browser.get("/entering/departments")) == few


def names(page):
    return [row["Resident"] for row in csv.DictReader(io.StringIO(page.text.lstrip("\ufeff")))]


def test_the_list_is_filtered_sorted_and_paged(browse, office, crowd, county):
    crowd(30)
    browser = browse(office)

    def found(**asked):
        return names(browser.get("/entering/export/csv", query_string=asked))

    assert len(found()) == 30
    assert len(found(state="arrived")) == 10 and len(found(state="due")) == 20
    assert len(found(department=county.medicine.id)) == 15
    assert len(found(institution=county.township.id)) == 0
    assert found(search="R007") == ["R007"]
    assert found(sort="-resident")[0] == "R029"
    assert found(month="2027-01") == [] and len(found(month="nonsense")) == 30
    assert len(found(month="9999-12")) == 30
    assert browser.get("/entering/?page=2").text.count("has arrived") == 4
    assert browser.get("/entering/?page=99").status_code == 200
    assert browser.get("/entering/export/xlsx").data[:2] == b"PK"
    assert browser.get("/entering/export/html").status_code == 404


def test_a_month_without_anybody_says_so(browse, secretary):
    assert "Nobody arrives" in browse(secretary).get("/entering/?month=2026-11").text


def test_the_coming_month_shows_who_is_proposed(
    browse, secretary, placed, bob_resident, county, mei_member
):
    placed(bob_resident, county.medicine, date(2027, 1, 1), FEBRUARY)
    page = browse(secretary).get("/entering/?month=2027-01").text
    assert "Proposed: Mei (nobody else may; then 1 at once)" in page
    assert "has arrived" not in page


def test_the_auditor_reads_and_changes_nothing(browse, auditor, coming):
    page = browse(auditor).get("/entering/").text
    assert "Alice" in page and "Confirm who is ticked" not in page
    assert browse(auditor).get(f"/entering/placements/{coming.id}/arrival").status_code == 200
    assert browse(auditor).post(f"/entering/placements/{coming.id}/arrival").status_code == 403
