"""What was found, in groups, each a link to a page this person may open."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from trainingbase.access import may_open
from trainingbase.i18n import named
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.search import queries

MOST = 8


@dataclass(frozen=True)
class Hit:
    name: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """`more` is the address of the whole list when there are more than `hits`."""

    title: str
    hits: Sequence[Hit]
    more: str | None = None


def found(viewer: Person, text: str, *, today: date) -> list[Group]:
    """One statement for each kind this person may see; nothing for an empty text."""
    return [group for group in _groups(viewer, text, today) if group.hits] if text else []


def _groups(viewer: Person, text: str, today: date) -> Iterator[Group]:
    if may_open(viewer, "rotations.timetable") or may_open(viewer, "enrolment.residents"):
        yield _group(
            _("Residents"),
            queries.residents(viewer, text, today=today, most=MOST),
            lambda one: Hit(one.name, named(one.cohort), _resident_page(viewer, one)),
            _more(viewer, "enrolment.residents", search=text, state="all"),
        )
    if may_open(viewer, "faculty.member"):
        yield _group(
            _("Faculty"),
            queries.faculty(text, most=MOST),
            lambda one: Hit(one.name, one.title, url_for("faculty.member", member_id=one.id)),
            _more(viewer, "faculty.roster", search=text),
        )
    if may_open(viewer, "accounts.accounts"):
        yield _group(
            _("Accounts"),
            queries.accounts(text, most=MOST),
            lambda one: Hit(one.name, "", url_for("accounts.accounts", search=one.name)),
            _more(viewer, "accounts.accounts", search=text),
        )
    if may_open(viewer, "sites.institution"):
        yield _group(
            _("Sites"),
            queries.institutions(text, most=MOST),
            lambda one: Hit(named(one), "", url_for("sites.institution", institution_id=one.id)),
        )
        yield _group(
            _("Departments"),
            queries.departments(text, most=MOST),
            lambda one: Hit(
                named(one),
                named(one.institution),
                url_for("sites.institution", institution_id=one.institution_id),
            ),
        )
    if may_open(viewer, "programmes.programme"):
        yield _group(
            _("Programmes"),
            queries.programmes(text, most=MOST),
            lambda one: Hit(
                named(one), one.code, url_for("programmes.programme", programme_id=one.id)
            ),
        )
    if may_open(viewer, "rotations.plan"):
        yield _group(
            _("Rotation plans"),
            queries.plans(text, most=MOST),
            lambda one: Hit(one.title, "", url_for("rotations.plan", plan_id=one.id)),
        )


def _group(
    title: str, rows: Sequence[Any], hit: Callable[[Any], Hit], more: str | None = None
) -> Group:
    return Group(title, [hit(row) for row in rows[:MOST]], more if len(rows) > MOST else None)


def _more(viewer: Person, endpoint: str, **values: str) -> str | None:
    return url_for(endpoint, **values) if may_open(viewer, endpoint) else None


def _resident_page(viewer: Person, resident) -> str:
    """The record for those who may read it, else the rotations."""
    reads = viewer.holds(Role.OFFICE, Role.AUDITOR) or viewer.id == resident.tutor_id
    endpoint = "enrolment.resident" if reads else "rotations.timetable"
    return url_for(endpoint, resident_id=resident.id)
