from datetime import date, timedelta

from sqlalchemy import select

from tests.assessments.conftest import EXIT, NOW, RATINGS, TODAY
from trainingbase.assessments import actions, asking
from trainingbase.assessments.models import Request
from trainingbase.db import db
from trainingbase.notices.models import Notice

DAY = timedelta(days=1)


def asked(code=None):
    rows = db.session.scalars(select(Request).order_by(Request.id)).all()
    return [one for one in rows if code in (None, one.instrument.code)]


def run(day=TODAY):
    asking.ask_and_remind(today=day, at=NOW + (day - TODAY))


def kinds_for(person):
    rows = select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)
    return db.session.scalars(rows).all()


def test_a_mini_cex_is_asked_from_the_middle_of_a_placement_on(with_mei, mei):
    run(date(2026, 10, 30))
    assert asked() == []
    run(date(2026, 10, 31))
    (request,) = asked()
    assert (request.instrument.code, request.assessor_id) == ("mini_cex", mei.id)
    assert request.due_on == date(2026, 11, 7) and request.asked_by_id is None
    assert kinds_for(mei) == ["assessment-asked"]


def test_an_exit_assessment_is_asked_before_the_resident_leaves(with_mei):
    run(date(2026, 11, 23))
    assert asked("exit_assessment") == []
    run(date(2026, 11, 24))
    (request,) = asked("exit_assessment")
    assert request.due_on == with_mei.ends_on


def test_the_plan_asks_once(with_mei):
    for day in (0, 1, 2, 30, 60):
        run(date(2026, 11, 1) + day * DAY)
    assert len(asked("mini_cex")) == len(asked("exit_assessment")) == 1


def test_nothing_is_asked_that_was_given_already(submitted, with_mei, mei, exit_form):
    submitted()
    actions.submit(
        instrument=exit_form, placement=with_mei, by=mei, at=NOW, observed_on=TODAY,
        answers=EXIT, form_key="exit",
    )  # fmt: skip
    run(date(2026, 11, 28))
    assert asked() == []


def test_nothing_is_asked_about_a_cancelled_placement_or_without_a_supervisor(
    placed, alice_resident, bob_resident, county, mei_member
):
    gone = placed(alice_resident, county.medicine, date(2026, 11, 1), date(2026, 12, 1), mei_member)
    gone.cancelled_at = NOW
    placed(bob_resident, county.medicine, date(2026, 11, 1), date(2026, 12, 1))
    db.session.commit()
    run(date(2026, 11, 28))
    assert asked() == []


def test_a_late_request_is_reminded_of_until_it_is_done(with_mei, mei, submitted):
    """Due on the 7th: two days before, on the day, then every four days."""
    run(date(2026, 10, 31))
    seen = []
    for day in range(1, 16):
        now = date(2026, 10, 31) + day * DAY
        run(now)
        run(now)
        reminders = [k for k in kinds_for(mei) if k in ("assessment-late", "assessment-soon")]
        seen.append(len(reminders))
    assert seen == [0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4]
    submitted(at=NOW - 6 * DAY, observed_on=date(2026, 11, 16))
    run(date(2026, 11, 22))
    assert kinds_for(mei).count("assessment-late") == 3
    unread = select(Notice).where(Notice.read_at.is_(None), Notice.person_id == mei.id)
    assert db.session.scalars(unread).all() == []


def test_a_request_expires_by_date(browse, mei, with_mei):
    run(date(2026, 10, 31))
    (request,) = asked("mini_cex")
    before = request.expires_on - DAY
    assert request.state(before) == "late" and request.state(request.expires_on) == "expired"


def test_what_the_plan_asked_passes_to_a_new_supervisor(with_mei, mei, chen):
    run(date(2026, 10, 31))
    with_mei.supervisor_id = member_of(chen).id
    db.session.commit()
    run(date(2026, 11, 1))
    (request,) = asked("mini_cex")
    assert request.assessor_id == chen.id
    assert kinds_for(chen) == ["assessment-asked"]


def member_of(person):
    from trainingbase.faculty.models import FacultyMember

    rows = select(FacultyMember).where(FacultyMember.person_id == person.id)
    return db.session.scalars(rows).one()


def test_the_office_asks_and_the_teacher_is_told(browse, office, mei, with_mei):
    browser = browse(office)
    assert "Alice" in browser.get("/assessments/requests/new?search=Ali").text
    address = f"/assessments/placements/{with_mei.id}/requests/new"
    data = {
        "form_key": "k", "instrument": "dops", "assessor": mei.id, "due_on": "2026-11-30",
    }  # fmt: skip
    assert browser.post(address, data=data).status_code == 302
    (request,) = asked()
    assert request.due_on == date(2026, 12, 1) and request.asked_by_id == office.id
    assert "still waits" in browser.post(address, data=data, follow_redirects=True).text
    assert len(asked()) == 1
    notice = db.session.scalars(select(Notice).where(Notice.person_id == mei.id)).one()
    assert browse(mei).get(notice.path).status_code == 200


def test_a_day_gone_by_is_refused_at_its_place(browse, office, mei, with_mei):
    address = f"/assessments/placements/{with_mei.id}/requests/new"
    data = {"instrument": "dops", "assessor": mei.id, "due_on": "2026-11-21"}
    page = browse(office).post(address, data=data)
    assert page.status_code == 422 and 'id="due_on-error"' in page.text
    data["assessor"] = office.id
    assert browse(office).post(address, data=data).status_code == 422


def test_the_office_takes_a_request_back(browse, office, mei, with_mei, mini_cex):
    request = actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=NOW)
    address = f"/assessments/requests/{request.id}/cancellation"
    browser = browse(office)
    assert "Mei is told" in browser.post(address, follow_redirects=True).text
    assert "closed already" in browser.post(address, follow_redirects=True).text
    assert "Nothing waits for you" in browse(mei).get("/assessments/").text
    assert kinds_for(mei) == ["assessment-asked", "assessment-cancelled"]


def test_an_answered_request_cannot_be_taken_back(browse, office, with_mei, mini_cex, submitted):
    request = actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=NOW)
    submitted(answers=RATINGS)
    page = browse(office).post(
        f"/assessments/requests/{request.id}/cancellation", follow_redirects=True
    )
    assert "closed already" in page.text and request.cancelled_at is None
