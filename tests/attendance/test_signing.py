"""Signing in by the code on the department's screen, and everything that does not count."""

from datetime import timedelta

import pytest

from tests.attendance.conftest import at, choose, nov
from trainingbase.attendance import actions
from trainingbase.attendance.actions.signing import NotHere, NotSignedIn, screen
from trainingbase.attendance.models import Mark
from trainingbase.attendance.models.records import MonthIsClosed
from trainingbase.attendance.queries.days import days_of
from trainingbase.db import db

SECRET, SECONDS = "secret of the base", 30
EIGHT = at(nov(20), 8)


def shown(department, moment, half="morning", day=None) -> str:
    return screen(SECRET, department.id, day or nov(20), half, SECONDS).at(moment)


@pytest.fixture
def signs(here, by_code, alice_resident, county):
    """`signs(code, at=…)`: Alice sends a code to Medicine."""

    def send(code, at=EIGHT, half="morning", resident=alice_resident, department=county.medicine):
        return actions.sign_in(
            resident,
            department.id,
            half,
            code,
            secret=SECRET,
            seconds=SECONDS,
            by=resident.person,
            at=at,
        )

    return send


def refused(signs, *args, **more) -> str:
    with pytest.raises(NotSignedIn) as no:
        signs(*args, **more)
    return no.value.because


def test_signed_in_once_however_often(signs, county, here):
    code = shown(county.medicine, EIGHT)
    row, is_new = signs(code)
    assert is_new and row.halves == ("present", None) and row.how == "code"
    again, is_new = signs(code, at=EIGHT + timedelta(seconds=20))
    assert not is_new and again.version == row.version
    noon = at(nov(20), 13, 45)
    assert signs(shown(county.medicine, noon, "afternoon"), at=noon, half="afternoon")[1]
    assert days_of([here.id], nov(20), nov(21))[here.id].present == 1
    assert db.session.query(Mark).count() == 1


def test_a_photographed_code_is_worth_nothing_later(signs, county):
    code = shown(county.medicine, EIGHT)
    assert refused(signs, code, at=EIGHT + timedelta(seconds=61)) == "old"
    last = at(nov(20), 8, 29, 59)
    assert refused(signs, shown(county.medicine, last), at=at(nov(20), 8, 30, 1)) == "over"
    assert refused(signs, shown(county.medicine, last), at=at(nov(20), 9)) == "old"
    early = at(nov(20), 7, 29, 50)
    assert refused(signs, shown(county.medicine, early), at=early) == "early"
    next_day = at(nov(21), 8)
    assert refused(signs, shown(county.medicine, next_day, day=nov(20)), at=next_day) == "old"
    assert db.session.query(Mark).count() == 0


def test_another_departments_code_and_another_halfs_are_refused(signs, county):
    assert refused(signs, shown(county.surgery, EIGHT)) == "old"
    assert refused(signs, shown(county.medicine, EIGHT, "afternoon")) == "old"
    with pytest.raises(NotHere):
        signs(shown(county.surgery, EIGHT), department=county.surgery)
    assert refused(signs, "é" * 500) == "old"


def test_a_foreign_resident_is_refused(signs, county, bob_resident):
    with pytest.raises(NotHere):
        signs(shown(county.medicine, EIGHT), resident=bob_resident)


def test_what_the_department_noted_is_not_signed_over(signs, county, here, secretary):
    wanted = actions.Wanted(here, nov(20), "absence", "absence", None, 0)
    actions.mark(wanted, by=secretary, at=EIGHT)
    row, is_new = signs(shown(county.medicine, EIGHT))
    assert not is_new and row.halves == ("absence", "absence")


def test_once_a_day_counts_for_the_whole_of_it(signs, county):
    choose(once_a_day=True)
    row, _new = signs(shown(county.medicine, EIGHT))
    assert row.halves == ("present", "present")


def test_where_presence_is_by_default_no_code_counts(signs, county):
    choose(mode="default")
    assert refused(signs, shown(county.medicine, EIGHT)) == "by_default"


def test_a_closed_month_takes_no_sign_in(signs, county, secretary):
    from trainingbase.attendance.models import Month

    month = Month(department_id=county.medicine.id, month_on=nov(1))
    month.closed_at, month.closed_by_id = EIGHT, secretary.id
    db.session.add(month)
    db.session.commit()
    with pytest.raises(MonthIsClosed):
        signs(shown(county.medicine, EIGHT))


def test_the_same_person_on_two_devices_signs_in_once(app, signs, county, alice_resident):
    import threading

    code, resident_id = shown(county.medicine, EIGHT), alice_resident.id
    department_id, results = county.medicine.id, []
    db.session.rollback()

    def work():
        from trainingbase.enrolment.models import Resident

        with app.app_context():
            resident = db.session.get(Resident, resident_id)
            who = {"by": resident.person, "secret": SECRET, "seconds": SECONDS, "at": EIGHT}
            results.append(actions.sign_in(resident, department_id, "morning", code, **who)[1])
            db.session.remove()

    both = [threading.Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(results) == [False, True]
    assert db.session.query(Mark).count() == 1
