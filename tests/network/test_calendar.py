"""Places, planned, present and absent by department and month."""

from datetime import date

from trainingbase.enrolment.models import Leave
from trainingbase.network.queries.capacity import calendar_of
from trainingbase.network.rules.capacity import Placed, cell_of
from trainingbase.sites.models import Department
from trainingbase.sites.rules.places import MonthPlaces

from ..cast import LONG_AGO, add

DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)


def granted(resident, first, after, office):
    leave = add(Leave(resident_id=resident.id, kind="sick", starts_on=first, ends_on=after))
    leave.decide(True, by=office, at=LONG_AGO)
    return add(leave)


def test_a_cell_is_of_the_fuller_half():
    first = Placed(DECEMBER, date(2026, 12, 16))
    both = Placed(DECEMBER, JANUARY, ((date(2026, 12, 1), date(2026, 12, 10)),))
    cell = cell_of(DECEMBER, MonthPlaces((2, 2), 0), [first, both])
    assert (cell.planned, cell.absent, cell.present, cell.free) == (2, 1, 1, 0)
    assert cell.state == "full"
    assert cell_of(DECEMBER, MonthPlaces((1, 2), 0), [first, both]).state == "over"
    assert cell_of(DECEMBER, MonthPlaces((0, 0), 0), []).state == "closed"
    assert cell_of(DECEMBER, MonthPlaces((2, 2), 0), []).state == "empty"


def test_the_calendar_counts_and_leads_to_its_rows(
    browse, office, county, at_the_township, alice_resident
):
    granted(alice_resident, date(2026, 12, 1), date(2026, 12, 20), office)
    cell = calendar_of([county.village_team.id], [DECEMBER])[county.village_team.id][DECEMBER]
    assert (cell.planned, cell.absent, cell.places.most) == (1, 1, 2)
    browser = browse(office)
    page = browser.get("/network/calendar?months=12")
    assert "1 on leave" in page.text and "GP team" in page.text
    rows = browser.get(f"/network/departments/{county.village_team.id}/months/2026-12")
    assert "Alice" in rows.text and "Bob" not in rows.text and "Sick leave" in rows.text
    assert (
        browser.get(f"/network/departments/{county.village_team.id}/months/nonsense").status_code
        == 404
    )
    sheet = browser.get("/network/calendar/export/csv?months=3").text
    assert "GP team" in sheet and "2026-12" in sheet


def test_a_coordinator_sees_their_own_departments_only(
    browse, coordinator, secretary, county, at_the_township
):
    page = browse(coordinator).get("/network/calendar").text
    assert "GP team" in page and f"/sites/departments/{county.surgery.id}" not in page
    address = f"/network/departments/{county.village_team.id}/months/2026-12"
    assert "Alice" in browse(coordinator).get(address).text
    assert browse(secretary).get(address).status_code == 404
    theirs = browse(secretary).get("/network/calendar").text
    assert f"/sites/departments/{county.medicine.id}" in theirs
    assert f"/sites/departments/{county.surgery.id}" not in theirs


def test_the_calendar_asks_as_much_for_many_departments(
    browse, office, county, statements, at_the_township
):
    browser = browse(office)
    few = statements(lambda: browser.get("/network/calendar?months=36"))
    for number in range(40):
        add(
            Department(
                name=f"Ward {number}",
                institution=county.lead,
                most=2,
                standards=[county.standards["Medicine"]],
            )
        )
    assert statements(lambda: browser.get("/network/calendar?months=36")) == few
