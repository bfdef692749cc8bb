"""The pages of leave."""

import io
import re
from datetime import date

import pytest

from tests.cast import add
from tests.leave.conftest import NOW, PAPER, PDF_FILE, on
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.leave.models import EndDateChange, LeaveRule
from trainingbase.leave.queries.leaves import papers_of
from trainingbase.people.models import Person
from trainingbase.sites.models import DayOff

DAYS = "kind=maternity&first=2026-12-20&last=2027-03-29"


def paper(content=PDF_FILE, name="note.pdf"):
    return {"papers": (io.BytesIO(content), name)}


def version_on(page) -> str:
    return re.search(r'name="version"[^>]* value="(\d+)"', page.text).group(1)


def test_a_resident_sees_what_leave_does_before_they_ask(browse, alice, in_medicine):
    page = browse(alice).get(f"/leaves/new?{DAYS}").text
    assert "This moves the leaving of Medicine by 12 days, to 12 Jan 2027." in page
    assert "its last day would be 9 Dec 2029, not 31 Aug 2029" in page
    assert "calendar days, weekends and holidays included" in page
    assert "The graduation exam may be a year later" in page
    assert "Supervisor: Mei" in page and "Training office" in page
    assert db.session.query(Leave).count() == 0


def test_an_application_with_its_papers(browse, alice, mei, chen, secretary, office, in_medicine):
    browser = browse(alice)
    without = browser.post(f"/leaves/new?{DAYS}", data={"form_key": "one", "reason": "A child"})
    assert "Add a photo or file" in without.text and "A child" in without.text
    sent = {"form_key": "two", "reason": "A child"}
    done = browser.post(f"/leaves/new?{DAYS}", data=sent | paper())
    again = browser.post(f"/leaves/new?{DAYS}", data=sent | paper())
    [leave] = db.session.query(Leave)
    assert done.headers["Location"] == again.headers["Location"] == f"/leaves/{leave.id}"
    [kept] = papers_of(leave)
    address = f"/leaves/{leave.id}/papers/{kept.id}"
    for someone in (alice, mei, secretary, office):
        assert browse(someone).get(address).data == PDF_FILE
    assert browse(chen).get(address).status_code == 404
    shown = browser.get(f"/leaves/{leave.id}").text
    assert "Supervisor: Mei" in shown and "asked since" in shown and "comes later" in shown


def test_papers_are_read_by_who_approves_only(browse, auditor, granted):
    leave = granted("sick", "12-01", "12-05", papers=[PAPER])
    page = browse(auditor).get(f"/leaves/{leave.id}").text
    assert "note.pdf" not in page and "Papers: 1, shown to those who approve." in page
    [kept] = papers_of(leave)
    assert browse(auditor).get(f"/leaves/{leave.id}/papers/{kept.id}").status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused(browse, alice, in_medicine):
    page = browse(alice).post(f"/leaves/new?{DAYS}", data=paper(b"MZ not a pdf"))
    assert "not a file of a kind that is taken" in page.text
    assert db.session.query(Leave).count() == 0


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("kind=personal&first=2026-12-03&last=2026-12-01", "The last day lies before the first."),
        ("kind=absence&first=2026-12-01&last=2026-12-01", "Not a valid choice"),
        ("kind=personal&first=&last=2026-12-01", "Choose the first day."),
        ("kind=personal&first=1+Dec&last=2026-12-01", "Not a valid date"),
        ("kind=personal&first=2026-08-01&last=2026-08-02", "The training begins on 1 Sep 2026"),
        ("kind=personal&first=2030-01-01&last=2030-01-02", "The training ends on 31 Aug 2029"),
        ("kind=personal&first=2026-12-01&last=2026-12-31", "Of 15 days in 2026, 15 are left."),
        ("kind=personal&first=9999-12-31&last=9999-12-31", "between 1900 and 2200"),
        ("kind=personal&first=2026-12-01&last=2199-12-31", "At most 366 days"),
    ],
)
def test_what_is_refused_says_so_at_its_field(browse, alice, in_medicine, query, said):
    page = browse(alice).get(f"/leaves/new?{query}")
    assert said in page.text and "Ask for this leave" not in page.text
    browse(alice).post(f"/leaves/new?{query}", data={"form_key": "x"})
    assert db.session.query(Leave).count() == 0


def test_overlap_is_said_with_the_leave_it_meets(browse, alice, asked):
    asked("personal", "12-01", "12-02")
    page = browse(alice).get("/leaves/new?kind=annual&first=2026-12-02&last=2026-12-03").text
    assert "Personal leave, 1 Dec 2026 to 2 Dec 2026" in page


def test_an_approver_finds_it_on_their_day_and_decides(browse, mei, secretary, alice, asked):
    leave = asked()
    browser = browse(mei)
    assert f"/leaves/{leave.id}" in browser.get("/").text
    page = browser.get(f"/leaves/{leave.id}")
    sent = {"version": version_on(page), "refuse": "1"}
    assert "Say why you refuse." in browser.post(f"/leaves/{leave.id}/decision", data=sent).text
    assert leave.granted is None
    browser.post(f"/leaves/{leave.id}/decision", data={"version": sent["version"], "approve": "1"})
    assert "Supervisor: Mei – approved" in browse(alice).get(f"/leaves/{leave.id}").text
    stale = browse(secretary).post(
        f"/leaves/{leave.id}/decision", data={"version": "1", "approve": "1"}
    )
    assert stale.status_code == 409
    assert f"/leaves/{leave.id}" not in browser.get("/").text


def test_leave_is_seen_by_those_it_concerns(browse, asked, alice, bob, mei, chen, auditor, leader):
    leave = asked()
    address = f"/leaves/{leave.id}"
    for someone in (alice, mei, auditor):
        assert browse(someone).get(address).status_code == 200
    for someone in (bob, chen):
        assert browse(someone).get(address).status_code == 404
    assert browse(chen).post(f"{address}/decision", data={"version": 1}).status_code == 404
    assert browse(bob).post(f"{address}/withdrawal").status_code == 404
    assert browse(leader).get(address).status_code == 403


def test_back_again_is_reported_and_confirmed(browse, granted, alice, secretary):
    leave = granted("personal", "11-16", "11-25")
    browser = browse(alice)
    outside = browser.post(f"/leaves/{leave.id}/return-report", data={"back_on": "2026-11-30"})
    assert "Choose a day of the leave" in outside.text
    browser.post(f"/leaves/{leave.id}/return-report", data={"back_on": "2026-11-22"})
    page = browse(secretary).get(f"/leaves/{leave.id}")
    assert 'value="2026-11-22"' in page.text
    sent = {"version": version_on(page), "back_on": "2026-11-22"}
    browse(secretary).post(f"/leaves/{leave.id}/return", data=sent)
    assert leave.returned_on == date(2026, 11, 22) and leave.days == 6


def test_the_office_records_corrects_and_revokes(browse, office, alice_resident, in_medicine):
    browser = browse(office)
    query = f"kind=absence&first=2026-11-10&last=2026-11-11&resident={alice_resident.id}"
    assert "Record it for Alice" in browser.get(f"/leaves/record?{query}").text
    browser.post(f"/leaves/record?{query}", data={"form_key": "x"})
    [leave] = db.session.query(Leave)
    assert leave.granted is True
    sent = {"version": leave.version, "kind": "sick", "first": "2026-11-10", "last": "2026-11-12"}
    address = f"/leaves/{leave.id}/correction"
    assert "Say why." in browser.post(address, data=sent).text
    browser.post(address, data=sent | {"why": "Doctor's note came"})
    assert (leave.kind, leave.days) == ("sick", 3)
    stale = browser.post(address, data=sent | {"why": "Again", "last": "2026-11-13"})
    assert stale.status_code == 409 and "Somebody else has changed this" in stale.text
    assert "Doctor&#39;s note came" in browser.get(f"/leaves/{leave.id}").text
    sent = {"version": leave.version, "why": "Was there"}
    browser.post(f"/leaves/{leave.id}/revocation", data=sent)
    assert leave.state == "revoked"


def test_the_office_moves_the_end_of_a_training(browse, office, granted, alice_resident):
    granted("maternity", "12-01", "2-28", papers=[PAPER])
    browser = browse(office)
    assert "Alice" in browser.get("/leaves/end-dates").text
    [change] = db.session.query(EndDateChange)
    page = browser.get(f"/leaves/end-dates/{change.id}")
    browser.post(f"/leaves/end-dates/{change.id}/moving", data={"version": version_on(page)})
    assert alice_resident.ends_on == date(2029, 11, 30)
    assert "Alice" in browser.get("/leaves/end-dates?state=done").text
    assert "Alice" in browser.get("/leaves/end-dates/export/csv?state=done").text


def test_the_rules_are_the_bases_to_change(browse, office, alice, in_medicine):
    browser = browse(office)
    row = db.session.get(LeaveRule, "annual")
    sent = {"version": row.version, "by_residents": "y", "working_days": "y", "paid": "y",
            "most_days_a_year": "2", "secretary_from_days": "1",
            "supervisor_from_days": "", "office_from_days": "", "why": "New handbook"}  # fmt: skip
    assert browser.post("/leaves/rules/annual", data=sent).status_code == 302
    page = browse(alice).get("/leaves/new?kind=annual&first=2026-12-04&last=2026-12-08").text
    assert "Of 2 days in 2026, 2 are left." in page
    unknown = browse(alice).get("/leaves/new?kind=annual&first=2027-12-03&last=2027-12-06").text
    assert "has not entered the public holidays of 2027" in unknown
    page = browse(alice).get("/leaves/new?kind=annual&first=2026-12-04&last=2026-12-07").text
    assert "2 (working days)" in page and "has not entered the public holidays" not in page
    assert "Supervisor: Mei" not in page
    assert browser.post("/leaves/rules/annual", data=sent).status_code == 409
    assert "New handbook" in browser.get("/leaves/rules/annual").text
    assert browser.get("/leaves/rules/nonsense").status_code == 404
    bad = browser.post("/leaves/rules/sick", data={"version": 1, "most_days_a_year": "-1"})
    assert "Enter 1 to 1000" in bad.text


def test_a_holiday_entered_is_not_counted(browse, office, alice, in_medicine):
    row = db.session.get(LeaveRule, "annual")
    row.working_days = True
    db.session.commit()
    browser = browse(office)
    browser.post("/leaves/days-off", data={"day_on": "2027-01-01", "is_working": "off",
                                           "name": "New Year"})  # fmt: skip
    page = browse(alice).get("/leaves/new?kind=annual&first=2026-12-31&last=2027-01-04").text
    assert "2 (working days)" in page
    browser.post("/leaves/days-off/removal", data={"day_on": "nonsense"})
    browser.post("/leaves/days-off/removal", data={"day_on": "2027-01-01"})
    assert db.session.query(DayOff).count() == 0


def test_the_secretary_sees_who_is_away_in_their_department(browse, secretary, county, granted):
    granted("personal", "11-24", "11-25")
    browser = browse(secretary)
    assert "Alice" in browser.get("/leaves/away").text
    assert "Alice" not in browser.get("/leaves/away?month=2026-12").text
    assert "Surgery" not in browser.get("/leaves/away").text
    foreign = browser.get(f"/leaves/away?department={county.surgery.id}")
    assert foreign.status_code == 200
    assert "Alice" in browser.get("/leaves/away/export/csv").data.decode("utf-8-sig")


def test_the_ledger_counts_granted_days_by_kind_and_year(browse, office, granted, asked):
    granted("personal", "12-31", "1-02")
    asked("annual", "12-01", "12-02")
    browser = browse(office)
    text = browser.get("/leaves/ledger/export/csv?year=2026").data.decode("utf-8-sig")
    assert text.splitlines()[1] == '"Alice","2026 intake","1","1"'
    text = browser.get("/leaves/ledger/export/csv?year=2027").data.decode("utf-8-sig")
    assert text.splitlines()[1] == '"Alice","2026 intake","2","2"'


def test_lists_are_filtered_sorted_and_exported(browse, office, granted, asked):
    granted("personal", "12-01", "12-01")
    asked("annual", "12-05", "12-06")
    browser = browse(office)
    assert "Annual leave</td>" not in browser.get("/leaves?state=granted").text
    assert "Annual leave</td>" in browser.get("/leaves?kind=annual&sort=name").text
    text = browser.get("/leaves/export/csv?first=2026-12-04").data.decode("utf-8-sig")
    assert "Annual" in text and "Personal" not in text
    assert browser.get("/leaves/export/pdf").status_code == 404


def many(county, number):
    """So many residents, each with a leave that waits or is granted, and an end to decide."""
    people = [
        Resident(
            person=Person(name=f"R{number}-{n}"), cohort=county.cohort, programme=county.programme,
            id_number=f"N{number}-{n}", sex="女",
        )
        for n in range(number)
    ]  # fmt: skip
    leaves = [
        Leave(
            resident=someone, kind="maternity", starts_on=date(2026, 11, 2),
            ends_on=date(2026, 11, 8), granted=True if n % 2 else None,
            decided_at=NOW if n % 2 else None,
        )
        for n, someone in enumerate(people)
    ]  # fmt: skip
    db.session.add_all(leaves)
    db.session.flush()
    db.session.add_all(
        EndDateChange(leave_id=one.id, resident_id=one.resident_id, days=6, proposed_at=NOW)
        for one in leaves
    )
    db.session.commit()


LISTS = (
    "/leaves/",
    "/leaves/?state=mine",
    "/leaves/away",
    "/leaves/ledger",
    "/leaves/end-dates",
    "/leaves/export/csv",
    "/leaves/ledger/export/csv",
    "/leaves/end-dates/export/csv",
)


def test_lists_ask_no_more_for_many_than_for_few(browse, office, county, statements):
    browser = browse(office)
    many(county, 10)
    few = {address: statements(lambda a=address: browser.get(a)) for address in LISTS}
    many(county, 1000)
    for address in LISTS:
        assert statements(lambda a=address: browser.get(a)) == few[address], address
    assert max(few.values()) <= 16, few


def test_the_office_grants_leave_that_was_imported_without_a_chain(browse, office, alice_resident):
    leave = add(
        Leave(resident=alice_resident, kind="sick", starts_on=on("12-01"), ends_on=on("12-03"))
    )
    page = browse(office).get(f"/leaves/{leave.id}")
    assert "The office decides." in page.text
    browse(office).post(
        f"/leaves/{leave.id}/decision", data={"version": version_on(page), "approve": "1"}
    )
    assert leave.granted is True


def test_who_may_ask_for_longer_is_sent_on_with_the_days_filled_in(browse, alice, granted):
    leave = granted("personal", "12-01", "12-02")
    page = browse(alice).get(f"/leaves/{leave.id}").text
    assert "/leaves/new?kind=personal&amp;first=2026-12-03" in page
    assert "2026-12-03" in browse(alice).get("/leaves/new?kind=personal&first=2026-12-03").text


def test_why_somebody_asks_is_read_by_who_approves_only(
    browse, asked, mei, secretary, chen, office, placed, county, alice_resident
):
    leave = asked(reason="CANARY")
    for someone in (mei, secretary, office):
        assert "CANARY" in browse(someone).get(f"/leaves/{leave.id}").text
    alice_resident.tutor_id = chen.id
    db.session.commit()
    page = browse(chen).get(f"/leaves/{leave.id}").text
    assert "CANARY" not in page and "shown to those who approve" in page
    assert "CANARY" not in browse(secretary).get("/leaves/export/csv").text
    assert "CANARY" in browse(office).get("/leaves/export/csv").text
