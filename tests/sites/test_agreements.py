"""Agreements have dates, people and a file; visits find what is put right."""

from datetime import date
from io import BytesIO

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.network import actions as network
from trainingbase.notices.models import Notice
from trainingbase.sites import actions
from trainingbase.sites.models import Agreement, Finding, Institution, Visit
from trainingbase.sites.queries.places import places_in

from ..cast import LONG_AGO, add

TODAY = date(2026, 11, 22)
PAPER = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def agreement(**more):
    return {"number": "2026-7", "starts_on": "2026-01-01", "last_day": "2026-12-31", **more}


def test_an_agreement_with_its_file_bounds_the_places(browse, office, coordinator, county):
    browser = browse(office)
    site = county.township
    data = agreement(file=(BytesIO(PAPER), "signed.pdf"), form_key="k")
    browser.post(f"/sites/{site.id}/agreements/new", data=data)
    row = db.session.scalars(select(Agreement)).one()
    db.session.refresh(site)
    assert (site.agreement_starts_on, site.agreement_ends_on) == (
        date(2026, 1, 1),
        date(2027, 1, 1),
    )
    months = [date(2026, 12, 1), date(2027, 1, 1)]
    there = places_in(months)[county.village_team.id]
    assert [one.most for one in there.values()] == [2, 0]
    assert browser.get(f"/sites/agreements/{row.id}/file").data == PAPER
    assert browse(coordinator).get(f"/sites/agreements/{row.id}/file").status_code == 200
    page = browser.get(f"/sites/{site.id}/agreements").text
    assert "ends soon" in page and "signed.pdf" in page


def test_a_gap_between_agreements_takes_nobody(browse, office, county):
    browser = browse(office)
    address = f"/sites/{county.township.id}/agreements/new"
    browser.post(address, data=agreement())
    browser.post(address, data=agreement(starts_on="2027-02-01", last_day=""))
    months = [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    there = places_in(months)[county.village_team.id]
    assert [one.most for one in there.values()] == [2, 0, 2]


def test_the_workbooks_days_become_the_first_agreement(app, office, county):
    site = county.township
    site.agreement_starts_on, site.agreement_ends_on = date(2024, 1, 1), date(2027, 1, 1)
    db.session.commit()
    actions.add_agreement(
        site,
        {"starts_on": date(2027, 1, 1), "ends_on": date(2030, 1, 1)},
        upload=None,
        by=office,
        at=LONG_AGO,
    )
    assert (site.agreement_starts_on, site.agreement_ends_on) == (
        date(2024, 1, 1),
        date(2030, 1, 1),
    )
    assert len(site.agreements) == 2


def test_a_file_of_another_kind_is_refused_beside_its_field(browse, office, county):
    data = agreement(file=(BytesIO(b"MZ\x90 a program"), "signed.pdf"))
    page = browse(office).post(f"/sites/{county.township.id}/agreements/new", data=data)
    assert "This is not a file of a kind that is taken" in page.text
    assert db.session.scalar(select(Agreement)) is None


def test_the_office_is_reminded_once_of_each_term(browse, office, county):
    site = county.township
    site.agreement_starts_on, site.agreement_ends_on = date(2024, 1, 1), date(2027, 2, 1)
    db.session.commit()

    def remind(day):
        at = LONG_AGO.replace(year=day.year, month=day.month, day=day.day, hour=8)
        return network.remind_of_agreements(today=day, at=at)

    assert remind(date(2026, 11, 2)) == 0
    assert remind(date(2026, 11, 22)) == 1
    assert remind(date(2026, 11, 23)) == 0
    assert remind(date(2027, 1, 5)) == 1
    assert remind(date(2027, 1, 20)) == 0
    assert remind(date(2027, 2, 3)) == 1
    assert [n.person_id for n in db.session.scalars(select(Notice))] == [office.id] * 3
    browser = browse(office)
    assert "ends on 31 Jan 2027" in browser.get("/notices/").text
    assert "Agreements ended or ending soon" in browser.get("/").text


def visited(**more):
    return {
        "visited_on": "2026-11-02",
        "kind": "guidance",
        "visitors": "Wu",
        "what_1": "No teaching room",
        "due_1": "2026-11-20",
        **more,
    }


def test_what_was_found_is_put_right_with_evidence(browse, office, coordinator, county):
    browse(office).post(f"/sites/{county.township.id}/visits/new", data=visited(form_key="k"))
    browse(office).post(f"/sites/{county.township.id}/visits/new", data=visited(form_key="k"))
    finding = db.session.scalars(select(Finding)).one()
    assert "No teaching room" in browse(office).get("/sites/findings?state=overdue").text
    site = browse(coordinator)
    data = {
        "done_on": "2026-11-21",
        "remedy": "Room 3 is for teaching",
        "evidence": (BytesIO(PAPER), "room.pdf"),
    }
    early = {**data, "done_on": "2026-10-01", "evidence": (BytesIO(PAPER), "room.pdf")}
    assert (
        "from the visit until today" in site.post(f"/sites/findings/{finding.id}", data=early).text
    )
    site.post(f"/sites/findings/{finding.id}", data=data)
    db.session.refresh(finding)
    assert finding.done_on == date(2026, 11, 21)
    page = site.get(f"/sites/visits/{finding.visit_id}").text
    assert "Room 3 is for teaching" in page and "room.pdf" in page
    assert site.get(f"/sites/findings/{finding.id}/evidence").data == PAPER
    assert "No teaching room" not in browse(office).get("/sites/findings?state=overdue").text
    assert "Room 3" in browse(office).get("/sites/visits/export/csv").text


def test_another_sites_findings_are_not_found(browse, office, coordinator, county):
    browse(office).post(f"/sites/{county.lead.id}/visits/new", data=visited())
    finding = db.session.scalars(select(Finding)).one()
    site = browse(coordinator)
    assert site.get(f"/sites/findings/{finding.id}").status_code == 404
    assert site.get(f"/sites/visits/{finding.visit_id}").status_code == 404
    assert "No teaching room" not in site.get("/sites/findings").text


def test_lists_of_visits_ask_as_much_for_many(browse, office, county, statements):
    add(Visit(institution=county.township, visited_on=TODAY, kind="guidance", visitors="Wu"))
    browser = browse(office)
    addresses = ("/sites/visits", "/sites/findings")
    few = [statements(lambda url=url: browser.get(url)) for url in addresses]
    db.session.add_all(
        Visit(
            institution=Institution(name=f"Site {number}", level="village"),
            visited_on=TODAY,
            kind="guidance",
            visitors="Wu",
            findings=[Finding(what="x", due_on=TODAY)],
        )
        for number in range(1000)
    )
    db.session.commit()
    assert [statements(lambda url=url: browser.get(url)) for url in addresses] == few
