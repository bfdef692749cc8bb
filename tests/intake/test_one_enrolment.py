"""Whatever the office does, nobody is in training twice."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.conftest import AT, id_number
from trainingbase.db import db
from trainingbase.enrolment import actions as enrolment
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.identities import actions as identities
from trainingbase.identities.models import Merge
from trainingbase.intake import actions
from trainingbase.intake.models import Applicant, Intake
from trainingbase.people.models import Grant, Person
from trainingbase.programmes.models import Programme
from trainingbase.roles import Role

NUMBERS = [id_number(n) for n in range(1, 4)]
NAMES = ("Dora", "Edna")
WHO = st.integers(0, 3)

ACTS = st.one_of(
    st.tuples(st.just("apply"), st.integers(0, 1), st.sampled_from(NAMES), st.integers(0, 2)),
    st.tuples(st.just("admit"), WHO),
    st.tuples(st.just("refuse"), WHO),
    st.tuples(st.just("enrol"), WHO),
    st.tuples(st.just("by_hand"), st.sampled_from(NAMES), st.integers(0, 2)),
    st.tuples(st.just("claim"), WHO, WHO, st.booleans()),
    st.tuples(st.just("merge"), WHO, WHO),
    st.tuples(st.just("undo"), WHO),
    st.tuples(st.just("withdraw"), WHO),
)
REFUSALS = (
    actions.NumberTwice,
    actions.AlreadyEnrolled,
    actions.PlanFull,
    actions.NotAdmitted,
    actions.DecideFirst,
    actions.NumberOfAnother,
    actions.WasHere,
    enrolment.NumberTaken,
    identities.CannotMerge,
    identities.CannotUndo,
)


class Base:
    """A base with two intakes, a clerk, and a teacher called like an applicant."""

    def __init__(self):
        grant = Grant(role=Role.OFFICE, granted_at=AT)
        self.clerk = Person(name="Wu", grants=[grant])
        db.session.add(self.clerk)
        db.session.flush()
        for code in ("GP33", "AGP24"):
            programme = Programme(code=code, name=code, months=Decimal(33))
            intake = Intake(
                year=2027, programme=programme, planned=9, starts_on=date(2027, 9, 1),
                ends_on=date(2030, 9, 1), report_ends_on=date(2027, 9, 2), written_most=100,
                interview_most=100, opened_at=AT, opened_by_id=self.clerk.id,
            )  # fmt: skip
            db.session.add(intake)
        db.session.add(Person(name="Dora", phone="13900000001"))
        db.session.commit()
        self.said = {"by": self.clerk, "at": AT}

    def pick(self, model, number):
        rows = db.session.query(model).order_by(model.id).all()
        return rows[number % len(rows)] if rows else None

    def apply(self, which, name, number):
        intake = self.pick(Intake, which)
        values = {"name": name, "id_number": NUMBERS[number], "sex": "女"}
        actions.apply(intake, values, **self.said)

    def admit(self, who):
        self._decide(who, "admitted")

    def refuse(self, who):
        self._decide(who, "refused")

    def _decide(self, who, what):
        one = self.pick(Applicant, who)
        if one is not None:
            actions.decide(one, what, reason="so", version=one.version, **self.said)

    def enrol(self, who):
        one = self.pick(Applicant, who)
        if one is not None:
            actions.enrol_applicant(one, path="/", **self.said)

    def by_hand(self, name, number):
        intake = self.pick(Intake, 0)
        cohort = db.session.query(Cohort).first() or Cohort.of(2026, intake.programme, among=())
        values = {
            "name": name, "id_number": NUMBERS[number], "sex": "女", "cohort": cohort,
            "programme_id": intake.programme_id,
        }  # fmt: skip
        enrolment.enrol(values, **self.said)

    def claim(self, who, which, is_same):
        one, person = self.pick(Applicant, who), self.pick(Person, which)
        if one is not None:
            identities.decide_claim(person, one.id_number, is_same=is_same, why="so", **self.said)

    def merge(self, one, other):
        kept, gone = self.pick(Person, one), self.pick(Person, other)
        if self.clerk is not gone:
            identities.merge(kept, gone, why="so", **self.said)

    def undo(self, which):
        merged = self.pick(Merge, which)
        if merged is not None:
            identities.undo(merged, **self.said)

    def withdraw(self, who):
        one = self.pick(Resident, who)
        if one is not None:
            one.withdrawn_on = date(2026, 11, 1)
            db.session.commit()


def check():
    active = db.session.query(Resident).filter(IN_TRAINING).all()
    assert max(Counter(one.id_number for one in active).values(), default=1) == 1
    assert max(Counter(one.person_id for one in active).values(), default=1) == 1
    enrolled = db.session.query(Applicant).filter(Applicant.resident_id.is_not(None)).all()
    by_number: dict[str, set] = {}
    for one in enrolled:
        by_number.setdefault(one.id_number, set()).add(one.resident_id)
    assert all(len(residents) == 1 for residents in by_number.values())
    for one in active:
        assert one.person.merged_at is None
        assert one.person.holds(Role.RESIDENT)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(ACTS, min_size=3, max_size=14))
def test_no_sequence_of_acts_enrols_anybody_twice(app, acts):
    db.session.rollback()
    db.session.remove()
    app.extensions["contents"].empty()
    base = Base()
    for act, *arguments in acts:
        try:
            getattr(base, act)(*arguments)
        except REFUSALS:
            db.session.rollback()
        check()
