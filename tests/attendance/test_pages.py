"""The pages, as each role has them."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import urljoin

import openpyxl
import pytest
from sqlalchemy import select

from tests.attendance.conftest import DECEMBER, LATER, NOVEMBER, NOW, OCTOBER, choose, nov
from trainingbase import clock
from trainingbase.attendance import actions
from trainingbase.attendance.actions import Wanted
from trainingbase.attendance.models import Appeal, Mark, Month
from trainingbase.attendance.queries.days import days_of
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import CalendarException

PDF_FILE = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def absent(here, secretary):
    return actions.mark(Wanted(here, nov(3), "absence", "absence", None, 0), by=secretary, at=NOW)


def tap(browser, placement, state, day="2026-11-20", version=0, **more):
    data = {"day": day, "half": "", "state": state, "version": version} | more
    return browser.post(f"/attendance/marks/{placement.id}?day={day}", data=data)


def test_one_tap_records_a_day(browse, secretary, here):
    browser = browse(secretary)
    page = browser.get("/attendance/?day=2026-11-20").text
    assert "Alice" in page and "Not confirmed" in page and "Counted by: Working days" in page
    answer = tap(browser, here, "night")
    assert answer.status_code == 302 and answer.location.endswith(f"#p{here.id}")
    assert "On night duty" in browser.get("/attendance/?day=2026-11-20").text
    late = tap(browser, here, "present")
    assert late.status_code == 409 and "Somebody else has changed this" in late.text
    assert tap(browser, here, "excused", version=1).status_code == 422
    assert tap(browser, here, "absence", version=1, half="afternoon").status_code == 302
    assert db.session.query(Mark).one().halves == ("night", "absence")
    assert tap(browser, here, "forget", version=2).status_code == 302
    assert db.session.query(Mark).one().halves == (None, None)
    assert tap(browser, here, "nonsense", version=3).status_code == 422
    before = browser.get(f"/attendance/days/{here.id}/2026-11-20").text
    assert "On night duty / Absence without leave" in before
    assert browser.get(f"/attendance/days/{here.id}/nonsense").status_code == 404


def test_all_present_and_back(browse, secretary, here, county):
    browser, address = browse(secretary), f"/attendance/departments/{county.medicine.id}"
    browser.post(f"{address}/confirmation", data={"day": "2026-11-20"})
    assert "Confirmed by Zhao" in browser.get("/attendance/?day=2026-11-20").text
    browser.post(f"{address}/taking-back", data={"day": "2026-11-20"})
    assert "Confirmed by Zhao" not in browser.get("/attendance/?day=2026-11-20").text
    assert (
        "still to come"
        in browser.post(
            f"{address}/confirmation", data={"day": "2026-11-23"}, follow_redirects=True
        ).text
    )


def test_what_is_foreign_is_not_found(
    browse, here, other_secretary, chen, mei, secretary, absent, county, alice, bob
):
    theirs = browse(other_secretary)
    assert "Alice" not in theirs.get("/attendance/?day=2026-11-20").text
    assert tap(theirs, here, "absence").status_code == 404
    assert theirs.get(f"/attendance/days/{here.id}/2026-11-03").status_code == 404
    medicine = county.medicine.id
    for address in (f"months/2026-10/{medicine}", f"month/2026-10/{medicine}", f"code/{medicine}"):
        assert theirs.get(f"/attendance/{address}").status_code == 404, address
    assert "Alice" in browse(mei).get("/attendance/?day=2026-11-20").text
    assert "Alice" not in browse(chen).get("/attendance/?day=2026-11-20").text
    appeal(browse(alice))
    one = db.session.query(Appeal).one()
    for who in (theirs, browse(chen), browse(bob)):
        assert who.get(f"/attendance/appeals/{one.id}").status_code == 404
        assert who.get(f"/attendance/appeals/{one.id}/file").status_code == 404
    assert browse(secretary).get(f"/attendance/appeals/{one.id}/file").data == PDF_FILE
    assert theirs.get("/attendance/months/nonsense/1").status_code == 404


def appeal(browser, **more):
    sent = {
        "form_key": "k",
        "half": "",
        "state": "present",
        "reason": "I was in theatre",
        "paper": (BytesIO(PDF_FILE), "list.pdf"),
    }
    return browser.post("/attendance/mine/appeals/new?day=2026-11-03", data=sent | more)


def test_a_resident_appeals_and_the_supervisor_grants(browse, alice, mei, office, absent):
    browser = browse(alice)
    assert "Absence without leave" in browser.get("/attendance/mine").text
    assert "It stands as" in browser.get("/attendance/mine/appeals/new?day=2026-11-03").text
    assert appeal(browser, reason="", paper=(BytesIO(b""), "")).status_code == 422
    answer = appeal(browser)
    assert answer.status_code == 302
    appeal(browser)
    one = db.session.query(Appeal).one()
    supervisor = browse(mei)
    assert "Alice" in supervisor.get("/attendance/appeals").text
    decision = f"/attendance/appeals/{one.id}/decision"
    refused = supervisor.post(decision, data={"version": one.version, "refuse": "1"})
    assert refused.status_code == 422 and "Say why you refuse." in refused.text
    assert supervisor.post(decision, data={"version": 9}).status_code == 409
    assert supervisor.post(decision, data={"version": one.version}).status_code == 302
    assert "Granted" in browser.get(f"/attendance/appeals/{one.id}").text
    assert "after an appeal" in browse(office).get("/attendance/?day=2026-11-03").text
    assert browser.get("/attendance/mine/appeals/new?day=nonsense").status_code == 404
    assert "still to come" in browser.get("/attendance/mine/appeals/new?day=2026-12-03").text


def test_an_appeal_is_taken_back(browse, alice, absent):
    browser = browse(alice)
    one = appeal(browser).location
    assert "Refused" in browser.post(f"{one}/withdrawal", follow_redirects=True).text
    assert "decided already" in browser.post(f"{one}/withdrawal", follow_redirects=True).text


def test_the_month_by_keyboard(browse, secretary, here, bob_here, county, absent):
    browser = browse(secretary)
    address = f"/attendance/month/2026-11/{county.medicine.id}"
    page = browser.get(address).text
    assert f'name="o-{here.id}-3" value="1:A"' in page
    kept = {f"c-{here.id}-3": "A", f"o-{here.id}-3": "1:A", f"c-{here.id}-4": ""}
    browser.post(address, data=kept)
    assert db.session.query(Mark).count() == 1, "nothing was different"
    sent = kept | {f"c-{here.id}-4": "N", f"c-{bob_here.id}-5": "va", f"c-{here.id}-3": "L"}
    assert browser.post(address, data=sent).status_code == 302
    marks = {(one.resident_id, one.day_on.day): one.halves for one in db.session.query(Mark)}
    assert marks == {
        (here.resident_id, 3): ("lesson", "lesson"),
        (here.resident_id, 4): ("night", "night"),
        (bob_here.resident_id, 5): ("present", "absence"),
    }
    stale = browser.post(address, data=kept | {f"c-{here.id}-3": "E", "reason": "Court"})
    assert stale.status_code == 409 and "Somebody else has changed this" in stale.text
    odd = kept | {f"o-{here.id}-3": f"{'9' * 5000}:A", f"c-{here.id}-3": "L"}
    assert browser.post(address, data=odd).status_code == 409
    wrong = browser.post(address, data={f"c-{here.id}-6": "XYZ"})
    assert wrong.status_code == 422 and "This is no sign of the legend." in wrong.text
    reason = browser.post(address, data={f"c-{here.id}-6": "E"})
    assert reason.status_code == 422 and "Say the reason." in reason.text
    grid = browser.get("/attendance/month?month=2026-11").text
    grid = re.sub(r"\s+", " ", grid)
    assert "Nov 2026: Present, then Absence" in grid
    link = re.search(rf'<a href="([^"]*#p{here.id})" title="2 Nov 2026: [^"]+">', grid)
    there = urljoin("/attendance/month?month=2026-11", unescape(link[1]).partition("#")[0])
    day = browser.get(there)
    assert day.status_code == 200 and f'id="p{here.id}"' in day.text
    assert 'value="2026-11-02"' in day.text


@pytest.fixture
def in_december(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)


def test_the_secretary_closes_and_the_office_reopens(
    browse, secretary, office, here, county, in_december
):
    browser, address = browse(secretary), f"/attendance/months/2026-11/{county.medicine.id}"
    assert "Days nobody has confirmed" in browser.get(address).text
    assert browser.post(address).status_code == 422
    assert (
        "The month is closed."
        in browser.post(address, data={"confirms": "y"}, follow_redirects=True).text
    )
    assert "closed already" in browser.post(address, follow_redirects=True).text
    assert tap(browser, here, "absence").status_code == 409
    clerk = browse(office)
    assert "confirmed" in clerk.get("/attendance/months").text
    assert tap(clerk, here, "absence").status_code == 422
    assert tap(clerk, here, "absence", reason="Seen elsewhere").status_code == 302
    page = clerk.get(address).text
    assert "Figures have changed since" in page and "Alice" in page
    assert clerk.post(f"{address}/reopening", data={"version": 1}).status_code == 422
    month = db.session.query(Month).one()
    sent = {"version": month.version, "because": "Wrong"}
    assert "open again" in clerk.post(f"{address}/reopening", data=sent, follow_redirects=True).text
    assert "Wrong" in browser.get(address).text
    assert browser.post(f"{address}/reopening", data=sent).status_code == 403


def test_the_calendar_and_its_exceptions(browse, office, county, alice):
    clerk = browse(office)
    page = clerk.get("/attendance/calendar?year=2026").text
    assert "Working days of the base: 248" in page and "National Day" in page
    assert "not known yet" in clerk.get("/attendance/calendar?year=2035").text
    clerk.post("/attendance/calendar/years/2035")
    assert "has declared" in clerk.get("/attendance/calendar?year=2035").text
    clerk.post("/attendance/calendar/years/2035")
    assert "not known yet" in clerk.get("/attendance/calendar?year=2035").text
    sent = {"day_on": "2026-12-24", "is_working": "off", "where": "base", "reason": "Festival"}
    assert clerk.post("/attendance/calendar/days", data=sent).status_code == 302
    assert "Working days of the base: 247" in clerk.get("/attendance/calendar?year=2026").text
    clerk.post("/attendance/calendar/base-days/2026-12-24/removal")
    clerk.post("/attendance/calendar/base-days/nonsense/removal")
    there = sent | {"where": f"d{county.medicine.id}"}
    clerk.post("/attendance/calendar/days", data=there)
    page = browse(alice).get("/attendance/calendar?year=2026").text
    assert "Festival" in page and "Working days of the base: 248" in page
    row = db.session.query(CalendarException).one()
    clerk.post(f"/attendance/calendar/days/{row.id}/removal")
    assert db.session.query(CalendarException).count() == 0
    assert clerk.post("/attendance/calendar/days", data=sent | {"where": "x"}).status_code == 422


def test_the_base_chooses(browse, office, county):
    clerk = browse(office)
    assert "Present by default" in clerk.get("/attendance/settings").text
    times = {"morning_opens": "07:00", "morning_closes": "08:00", "version": "1",
             "afternoon_opens": "13:00", "afternoon_closes": "14:00"}  # fmt: skip
    sent = times | {"from_on": "2027-01", "mode": "code", "counting": "nights", "why": "Trial"}
    assert clerk.get("/attendance/settings/new").status_code == 200
    assert clerk.post("/attendance/settings/new", data=sent).status_code == 302
    assert clerk.post("/attendance/settings/new", data=sent).status_code == 422
    wrong = clerk.post("/attendance/settings/new", data=sent | {"morning_closes": "06:00"})
    assert "It ends before it begins." in wrong.text
    page = clerk.get("/attendance/settings").text
    assert "07:00–08:00" in page and "Trial" in page
    [number] = set(re.findall(r"/attendance/settings/(\d+)/removal", page))
    edit = f"/attendance/settings/{number}"
    assert clerk.post(edit, data=sent | {"version": "1", "counting": "working"}).status_code == 302
    assert clerk.post(edit, data=sent | {"version": "1"}).status_code == 409
    clerk.post(f"{edit}/removal")
    assert "07:00–08:00" not in clerk.get("/attendance/settings").text


def test_signing_in_on_the_pages(browse, here, alice, bob, bob_resident, mei, secretary, county):
    from datetime import time

    choose(mode="code", morning_opens=time(0), morning_closes=time(23, 59, 59))
    screen = browse(mei)
    assert screen.get("/attendance/code").location.endswith(f"/code/{county.medicine.id}")
    page = screen.get(f"/attendance/code/{county.medicine.id}").text
    [link] = re.findall(r'href="([^"]+)" data-code-link', page)
    assert screen.get(re.findall(r'class="qr" src="([^"]+)"', page)[0]).data.startswith(b"<?xml")
    phone = browse(alice)
    phone.head(link)
    assert "I am here" in phone.get(link).text and db.session.query(Mark).count() == 0
    assert "You are signed in." in phone.post(link).text
    assert "noted before" in phone.post(link).text
    assert browse(bob).post(link).status_code == 404 and screen.get(link).status_code == 403
    assert phone.post(link[:-3] + "zzz").status_code == 410
    assert phone.get(link.replace("/morning/", "/evening/")).status_code == 404
    assert db.session.query(Mark).one().how == "code"
    assert "Signed in: 1 of 1" in screen.get(f"/attendance/code/{county.medicine.id}?part=1").text


EXPORTS = ("export", "totals/export", "months/export", "appeals/export", "calendar/export")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_as_a_file(browse, office, here, absent, alice, kind):
    appeal(browse(alice))
    clerk = browse(office)
    for name in (*EXPORTS, "settings/export"):
        answer = clerk.get(f"/attendance/{name}/{kind}?month=2026-11&day=2026-11-03&state=")
        assert answer.status_code == 200 and len(answer.data) > 60, name
    assert clerk.get("/attendance/export/pdf").status_code == 404


def test_the_sheet_of_the_month(browse, secretary, here, absent, alice_resident, away):
    away(alice_resident, "sick", nov(9), nov(11))
    answer = browse(secretary).get("/attendance/month/sheet?month=2026-11")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    assert "Nov 2026" in sheet["A1"].value
    assert [cell.value for cell in sheet[3][2:5]] == [1, 2, 3]
    row = [cell.value for cell in sheet[5]]
    assert row[1] == "Alice" and row[4] == "A" and row[10] == "S" and row[32] == 21
    assert row[33] == 0 and 2 in row[34:36]


def many(placed, county, like, secretary, number) -> None:
    """So many more residents in Surgery, each with an absence and an open appeal."""
    programme, cohort = county.programme, county.cohort
    same = {"programme": programme, "cohort": cohort, "sex": "女"}
    residents = [
        Resident(person=Person(name=f"R{one}"), id_number=f"3301012000010{one:03}25", **same)
        for one in range(number)
    ]
    db.session.add_all(residents)
    db.session.flush()
    noted = {"morning": "absence", "afternoon": "absence", "how": "hand", "marked_at": NOW}
    asked = {"morning": "present", "reason": "x", "asked_at": NOW}
    kept = ("plan_id", "published_at", "changed_at", "standard_department_id")
    for one in residents:
        placement = Placement(
            resident=one,
            department=county.surgery,
            starts_on=OCTOBER,
            ends_on=DECEMBER,
            **{name: getattr(like, name) for name in kept},
        )
        ids = {"resident_id": one.id, "day_on": nov(3)}
        where = {"department_id": county.surgery.id, "marked_by_id": secretary.id}
        db.session.add_all([placement, Mark(**ids, **where, **noted)])
        db.session.flush()
        made = Appeal(placement_id=placement.id, before=["absence", "absence"], **ids, **asked)
        db.session.add(made)
    db.session.commit()


@pytest.mark.parametrize(
    "address",
    ["?day=2026-11-20", "month?month=2026-11", "totals?month=2026-11", "appeals?state=", "months"],
)
def test_more_rows_take_no_more_statements(
    browse, office, placed, county, statements, address, here, secretary, absent, alice
):
    appeal(browse(alice))
    browser = browse(office)
    before = statements(lambda: browser.get(f"/attendance/{address}"))
    many(placed, county, here, secretary, 40)
    assert statements(lambda: browser.get(f"/attendance/{address}")) <= before


def test_the_figures_agree_on_every_page(browse, secretary, office, alice, here, absent):
    days = days_of([here.id], NOVEMBER, DECEMBER)[here.id]
    assert (days.expected, days.absent) == (21, 1)
    for who, address in (
        (alice, "mine?month=2026-11"),
        (secretary, "month?month=2026-11"),
        (office, "totals?month=2026-11"),
    ):
        page = re.sub(r"\s+", " ", browse(who).get(f"/attendance/{address}").text)
        assert "21" in page and "20" in page, address


def test_any_number_of_placements_takes_as_many_statements(
    app, placed, county, here, secretary, statements, absent
):
    class Asked:
        status_code = 200

        def __init__(self, ids):
            assert all(one.expected for one in days_of(ids).values())

    first = [here.id]
    before = statements(lambda: Asked(first))
    many(placed, county, here, secretary, 60)
    ids = list(db.session.scalars(select(Placement.id)))
    assert len(ids) == 61 and statements(lambda: Asked(ids)) == before <= 10


def test_the_first_page_says_what_waits(browse, alice, mei, secretary, office, absent, chen):
    appeal(browse(alice))
    for who, appeals, months in ((mei, 1, 0), (secretary, 1, 1), (office, 1, 1), (chen, 0, 0)):
        page = browse(who).get("/").text
        assert ("Appeals about attendance" in page) == bool(appeals), who.name
        assert ("Months of attendance to close" in page) == bool(months), who.name
