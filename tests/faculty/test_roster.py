from datetime import date

from tests.cast import add, faculty_member
from trainingbase.db import db
from trainingbase.faculty.models import Absence, FacultyMember


def test_the_roster_filters_those_who_need_a_certificate(browse, office, county, mei_member):
    late = faculty_member("Old", county.surgery, "1009")
    late.certificates[0].issued_on = date(2015, 1, 1)
    add(late)
    page = browse(office).get("/faculty/?certificate=lapsing")
    assert "Old" in page.text
    assert "Mei" not in page.text


def test_the_day_given_with_a_certificate_counts_more_than_its_issue(
    browse, office, county, mei_member
):
    mei_member.certificates[0].ends_on = date(2026, 12, 1)
    db.session.commit()
    assert "Mei" in browse(office).get("/faculty/?certificate=lapsing").text
    assert "certificate lapses on 1 Dec 2026" in browse(office).get("/faculty/").text


def test_the_roster_filters_by_state(browse, office, county, mei_member, chen):
    mei_member.inactive_on = date(2026, 11, 1)
    away = {"starts_on": date(2026, 11, 20), "ends_on": date(2026, 12, 20)}
    member = db.session.query(FacultyMember).filter_by(staff_number="1002").one()
    add(Absence(faculty_member=member, kind="leave", **away))
    browser = browse(office)

    def names(state):
        page = browser.get(f"/faculty/?state={state}").text
        return {name for name in ("Mei", "Chen") if f">{name}</a>" in page}

    assert names("active") == {"Chen"}
    assert names("inactive") == {"Mei"}
    assert names("away") == {"Chen"}
    assert names("all") == {"Mei", "Chen"}


def test_a_secretary_reads_the_own_department_only(browse, secretary, county, mei_member, chen):
    browser = browse(secretary)
    page = browser.get("/faculty/").text
    assert "Mei" in page and "Chen" not in page
    assert browser.get(f"/faculty/{mei_member.id}").status_code == 200
    other = db.session.query(FacultyMember).filter_by(staff_number="1002").one()
    assert browser.get(f"/faculty/{other.id}").status_code == 404
    found = browser.get("/search?q=Chen").text
    assert f"/faculty/{other.id}" not in found


def test_faculty_read_their_own_record_only(browse, mei, mei_member, chen):
    browser = browse(mei)
    assert browser.get(f"/faculty/{mei_member.id}").status_code == 200
    other = db.session.query(FacultyMember).filter_by(staff_number="1002").one()
    assert browser.get(f"/faculty/{other.id}").status_code == 404


def test_the_roster_asks_no_more_for_many_than_for_few(browse, office, county, statements):
    browser = browse(office)
    faculty_member("One", county.medicine, "1")
    few = statements(lambda: browser.get("/faculty/"))
    for number in range(30):
        faculty_member(f"F{number}", county.medicine, f"N{number}")
    assert statements(lambda: browser.get("/faculty/")) == few
    assert few <= 17
