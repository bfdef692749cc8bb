"""Outside examiners mark on a tablet without an account, by a link that one device takes."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import SETTINGS
from tests.exams.conftest import NOW, TODAY
from trainingbase.assessments.models import GuestTry
from trainingbase.assessments.tokens import new_nonce, token_of
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.exams.actions import outside as actions
from trainingbase.exams.actions import sessions
from trainingbase.exams.models import OsceExaminer, OsceGuestLink, OsceMark, OsceSlot
from trainingbase.people.models import Person

SECRET = SETTINGS["SECRET_KEY"]


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", TODAY.isoformat())


@pytest.fixture
def put(opened, office):
    def one(n=0, **more):
        return actions.put(
            opened.stations[n], 0, name=f"Dr Bai {n}", employer="City Hospital",
            identity="handed", form_key=f"k{n}", secret=SECRET, by=office, at=NOW, **more,
        )  # fmt: skip

    return one


def address(link):
    return f"/exams/outside/{token_of(SECRET, link.nonce)}"


def slot_of(link):
    examiner = db.session.get(OsceExaminer, link.examiner_id)
    return db.session.scalars(
        select(OsceSlot)
        .where(OsceSlot.station_id == examiner.station_id, OsceSlot.circuit == 0)
        .order_by(OsceSlot.round)
    ).first()


SHEET = {"history": "30", "exam": "30", "close": "15", "harm": "0", "rating": "4", "form_key": "m"}


def test_the_tablet_takes_the_link_marks_and_is_named(app, put, browse, office):
    link = put()
    tablet = app.test_client()
    page = tablet.get(address(link))
    assert page.status_code == 200 and "Dr Bai 0" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    db.session.refresh(link)
    assert link.taken_at is None, "opening changes nothing"
    room = tablet.post(address(link), follow_redirects=True)
    assert (
        "Dr Bai" not in room.text and f'data-viewer="osce-{link.examiner.person_id}"' in room.text
    )
    slot = slot_of(link)
    sheet = f"/exams/outside/slots/{slot.id}"
    assert "data-outbox" in tablet.get(sheet).text
    assert tablet.post(f"{sheet}/draft", data={"history": "3"}).json == {"kept": True}
    for _twice in range(2):
        assert tablet.post(sheet, data=SHEET).status_code == 302
    marks = db.session.scalars(select(OsceMark)).all()
    assert [one.examiner_id for one in marks] == [link.examiner.person_id]
    acts = set(db.session.scalars(select(Entry.act).where(Entry.by_id == marks[0].examiner_id)))
    assert acts == {"take-osce-link", "mark-osce"}
    amended = tablet.post(
        f"{sheet}/amendments",
        data={"score": "70", "rating": "3", "why": "Misread.", "form_key": "a"},
        follow_redirects=True,
    )
    assert "Misread." in amended.text


def test_another_device_opens_nothing(app, put):
    link = put()
    app.test_client().post(address(link))
    other = app.test_client()
    assert other.get(address(link)).status_code == 410
    assert other.post(address(link)).status_code == 410
    slot = slot_of(link)
    for path in ("/exams/outside", f"/exams/outside/slots/{slot.id}"):
        assert other.get(path).status_code == 404
    assert other.post(f"/exams/outside/slots/{slot.id}", data=SHEET).status_code == 404
    assert db.session.scalar(select(func.count()).select_from(OsceMark)) == 0


def test_only_their_own_room(app, put):
    first, second = put(0), put(1)
    tablet = app.test_client()
    tablet.post(address(first))
    foreign = slot_of(second)
    assert tablet.get(f"/exams/outside/slots/{foreign.id}").status_code == 404
    assert tablet.post(f"/exams/outside/slots/{foreign.id}", data=SHEET).status_code == 404


def test_a_revoked_and_an_expired_device_is_shut_out(app, put, office, monkeypatch):
    link = put()
    tablet = app.test_client()
    tablet.post(address(link))
    assert tablet.get("/exams/outside").status_code == 200
    assert actions.revoke(link.examiner, by=office, at=NOW) == 1
    assert tablet.get("/exams/outside").status_code == 404
    again = actions.issue(
        link.examiner, employer=None, identity="printed", form_key="again", secret=SECRET,
        by=office, at=NOW,
    )  # fmt: skip
    tablet.post(address(again))
    assert tablet.get("/exams/outside").status_code == 200
    assert tablet.get(address(link)).status_code == 410, "the old one stays dead"
    monkeypatch.setenv("TRAININGBASE_TODAY", (TODAY + timedelta(days=1)).isoformat())
    assert tablet.get("/exams/outside").status_code == 404


def test_guessing_is_slowed_down(app, put, office):
    put()
    thief = app.test_client()
    forged = f"/exams/outside/{token_of('another secret', new_nonce())}"
    answers = [thief.post(forged).status_code for _n in range(22)]
    assert answers[0] == 404 and answers[-1] == 429
    assert db.session.scalar(select(func.count()).select_from(GuestTry)) == 20
    assert thief.get("/exams/outside/short").status_code == 404


def test_the_office_prints_revokes_and_issues_anew(opened, browse, office, mei):
    browser, station = browse(office), opened.stations[0]
    form = {
        "name": "Dr Lu", "employer": "", "identity": "printed", "room": f"{station.id}-0",
        "form_key": "once",
    }  # fmt: skip
    new = f"/exams/osce/{opened.id}/outside/new"
    assert "Write the name." in browser.post(new, data={**form, "name": ""}).text
    for _twice in range(2):
        page = browser.post(new, data=form, follow_redirects=True)
        assert "Code to scan" in page.text
    assert db.session.scalar(select(func.count()).where(Person.name == "Dr Lu")) == 1
    link = db.session.scalars(select(OsceGuestLink)).one()
    path = f"/exams/osce/{opened.id}/examiners/{link.examiner_id}"
    assert browser.get(f"{path}/code.svg").mimetype == "image/svg+xml"
    assert "Dr Lu" in browser.get(f"/exams/osce/{opened.id}").text
    browser.post(f"{path}/link", data={"identity": "sent", "form_key": "two"})
    browser.post(f"{path}/link/revocation")
    assert browser.get(f"{path}/code.svg").status_code == 404
    staff = db.session.scalars(select(OsceExaminer).where(OsceExaminer.person_id == mei.id)).one()
    assert browser.get(f"/exams/osce/{opened.id}/examiners/{staff.id}/link").status_code == 404
    sessions.remove_examiner(link.examiner, by=office, at=NOW)
    assert db.session.scalar(select(func.count()).select_from(OsceGuestLink)) == 0
