"""A resident says that a day was otherwise."""

import pytest

from tests.attendance.conftest import LATER, NOVEMBER, NOW, OCTOBER, at, nov, told
from trainingbase.attendance import actions
from trainingbase.attendance.actions import Wanted
from trainingbase.attendance.actions.appealing import NotTheirs, why_not
from trainingbase.attendance.models.records import NotPossible
from trainingbase.attendance.queries.appeals import may_decide
from trainingbase.attendance.queries.days import days_of
from trainingbase.db import db
from trainingbase.enrolment.models import AlreadyDecided
from trainingbase.history.models import Change
from trainingbase.stale import Stale

THIRD = nov(3)


@pytest.fixture
def absent(here, secretary):
    return actions.mark(Wanted(here, nov(3), "absence", "absence", None, 0), by=secretary, at=NOW)


@pytest.fixture
def appealed(absent, alice, alice_resident):
    def made(day=THIRD, key="k", **more):
        more.setdefault("morning", "present")
        more.setdefault("afternoon", None)
        return actions.appeal(
            alice_resident, day, reason="I was there", by=alice, at=NOW, request_key=key, **more
        )

    return made


def november(placement):
    return days_of([placement.id], NOVEMBER, nov(30))[placement.id]


def test_granted_it_is_recorded_as_the_resident_says(here, appealed, mei, alice, absent, secretary):
    one = appealed()
    assert appealed() is one, "sent twice it is one"
    assert one.before == ["absence", "absence"]
    assert told(mei) == told(secretary) == ["attendance-appealed"]
    actions.decide(one, True, answer=None, version=one.version, by=mei, at=NOW)
    assert november(here).unexcused * 2 == 1
    assert absent.halves == ("present", "absence") and absent.how == "appeal"
    assert told(alice) == ["noted-absent", "appeal-decided"]
    history = db.session.query(Change).filter_by(subject="attendance_marks").order_by(Change.id)
    assert [one.new for one in history] == ["absence/absence", "present/absence"]
    with pytest.raises(AlreadyDecided):
        actions.decide(one, False, answer="No", version=one.version, by=mei, at=NOW)


def test_refused_nothing_changes(here, appealed, secretary):
    one = appealed()
    with pytest.raises(Stale):
        actions.decide(one, False, answer="No", version=7, by=secretary, at=NOW)
    db.session.rollback()
    actions.decide(one, False, answer="No", version=one.version, by=secretary, at=NOW)
    assert november(here).unexcused == 1 and one.answer == "No"
    assert appealed(key="other").approved is None, "with more to say one appeals again"


def test_who_decides(appealed, chen, other_secretary, secretary, mei, office, alice, county):
    one = appealed()
    assert [may_decide(who, one) for who in (secretary, mei, office)] == [True] * 3
    assert [may_decide(who, one) for who in (chen, other_secretary, alice)] == [False] * 3
    with pytest.raises(NotTheirs):
        actions.decide(one, True, answer=None, version=one.version, by=chen, at=NOW)
    closed = {"confirms": True, "said": "One appeal is open.", "at": LATER}
    actions.close_month(county.medicine, NOVEMBER, **closed, by=secretary)
    assert [may_decide(who, one) for who in (secretary, mei, office)] == [False, False, True]


def test_what_cannot_be_appealed(appealed, alice_resident, away):
    appealed()
    assert why_not(alice_resident, nov(3), today=nov(20)) == "already_open"
    assert why_not(alice_resident, nov(21), today=nov(20)) == "to_come"
    assert why_not(alice_resident, OCTOBER, today=nov(20)) == "too_late"
    away(alice_resident, "sick", nov(5), nov(6))
    assert why_not(alice_resident, nov(5), today=nov(20)) == "on_leave"
    assert why_not(alice_resident, nov(6), today=nov(20)) is None
    with pytest.raises(NotPossible):
        appealed(key="other")


def test_the_resident_lets_it_be(appealed, alice, bob):
    one = appealed()
    with pytest.raises(NotTheirs):
        actions.withdraw(one, by=bob, at=NOW)
    actions.withdraw(one, by=alice, at=NOW)
    assert one.approved is False
    with pytest.raises(AlreadyDecided):
        actions.withdraw(one, by=alice, at=at(nov(21)))
