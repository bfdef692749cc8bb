"""360: the plan asks nurses, patients and fellow residents by itself."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.assessments.conftest import NOW, TODAY
from tests.assessments.test_guests import ANSWER, SECRET, address, rating
from tests.assessments.test_lists import statements
from tests.assessments.test_planned import plan
from tests.cast import resident
from trainingbase.assessments import actions, asking
from trainingbase.assessments.actions import guests
from trainingbase.assessments.models import (
    Errand,
    GuestLink,
    PlannedRequest,
    Request,
    Submission,
)
from trainingbase.assessments.queries import errands, together, turns, waiting
from trainingbase.assessments.rules.askees import Fellow, Sought, choose
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.instruments.models import Instrument, Item
from trainingbase.notices.models import Notice

DAY = timedelta(days=1)


def form(code, assessor, **more):
    made = Instrument(
        code=code, version="base-1", origin="base", name=code, name_en=code, assessor=assessor,
        source="—", confidence="S", is_in_use=True, is_once=False, published_at=NOW,
        is_confidential=True,
        items=[
            rating(0, "N1", "Team"),
            rating(1, "N2", "Handover"),
            Item(position=2, code="N3", name="Comment", name_en="Comment", kind="text"),
        ],
        **more,
    )  # fmt: skip
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def nurses(county):
    plan(county, "nurse_on_resident", "leaving", times=3)
    return form("nurse_on_resident", "nurse")


@pytest.fixture
def peers(county):
    plan(county, "peer_on_resident", "leaving", times=2)
    return form("peer_on_resident", "peer")


@pytest.fixture
def ending(placed, alice_resident, county, mei_member):
    return placed(
        alice_resident, county.medicine, date(2026, 11, 1), date(2026, 11, 26), mei_member
    )


@pytest.fixture
def fellows(placed, county, mei_member):
    """Three who were there in the same time, one who was there before, one who was elsewhere."""

    def one(n, place, first, end):
        person = resident(f"F{n}", county, f"11010120000101{n:04}")
        placed(person, place, first, end, mei_member)
        return person

    first = date(2026, 11, 1)
    together = [one(n, county.medicine, first, date(2026, 12, 1 + n)) for n in range(3)]
    one(8, county.medicine, date(2026, 9, 1), first)
    one(9, county.surgery, first, date(2026, 12, 1))
    return together


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, 5, tzinfo=LOCAL)


def ask(day=TODAY):
    asking.ask_and_remind(today=day, at=at(day))
    return db.session.scalars(select(Request).order_by(Request.id)).all()


def answered(link, name, n=4):
    guests.answer(link, answers={"N1": n, "N2": n, "N3": f"{name} says."}, name=name, at=at(TODAY))


def issue(errand, each, batch):
    return guests.issue_for(
        errand, each=each, identity="printed", batch=batch, secret=SECRET,
        by=errand.assessor, at=at(TODAY),
    )  # fmt: skip


def test_the_secretary_is_asked_to_ask_and_it_is_counted_down(
    ending, nurses, secretary, alice_resident
):
    (errand,) = ask()
    assert errand.assessor_id == secretary.id and errand.asked_by_id is None
    assert db.session.get(Errand, errand.id).wanted == 3
    assert (
        "guests-to-ask"
        in db.session.scalars(select(Notice.kind).where(Notice.person_id == secretary.id)).all()
    )
    links = issue(errand, 3, "b")
    for number, link in enumerate(links[:2]):
        answered(link, f"Nurse {number}")
    found = errands.progress_of([errand.id], today=TODAY)[errand.id]
    assert (found.came, found.out, found.left) == (2, 1, 0)
    assert errand.state(TODAY) == "open"
    (mine,) = together.together_of(alice_resident.id, today=TODAY)
    assert not mine.is_shown and mine.came == 2 and not mine.lines
    answered(links[2], "Nurse 2")
    assert errand.state(TODAY) == "done"
    assert ask() == [errand], "nobody is asked again"
    assert db.session.scalar(select(func.count()).select_from(PlannedRequest)) == 1


def test_without_a_secretary_the_supervisor_asks(ending, nurses, mei):
    (errand,) = ask()
    assert errand.assessor_id == mei.id


def test_it_is_late_expires_and_is_extended_as_all_requests(ending, nurses, secretary, office):
    (errand,) = ask()
    (link,) = issue(errand, 1, "b")
    day = TODAY
    while day < errand.expires_on + DAY:
        ask(day)
        day += DAY
    kinds = [step.kind for step in errand.steps]
    assert {"remind", "secretary", "office", "expire"} <= set(kinds)
    assert errand.state(day) == "expired" and link.state(day) == "expired"
    actions.extend(errand, by=office, at=at(day))
    assert link.expires_on == errand.expires_on and link.state(day) == "open"
    actions.cancel(errand, by=office, at=at(day))
    assert link.state(day) == "revoked"


def test_the_resident_reads_them_together_and_no_name(
    ending, nurses, secretary, alice, alice_resident, browse
):
    (errand,) = ask()
    for number, link in enumerate(issue(errand, 3, "b")):
        answered(link, f"Nurse {number}", n=3 + number % 2)
    browser = browse(alice)
    page = browser.get("/assessments/feedback/together").text
    assert "Nurse 1 says." in page and "3.33" in page
    assert "Nurse 1<" not in page
    assert "nurse_on_resident" not in browser.get("/assessments/feedback").text
    one = db.session.scalars(select(Submission)).first()
    assert browser.get(f"/assessments/feedback/{one.id}").status_code == 404
    told = db.session.scalars(select(Notice.kind).where(Notice.person_id == alice.id)).all()
    assert "assessment-received" not in told


def test_one_tap_prints_the_sheets(app, ending, nurses, secretary, chen, browse):
    (errand,) = ask()
    browser = browse(secretary)
    assert "Ask guests" in browser.get("/assessments/").text
    page = browser.get(f"/assessments/requests/{errand.id}", follow_redirects=True)
    assert "Print sheets" in page.text
    sent = {"each": 3, "form_key": "once"}
    for _twice in range(2):
        sheets = browser.post(
            f"/assessments/errands/{errand.id}/sheets", data=sent, follow_redirects=True
        )
        assert sheets.text.count("Code to scan") == 3
    links = db.session.scalars(select(GuestLink)).all()
    assert len(links) == 3
    phone = app.test_client()
    assert "保密，但不是匿名" in phone.get(address(links[0])).text
    assert phone.post(address(links[0]), data=ANSWER).status_code == 302
    assert "1 of 3" in browser.get(f"/assessments/errands/{errand.id}").text
    assert browse(chen).get(f"/assessments/errands/{errand.id}").status_code == 404


def test_fellow_residents_are_chosen_and_never_twice(ending, peers, fellows, office):
    rows = ask()
    asked = {one.assessor_id for one in rows}
    ours = {one.person_id for one in fellows}
    assert len(rows) == 2 and asked < ours
    declined = rows[0]
    actions.decline(declined, by=declined.assessor, at=at(TODAY, 10), reason="On leave.")
    rows = ask()
    assert {one.assessor_id for one in rows} == ours, "the portal asks the third by itself"
    assert len(rows) == 3
    third = rows[2]
    actions.decline(third, by=third.assessor, at=at(TODAY, 11), reason="Me too.")
    assert len(ask()) == 3, "and nobody who was asked before"
    assert (
        "assessment-declined"
        in db.session.scalars(select(Notice.kind).where(Notice.person_id == office.id)).all()
    )


def test_a_fellow_resident_answers_and_is_not_named(
    ending, peers, fellows, alice, browse, alice_resident
):
    rows = ask()
    fellow = rows[0].assessor
    browser = browse(fellow)
    assert "Forms and guests asked of you" in browser.get("/").text
    assert "Fill in" in browser.get("/assessments/").text
    page = browser.get(f"/assessments/requests/{rows[0].id}")
    assert "Confidential, not anonymous" in page.text
    data = {
        "N1": "4", "N2": "5", "N3": "Hands over well.", "form_key": "k",
        "observed_on": TODAY.isoformat(),
    }  # fmt: skip
    sent = browser.post(f"/assessments/requests/{rows[0].id}", data=data, follow_redirects=True)
    assert "shown together" in sent.text
    db.session.rollback()
    assert rows[0].state(TODAY) == "done"
    assert browse(alice).get(f"/assessments/requests/{rows[1].id}").status_code == 404
    assert "Hands over well." not in browse(alice).get("/assessments/feedback/together").text


def test_who_is_asked_is_shared_out():
    fellows = {1: [Fellow(10, 5), Fellow(11, 9), Fellow(12, 1)], 2: [Fellow(10, 3)], 3: []}
    sought = [Sought(n, "peer", 7, place) for n, place in enumerate((1, 1, 1, 1, 2, 3))]
    found = choose(sought, fellows=fellows, asked={("peer", 2, 10)}, before={}, load={11: 4})
    assert found == {0: 10, 1: 12, 2: 11}, "the one asked least, then who was there longest"


def test_asking_many_takes_as_many_statements(placed, county, nurses, peers, mei_member, secretary):
    def ward(first, number):
        for n in range(first, first + number):
            person = resident(f"R{n}", county, f"11010120000102{n:04}")
            placed(person, county.medicine, date(2026, 11, 1), date(2026, 11, 26), mei_member)

    def look():
        turns.due_now(waiting.still_waiting(), today=TODAY)
        waiting.wanted(today=TODAY, until=TODAY)

    def count():
        actions.plan_ahead(today=TODAY, at=at(TODAY))
        look()  # what the fixtures hold is loaded
        with statements() as seen:
            look()
        return len(seen)

    ward(0, 3)
    few = count()
    ward(3, 20)
    assert count() == few
