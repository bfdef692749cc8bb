"""Who confirms what, one by one or many at once; taking back a slip; the daily reminder."""

from datetime import date, datetime, timedelta

import pytest

from tests.cast import LONG_AGO, add
from trainingbase import clock
from trainingbase.db import db
from trainingbase.logbook.actions import deciding
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.waiting import waiting_for
from trainingbase.notices.models import Notice

NOW = datetime(2026, 11, 22, 12, tzinfo=clock.LOCAL)


@pytest.fixture
def enter(stay, alice_resident):
    def entered(item="COPD", **more) -> Entry:
        number = db.session.query(Entry).count()
        values = {
            "resident": alice_resident,
            "placement": stay,
            "category": "disease",
            "item": item,
            "done_on": date(2026, 11, 20),
            "entered_at": clock.now() - timedelta(days=1),
            "entry_key": f"e{number}",
        }
        return add(Entry(**values | more))

    return entered


def decide(browser, *entries, **data):
    ids = [entry.id for entry in entries]
    return browser.post(
        "/log/decision", data={"entries": ids, "do": "confirm"} | data, follow_redirects=True
    )


def waits(browser) -> str:
    return browser.get("/log/to-confirm").text


def test_one_is_confirmed_without_ticking_it(browse, mei, enter):
    first, second = enter(), enter("Asthma")
    decide(browse(mei), only=second.id)
    assert (first.state, second.state) == ("waiting", "confirmed")


def test_all_on_the_page_can_be_ticked(browse, mei, enter):
    enter()
    browser = browse(mei)
    assert " checked" not in waits(browser)
    assert " checked" in browser.get("/log/to-confirm?ticked=1").text


def test_a_usual_reason_and_words_of_ones_own(browse, mei, enter):
    entry = enter()
    decide(browse(mei), entry, do="return", preset="no_number", reason="Ward 3.")
    assert entry.reason == "Give the admission or visit number. Ward 3."


def test_what_waits_is_found_by_resident_kind_and_day(browse, mei, enter):
    enter("COPD")
    enter("Puncture", category="procedure", done_on=date(2026, 11, 3))
    browser = browse(mei)

    def found(query):
        text = browser.get("/log/to-confirm?" + query).text
        return [item for item in ("COPD", "Puncture") if f"<strong>{item}" in text]

    assert found("") == ["COPD", "Puncture"]
    assert found("category=procedure") == ["Puncture"]
    assert found("first=2026-11-10") == ["COPD"]
    assert found("last=2026-11-10") == ["Puncture"]
    assert found("search=alice") == ["COPD", "Puncture"]
    assert found("search=nobody") == []


def test_a_slip_is_taken_back_while_it_is_fresh(browse, mei, chen, enter):
    entries = [enter(), enter("Asthma")]
    browser = browse(mei)
    page = decide(browser, *entries).text
    assert "You confirmed 2 at" in page
    moment = entries[0].decided_at.isoformat()
    browse(chen).post("/log/decision/undoing", data={"at": moment})
    assert entries[0].state == "confirmed"
    browser.post("/log/decision/undoing", data={"at": moment})
    assert [one.state for one in entries] == ["waiting", "waiting"]
    assert "You confirmed" not in waits(browser)


def test_an_old_decision_stays(browse, mei, enter):
    entry = enter()
    entry.decide(True, by=mei, at=clock.now() - timedelta(minutes=11))
    db.session.commit()
    browser = browse(mei)
    assert "You confirmed" not in waits(browser)
    page = browser.post(
        "/log/decision/undoing",
        data={"at": entry.decided_at.isoformat()},
        follow_redirects=True,
    )
    assert "too late to take this back" in page.text
    assert entry.state == "confirmed"


def test_taking_back_a_correction_brings_back_what_it_replaced(browse, mei, alice, enter):
    first = enter()
    first.decide(True, by=mei, at=LONG_AGO)
    beside = enter("Asthma", corrects_id=first.id)
    browser = browse(mei)
    decide(browser, beside)
    assert first.state == "replaced"
    browser.post("/log/decision/undoing", data={"at": beside.decided_at.isoformat()})
    assert (first.state, beside.state) == ("confirmed", "waiting")


def test_a_returned_entry_that_was_corrected_already_stays_returned(browse, mei, enter):
    entry = enter()
    browser = browse(mei)
    decide(browser, entry, do="return", preset="incomplete")
    enter("Asthma", corrects_id=entry.id)
    browser.post("/log/decision/undoing", data={"at": entry.decided_at.isoformat()})
    assert entry.state == "returned"


def test_the_secretary_stands_in_for_what_waited_too_long(browse, secretary, enter):
    fresh, old = enter(), enter("Asthma", entered_at=clock.now() - timedelta(days=8))
    browser = browse(secretary)
    assert "Asthma" in waits(browser)
    assert "<strong>COPD" not in waits(browser)
    decide(browser, fresh, old)
    assert (fresh.state, old.state) == ("waiting", "confirmed")


def test_the_secretary_stands_in_for_whoever_has_left(browse, secretary, mei, enter):
    entry = enter()
    mei.left_on = date(2026, 11, 21)
    db.session.commit()
    decide(browse(secretary), entry)
    assert entry.state == "confirmed"


def test_the_coordinator_stands_in_at_their_site_only(
    browse, coordinator, county, placed, enter, bob_resident
):
    elsewhere = enter(entered_at=LONG_AGO)
    place = placed(bob_resident, county.village_team, date(2026, 11, 1), date(2027, 1, 1))
    here = enter(placement=place, resident=bob_resident)
    decide(browse(coordinator), elsewhere, here)
    assert (elsewhere.state, here.state) == ("waiting", "confirmed")


def test_a_new_supervisor_confirms_what_was_entered_before(browse, mei, chen, stay, enter):
    entry = enter()
    stay.supervisor_id = member_of(chen).id
    db.session.commit()
    decide(browse(mei), entry)
    assert entry.state == "waiting"
    decide(browse(chen), entry)
    assert entry.state == "confirmed"


def test_work_with_another_teacher_is_confirmed_by_that_one(browse, mei, chen, enter):
    entry = enter(teacher_id=member_of(chen).id)
    assert waiting_for(mei, at=clock.now()) == 0
    assert waiting_for(chen, at=clock.now()) == 1
    decide(browse(chen), entry)
    assert entry.state == "confirmed"


def member_of(person):
    from trainingbase.faculty.models import FacultyMember

    return db.session.query(FacultyMember).filter_by(person_id=person.id).one()


def test_an_entry_opens_for_those_it_concerns(browse, alice, bob, mei, office, chen, enter):
    entry = enter(note="Third stay this year")
    for person in (alice, mei, office):
        page = browse(person).get(f"/log/entries/{entry.id}")
        assert "Third stay this year" in page.text
    assert "Return it" in browse(mei).get(f"/log/entries/{entry.id}").text
    assert "Return it" not in browse(office).get(f"/log/entries/{entry.id}").text
    for person in (bob, chen):
        assert browse(person).get(f"/log/entries/{entry.id}").status_code == 404


def test_supervisors_are_reminded_once_a_day_and_not_on_top(app, mei, enter):
    def remind(day):
        return deciding.remind(at=NOW + timedelta(days=day), path="/log/to-confirm")

    enter()
    assert [remind(0), remind(0), remind(1)] == [1, 0, 0]
    [notice] = db.session.query(Notice).filter_by(kind="log-waits").all()
    assert (notice.person_id, notice.facts) == (mei.id, {"number": 1})
    notice.read(NOW + timedelta(days=1))
    db.session.commit()
    assert [remind(1), remind(1)] == [1, 0]


def test_the_list_asks_no_more_for_many_than_for_few(browse, mei, secretary, enter, statements):
    def ask():
        return [
            statements(lambda who=who: browse(who).get("/log/to-confirm"))
            for who in (mei, secretary)
        ]

    enter(entered_at=LONG_AGO)
    few = ask()
    for _time in range(30):
        enter(entered_at=LONG_AGO)
    assert ask() == few
    assert max(few) <= 14


def test_a_number_beyond_any_entry_is_no_entry(browse, mei, enter):
    enter()
    page = browse(mei).post("/log/decision", data={"only": "9" * 30}, follow_redirects=True)
    assert page.status_code == 200 and "Choose at least one entry" in page.text
