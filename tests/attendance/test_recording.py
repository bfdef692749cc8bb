"""What was recorded, what flows in, and what is reckoned from it."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attendance.conftest import LATER, NOVEMBER, NOW, OCTOBER, choose, nov, told
from tests.cast import add
from trainingbase.attendance import actions
from trainingbase.attendance.actions import Overtaken, Wanted
from trainingbase.attendance.models import ChoiceRow, ConfirmedDay, Mark
from trainingbase.attendance.models.records import MonthIsClosed, NotPossible
from trainingbase.attendance.queries.days import days_of
from trainingbase.attendance.queries.roster import Which, in_month, with_cells, with_names
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.enrolment.suspension import Suspension
from trainingbase.history.models import Change
from trainingbase.people.models import Grant
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement

HALF = Decimal("0.5")


def noted(placement, day, morning="absence", afternoon=None, reason=None, version=0, **more):
    afternoon = morning if afternoon is None else afternoon
    wanted = Wanted(placement, day, morning, afternoon, reason, version)
    return actions.mark(wanted, **({"at": NOW} | more))


def november(placement):
    return days_of([placement.id], NOVEMBER, date(2026, 12, 1))[placement.id]


def test_present_by_default_on_days_that_are_confirmed(here, county, secretary):
    assert november(here).unknown == november(here).expected == 21
    assert actions.confirm_day(county.medicine, nov(2), by=secretary, at=NOW) == 2
    assert actions.confirm_day(county.medicine, nov(2), by=secretary, at=NOW) == 0
    assert (november(here).present, november(here).unknown) == (1, 20)
    assert actions.take_back_day(county.medicine, nov(2), by=secretary, at=NOW)
    assert not actions.take_back_day(county.medicine, nov(2), by=secretary, at=NOW)
    assert november(here).present == 0
    with pytest.raises(NotPossible):
        actions.confirm_day(county.medicine, nov(23), by=secretary, at=NOW)


def test_what_is_recorded_goes_before_what_is_presumed(here, county, secretary, alice):
    noted(here, nov(2), "present", "absence", by=secretary)
    noted(here, nov(3), "night", by=secretary)
    actions.confirm_day(county.medicine, nov(2), by=secretary, at=NOW)
    days = november(here)
    assert (days.present, days.absent, days.unexcused, days.nights) == (1 + HALF, HALF, HALF, 1)
    assert told(alice) == ["noted-absent"]


def test_leave_flows_in_by_itself_and_only_while_granted(here, alice_resident, away, secretary):
    leave = away(alice_resident, "sick", nov(6), nov(11))
    assert (november(here).leave, november(here).of("sick")) == (3, 3), "the weekend is none"
    leave.returned_on = nov(10)
    db.session.commit()
    assert november(here).leave == 2
    choose(counting="calendar")
    assert november(here).leave == 4 and november(here).counted_by == ("calendar",)
    leave.close("revoked", by=secretary, at=NOW)
    db.session.commit()
    assert november(here).leave == 0


def test_absence_recorded_by_the_office_as_leave_is_absence(here, alice_resident, away):
    away(alice_resident, "absence", nov(3), nov(5))
    assert (november(here).unexcused, november(here).leave) == (2, 0)


def test_days_out_of_training_are_not_expected(here, alice_resident):
    alice_resident.withdrawn_on = nov(16)
    add(Suspension(resident_id=alice_resident.id, starts_on=nov(2), ends_on=nov(9)))
    assert november(here).expected == 5
    assert days_of([here.id, 987])[987].expected == 0


def test_what_cannot_be_said(here, secretary):
    for because, morning, afternoon, day in (
        ("to_come", "absence", "absence", nov(21)),
        ("whole_day_is_leave", "sick", "sick", nov(2)),
        ("reason_needed", "excused", "present", nov(2)),
    ):
        with pytest.raises(NotPossible) as no:
            noted(here, day, morning, afternoon, by=secretary)
        assert no.value.because == because
    assert db.session.query(Mark).count() == 0
    noted(here, nov(2), "sick", "present", by=secretary)
    assert november(here).of("sick") == HALF


def test_two_editors_never_overwrite_each_other(here, secretary, office):
    first = noted(here, nov(2), by=secretary)
    assert first.version == 1
    with pytest.raises(Overtaken) as stale:
        noted(here, nov(2), "present", by=office)
    assert stale.value.keys == [(here.resident_id, nov(2))]
    assert noted(here, nov(2), "present", version=1, by=office).version == 2
    with pytest.raises(Overtaken):
        noted(here, nov(2), "night", version=1, by=secretary)
    [row] = db.session.query(Mark)
    assert row.halves == ("present", "present")
    history = db.session.query(Change).filter_by(subject="attendance_marks").order_by(Change.id)
    assert [one.new for one in history] == ["absence/absence", "present/present"]


def test_many_at_once_are_saved_all_or_not_at_all(here, bob_here, secretary):
    noted(here, nov(2), by=secretary)
    many = [
        Wanted(here, nov(2), "present", "present", None, 0),
        Wanted(bob_here, nov(2), "absence", "absence", None, 0),
    ]
    with pytest.raises(Overtaken) as stale:
        actions.mark_many(many, by=secretary, at=NOW)
    assert stale.value.keys == [(here.resident_id, nov(2))]
    assert db.session.query(Mark).count() == 1


def test_by_code_whoever_did_not_sign_in_is_unknown(here, bob_here, county, secretary, by_code):
    noted(here, nov(2), "present", by=secretary)
    assert actions.confirm_day(county.medicine, nov(2), by=secretary, at=NOW) == 2
    assert db.session.query(ConfirmedDay).count() == 0
    assert november(bob_here).present == 1
    assert november(bob_here).unknown == 20


def test_a_closed_month_is_the_offices(here, county, secretary, office):
    actions.close_month(county.medicine, NOVEMBER, confirms=True, said=None, by=secretary, at=LATER)
    assert november(here).present == 21
    with pytest.raises(MonthIsClosed):
        noted(here, nov(2), by=secretary, at=LATER)
    with pytest.raises(MonthIsClosed):
        actions.confirm_day(county.medicine, nov(2), by=secretary, at=LATER)
    with pytest.raises(NotPossible) as no:
        noted(here, nov(2), by=office, at=LATER)
    assert no.value.because == "reason_needed_when_closed"
    assert noted(here, nov(2), reason="Proved", by=office, at=LATER).how == "office"
    assert november(here).unexcused == 1


STATES = st.sampled_from(["present", "lesson", "night", "rest", "absence"])


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(
    cuts=st.sets(st.integers(1, 60), max_size=4),
    marks=st.dictionaries(st.integers(0, 60), st.tuples(STATES, STATES), max_size=12),
    counting=st.sampled_from(["working", "calendar", "nights"]),
    sick=st.integers(0, 50),
)
def test_the_sum_over_placements_is_the_period(
    portal, here, county, alice_resident, secretary, cuts, marks, counting, sick
):
    """Grid, one placement and any splitting of it, on the database."""
    db.session.query(ChoiceRow).one().counting = counting
    end = OCTOBER + timedelta(days=61)
    for number, (morning, afternoon) in marks.items():
        db.session.add(_mark(here, OCTOBER + timedelta(days=number), morning, afternoon, secretary))
    db.session.add(_leave(alice_resident, OCTOBER + timedelta(days=sick), secretary))
    db.session.flush()
    whole = days_of([here.id], OCTOBER, end)[here.id]
    grid = [
        row.days
        for month in (OCTOBER, NOVEMBER)
        for row in with_cells(with_names(in_month(secretary, month, Which())), month)
    ]
    assert grid[0] + grid[1] == whole
    edges = sorted({OCTOBER, end, *(OCTOBER + timedelta(days=cut) for cut in cuts)})
    here.cancelled_at = NOW
    db.session.flush()
    parts = [_part(here, first, last) for first, last in itertools.pairwise(edges)]
    split = list(days_of([one.id for one in parts]).values())
    total = split[0]
    for one in split[1:]:
        total = total + one
    assert total == whole
    db.session.rollback()


def _mark(placement, day, morning, afternoon, by) -> Mark:
    return Mark(
        resident_id=placement.resident_id,
        department_id=placement.department_id,
        day_on=day,
        morning=morning,
        afternoon=afternoon,
        how="hand",
        marked_at=NOW,
        marked_by_id=by.id,
    )


def _leave(resident, starts_on, by):
    leave = Leave(
        resident_id=resident.id,
        kind="personal",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=6),
    )
    leave.decide(True, by=by, at=NOW)
    return leave


def _part(whole: Placement, starts_on, ends_on) -> Placement:
    names = ("plan_id", "resident_id", "department_id", "standard_department_id")
    names += ("published_at", "changed_at")
    same = {name: getattr(whole, name) for name in names}
    made = Placement(**same, starts_on=starts_on, ends_on=ends_on)
    db.session.add(made)
    db.session.flush()
    return made


def test_nobody_notes_or_confirms_their_own_days(here, bob_here, county, alice, secretary):
    add(
        Grant(person_id=alice.id, role=Role.SECRETARY, department_id=county.medicine.id,
              granted_at=NOW)
    )  # fmt: skip
    for doing in (
        lambda: noted(here, nov(3), "present", by=alice),
        lambda: actions.mark_many(
            [
                Wanted(bob_here, nov(3), "present", "present", None, 0),
                Wanted(here, nov(3), "present", "present", None, 0),
            ],
            by=alice,
            at=NOW,
        ),
        lambda: actions.confirm_day(county.medicine, nov(3), by=alice, at=NOW),
    ):
        with pytest.raises(NotPossible) as refused:
            doing()
        assert refused.value.because in ("own", "own_among")
    assert db.session.query(Mark).count() == db.session.query(ConfirmedDay).count() == 0
    noted(bob_here, nov(3), "absence", by=alice)
    noted(here, nov(3), "absence", by=secretary)
    assert actions.confirm_day(county.medicine, nov(3), by=alice, at=NOW) == 0
