"""The county's nine workbooks, brought in as an office would."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.imports.conftest import AT, EXPECTED, FILES, ON, county_file
from trainingbase.assessments.models import ExamResult, ProvincialFigure
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit, Leave, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.imports import actions, queries
from trainingbase.imports.models import NotReady, OutOfDate
from trainingbase.incentives.models import Budget, Rate
from trainingbase.people.models import Grant, Person
from trainingbase.programmes.models import OrderRule, Programme, StandardDepartment
from trainingbase.rotations.models import Plan, PlannedPlacement, PlanNote
from trainingbase.sites.models import Closure, Department, Institution, ShortName
from trainingbase.start import start_with
from trainingbase.training.models import Activity


def take_in(kind):
    import_ = actions.bring_in(kind, county_file(kind), FILES[kind], on=ON, by=None, at=AT)
    outcome = actions.confirm(import_, by=None, at=AT)
    return import_, outcome


def count(*columns, **by):
    query = select(func.count()).select_from(columns[0])
    return db.session.scalar(query.filter_by(**by))


@pytest.fixture
def base(app):
    start_with()


def test_every_workbook_comes_in_as_expected_and_a_second_time_changes_nothing(base):
    for kind, file in FILES.items():
        import_, outcome = take_in(kind)
        for sheet, wanted in EXPECTED["workbooks"][file]["sheets"].items():
            found = import_.counts[sheet]
            for name in ("accepted", "corrected", "refused"):
                assert found[name] == wanted[name], (kind, sheet, name)
        assert outcome["changed"] == 0, kind
        legend = 4 if kind == "plan" else 0  # leaves and the examination are no places
        assert outcome["unchanged"] == legend, kind
    for kind in FILES:
        import_, outcome = take_in(kind)
        taken = import_.total("accepted") + import_.total("corrected")
        assert outcome == {"created": 0, "changed": 0, "unchanged": taken}, kind
    assert_the_county_is_whole()


def assert_the_county_is_whole():
    assert (count(Institution), count(Department), count(ShortName)) == (10, 46, 47)
    assert (count(Programme), count(OrderRule), count(StandardDepartment)) == (2, 6, 25)
    assert count(StandardDepartment, is_primary_care=True) == 1
    assert count(StandardDepartment, name_en=None) == 0
    assert (count(Resident), count(FacultyMember), count(Cohort)) == (118, 62, 7)
    assert (count(Grant, role="resident"), count(Grant, role="faculty")) == (118, 62)
    assert count(Grant, role="secretary") == 45  # one secretary's own row was refused
    assert count(Person) == 180
    in_training = select(func.count()).select_from(Resident).where(Resident.starts_on.is_not(None))
    assert db.session.scalar(in_training.where(Resident.tutor_id.is_(None))) == 0
    assert (count(Credit, kind="accepted"), count(Leave, granted=True)) == (6, 34)
    assert (count(ExamResult), count(ProvincialFigure)) == (154, 9)
    assert (count(Activity), count(Rate), count(Budget)) == (124, 41, 8)
    assert (count(Plan), count(PlanNote)) == (1, 41)


def test_a_stay_over_several_months_is_one_placement_and_half_months_are_halves(base):
    for kind in ("programme", "sites", "residents", "plan"):
        take_in(kind)
    name = "余超国"  # 3 months, 1, 3, 1, 1, and the examination
    stays = db.session.execute(
        select(PlannedPlacement.starts_on, PlannedPlacement.ends_on)
        .join(PlannedPlacement.resident)
        .join(Resident.person)
        .where(Person.name == name)
        .order_by(PlannedPlacement.starts_on)
    ).all()
    assert [(s.month, e.month) for s, e in stays] == [(9, 12), (12, 1), (1, 4), (4, 5), (5, 6)]
    halves = db.session.scalars(
        select(PlannedPlacement.ends_on).where(PlannedPlacement.starts_on == date(2026, 10, 1))
    ).all()
    assert date(2026, 10, 16) in halves
    plan = db.session.scalars(select(Plan)).one()
    assert (plan.origin, plan.is_draft) == ("import", True)
    assert [one.name for one in plan.cohorts] == ["2024级", "2025级", "2025级助理全科"]
    done = select(func.sum(Credit.months)).where(Credit.kind == "done")
    resident = select(Resident.id).join(Resident.person).where(Person.name == name)
    months = db.session.scalars(done.where(Credit.resident_id.in_(resident))).one()
    assert Decimal(months) == 24
    colours = set(db.session.scalars(select(ShortName.colour)))
    assert None not in colours and len(colours) > 5


def test_closed_months_become_whole_stretches_of_time(base):
    take_in("programme")
    take_in("sites")
    closures = db.session.execute(
        select(Closure.starts_on, Closure.ends_on).order_by(Closure.starts_on, Closure.ends_on)
    ).all()
    assert (date(2026, 10, 1), date(2027, 1, 1)) in closures  # 2026年10-12月
    assert (date(2026, 12, 1), date(2027, 2, 1)) in closures  # 2026.12、2027.1
    ending = db.session.scalars(select(Institution).where(Institution.name == "大槐树乡卫生院"))
    assert ending.one().agreement_ends_on == date(2028, 1, 1)


def test_tutors_are_linked_when_the_roster_comes_after_the_residents(base):
    for kind in ("programme", "sites", "residents"):
        take_in(kind)
    without = select(func.count()).select_from(Resident).where(Resident.tutor_id.is_(None))
    assert db.session.scalar(without) == 118
    take_in("faculty")
    assert db.session.scalar(without) == 42  # only those who have finished


def test_what_comes_too_early_waits_and_is_confirmed_later(base):
    import_ = actions.bring_in("sites", county_file("sites"), "sites.xlsx", on=ON, by=None, at=AT)
    assert import_.missing == ["programme"]
    with pytest.raises(NotReady):
        actions.confirm(import_, by=None, at=AT)
    assert count(Institution) == 0
    take_in("programme")
    with pytest.raises(OutOfDate):  # now it can be seen what the rows would do
        actions.confirm(import_, by=None, at=AT)
    assert import_.missing == [] and import_.total("created") == 56
    actions.confirm(import_, by=None, at=AT)
    assert count(Institution) == 10


def test_the_base_is_asked_as_often_for_a_large_county_as_for_a_small_one(base, listening):
    with listening() as few:
        queries.known()
    for kind in ("programme", "sites", "faculty", "residents", "plan", "leaves"):
        take_in(kind)
    with listening() as many:
        queries.known()
    assert len(many) <= len(few) + 1  # the standard departments of departments, if there are any


def test_residents_are_kept_with_few_statements(base, listening):
    take_in("programme")
    import_ = actions.bring_in(
        "residents", county_file("residents"), "residents.xlsx", on=ON, by=None, at=AT
    )
    with listening() as said:
        actions.confirm(import_, by=None, at=AT)
    assert count(Resident) == 118
    # SQLite takes rows one by one, by the same few statements
    assert len(set(said)) < 45
