"""Months are closed by the secretary, seen by the office, and reminded of until they are."""

import threading
from datetime import date

import pytest

from tests.attendance.conftest import LATER, NOVEMBER, NOW, OCTOBER, at, nov, told
from trainingbase.attendance import actions
from trainingbase.attendance.actions import Unsettled, Wanted
from trainingbase.attendance.models.records import NotPossible
from trainingbase.attendance.queries.days import days_of
from trainingbase.attendance.queries.months import changed_since, matrix
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.entering.models import Arrival
from trainingbase.stale import Stale


def close(department, month=NOVEMBER, *, confirms=True, said=None, at=LATER, by):
    return actions.close_month(department, month, confirms=confirms, said=said, by=by, at=at)


def test_days_nobody_confirmed_are_listed_and_must_be_confirmed(here, county, secretary):
    actions.confirm_day(county.medicine, nov(2), by=secretary, at=NOW)
    with pytest.raises(Unsettled) as open_things:
        close(county.medicine, confirms=False, by=secretary)
    found = open_things.value.found
    assert len(found.presumed) == 20 and nov(2) not in found.presumed
    assert not found.must_be_said
    month, is_new = close(county.medicine, by=secretary)
    assert is_new and month.totals[str(here.id)]["present"] == "21.0"


def test_who_did_not_sign_in_must_be_said(here, county, secretary, by_code):
    with pytest.raises(Unsettled) as open_things:
        close(county.medicine, by=secretary)
    [(placement, days)] = open_things.value.found.unknown
    assert placement.id == here.id and len(days) == 21
    month, _new = close(county.medicine, said="The screen was broken.", by=secretary)
    assert month.said == "The screen was broken."
    assert days_of([here.id], NOVEMBER, date(2026, 12, 1))[here.id].unknown == 21


def test_leave_that_a_mark_contradicts_must_be_said(here, county, secretary, alice_resident, away):
    actions.mark(Wanted(here, nov(2), "present", "present", None, 0), by=secretary, at=NOW)
    away(alice_resident, "sick", nov(2), nov(3))
    with pytest.raises(Unsettled) as open_things:
        close(county.medicine, by=secretary)
    assert open_things.value.found.contradicted[0][1] == [nov(2)]


def test_closing_twice_is_closing_once(here, county, secretary, office):
    _first, is_new = close(county.medicine, by=secretary)
    again, is_newer = close(county.medicine, by=office)
    assert is_new and not is_newer and again.closed_by_id == secretary.id
    assert db.session.query(Entry).filter_by(act="close-attendance").count() == 1


def test_two_close_at_once(app, database, here, county, secretary):
    department_id, secretary_id, results = county.medicine.id, secretary.id, []
    db.session.rollback()

    def work():
        from trainingbase.people.models import Person
        from trainingbase.sites.models import Department

        with app.app_context():
            department = db.session.get(Department, department_id)
            by = db.session.get(Person, secretary_id)
            results.append(close(department, by=by)[1])
            db.session.remove()

    both = [threading.Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(results) == [False, True]


def test_a_month_that_runs_or_has_nobody_is_not_closed(here, county, secretary):
    with pytest.raises(NotPossible) as no:
        close(county.medicine, at=NOW, by=secretary)
    assert no.value.because == "month_runs"
    with pytest.raises(NotPossible) as no:
        close(county.surgery, by=secretary)
    assert no.value.because == "nobody_there"


def test_reopened_with_a_reason(here, county, secretary, office):
    month, _new = close(county.medicine, by=secretary)
    with pytest.raises(Stale):
        actions.reopen_month(month, because="Wrong", version=month.version - 1, by=office, at=LATER)
    db.session.rollback()
    actions.reopen_month(month, because="Wrong", version=month.version, by=office, at=LATER)
    assert not month.is_closed and month.reopened_because == "Wrong"
    assert told(secretary) == ["month-reopened"]
    with pytest.raises(NotPossible):
        actions.reopen_month(month, because="x", version=month.version, by=office, at=LATER)
    assert close(county.medicine, by=secretary)[1]


def test_what_changes_after_closing_is_seen(here, county, secretary, alice_resident, away):
    month, _new = close(county.medicine, by=secretary)
    assert changed_since(month) == []
    away(alice_resident, "sick", nov(3), nov(4))
    assert changed_since(month) == [here.id]


def test_the_office_sees_who_has_closed(here, county, secretary, office):
    close(county.medicine, OCTOBER, by=secretary)
    months, rows = matrix(office, OCTOBER, 3, today=date(2026, 12, 2))
    assert [one.month for one in months] == [10, 11, 12]
    [(department, squares)] = rows
    assert department.id == county.medicine.id
    assert [one.state for one in squares] == ["closed", "due", "running"]
    late = matrix(office, OCTOBER, 3, today=date(2026, 12, 6))[1][0][1]
    assert late[1].state == "late"


def test_reminded_after_the_deadline_until_it_is_done(here, county, secretary, office):
    close(county.medicine, OCTOBER, by=secretary)

    def remind(day):
        return actions.remind_of_months(today=day, at=at(day))

    assert remind(date(2026, 12, 5)) == 0, "the deadline is the fifth"
    assert remind(date(2026, 12, 6)) == 1
    assert remind(date(2026, 12, 6)) == 0, "once a day"
    assert remind(date(2026, 12, 7)) == 1
    assert told(secretary) == ["month-to-close", "month-to-close"]
    close(county.medicine, by=secretary)
    assert remind(date(2026, 12, 8)) == 0


def test_closed_months_keep_their_rule(here, county, secretary, office):
    from trainingbase.attendance.queries.choices import choice_rows

    close(county.medicine, by=secretary)
    first = choice_rows()[0]
    answers = {"counting": "calendar"}
    with pytest.raises(NotPossible) as no:
        actions.edit_choice(first, answers, why=None, version=first.version, by=office, at=LATER)
    assert no.value.because == "months_are_closed"
    names = ("mode", "once_a_day", "morning_opens", "morning_closes")
    names += ("afternoon_opens", "afternoon_closes")
    new = {name: getattr(first, name) for name in names} | answers
    with pytest.raises(NotPossible):
        actions.add_choice(new | {"from_on": NOVEMBER}, why=None, by=office, at=LATER)
    made = actions.add_choice(new | {"from_on": date(2026, 12, 1)}, why="", by=office, at=LATER)
    days = days_of([here.id])[here.id]
    assert days.counted_by == ("working", "calendar")
    assert days.expected == 18 + 21 + 31
    actions.remove_choice(made, by=office, at=LATER)
    assert days_of([here.id])[here.id].counted_by == ("working",)


def test_nobody_is_presumed_to_be_there_before_they_arrived(here, county, secretary):
    row = Arrival(placement_id=here.id, arrived_on=nov(5), confirmed_at=NOW)
    row.confirmed_by_id, here.starts_on = secretary.id, NOVEMBER
    db.session.add(row)
    db.session.commit()
    actions.confirm_day(county.medicine, nov(3), by=secretary, at=NOW)
    with pytest.raises(Unsettled) as open_things:
        close(county.medicine, by=secretary)
    [(_placement, days)] = open_things.value.found.unknown
    assert days == [nov(2), nov(3), nov(4)]
    close(county.medicine, said="Came on the fifth.", by=secretary)
    figures = days_of([here.id], NOVEMBER, date(2026, 12, 1))[here.id]
    assert (figures.present, figures.unknown) == (18, 3)
    row.arrived_on = row.confirmed_at = row.confirmed_by_id = None
    row.missed_because, row.missed_at, row.missed_by_id = "sick", NOW, secretary.id
    db.session.commit()
    figures = days_of([here.id], NOVEMBER, date(2026, 12, 1))[here.id]
    assert (figures.present, figures.unknown) == (0, 21), "who has not come was never there"
