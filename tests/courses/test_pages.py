"""The pages: from the resident's page to the effect, to the counter-entry; graduation; numbers."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import add, resident
from tests.courses.conftest import LEFT_ON, NOW
from trainingbase.assessments.models import ExamResult
from trainingbase.courses.models import Course, Reason
from trainingbase.db import db
from trainingbase.enrolment.models import Credit, Leave
from trainingbase.thresholds.models import Threshold


def seen_on(page):
    return re.search(r'name="seen"[^>]*value="([^"]*)"', page.text).group(1)


def reason(of):
    return db.session.query(Reason).filter_by(of=of).first().id


@pytest.fixture
def withdrawing(browse, office, plan, alice_resident):
    """The office's browser, and the address of Alice's withdrawal as it was proposed."""
    browser = browse(office)
    page = browser.post(
        f"/courses/new/{alice_resident.id}/withdrawal",
        data={
            "last_day": "2026-11-15",
            "manner": reason("manner"),
            "reason": reason("withdrawal"),
            "form_key": "one",
        },
    )
    assert page.status_code == 302, page.text
    return browser, page.headers["Location"]


def test_a_withdrawal_is_shown_done_and_taken_back(withdrawing, alice_resident):
    browser, address = withdrawing
    shown = browser.get(address)
    assert "GP team" in shown.text and "Surgery" in shown.text
    assert alice_resident.withdrawn_on is None
    done = browser.post(f"{address}/decision", data={"seen": seen_on(shown)}, follow_redirects=True)
    assert alice_resident.withdrawn_on == LEFT_ON
    assert "Take it back" in done.text
    refused = browser.post(f"{address}/undoing", data={"word": ""})
    assert refused.status_code == 200 and alice_resident.withdrawn_on == LEFT_ON
    back = browser.post(f"{address}/undoing", data={"word": "a mistake"}, follow_redirects=True)
    assert "a mistake" in back.text and alice_resident.withdrawn_on is None


def test_what_was_not_shown_is_not_done(withdrawing, alice_resident):
    browser, address = withdrawing
    page = browser.post(f"{address}/decision", data={"seen": "something else"})
    assert page.status_code == 409 and "Look again" in page.text
    assert alice_resident.withdrawn_on is None


def test_the_form_sent_twice_makes_one_proposal(browse, office, plan, alice_resident):
    browser = browse(office)
    for _ in range(2):
        browser.post(
            f"/courses/new/{alice_resident.id}/extension",
            data={"months": 3, "reason": reason("extension"), "form_key": "same"},
        )
    [course] = db.session.query(Course)
    assert course.ends_on == date(2029, 12, 1)


def test_an_impossible_day_is_said_at_its_field(browse, office, plan, alice_resident):
    page = browse(office).post(
        f"/courses/new/{alice_resident.id}/withdrawal",
        data={"last_day": "2026-08-01", "manner": reason("manner"),
              "reason": reason("withdrawal")},
    )  # fmt: skip
    assert page.status_code == 200 and "Training began on" in page.text


def test_months_done_elsewhere_are_credited_never_more_than_done(
    browse, office, plan, alice_resident, county
):
    browser, address = browse(office), f"/courses/new/{alice_resident.id}/transfer_in"
    answers = {
        "first_day": "2026-09-01", "place": "Another base", "reason": reason("transfer"),
        "done_0": "2", "credited_0": "3", "form_key": "in",
    }  # fmt: skip
    assert "No more than was done" in browser.post(address, data=answers).text
    made = browser.post(address, data=answers | {"credited_0": "1.5"})
    address = made.headers["Location"]
    browser.post(f"{address}/decision", data={"seen": seen_on(browser.get(address))})
    [credit] = alice_resident.credits
    assert (credit.months, credit.kind) == (Decimal("1.5"), "accepted")


def test_every_kind_has_its_form(browse, office, plan, alice_resident, county):
    browser = browse(office)
    page = browser.get(f"/courses/new/{alice_resident.id}")
    for kind in ("withdrawal", "transfer_out", "transfer_in", "extension", "suspension",
                 "graduation", "change_programme"):  # fmt: skip
        address = f"/courses/new/{alice_resident.id}/{kind}"
        assert address in page.text, kind
        assert browser.get(address).status_code == 200, kind
    assert f"/courses/new/{alice_resident.id}/return" not in page.text


def test_residents_read_their_own_changes_and_nobody_elses(
    browse, done, plan, alice_resident, alice, bob, auditor, mei
):
    course = done(alice_resident, "withdrawal", LEFT_ON, word="by agreement")
    assert "by agreement" in browse(alice).get(f"/courses/{course.id}").text
    assert "Do it as shown" not in browse(auditor).get(f"/courses/{course.id}").text
    assert browse(bob).get(f"/courses/{course.id}").status_code == 404
    assert browse(mei).get(f"/courses/{course.id}").status_code == 404
    assert "Withdrawal" in browse(alice).get("/courses/mine").text
    assert "Withdrawal" in browse(auditor).get(f"/residents/{alice_resident.id}").text


def test_proposals_are_the_offices_own(browse, proposed, plan, alice_resident, alice):
    course = proposed(alice_resident, "withdrawal", LEFT_ON)
    assert browse(alice).get(f"/courses/{course.id}").status_code == 404


def test_the_list_filters_and_downloads(browse, done, plan, alice_resident, bob_resident, auditor):
    done(alice_resident, "withdrawal", LEFT_ON)
    done(bob_resident, "extension", date(2029, 9, 1), date(2030, 1, 1))
    browser = browse(auditor)
    page = browser.get("/courses/?kind=withdrawal")
    assert "Alice" in page.text and "Bob" not in page.text
    assert "Bob" not in browser.get("/courses/?until=2026-12-31").text
    assert "Bob" in browser.get("/courses/export/csv?search=Bob").text
    assert browser.get("/courses/?since=nonsense&sort=-day").status_code == 200


@pytest.fixture
def ready(alice_resident, county):
    """Alice has done everything."""
    for name, months in (("Medicine", 2), ("Surgery", 1), ("Community", 3)):
        standard = county.standards[name]
        add(Credit(resident=alice_resident, standard_department=standard, months=Decimal(months),
                   kind="accepted"))  # fmt: skip
    alice_resident.licence_number = "1101"
    for year in (2027, 2028, 2029):
        add(ExamResult(resident=alice_resident, kind="annual", year=year, is_first_attempt=True))
    add(ExamResult(resident=alice_resident, kind="graduation", year=2029, is_first_attempt=True,
                   theory_passed=True, skills_passed=True, passed=True))  # fmt: skip
    return alice_resident


def test_who_is_ready_and_who_lacks_what(browse, auditor, ready, bob_resident):
    browser = browse(auditor)
    page = browser.get("/courses/graduation?lack=ready")
    assert "Alice" in page.text and "Bob" not in page.text
    page = browser.get("/courses/graduation?lack=licence")
    assert "Alice" not in page.text and "Bob" in page.text
    assert "Surgery: 0 of 1 months" in browser.get(f"/courses/graduation/{bob_resident.id}").text
    assert "Bob" in browser.get("/courses/graduation/export/csv").text


def test_those_ready_graduate_together_and_get_their_numbers(browse, office, ready, bob_resident):
    browser = browse(office)
    query = f"resident={ready.id}&resident={bob_resident.id}"
    page = browser.get(f"/courses/graduation/confirmation?{query}")
    assert "Not ready, and left out" in page.text
    answers = {"resident": [ready.id], "last_day": "2026-11-22", "seen": seen_on(page)}
    other_day = browser.post(
        "/courses/graduation/confirmation", data=answers | {"last_day": "2026-11-20"}
    )
    assert other_day.status_code == 409 and ready.finished_on is None
    browser.post("/courses/graduation/confirmation", data=answers)
    assert ready.finished_on == date(2026, 11, 22) and bob_resident.finished_on is None
    page = browser.post("/courses/certificates", data={"pasted": "Alice,GP-1\nBob,GP-2"})
    assert "Line 2 (Bob,GP-2)" in page.text and ready.certificate_number is None
    browser.post("/courses/certificates", data={"pasted": "Name,Number\nAlice,GP-1"})
    assert ready.certificate_number == "GP-1"


def test_a_number_belongs_to_one_person(browse, office, ready, bob_resident):
    ready.finished_on = bob_resident.finished_on = date(2026, 11, 1)
    bob_resident.certificate_number = "GP-1"
    db.session.commit()
    page = browse(office).post("/courses/certificates", data={f"number_{ready.id}": "GP-1"})
    assert "Somebody else has this number" in page.text
    assert ready.certificate_number is None


def test_who_lacks_something_graduates_only_with_a_word(browse, office, plan, bob_resident):
    browser, address = browse(office), f"/courses/new/{bob_resident.id}/graduation"
    answers = {"last_day": "2026-11-22", "form_key": "g"}
    assert "say why they graduate" in browser.post(address, data=answers).text
    made = browser.post(address, data=answers | {"word": "decided by the province"})
    assert "Missing for graduation" in browser.get(made.headers["Location"]).text


def test_a_base_changes_its_lists_and_limits(browse, office, plan, ready):
    browser = browse(office)
    browser.post("/courses/reasons", data={"of": "withdrawal", "name": "出国"})
    mine = db.session.query(Reason).filter_by(name="出国").one()
    assert "出国" in browser.get(f"/courses/new/{ready.id}/withdrawal").text
    browser.post(f"/courses/reasons/{mine.id}/use")
    assert "出国" not in browser.get(f"/courses/new/{ready.id}/withdrawal").text
    db.session.get(Threshold, "graduation_activities").value = Decimal(5)
    db.session.commit()
    page = browser.get(f"/courses/graduation/{ready.id}")
    assert "Teaching activities attended: 0 of 5" in page.text


@pytest.mark.parametrize("address", ["/courses/", "/courses/graduation"])
def test_the_lists_take_as_many_statements_for_all(
    browse, auditor, office, county, statements, address
):
    def more(first, last):
        for n in range(first, last):
            someone = resident(f"Resident {n:04}", county, f"11010120000101{n:04}")
            db.session.add(
                Course(resident_id=someone.id, kind="extension", starts_on=date(2029, 9, 1),
                       ends_on=date(2030, 1, 1), proposed_at=NOW, proposed_by_id=office.id,
                       decided_at=NOW, decided_by_id=office.id, effect={})
            )  # fmt: skip
        db.session.commit()

    browser = browse(auditor)
    more(0, 10)
    few = statements(lambda: browser.get(address))
    more(10, 60)
    assert statements(lambda: browser.get(address)) == few


@pytest.mark.parametrize(("kind", "is_ready"), [("annual", True), ("sick", False)])
def test_leave_that_stands_outside_the_total_puts_no_graduation_off(
    browse, auditor, ready, kind, is_ready
):
    """As the page of the leave itself reckons."""
    days = int(db.session.get(Threshold, "leave_exam_later_days").value)
    starts_on = NOW.date() - timedelta(days=days + 5)
    add(Leave(resident=ready, kind=kind, starts_on=starts_on, ends_on=NOW.date(), granted=True,
              decided_at=NOW))  # fmt: skip
    page = browse(auditor).get("/courses/graduation?lack=leave")
    assert ("Alice" not in page.text) == is_ready
