import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.assessments.conftest import EXIT, NOW, RATINGS, form_data
from trainingbase.assessments import actions
from trainingbase.assessments.models import Submission
from trainingbase.db import db
from trainingbase.notices.models import Notice


def submissions():
    return db.session.scalars(select(Submission).order_by(Submission.id)).all()


def form_address(placement, code="mini_cex"):
    return f"/assessments/placements/{placement.id}/{code}"


def test_a_supervisor_sends_a_mini_cex_and_the_resident_is_told(browse, mei, alice, with_mei):
    browser = browse(mei)
    assert "Medical interviewing" in browser.get(form_address(with_mei)).text
    answer = browser.post(form_address(with_mei), data=form_data(RATINGS, MC2_5="Listened well."))
    (submission,) = submissions()
    assert answer.headers["Location"] == f"/assessments/submissions/{submission.id}"
    assert {a.item.code: a.number for a in submission.answers if a.number} == RATINGS
    notice = db.session.scalars(select(Notice).where(Notice.person_id == alice.id)).one()
    page = browse(alice).get(notice.path)
    assert "Listened well." in page.text and "Mei" in page.text


def test_the_same_form_sent_twice_is_one_assessment(browse, mei, with_mei):
    browser, data = browse(mei), form_data(RATINGS)
    first = browser.post(form_address(with_mei), data=data)
    second = browser.post(form_address(with_mei), data=data, follow_redirects=True)
    assert first.status_code == 302
    assert len(submissions()) == 1
    assert "has arrived before" in second.text


def test_what_was_typed_stays_when_an_item_is_missing(browse, mei, with_mei):
    data = form_data({**RATINGS, "MC1.3": ""}, MC2_5="A comment typed with one thumb")
    page = browse(mei).post(form_address(with_mei), data=data)
    assert page.status_code == 422
    assert 'id="MC1_3-error"' in page.text
    assert "A comment typed with one thumb" in page.text
    assert page.text.count("checked") == 6
    assert submissions() == []


def test_an_item_that_was_not_observed_counts_as_answered(browse, mei, with_mei):
    data = form_data({**RATINGS, "MC1.2": "not_observed"})
    assert browse(mei).post(form_address(with_mei), data=data).status_code == 302
    answers = {a.item.code: a.number for a in submissions()[0].answers}
    assert answers["MC1.2"] is None and answers["MC1.1"] == 3


def test_the_overall_item_is_always_observed(browse, mei, with_mei):
    data = form_data({**RATINGS, "MC1.7": "not_observed"})
    assert browse(mei).post(form_address(with_mei), data=data).status_code == 422


def test_a_mark_outside_the_scale_is_refused_at_its_place(browse, mei, with_mei):
    page = browse(mei).post(form_address(with_mei), data=form_data({**RATINGS, "MC1.1": 10}))
    assert page.status_code == 422 and 'id="MC1_1-error"' in page.text


def test_a_day_outside_the_placement_is_refused_at_its_place(browse, mei, with_mei):
    for day in ("2026-09-30", "2026-11-23", "nonsense", ""):
        data = form_data(RATINGS, observed_on=day)
        page = browse(mei).post(form_address(with_mei), data=data)
        assert page.status_code == 422 and 'id="observed_on-error"' in page.text


def test_a_spontaneous_form_answers_the_request_that_waits(browse, mei, office, with_mei, mini_cex):
    request = actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=NOW)
    browse(mei).post(form_address(with_mei), data=form_data(RATINGS))
    db.session.refresh(request)
    assert request.answered_at is not None
    assert submissions()[0].request_id == request.id


def test_a_request_is_answered_from_its_own_page(browse, mei, office, with_mei, mini_cex):
    request = actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=NOW)
    browser, address = browse(mei), f"/assessments/requests/{request.id}"
    assert "Fill in" in browser.get("/assessments/").text
    assert browser.post(address, data=form_data(RATINGS)).status_code == 302
    assert browser.get(address).headers["Location"].startswith("/assessments/submissions/")
    assert "Nothing waits for you" in browser.get("/assessments/").text


def test_work_done_for_a_cancelled_request_is_kept(browse, mei, office, with_mei, mini_cex):
    request = actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=NOW)
    address = f"/assessments/requests/{request.id}"
    actions.cancel(request, by=office, at=NOW)
    assert browse(mei).post(address, data=form_data(RATINGS)).status_code == 302
    assert submissions()[0].request_id is None


def test_an_exit_assessment_adds_up_and_passes(browse, mei, with_mei):
    address = form_address(with_mei, "exit_assessment")
    page = browse(mei).post(address, data=form_data(EXIT), follow_redirects=True)
    (submission,) = submissions()
    assert submission.total == Decimal(94) and submission.passed is True
    assert "94 points" in page.text and "Passed" in page.text


def test_a_failed_exit_assessment_says_why_and_the_office_is_told(browse, mei, office, with_mei):
    failing = {**EXIT, "EG8.1": 1, "EG3.4": 7, "EG6.1": 7}
    address = form_address(with_mei, "exit_assessment")
    page = browse(mei).post(address, data=form_data(failing), follow_redirects=True)
    assert submissions()[0].passed is False
    assert "Was any record graded C?: yes." in page.text
    assert "Diseases: done: under 80 % of what is due." in page.text
    assert "fewer than 4 a month" in page.text
    notice = db.session.scalars(select(Notice).where(Notice.person_id == office.id)).one()
    assert notice.kind == "exit-failed"
    assert browse(office).get(notice.path).status_code == 200


def test_an_exit_assessment_is_taken_again_only_after_a_failure(browse, mei, with_mei):
    browser, address = browse(mei), form_address(with_mei, "exit_assessment")
    browser.post(address, data=form_data({**EXIT, "EG8.1": 1}, form_key="one"))
    browser.post(address, data=form_data(EXIT, form_key="two"))
    again = browser.post(address, data=form_data(EXIT, form_key="three"), follow_redirects=True)
    assert [(one.attempt, one.passed) for one in submissions()] == [(1, False), (2, True)]
    assert "passed already" in again.text


def test_what_the_portal_knows_is_filled_in(browse, mei, with_mei, known_facts):
    page = browse(mei).get(form_address(with_mei, "exit_assessment")).text
    assert re.search(r'name="EG2_1"[^>]* value="3"', page)


def test_an_amendment_stands_beside_what_was_sent(browse, mei, alice, submitted):
    one = submitted()
    address = f"/assessments/submissions/{one.id}/amendments"
    data = {"text": "It was the second patient.", "form_key": "amending"}
    browser = browse(mei)
    assert browser.post(address, data=data).status_code == 302
    assert browser.post(address, data=data).status_code == 302
    assert browser.post(address, data={"text": " "}).status_code == 422
    page = browse(alice).get(f"/assessments/feedback/{one.id}").text
    assert page.count("It was the second patient.") == 1 and "Listened well." in page


def test_after_a_placement_the_day_begins_as_its_last(
    browse, mei, placed, bob_resident, county, mei_member
):
    left = placed(bob_resident, county.medicine, date(2026, 10, 1), date(2026, 11, 1), mei_member)
    assert 'value="2026-10-31"' in browse(mei).get(form_address(left)).text


def test_the_same_form_arriving_eight_times_at_once_is_one_assessment(
    app, browse, mei, alice, with_mei
):
    cookie = browse(mei).get_cookie("trainingbase").value
    address, at_once = form_address(with_mei), Barrier(8)
    db.session.commit()

    def send(_number):
        client = FlaskClient(app, app.response_class)
        client.set_cookie("trainingbase", cookie)
        at_once.wait()
        return client.post(address, data=form_data(RATINGS)).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(send, range(8))) == {302}
    assert len(submissions()) == 1
    told = select(Notice).where(Notice.person_id == alice.id)
    assert len(db.session.scalars(told).all()) == 1


def test_different_answers_to_one_request_at_once_are_both_kept(
    app, browse, mei, office, with_mei, mini_cex
):
    request = actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=NOW)
    cookie = browse(mei).get_cookie("trainingbase").value
    address, at_once = f"/assessments/requests/{request.id}", Barrier(4)
    db.session.commit()

    def send(number):
        client = FlaskClient(app, app.response_class)
        client.set_cookie("trainingbase", cookie)
        at_once.wait()
        data = form_data(RATINGS, form_key=f"key-{number}")
        return client.post(address, data=data).status_code

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(send, range(4))) == {302}
    answered = [one.request_id for one in submissions()]
    assert len(answered) == 4 and answered.count(request.id) == 1
