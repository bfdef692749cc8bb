"""Workload by month, the rows behind it, the teaching record, and limits."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from tests.cast import faculty_member, resident
from tests.supervision.conftest import DECEMBER, FEBRUARY, JANUARY, NOVEMBER
from trainingbase.db import db
from trainingbase.stale import Stale
from trainingbase.supervision.actions import TooMany, change_limit
from trainingbase.supervision.rules import line, resident_months, to_even_out

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def two(placed, alice_resident, bob_resident, county, mei_member):
    """Mei has Alice in November and December, Bob in December and January."""
    return (
        placed(alice_resident, county.medicine, NOVEMBER, JANUARY, mei_member),
        placed(bob_resident, county.medicine, DECEMBER, FEBRUARY, mei_member),
    )


def test_a_month_counts_those_who_are_there_at_one_time():
    halves = [(DECEMBER, date(2026, 12, 16)), (date(2026, 12, 16), JANUARY)]
    assert [cell.there for cell in line([DECEMBER, JANUARY], halves, 2)] == [1, 0]
    cells = line([DECEMBER], [*halves, (NOVEMBER, FEBRUARY), (DECEMBER, JANUARY)], 2)
    assert [(cell.there, cell.level) for cell in cells] == [(3, 5)]


def test_fairness_is_the_share_that_would_have_to_move():
    assert to_even_out({1: 2.0, 2: 2.0}, {1: 2, 2: 2}) == 0
    assert to_even_out({1: 4.0, 2: 0.0}, {1: 2, 2: 2}) == 50
    assert to_even_out({1: 3.0, 2: 1.0}, {1: 3, 2: 1}) == 0
    assert to_even_out({1: 0.0}, {1: 2}) is None
    assert resident_months([(NOVEMBER, JANUARY)], DECEMBER, FEBRUARY) == 1.0


def test_the_map_shows_numbers_and_limits_and_leads_to_rows(browse, office, two, mei_member):
    browser = browse(office)
    page = browser.get("/supervision/load?month=2026-11").text
    assert "2/2" in page and "1/2" in page
    rows = browser.get(f"/supervision/members/{mei_member.id}/placements?month=2026-11").text
    assert "Alice" in rows and "Bob" not in rows
    rows = browser.get(f"/supervision/members/{mei_member.id}/placements?month=2026-12").text
    assert "Alice" in rows and "Bob" in rows
    nonsense = f"/supervision/members/{mei_member.id}/placements?month=never"
    assert browser.get(nonsense).status_code == 404


def test_the_map_is_exported_as_it_is_filtered(browse, office, two, county, chen):
    browser = browse(office)
    where = f"month=2026-11&department={county.medicine.id}"
    text = browser.get(f"/supervision/load/export/csv?{where}").get_data(as_text=True)
    [head, row] = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert row[0] == "Mei" and row[head.index("2026-12")] == "2"
    content = browser.get("/supervision/load/export/xlsx").data
    assert load_workbook(BytesIO(content)).active.max_row == 3
    assert browser.get("/supervision/load/export/pdf").status_code == 404


def test_the_map_asks_no_more_for_many_than_for_few(
    browse, office, county, placed, mei_member, statements
):
    browser = browse(office)
    few = statements(lambda: browser.get("/supervision/load"))
    for number in range(40):
        member = faculty_member(f"F{number}", county.medicine, f"N{number}")
        one = resident(f"R{number}", county, f"11010120000101{number:04}")
        placed(one, county.medicine, DECEMBER, FEBRUARY, member)
    assert statements(lambda: browser.get("/supervision/load")) == few
    assert "F9" in browser.get("/supervision/load?page=2").text
    first = browser.get("/supervision/load?sort=-total").text
    assert "F0" in first and ">Mei<" not in first


def test_a_secretary_sees_the_load_but_not_residents_of_other_departments(
    browse, secretary, placed, alice_resident, county, mei_member
):
    from tests.cast import add
    from trainingbase.faculty.models import Post

    add(Post(faculty_member=mei_member, department=county.surgery))
    placed(alice_resident, county.surgery, DECEMBER, FEBRUARY, mei_member)
    browser = browse(secretary)
    assert "1/2" in browser.get("/supervision/load").text
    rows = browser.get(f"/supervision/members/{mei_member.id}/placements?month=2026-12").text
    assert "Alice" not in rows
    assert "In departments you do not see: 1." in rows


def test_a_leader_sees_the_load_but_no_resident(browse, leader, two, mei_member):
    browser = browse(leader)
    assert "2/2" in browser.get("/supervision/load").text
    assert browser.get(f"/supervision/members/{mei_member.id}/placements").status_code == 403


def test_the_teaching_page_says_who_may_and_what_there_is(
    browse, office, two, mei_member, mei, alice_resident
):
    alice_resident.tutor_id = mei.id
    db.session.commit()
    page = browse(office).get(f"/supervision/members/{mei_member.id}").text
    assert "limit of 2 reached from 1 Dec 2026" in page
    assert "The portal keeps no evaluations of faculty so far." in page
    assert page.count("Alice") == 1
    assert browse(mei).get(f"/supervision/members/{mei_member.id}").status_code == 200
    for what in ("activities", "exits", "placements"):
        for kind in ("", "/csv", "/xlsx"):
            there = f"/supervision/members/{mei_member.id}/{what}{kind}"
            assert browse(office).get(there).status_code == 200


def test_what_was_supervised_so_far_is_counted_and_shown_the_same(browse, office, two, mei_member):
    browser = browse(office)
    page = browser.get(f"/supervision/members/{mei_member.id}").text
    assert "Placements supervised so far, of residents: 1" in page
    rows = browser.get(f"/supervision/members/{mei_member.id}/placements?begun=1").text
    assert "Alice" in rows and "Bob" not in rows and "1 in all" in rows


def test_a_limit_is_not_lowered_below_what_is_assigned(browse, office, two, mei_member):
    browser = browse(office)
    here = f"/supervision/members/{mei_member.id}/limit"
    answer = browser.post(here, data={"most_residents": "1", "version": "1"})
    assert answer.status_code == 422
    assert "2 residents are assigned at once already" in answer.text
    assert browser.post(here, data={"most_residents": "3", "version": "1"}).status_code == 302
    assert browser.post(here, data={"most_residents": "2", "version": "1"}).status_code == 409
    assert "Most residents at once" in browser.get(f"/faculty/{mei_member.id}/history").text


def test_the_action_refuses_it_too(office, two, mei_member):
    with pytest.raises(TooMany):
        change_limit(mei_member, 1, version=1, by=office, at=AT)
    with pytest.raises(Stale):
        change_limit(mei_member, 3, version=7, by=office, at=AT)


def test_a_secretary_reads_how_many_tutees_there_are_and_not_who(
    browse, office, secretary, mei, mei_member, alice_resident
):
    alice_resident.tutor_id = mei.id
    db.session.commit()
    address = f"/supervision/members/{mei_member.id}"
    page = browse(secretary).get(address)
    assert page.status_code == 200 and "Tutees in training" in page.text
    assert "Alice" not in page.text
    for reader in (office, mei):
        assert "Alice" in browse(reader).get(address).text
