from datetime import date

from tests.cast import add, faculty_member
from trainingbase.faculty.rules import findings


def judged(title, issued):
    return findings(title, issued, today=date(2026, 11, 30), soon=date(2027, 2, 28), years=5)


def test_an_attending_with_a_valid_certificate_may_supervise():
    assert judged("主治医师", [date(2024, 1, 1)]) == []


def test_a_certificate_is_valid_for_five_years_and_not_a_day_longer():
    assert judged("主治医师", [date(2021, 11, 30)]) == ["certificate_lapsed"]
    assert judged("主治医师", [date(2021, 12, 1)]) == ["certificate_lapsing"]


def test_a_resident_doctor_without_certificate_has_two_findings():
    assert judged("住院医师", []) == ["title_too_low", "no_certificate"]


def test_the_latest_certificate_counts():
    assert judged("主治医师", [date(2010, 1, 1), date(2025, 1, 1)]) == []


def test_the_roster_filters_those_who_need_a_certificate(browse, office, county, mei_member):
    late = faculty_member("Old", county.surgery, "1009")
    late.certificates[0].issued_on = date(2015, 1, 1)
    add(late)
    page = browse(office).get("/faculty/?certificate=lapsing")
    assert "Old" in page.text
    assert "Mei" not in page.text


def test_the_roster_asks_no_more_for_many_than_for_few(browse, office, county, statements):
    browser = browse(office)
    faculty_member("One", county.medicine, "1")
    few = statements(lambda: browser.get("/faculty/"))
    for number in range(30):
        faculty_member(f"F{number}", county.medicine, f"N{number}")
    assert statements(lambda: browser.get("/faculty/")) == few
    assert few <= 12
