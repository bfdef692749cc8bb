"""Residents and faculty: who is who, and what they are given."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from tests.imports.conftest import (
    RESIDENT_HEADER,
    faculty,
    problems,
    resident_row,
    residents_file,
    sites,
    teacher,
    the,
    xlsx,
)
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.imports import actions
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)


def test_a_new_resident_has_a_cohort_a_role_and_an_end(take_in):
    take_in("residents", residents_file(resident_row("王禾")))
    resident = the(Resident)
    assert resident.person.holds(Role.RESIDENT)
    assert (resident.cohort.name, resident.cohort.name_en) == ("2026级", "2026 intake")
    assert (resident.starts_on, resident.ends_on) == (date(2026, 9, 1), date(2029, 9, 1))
    assert resident.trainee_type == "social"


def test_the_id_number_tells_who_it_is_whatever_the_name(take_in):
    take_in("residents", residents_file(resident_row("王禾")))
    again = take_in("residents", residents_file(resident_row("王和")))
    assert again.outcome["changed"] == 1
    assert the(Person, Person.id == the(Resident).person_id).name == "王和"


def test_the_same_name_with_another_id_number_is_left_to_the_office(take_in, bring_in):
    take_in("residents", residents_file(resident_row("王禾", 960)))
    again = bring_in("residents", residents_file(resident_row("王禾", 961)))
    assert problems(again) == [(2, "same_name_other_id")]
    both = residents_file(resident_row("王禾", 960), resident_row("王禾", 961))
    assert take_in("residents", both).outcome == {"created": 1, "changed": 0, "unchanged": 1}


def test_the_same_name_in_another_cohort_is_another_person(take_in):
    take_in("residents", residents_file(resident_row("王禾", 960)))
    other = resident_row("王禾", 961, start="2025-09-01")
    assert take_in("residents", residents_file(other)).outcome["created"] == 1


def test_columns_a_workbook_does_not_have_leave_what_the_base_knows(take_in):
    take_in("residents", residents_file(resident_row("王禾")))
    few = [0, 1, 2, 5, 7]
    row = resident_row("王禾")
    content = xlsx(表=[[RESIDENT_HEADER[i] for i in few], [row[i] for i in few]])
    assert take_in("residents", content).outcome["unchanged"] == 1
    resident = the(Resident)
    assert resident.person.phone == "14500000000" and resident.trainee_type == "social"


def test_a_tutor_not_yet_known_is_a_warning_and_no_hindrance(bring_in):
    import_ = bring_in("residents", residents_file(resident_row("王禾", tutor="段若思")))
    assert problems(import_, "warning") == [(2, "tutor_unknown")]
    assert import_.total("accepted") == 1 and import_.total("warnings") == 1


def test_nothing_is_kept_where_one_row_fails(take_in, bring_in, office, monkeypatch):
    import_ = bring_in(
        "residents", residents_file(resident_row("王禾", 960), resident_row("徐嘉", 961))
    )
    real = actions.record

    def breaks(act, *args, **more):
        real(act, *args, **more)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(actions, "record", breaks)
    with pytest.raises(RuntimeError):
        actions.confirm(import_, by=office, at=NOON)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Resident)) == 0
    assert import_.is_open


def test_two_rows_of_one_number_are_one_teacher_with_two_posts(take_in):
    take_in("faculty", faculty(teacher(), teacher(department="Surgery", note="兼")))
    member = the(FacultyMember)
    assert [(post.department.name, post.is_second) for post in member.posts] == [
        ("Medicine", False),
        ("Surgery", True),
    ]
    assert len(member.certificates) == 1 and member.person.holds(Role.FACULTY)


def test_another_number_for_the_same_name_in_a_department_is_left_to_the_office(take_in, bring_in):
    take_in("faculty", faculty(teacher()))
    import_ = bring_in("faculty", faculty(teacher(number="2002")))
    assert problems(import_) == [(2, "same_name_other_number")]


def test_the_secretary_named_for_a_department_gets_the_role_with_the_roster(take_in, county):
    take_in("sites", sites(secretary="段若思"))
    take_in("faculty", faculty(teacher()))
    person = the(FacultyMember).person
    assert person.holds(Role.SECRETARY)
    assert person.department_ids == (county.medicine.id,)


def test_another_secretary_takes_over_the_role(take_in, county):
    two = faculty(teacher(), teacher("钟礼铭", "2002"))
    take_in("sites", sites(secretary="段若思"))
    take_in("faculty", two)
    take_in("sites", sites(secretary="钟礼铭"))
    holders = db.session.scalars(
        select(Person.name)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == Role.SECRETARY, Grant.department_id == county.medicine.id)
    ).all()
    assert holders == ["钟礼铭"]
