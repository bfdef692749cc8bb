"""Faculty members, the departments they teach in, and their certificates."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import Certificate, FacultyMember, Post
from trainingbase.imports.keeping import secretaries
from trainingbase.imports.keeping.days import begins
from trainingbase.imports.keeping.roster import Places, same
from trainingbase.imports.keeping.wanted import UNCHANGED, Wanted, Workbook
from trainingbase.imports.queries.rows import tutors_written
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

NEEDS: Sequence[str] = ("sites",)
PLAIN = {"degree": "degree", "scope": "scope"}


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    rows = list(workbook.of("faculty"))
    members = {
        one.staff_number: one
        for one in db.session.scalars(
            select(FacultyMember).options(
                joinedload(FacultyMember.person),
                selectinload(FacultyMember.posts).joinedload(Post.department),
                selectinload(FacultyMember.certificates),
            )
        )
    }
    numbers = {one.record["emp_no"] for one in rows}
    namesakes = {
        (same(one.person.name), post.department_id): one
        for one in members.values()
        if one.staff_number not in numbers
        for post in one.posts
    }
    places, most = Places(), whole("residents_per_supervisor")
    first: dict[str, Wanted] = {}
    for wanted in rows:
        department = places.department(wanted.record["institution"], wanted.record["department"])
        if department is None:
            name = wanted.record["department"]
            wanted.refuse("department", "department_not_here", name=name)
            continue
        other = namesakes.get((same(wanted.record["name"]), department.id))
        if other is not None:
            wanted.refuse(
                "emp_no", "same_name_other_number", name=other.name, number=other.staff_number
            )
            continue
        member = _keep_member(members, first, wanted, most, by=by, at=at)
        _keep_post(member, department, wanted)
        _keep_certificate(member, wanted)
    _link_tutees(members, first)
    _grant_secretaries(places, first, by=by, at=at)


def _keep_member(
    members: dict[str, FacultyMember],
    first: dict[str, Wanted],
    wanted: Wanted,
    most: int,
    *,
    by: Person | None,
    at: datetime,
) -> FacultyMember:
    """What a person's later rows say about them beside their post is what the first row said."""
    record, number = wanted.record, wanted.record["emp_no"]
    values: dict[str, Any] = {
        "title": record["title"] or "",
        "degree": record["degree"],
        "scope": record["scope"],
        "primary_care_years": _whole(record["primary_years"]),
        "most_residents": most if record["max_residents"] is None else record["max_residents"],
        "note": None if record["second_department"] else record["note"],
    }
    member = members.get(number)
    if member is None:
        wanted.made()
        role = Grant(role=Role.FACULTY, granted_at=at, granted_by_id=by.id if by else None)
        member = FacultyMember(
            person=Person(name=record["name"], grants=[role]), staff_number=number, **values
        )
        db.session.add(member)
        members[number] = member
    elif number not in first:
        wanted.put(member.person, {"name": record["name"]})
        keys = {
            "title": "title",
            "primary_years": "primary_care_years",
            "max_residents": "most_residents",
            "note": "note",
            **PLAIN,
        }
        among = {ours for theirs, ours in keys.items() if wanted.says(theirs)}
        if record["second_department"]:
            among.discard("note")
        wanted.put(member, values, among=among)
    first.setdefault(number, wanted)
    return member


def _whole(years: float | None) -> int | None:
    return None if years is None else int(years)


def _keep_post(member: FacultyMember, department: Department, wanted: Wanted) -> None:
    second = wanted.record["second_department"]
    for post in member.posts:
        if post.department is department:
            wanted.put(post, {"is_second": second})
            return
    if wanted.outcome == UNCHANGED:
        wanted.made()  # a row of its own for a second department
    wanted.change("post", None, department.name)
    member.posts.append(Post(department=department, is_second=second))


def _keep_certificate(member: FacultyMember, wanted: Wanted) -> None:
    record = wanted.record
    if not record["cert_no"]:
        return
    values = {"level": record["cert_level"], "issued_on": begins(record["cert_date"])}
    for certificate in member.certificates:
        if certificate.number == record["cert_no"]:
            wanted.put(certificate, values)
            return
    wanted.change("certificate", None, record["cert_no"])
    member.certificates.append(Certificate(number=record["cert_no"], **values))


def _link_tutees(members: dict[str, FacultyMember], first: dict[str, Wanted]) -> None:
    """Residents brought in before their tutor was known get them now."""
    without = {
        one.id_number: one
        for one in db.session.scalars(
            select(Resident).where(Resident.tutor_id.is_(None)).options(joinedload(Resident.person))
        )
    }
    written = tutors_written() if without else {}
    named: dict[str, list[FacultyMember]] = {}
    for member in members.values():
        named.setdefault(same(member.person.name), []).append(member)
    for id_number, resident in without.items():
        found = named.get(same(written.get(id_number)), [])
        if len(found) != 1:
            continue
        resident.tutor = found[0].person
        wanted = first.get(found[0].staff_number)
        if wanted is not None:
            tutees = (wanted.changes.get("tutees") or [None, []])[1]
            wanted.change("tutees", None, [*tutees, resident.person.name])


def _grant_secretaries(
    places: Places, first: dict[str, Wanted], *, by: Person | None, at: datetime
) -> None:
    """The departments whose secretary this roster names."""
    row_of = {same(one.record["name"]): one for one in first.values()}
    departments = {
        one: row_of[same(one.secretary_name)]
        for one in places.departments.values()
        if one.secretary_name and same(one.secretary_name) in row_of
    }
    secretaries.grant(departments, by=by, at=at)
