"""Institutions and departments come and change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.sites import queries
from trainingbase.sites.models import Department, Institution


class NameTaken(Exception):
    """Another institution, or another department of this institution, has this name."""


def add_institution(
    answers: Mapping[str, Any], *, by: Person, at: datetime, request_key: str | None = None
) -> Institution:
    """Sent twice with one `request_key` it is one.  Raises `NameTaken`."""
    taken = queries.named_alike(answers["name"])  # asked first: it may be what this form has made
    known = queries.institution_by_key(request_key)
    if known is not None:
        return known
    if taken is not None:
        raise NameTaken
    made = Institution(**answers, request_key=request_key or None)
    db.session.add(made)
    record("add-institution", made, by=by, at=at, name=made.name)
    db.session.commit()
    return made


def edit_institution(
    institution: Institution,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
    why: str | None = None,
) -> list[str]:
    """The names of the fields that changed.  Raises `Stale` and `NameTaken`."""
    institution.expect(version)
    name = answers.get("name", institution.name)
    if queries.named_alike(name, but=institution) is not None:
        db.session.rollback()
        raise NameTaken
    changed = change("edit-institution", institution, answers, by=by, at=at, why=why)
    db.session.commit()
    return changed


def add_department(
    institution: Institution,
    answers: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Department:
    """`answers` hold the first places as `most` and `fewest`.  Raises `NameTaken`."""
    taken = queries.department_named(institution, answers["name"])
    known = queries.department_by_key(request_key)
    if known is not None:
        return known
    if taken is not None:
        raise NameTaken
    made = Department(institution=institution, **answers, request_key=request_key or None)
    db.session.add(made)
    record("add-department", made, by=by, at=at, name=made.name, places=made.most)
    db.session.commit()
    return made


def edit_department(
    department: Department,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
    why: str | None = None,
) -> list[str]:
    """Raises `Stale` and `NameTaken`."""
    department.expect(version)
    other = queries.department_named(department.institution, answers.get("name", department.name))
    if other is not None and other is not department:
        db.session.rollback()
        raise NameTaken
    changed = change("edit-department", department, answers, by=by, at=at, why=why)
    db.session.commit()
    return changed
