"""A closure shows who is hit before it is saved, and what can be done after."""

from datetime import date

import pytest
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.network import actions
from trainingbase.network.models import Proposal
from trainingbase.notices.models import Notice
from trainingbase.rotations.queries.problem import wards
from trainingbase.sites.models import Closure, Department, PlaceChange
from trainingbase.sites.queries.places import places_in

from ..cast import LONG_AGO

TODAY = date(2026, 11, 22)
JANUARY = date(2027, 1, 1)


def closing(first="2027-01-01", last="2027-01-31", **more):
    return {"first_day": first, "last_day": last, "why": "Renovation", **more}


def fingerprint(page) -> str:
    return page.text.split('name="seen"')[1].split('value="')[1].split('"')[0]


def test_nobody_hit_is_closed_at_once(browse, office, county):
    browser = browse(office)
    page = browser.post(
        f"/network/departments/{county.village_team.id}/closure",
        data=closing(),
        follow_redirects=True,
    )
    assert "The department is closed for this time." in page.text
    assert "Nobody's plan is broken by this." in page.text
    kept = db.session.scalars(select(Closure)).one()
    assert (kept.starts_on, kept.ends_on) == (date(2027, 1, 1), date(2027, 2, 1))
    assert places_in([JANUARY])[county.village_team.id][JANUARY].is_closed


def test_who_is_hit_is_shown_before_saving_and_must_be_confirmed(
    browse, office, county, at_the_township
):
    browser = browse(office)
    address = f"/network/departments/{county.village_team.id}/closure"
    page = browser.post(address, data=closing())
    assert "Bob" in page.text and "Alice" not in page.text
    assert "Jan 2027" in page.text
    assert db.session.scalar(select(Closure)) is None
    unticked = browser.post(address, data=closing(seen=fingerprint(page)))
    assert unticked.status_code == 200
    assert db.session.scalar(select(Closure)) is None
    saved = browser.post(
        address, data=closing(seen=fingerprint(page), sure="y"), follow_redirects=True
    )
    assert "The department is closed for this time." in saved.text
    assert "Bob" in saved.text
    assert "/rotations/fit" in saved.text
    assert db.session.scalars(select(Closure)).one().reason == "Renovation"


def test_closing_under_a_resident_who_is_there_says_so(browse, office, county, at_the_township):
    page = browse(office).post(
        f"/network/departments/{county.village_team.id}/closure",
        data=closing("2026-11-25", "2026-12-20"),
    )
    assert "Residents are there now." in page.text
    assert "Alice" in page.text


def test_whom_a_tick_confirmed_must_still_be_who_is_hit(
    browse, office, county, at_the_township, placed, alice_resident
):
    browser = browse(office)
    address = f"/network/departments/{county.village_team.id}/closure"
    seen = fingerprint(browser.post(address, data=closing()))
    placed(alice_resident, county.village_team, date(2027, 1, 1), date(2027, 2, 1))
    page = browser.post(address, data=closing(seen=seen, sure="y"))
    assert "Who is affected has changed meanwhile." in page.text
    assert db.session.scalar(select(Closure)) is None


def test_a_few_days_do_not_break_a_plan(browse, office, county, at_the_township):
    page = browse(office).post(
        f"/network/departments/{county.village_team.id}/closure",
        data=closing("2027-01-04", "2027-01-06"),
        follow_redirects=True,
    )
    assert "Some days only" in page.text
    assert not places_in([JANUARY])[county.village_team.id][JANUARY].is_closed


def test_contradictions_are_refused_in_words(browse, office, county):
    browser = browse(office)
    address = f"/network/departments/{county.village_team.id}/closure"
    browser.post(address, data=closing())
    assert (
        "closed from 1 Jan 2027 until 31 Jan 2027"
        in browser.post(address, data=closing("2027-01-15", "2027-02-15")).text
    )
    assert (
        "This lies before the first day."
        in browser.post(address, data=closing("2027-03-15", "2027-03-01")).text
    )
    assert (
        "This day is over." in browser.post(address, data=closing("2026-10-01", "2026-10-31")).text
    )
    assert "Say why." in browser.post(address, data=closing(why="")).text
    places = f"/network/departments/{county.village_team.id}/places"
    wrong = {"month": "2027-02", "most": "1", "fewest": "2", "why": "x"}
    assert "This is more than the most." in browser.post(places, data=wrong).text
    negative = {**wrong, "most": "-1", "fewest": "0"}
    assert "whole number from 0" in browser.post(places, data=negative).text
    over = {**wrong, "month": "2026-10", "fewest": "0"}
    assert "This month is over." in browser.post(places, data=over).text
    assert db.session.scalar(select(PlaceChange)) is None


def test_the_preview_needs_no_saving(browse, office, county, at_the_township):
    address = f"/network/departments/{county.village_team.id}/closure?part=1"
    part = browse(office).get(address + "&first_day=2027-01-01&last_day=2027-01-31")
    assert "Bob" in part.text and "<html" not in part.text
    assert "Bob" not in browse(office).get(address + "&first_day=&last_day=nonsense").text


def test_fewer_places_hit_those_who_are_too_many(
    browse, office, county, at_the_township, placed, alice_resident
):
    placed(alice_resident, county.village_team, date(2027, 1, 1), date(2027, 2, 1))
    browser = browse(office)
    address = f"/network/departments/{county.village_team.id}/places"
    asked = {"month": "2027-01", "most": "1", "fewest": "0", "why": "A room less"}
    page = browser.post(address, data=asked)
    assert "Alice" in page.text and "Bob" in page.text
    saved = browser.post(
        address, data={**asked, "seen": fingerprint(page), "sure": "y"}, follow_redirects=True
    )
    assert "The places are changed." in saved.text and "/rotations/fit" in saved.text
    ward = next(one for one in wards() if one.id == county.village_team.id)
    assert ward.changes == ((date(2027, 1, 1), 1, 0),)
    there = places_in([date(2026, 12, 1), JANUARY])[county.village_team.id]
    assert [one.most for one in there.values()] == [2, 1]


def test_a_coordinator_asks_and_the_office_decides(
    browse, office, coordinator, county, at_the_township
):
    asking = browse(coordinator)
    address = f"/network/departments/{county.village_team.id}/closure"
    page = asking.post(address, data=closing())
    assert "Bob" in page.text
    asking.post(address, data=closing(seen=fingerprint(page), sure="y", form_key="k"))
    asking.post(address, data=closing(seen=fingerprint(page), sure="y", form_key="k"))
    proposal = db.session.scalars(select(Proposal)).one()
    assert db.session.scalar(select(Closure)) is None
    assert [n.person_id for n in db.session.scalars(select(Notice))] == [office.id]
    deciding = browse(office)
    shown = deciding.get(f"/network/proposals/{proposal.id}")
    assert "Bob" in shown.text and "Qian" in shown.text
    decision = f"/network/proposals/{proposal.id}/decision"
    assert "Confirm that you have seen" in deciding.post(decision, data={"decision": "grant"}).text
    granted = deciding.post(
        decision,
        data={"decision": "grant", "seen": fingerprint(shown), "sure": "y"},
        follow_redirects=True,
    )
    assert "/rotations/fit" in granted.text
    assert db.session.scalars(select(Closure)).one().reason == "Renovation"
    assert (
        "decided this meanwhile"
        in deciding.post(
            decision, data={"decision": "refuse", "reason": "no"}, follow_redirects=True
        ).text
    )
    assert "The office grants" in asking.get("/notices/").text


def test_the_office_refuses_with_a_reason(browse, office, coordinator, county):
    proposal = actions.propose(
        county.village_team, starts_on=JANUARY, most=1, fewest=0, why="x", seen=None,
        today=TODAY, by=coordinator, at=LONG_AGO,
    )  # fmt: skip
    browser = browse(office)
    decision = f"/network/proposals/{proposal.id}/decision"
    assert "Say why it is refused." in browser.post(decision, data={"decision": "refuse"}).text
    browser.post(decision, data={"decision": "refuse", "reason": "Too many residents"})
    db.session.refresh(proposal)
    assert proposal.granted is False
    assert db.session.scalar(select(PlaceChange)) is None


def test_a_foreign_department_is_not_found(browse, coordinator, secretary, county):
    for person, department in ((coordinator, county.medicine), (secretary, county.surgery)):
        browser = browse(person)
        assert browser.get(f"/network/departments/{department.id}/closure").status_code == 404
        assert browser.get(f"/network/departments/{department.id}/places").status_code == 404
    page = browse(secretary).get(f"/sites/departments/{county.surgery.id}").text
    assert "Close for a time" not in page
    assert browse(coordinator).get(f"/sites/{county.lead.id}").status_code == 404


def test_a_closure_is_lifted(app, office, county):
    team = county.village_team
    said = {"why": "x", "seen": None, "today": TODAY, "by": office, "at": LONG_AGO}
    to_come = actions.close(team, starts_on=JANUARY, ends_on=date(2027, 2, 1), **said)
    begun = actions.close(team, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 1), **said)
    actions.lift(to_come, today=TODAY, by=office, at=LONG_AGO)
    actions.lift(begun, today=TODAY, by=office, at=LONG_AGO)
    assert [(c.starts_on, c.ends_on) for c in team.closures] == [(date(2026, 11, 1), TODAY)]
    with pytest.raises(actions.OverThen):
        actions.lift(begun, today=TODAY, by=office, at=LONG_AGO)


def test_giving_up_is_refused_while_somebody_is_placed(browse, office, county, at_the_township):
    browser = browse(office)
    address = f"/network/departments/{county.village_team.id}/retirement"
    page = browser.post(address, data={"from_on": "2027-02-01", "why": "Merged"})
    assert "Residents are placed there" in page.text and "Bob" in page.text
    site = f"/network/sites/{county.township.id}/retirement"
    assert "Bob" in browser.post(site, data={"from_on": "2027-02-01", "why": "Merged"}).text
    browser.post(site, data={"from_on": "2027-03-01", "why": "Merged"})
    db.session.refresh(county.township)
    assert county.township.retired_on == date(2027, 3, 1)
    month = date(2027, 3, 1)
    assert places_in([month])[county.village_team.id][month].is_closed
    browser.post(f"/network/sites/{county.township.id}/return")
    db.session.refresh(county.township)
    assert county.township.retired_on is None


def test_the_places_of_a_department_are_never_negative_in_the_database(app, county):
    from sqlalchemy.exc import IntegrityError

    for wrong in ({"most": -1, "fewest": 0}, {"most": 1, "fewest": 2}):
        db.session.add(
            PlaceChange(
                department_id=county.medicine.id, from_on=JANUARY, made_at=LONG_AGO, **wrong
            )
        )
        with pytest.raises(IntegrityError):
            db.session.commit()
        db.session.rollback()
    assert db.session.get(Department, county.medicine.id).changes == []
