"""No sequence of acts makes an impossible state, and taking back is the inverse of doing."""

from datetime import date, timedelta
from itertools import count, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import delete, select

from tests.cast import resident as new_resident
from tests.courses.conftest import NOW, TODAY
from trainingbase.courses import actions
from trainingbase.courses.queries.effects import digest, effect_of
from trainingbase.courses.queries.standing import decided_of, enrolled, last_standing, steps_of
from trainingbase.courses.rules.states import (
    BY_FORM,
    KINDS,
    LEAVING,
    TRAINING,
    Enrolled,
    Impossible,
    Step,
    check,
    standing,
    state_after,
)
from trainingbase.db import db
from trainingbase.enrolment.suspension import Suspension
from trainingbase.rotations.models import Placement, PlannedPlacement

FIRST, END = date(2026, 9, 1), date(2029, 9, 1)
DAYS = st.dates(date(2026, 8, 1), date(2029, 10, 1))


class Courses(RuleBasedStateMachine):
    """The rules alone: steps are taken, or taken back, in any order."""

    def __init__(self):
        super().__init__()
        self.now = Enrolled(FIRST, END)
        self.steps: list[Step] = []
        self.before: list[Enrolled] = []

    @rule(kind=st.sampled_from(KINDS), day=DAYS, more=st.integers(1, 400))
    def act(self, kind, day, more):
        ends_on = day + timedelta(days=more) if kind in ("suspension", "extension") else None
        try:
            check(kind, day, ends_on, now=self.now, before=self.steps)
        except Impossible:
            return
        self.before.append(self.now)
        self.steps.append(Step(len(self.steps), kind, day, ends_on))
        self.now = after(self.now, kind, day, ends_on)

    @rule()
    def take_back(self):
        left = standing(self.steps)
        if left:
            last = left[-1]
            self.steps.append(Step(len(self.steps), last.kind, last.starts_on, undoes=last.id))
            self.now = self.before.pop()

    @invariant()
    def replaying_the_steps_gives_the_state(self):
        assert state_after(self.steps) == self.now.state

    @invariant()
    def nobody_has_left_twice(self):
        left = [one.kind for one in standing(self.steps)]
        assert sum(kind in LEAVING for kind in left) <= 1
        assert left.count("suspension") - left.count("return") in (0, 1)
        if any(kind in LEAVING for kind in left):
            assert self.now.state != TRAINING
        assert left.count("certificate") <= ("graduation" in left)


def after(now: Enrolled, kind: str, day: date, ends_on: date | None) -> Enrolled:
    from dataclasses import replace

    if kind == "graduation":
        return replace(now, finished_on=day)
    if kind in LEAVING:
        return replace(now, withdrawn_on=day, is_elsewhere=kind == "transfer_out")
    if kind in ("suspension", "return"):
        return replace(now, is_suspended=kind == "suspension")
    if kind == "extension":
        return replace(now, ends_on=ends_on)
    return replace(now, certificate_number="1") if kind == "certificate" else now


TestCourses = Courses.TestCase
TestCourses.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)

ACTS = st.one_of(
    st.just(("undo", None, 0)),
    st.tuples(
        st.sampled_from(tuple(kind for kind in BY_FORM if kind != "change_programme")),
        st.dates(date(2026, 9, 1), date(2027, 6, 1)),
        st.integers(20, 200),
    ),
)
NUMBERS = count()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACTS, min_size=2, max_size=7))
def test_doing_and_taking_back(app, county, office, plan, stays_of, timetable, acts):
    for department in (county.medicine, county.surgery, county.village_team):
        department.most = 9  # so that places are never what a plan cannot be put back for
    someone = _resident(county, plan, stays_of(1))
    stood: list[tuple] = []
    for kind, day, more in acts:
        if kind == "undo":
            last = last_standing(decided_of(someone.id))
            if last is not None:
                counter = actions.undo(last, word="taken back", by=office, at=NOW)
                assert counter.effect["left"] == []
                assert _record(someone, timetable) == stood.pop()
        else:
            before = _record(someone, timetable)
            if _done(someone, kind, day, more, office):
                stood.append(before)
        _holds(someone, timetable)
    _out_of_the_way(someone)


def _resident(county, plan, stays):
    number = f"1101012000{next(NUMBERS):08d}"
    someone = new_resident(f"Somebody {number}", county, number)
    for starts_on, ends_on, department, standard in stays:
        row = {
            "plan_id": plan.id, "resident_id": someone.id, "department_id": department,
            "standard_department_id": standard, "starts_on": starts_on, "ends_on": ends_on,
        }  # fmt: skip
        db.session.add(PlannedPlacement(**row))
        db.session.add(Placement(**row, published_at=NOW, changed_at=NOW))
    db.session.commit()
    return someone


def _done(someone, kind, day, more, office) -> bool:
    ends_on = day + timedelta(days=more) if kind == "suspension" else None
    if kind == "extension":
        ends_on, day = someone.ends_on + timedelta(days=more), someone.ends_on
    try:
        course = actions.propose(someone, actions.Terms(kind, day, ends_on), by=office, at=NOW)
    except Impossible:
        db.session.rollback()
        return False
    actions.decide(course, seen=digest(effect_of(course, someone, today=TODAY)), by=office, at=NOW)
    return True


def _record(someone, timetable):
    db.session.refresh(someone)
    names = ("starts_on", "ends_on", "finished_on", "withdrawn_on", "certificate_number")
    resting = [(one.starts_on, one.until) for one in _suspensions(someone)]
    return [getattr(someone, name) for name in names], timetable(someone), resting


def _suspensions(someone):
    return db.session.scalars(
        select(Suspension).where(
            Suspension.resident_id == someone.id, Suspension.cancelled_at.is_(None)
        )
    ).all()


def _holds(someone, timetable):
    """The rows replayed give the resident's state; nothing of theirs overlaps."""
    decided = decided_of(someone.id)
    now = enrolled(someone, decided)
    assert state_after(steps_of(decided)) == now.state
    assert len([one for one in _suspensions(someone) if one.returned_on is None]) <= 1
    stays = timetable(someone)
    assert all(one[1] <= other[0] for one, other in pairwise(stays))
    if now.withdrawn_on is not None:
        assert all(ends_on <= now.withdrawn_on for _starts, ends_on, _name in stays)


def _out_of_the_way(someone):
    """Their places are free for the next example."""
    db.session.execute(delete(PlannedPlacement).where(PlannedPlacement.resident_id == someone.id))
    for one in db.session.scalars(select(Placement).where(Placement.resident_id == someone.id)):
        one.cancelled_at = NOW
    db.session.commit()
