"""No sequence of acts leaves a supervisor over the limit unnoticed."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.cast import faculty_member, resident
from tests.supervision.conftest import DECEMBER, FEBRUARY
from trainingbase.db import db
from trainingbase.faculty import actions as faculty
from trainingbase.faculty.models import Absence, FacultyMember
from trainingbase.faculty.rules import Stay, at_once
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.published import load_from
from trainingbase.supervision.actions import (
    Choice,
    NotAllowed,
    TooMany,
    assign_supervisors,
    change_limit,
)
from trainingbase.supervision.queries import desk

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
MONTHS = [date(2026, 12, 1), date(2026, 12, 16), date(2027, 1, 1), date(2027, 2, 1)]


@pytest.fixture
def busy(county, placed, office):
    """Three teachers of Medicine and eight placements that overlap in many ways."""
    members = [faculty_member(f"T{n}", county.medicine, f"20{n}").id for n in range(3)]
    placements = []
    for n in range(8):
        one = resident(f"R{n}", county, f"11010120000101{n:04}")
        start = MONTHS[n % 3]
        placements.append(placed(one, county.medicine, start, MONTHS[n % 3 + 1]).id)
    return office.id, members, placements


def over_the_limit() -> list[int]:
    spans = load_from(TODAY)
    whole = Stay(None, 0, TODAY, date.max)
    return [
        one.id
        for one in db.session.query(FacultyMember)
        if at_once(spans.get(one.id, ()), whole) > one.most_residents
    ]


def listed(office: Person) -> set[int]:
    which = desk.Filter(starts_on=TODAY, ends_on=date(2028, 1, 1))
    return {row.placement.id for row in desk.rows(office, which, today=TODAY)}


def machine(office_id: int, members: list[int], placements: list[int]):
    numbers = st.integers(0, 2)

    class Acts(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.office = db.session.get(Person, office_id)
            for one in db.session.query(Placement):
                one.supervisor_id = None
            db.session.query(Absence).delete()
            db.session.query(FacultyMember).update({"most_residents": 2})
            db.session.commit()

        @rule(chosen=st.dictionaries(st.integers(0, 7), st.none() | numbers, min_size=1))
        def assign(self, chosen):
            wanted = {}
            for number, who in chosen.items():
                one = db.session.get(Placement, placements[number])
                wanted[one.id] = Choice(None if who is None else members[who], one.version)
            with suppress(NotAllowed):
                assign_supervisors(wanted, by=self.office, at=AT)

        @rule(who=numbers, most=st.integers(0, 3))
        def change_the_limit(self, who, most):
            member = db.session.get(FacultyMember, members[who])
            with suppress(TooMany):
                change_limit(member, most, version=member.version, by=self.office, at=AT)

        @rule(who=numbers, start=st.integers(0, 90), length=st.integers(1, 40))
        def go_on_leave(self, who, start, length):
            member = db.session.get(FacultyMember, members[who])
            first = DECEMBER + timedelta(days=start)
            days = {"kind": "leave", "reason": None, "starts_on": first}
            days["ends_on"] = first + timedelta(days=length)
            with suppress(faculty.AlreadyAway):
                faculty.add_absence(member, days, by=self.office, at=AT)

        @invariant()
        def nobody_is_over_the_limit(self):
            assert over_the_limit() == []

        @invariant()
        def whoever_may_not_is_listed(self):
            there = listed(self.office)
            away = {
                member.id: [(a.starts_on, a.ends_on) for a in member.absences]
                for member in db.session.query(FacultyMember)
            }
            for one in db.session.query(Placement).filter(Placement.supervisor_id.is_not(None)):
                gone = sum(
                    max(0, (min(b, one.ends_on) - max(a, one.starts_on)).days)
                    for a, b in away[one.supervisor_id]
                )
                assert (one.id in there) == (gone > 14)

    return Acts


def test_no_sequence_of_acts_makes_a_supervisor_over_the_limit(busy):
    db.session.commit()
    few = settings(
        max_examples=8,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine(*busy), settings=few)


def test_a_limit_that_an_import_lowers_is_listed(office, placed, county, mei_member, busy):
    """The workbook is the roster's truth: who is beyond the new limit shows among those to be
    replaced."""
    _office, _members, placements = busy
    for key in placements[:2]:
        db.session.get(Placement, key).supervisor_id = mei_member.id
    rows = [db.session.get(Placement, key) for key in placements[:2]]
    rows[1].starts_on, rows[1].ends_on = rows[0].starts_on, rows[0].ends_on
    mei_member.most_residents = 1
    db.session.commit()
    assert set(placements[:2]) <= listed(office)


def test_two_who_save_at_once_do_not_pass_the_limit(app, office, county, placed, busy):
    """Each has looked at the last free place of the same teacher; one of them is refused."""
    _office, members, _placements = busy
    teacher = members[0]
    db.session.get(FacultyMember, teacher).most_residents = 1
    mine = [
        placed(
            resident(f"S{n}", county, f"11010120000102{n:04}"), county.medicine, DECEMBER, FEBRUARY
        )
        for n in range(2)
    ]
    ids, office_id = [one.id for one in mine], office.id
    db.session.commit()
    together, outcomes = Barrier(2), []

    def save(placement_id: int) -> None:
        with app.app_context():
            together.wait(10)
            by = db.session.get(Person, office_id)
            db.session.commit()
            try:
                assign_supervisors({placement_id: Choice(teacher, 1)}, by=by, at=AT)
                outcomes.append("saved")
            except NotAllowed:
                outcomes.append("refused")
            finally:
                db.session.remove()

    threads = [Thread(target=save, args=(one,)) for one in ids]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(outcomes) == ["refused", "saved"]
    db.session.expire_all()
    assert over_the_limit() == []
