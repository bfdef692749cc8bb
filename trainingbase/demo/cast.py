"""The accounts of the demonstration: one for each role."""

from datetime import date, datetime

from sqlalchemy import func, select

from trainingbase.accounts import actions
from trainingbase.accounts.actions import grant, welcome
from trainingbase.accounts.models import Account
from trainingbase.assessments.models import Request, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import PRIMARY_LEVELS, Department, Institution

STAFF = (
    (Role.OFFICE, "office", "科教科 林老师"),
    (Role.LEADER, "leader", "分管副院长 周院长"),
    (Role.AUDITOR, "auditor", "督导专家 何专家"),
    (Role.ADMINISTRATOR, "admin", "系统管理员"),
)


def office_people(*, at: datetime) -> Person:
    """The people who are in no workbook; returns the office's."""
    made = {}
    for role, _login, name in STAFF:
        made[role] = welcome(name, at=at)
        grant(made[role], role, by=None, at=at)
    return made[Role.OFFICE]


def accounts(*, today: date, at: datetime) -> dict[str, dict[str, str]]:
    """An account for each role, on the person for whom most is to be seen."""
    people: dict[Role, tuple[str, Person]] = {}
    for role, login, _name in STAFF:
        people[role] = (login, _holder(role))
    people[Role.RESIDENT] = ("resident", _resident(today))
    people[Role.FACULTY] = ("faculty", _faculty_member(today))
    people[Role.SECRETARY] = ("secretary", _secretary(today, _taken(people)))
    people[Role.SITE_COORDINATOR] = ("coordinator", _coordinator(today, _taken(people), at=at))
    made = {}
    for role, (login, person) in people.items():
        password = actions.readable_password()
        actions.open_account(person, login=login, by=None, at=at, password=password)
        made[role.value] = {"login": login, "password": password}
    return made


def _taken(people) -> list[int]:
    return [person.id for _login, person in people.values()]


def _holder(role: Role) -> Person:
    return db.session.scalars(
        select(Person).join(Grant, Grant.person_id == Person.id).where(Grant.role == role)
    ).one()


def _secretary(today: date, taken: list[int]) -> Person:
    """The secretary of the department with most residents today."""
    load = func.count(Placement.id)
    return db.session.scalars(
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .join(Placement, Placement.department_id == Grant.department_id)
        .where(Grant.role == Role.SECRETARY, Person.id.not_in(taken), _on(today))
        .group_by(Person.id)
        .order_by(load.desc(), Person.id)
        .limit(1)
    ).one()


def _coordinator(today: date, taken: list[int], *, at: datetime) -> Person:
    """No workbook says who coordinates a site: a teacher of the fullest one is given the role."""
    load = func.count(Placement.id)
    person, institution_id = db.session.execute(
        select(Person, Institution.id)
        .join(FacultyMember, FacultyMember.person_id == Person.id)
        .join(Post, Post.faculty_member_id == FacultyMember.id)
        .join(Department, Department.id == Post.department_id)
        .join(Institution, Institution.id == Department.institution_id)
        .join(Placement, Placement.department_id == Department.id)
        .where(Institution.level.in_(PRIMARY_LEVELS), Person.id.not_in(taken), _on(today))
        .group_by(Person.id, Institution.id)
        .order_by(load.desc(), Person.id)
        .limit(1)
    ).one()
    grant(person, Role.SITE_COORDINATOR, by=None, at=at, institution_id=institution_id)
    return person


def resident_shown(today: date) -> Resident:
    """The one of whom the demonstration has an account."""
    person = _resident(today)
    return db.session.scalars(select(Resident).where(Resident.person_id == person.id)).one()


def teacher_shown() -> Person:
    """The teacher of whom the demonstration has an account."""
    return db.session.scalars(
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .where(Account.login == "faculty")
    ).one()


def _resident(today: date) -> Person:
    """A resident who is placed today with a supervisor, and has feedback to read."""
    unread = (
        select(func.count())
        .where(Submission.resident_id == Resident.id, Submission.acknowledged_at.is_(None))
        .scalar_subquery()
    )
    return db.session.scalars(
        select(Person)
        .join(Resident, Resident.person_id == Person.id)
        .join(Placement, Placement.resident_id == Resident.id)
        .where(_on(today), Placement.supervisor_id.is_not(None))
        .order_by(unread.desc(), Placement.ends_on.desc(), Person.id)
        .limit(1)
    ).one()


def _faculty_member(today: date) -> Person:
    """A supervisor who owes an assessment, with as many residents today as may be."""
    load = func.count(Placement.id.distinct())
    owed = (
        select(func.count(Request.id))
        .where(
            Request.assessor_id == Person.id,
            Request.answered_at.is_(None),
            Request.cancelled_at.is_(None),
            Request.expires_on > today,
        )
        .scalar_subquery()
    )
    return db.session.scalars(
        select(Person)
        .join(FacultyMember, FacultyMember.person_id == Person.id)
        .join(Placement, Placement.supervisor_id == FacultyMember.id)
        .where(_on(today))
        .group_by(Person.id)
        .order_by((owed > 0).desc(), load.desc(), Person.id)
        .limit(1)
    ).one()


def _on(today: date):
    return (
        Placement.cancelled_at.is_(None)
        & (Placement.starts_on <= today)
        & (Placement.ends_on > today)
    )
