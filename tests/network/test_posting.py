"""Experts go to a site, the site says when they were there; staff are sent up."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.network import actions
from trainingbase.network.models import Posting, ShortCourse
from trainingbase.network.queries.posting import hours_confirmed
from trainingbase.network.rules.posting import days_of, lasts_months

from ..cast import LONG_AGO

TODAY = date(2026, 11, 22)


def test_the_days_of_a_posting():
    first, after = date(2026, 11, 1), date(2026, 11, 22)
    begin = date(2026, 11, 5)
    assert days_of(0, begin, None, first=first, after=after) == [
        date(2026, 11, 9),
        date(2026, 11, 16),
    ]
    assert days_of(None, begin, date(2026, 11, 10), first=first, after=after) == [
        date(2026, 11, 5),
        date(2026, 11, 6),
        date(2026, 11, 9),
    ]


def test_three_months_are_three_calendar_months():
    assert lasts_months(date(2026, 1, 15), date(2026, 4, 15), 3)
    assert not lasts_months(date(2026, 1, 15), date(2026, 4, 14), 3)
    assert lasts_months(date(2025, 11, 30), date(2026, 2, 28), 3)


def posted(person, county, **more):
    return {
        "person_id": person.id,
        "department_id": county.medicine.id,
        "institution_id": county.township.id,
        "kind": "clinic",
        "weekday": "1",
        "hours": "4",
        "starts_on": "2026-10-01",
        "last_day": "",
        **more,
    }


def test_the_site_confirms_and_the_hours_count(browse, office, coordinator, mei, county):
    browser = browse(office)
    for _again in range(2):
        browser.post("/network/postings/new", data=posted(mei, county, form_key="k"))
    one = db.session.scalars(select(Posting)).one()
    site = browse(coordinator)
    assert "17 Nov 2026" in site.get(f"/network/postings/{one.id}").text
    address = f"/network/postings/{one.id}/sessions"
    site.post(address, data={"held_on": "2026-11-17", "hours": "3.5"})
    site.post(address, data={"held_on": "2026-11-10", "hours": "0", "note": "Holiday"})
    again = site.post(address, data={"held_on": "2026-11-17", "hours": "4"})
    assert "confirmed already" in again.text
    for wrong in ("2026-11-18", "2026-11-24", "2026-09-29"):
        page = site.post(address, data={"held_on": wrong, "hours": "4"})
        assert "no session on that day" in page.text
    rows = hours_confirmed(date(2026, 11, 1), date(2026, 12, 1))
    (confirmed,) = [held.id for held in one.sessions if held.hours]
    assert [tuple(row) for row in rows] == [
        (mei.id, county.township.id, "clinic", date(2026, 11, 17), Decimal("3.5"), confirmed)
    ]
    assert "3.5" in browser.get("/network/postings/export/csv").text


def test_a_posting_is_edited_by_one_at_a_time(browse, office, mei, county):
    browser = browse(office)
    browser.post("/network/postings/new", data=posted(mei, county))
    one = db.session.scalars(select(Posting)).one()
    address = f"/network/postings/{one.id}/edit"
    browser.post(address, data=posted(mei, county, weekday="3", version="1"))
    stale = browser.post(address, data=posted(mei, county, weekday="4", version="1"))
    assert stale.status_code == 409 and "Thursday" in stale.text and "Friday" in stale.text
    backwards = posted(mei, county, last_day="2026-09-01", version="2")
    assert "before the first day" in browser.post(address, data=backwards).text


def test_a_course_counts_only_if_it_is_long_enough(browse, office, coordinator, county):
    browser = browse(office)
    for name, last in (("Long", "2026-09-30"), ("Short", "2026-08-31")):
        browser.post(
            "/network/courses/new",
            data={
                "institution_id": county.township.id,
                "name": name,
                "person_id": "0",
                "department_id": county.medicine.id,
                "starts_on": "2026-07-01",
                "last_day": last,
            },
        )
    assert len(db.session.scalars(select(ShortCourse)).all()) == 2
    page = browse(coordinator).get("/network/courses").text
    assert page.count("shorter than 3 months") == 1
    sheet = browser.get("/network/courses/export/csv").text
    assert sheet.count("是") == 1 and sheet.count("否") == 1


def test_another_sites_postings_are_not_found(browse, office, coordinator, mei, county):
    one = actions.add_posting(
        {
            "person_id": mei.id,
            "department_id": county.medicine.id,
            "institution_id": county.lead.id,
            "kind": "rounds",
            "hours": Decimal(4),
            "starts_on": TODAY,
        },
        by=office,
        at=LONG_AGO,
    )
    assert browse(coordinator).get(f"/network/postings/{one.id}").status_code == 404


def test_lists_ask_as_much_for_a_thousand_rows(browse, office, mei, county, statements):
    browser = browse(office)
    addresses = ("/network/postings", "/network/courses", "/network/proposals")
    said = {
        "person_id": mei.id,
        "department_id": county.medicine.id,
        "institution_id": county.township.id,
        "starts_on": TODAY,
    }

    def fill(number):
        db.session.add_all(
            Posting(**said, kind="clinic", hours=Decimal(4)) for _one in range(number)
        )
        db.session.add_all(
            ShortCourse(**said, name="Lin", ends_on=date(2027, 3, 1)) for _one in range(number)
        )
        db.session.commit()

    fill(1)
    few = [statements(lambda url=url: browser.get(url)) for url in addresses]
    fill(1000)
    assert [statements(lambda url=url: browser.get(url)) for url in addresses] == few
