"""Six questions of each page: works; a colleague may; wrong role 403; another's row 404; bad id
404; wrong method 405.  And a word nobody else may read is looked for in every page."""

from datetime import date

import pytest

from tests.assessments.conftest import NOW, RATINGS, form_data
from tests.cast import faculty_member, person
from trainingbase.assessments import actions
from trainingbase.db import db
from trainingbase.roles import Role
from trainingbase.thresholds.models import Threshold

SECRET = "Quokka-observation-7731"
PAGES = (
    "/assessments/",
    "/assessments/feedback",
    "/assessments/all",
    "/assessments/requests",
    "/assessments/requests/new",
    "/assessments/examinations",
    "/assessments/all/export/csv",
    "/assessments/requests/export/csv",
    "/assessments/examinations/export/csv",
    "/",
    "/notices/",
)


@pytest.fixture
def told(submitted):
    return submitted(comment=SECRET)


@pytest.fixture
def request_of_mei(with_mei, mini_cex, office):
    return actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=NOW)


@pytest.fixture
def colleague(county):
    """Another faculty member with a post in Alice's department."""
    return faculty_member("Ding", county.medicine, "1009").person


def test_a_comment_reaches_only_those_who_may_read_it(
    app, browse, told, mei, alice, bob, chen, everybody, coordinator
):
    may = {mei.id, alice.id, everybody[Role.OFFICE].id, everybody[Role.AUDITOR].id}
    may |= {everybody[Role.SECRETARY].id}
    pages = [
        *PAGES, f"/assessments/submissions/{told.id}", f"/assessments/feedback/{told.id}",
    ]  # fmt: skip
    for someone in {*everybody.values(), bob, chen}:
        browser = browse(someone)
        got = b"".join(browser.get(page).data for page in pages)
        assert (SECRET.encode() in got) == (someone.id in may), someone.name


@pytest.mark.parametrize(
    ("page", "open_to"),
    [
        ("/assessments/", {Role.FACULTY, Role.RESIDENT, Role.SECRETARY}),
        ("/assessments/feedback", {Role.RESIDENT}),
        (
            "/assessments/all",
            {Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR, Role.AUDITOR},
        ),
        (
            "/assessments/requests",
            {Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR, Role.AUDITOR},
        ),
        ("/assessments/requests/new", {Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR}),
        ("/assessments/examinations", {Role.OFFICE, Role.LEADER, Role.AUDITOR}),
        ("/assessments/examinations/export/xlsx", {Role.OFFICE, Role.AUDITOR}),
        ("/instruments/", {Role.FACULTY, Role.OFFICE, Role.LEADER, Role.AUDITOR}),
    ],
)
def test_lists_open_to_their_roles_only(browse, everybody, page, open_to):
    for role, someone in everybody.items():
        assert browse(someone).get(page).status_code == (200 if role in open_to else 403), role
    assert browse(everybody[Role.OFFICE]).put(page).status_code == 405


def test_a_colleague_of_the_department_and_the_tutor_may_assess(
    browse, with_mei, colleague, chen, alice_resident
):
    address = f"/assessments/placements/{with_mei.id}/mini_cex"
    assert browse(colleague).get(address).status_code == 200
    assert browse(chen).get(address).status_code == 404
    alice_resident.tutor_id = chen.id
    db.session.commit()
    assert browse(chen).post(address, data=form_data(RATINGS)).status_code == 302


def test_the_form_is_closed_to_others(browse, everybody, with_mei, mei):
    address = f"/assessments/placements/{with_mei.id}/mini_cex"
    for role, someone in everybody.items():
        expected = 200 if role is Role.FACULTY else 403
        assert browse(someone).get(address).status_code == expected
        if role is not Role.FACULTY:
            assert browse(someone).post(address, data=form_data(RATINGS)).status_code == 403
    browser = browse(mei)
    assert browser.get("/assessments/placements/999999/mini_cex").status_code == 404
    assert browser.get("/assessments/placements/99999999999999999999/dops").status_code == 404
    assert browser.get(f"/assessments/placements/{with_mei.id}/no_such_form").status_code == 404
    assert browser.delete(address).status_code == 405


def test_a_placement_is_assessed_from_its_first_day_until_some_days_after(
    browse, mei, placed, bob_resident, county, mei_member
):
    def status(starts_on, ends_on):
        one = placed(bob_resident, county.medicine, starts_on, ends_on, mei_member)
        return browse(mei).get(f"/assessments/placements/{one.id}/mini_cex").status_code

    assert status(date(2026, 11, 23), date(2027, 1, 1)) == 404
    assert status(date(2026, 9, 1), date(2026, 10, 23)) == 404
    assert status(date(2026, 9, 2), date(2026, 10, 24)) == 200


def test_a_request_is_its_assessors_own(browse, request_of_mei, colleague, mei, office):
    address = f"/assessments/requests/{request_of_mei.id}"
    assert browse(mei).get(address).status_code == 200
    assert browse(colleague).get(address).status_code == 404
    assert browse(office).get(address).status_code == 403
    assert browse(mei).get("/assessments/requests/999999").status_code == 404
    assert browse(mei).put(address).status_code == 405


def test_a_submission_is_read_within_ones_scope(
    browse, told, mei, colleague, chen, secretary, coordinator, office, auditor, leader,
    administrator, alice, county,
):  # fmt: skip
    address = f"/assessments/submissions/{told.id}"
    other = person("Feng", Role.SECRETARY, department_id=county.surgery.id)
    expected = {
        mei: 200, office: 200, auditor: 200, secretary: 200,
        other: 404, coordinator: 404, chen: 404, colleague: 404,
        leader: 403, administrator: 403, alice: 403,
    }  # fmt: skip
    for someone, status in expected.items():
        assert browse(someone).get(address).status_code == status, someone.name
    assert browse(office).get("/assessments/submissions/999999").status_code == 404
    assert browse(office).post(address).status_code == 405


def test_a_resident_reads_and_acknowledges_only_their_own(browse, told, alice, bob, office):
    page = f"/assessments/feedback/{told.id}"
    read = f"{page}/acknowledgement"
    assert browse(bob).get(page).status_code == browse(bob).post(read).status_code == 404
    assert browse(office).get(page).status_code == browse(office).post(read).status_code == 403
    browser = browse(alice)
    assert browser.get(read).status_code == 405
    assert browser.get("/assessments/feedback/999999").status_code == 404
    assert "I have read this" in browser.get(page).text
    assert "Acknowledged." in browser.post(read, follow_redirects=True).text
    first = told.acknowledged_at
    assert "before" in browser.post(read, follow_redirects=True).text
    assert told.acknowledged_at == first
    assert "I have read this" not in browser.get(page).text


def test_only_the_author_amends(browse, told, colleague, office, mei):
    address = f"/assessments/submissions/{told.id}/amendments"
    assert browse(colleague).post(address, data={"text": "No."}).status_code == 404
    assert browse(office).post(address, data={"text": "No."}).status_code == 403
    assert browse(mei).get(address).status_code == 405


def test_a_secretary_asks_and_cancels_only_in_the_own_department(
    browse, secretary, coordinator, auditor, with_mei, request_of_mei, county
):
    other = person("Feng", Role.SECRETARY, department_id=county.surgery.id)
    ask = f"/assessments/placements/{with_mei.id}/requests/new"
    cancel = f"/assessments/requests/{request_of_mei.id}/cancellation"
    assert browse(secretary).get(ask).status_code == 200
    assert browse(other).get(ask).status_code == browse(coordinator).get(ask).status_code == 404
    assert browse(auditor).get(ask).status_code == browse(auditor).post(cancel).status_code == 403
    assert browse(other).post(cancel).status_code == 404
    assert browse(secretary).get(cancel).status_code == 405
    assert "Alice" in browse(secretary).get("/assessments/requests").text
    assert "Alice" not in browse(other).get("/assessments/requests").text
    assert browse(secretary).post(cancel).status_code == 302


def test_a_coordinator_sees_their_own_institution(
    browse, coordinator, placed, bob_resident, county, mei_member, mini_cex, office
):
    there = placed(
        bob_resident, county.village_team, date(2026, 11, 1), date(2027, 1, 1), mei_member
    )
    actions.ask(instrument=mini_cex, placement=there, by=office, at=NOW)
    browser = browse(coordinator)
    assert "Bob" in browser.get("/assessments/requests").text
    assert "Bob" in browser.get("/assessments/requests/new").text


def test_a_leader_sees_figures_and_no_names(browse, leader, office, results):
    db.session.get(Threshold, "small_cell_people").value = 1  # set before there was a floor
    db.session.commit()
    page = browse(leader).get("/assessments/examinations").text
    assert "Licensing examination 2026" not in page and "Alice" not in page
    assert "Each is of fewer than 5 people." in page and "No results" not in page
    assert "Alice" in browse(office).get("/assessments/examinations").text
