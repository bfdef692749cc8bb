"""How many requests were answered, and how fast forms come in: figures of groups, reckoned by the
database.

`requests.in_state` says what became of a request; hours are `Submission.hours`, from what was
observed to what was sent.  Cancelled requests count nowhere, and guests are no teachers.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from trainingbase.assessments.models import Instrument, Request, Submission
from trainingbase.assessments.queries.requests import in_state
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department, Institution

TWO_DAYS = Decimal(48)
SEE_ALL = (Role.OFFICE, Role.AUDITOR, Role.LEADER)
WAYS = ("institution", "department", "assessor", "instrument")


@dataclass(frozen=True)
class Scope:
    """Requests asked, and forms about what was observed, in [starts_on, ends_on); zeros and empty
    values leave nothing out."""

    starts_on: date
    ends_on: date
    institution_id: int = 0
    department_id: int = 0
    assessor_id: int = 0
    code: str = ""


@dataclass(frozen=True)
class Latency:
    """Of one group.  `asked` = done + late + open + expired + declined.  `forms` were submitted,
    asked for or not; `median` and `ninth` (nine of ten are faster) are hours."""

    key: Any
    name: str
    name_en: str | None
    asked: int = 0
    done: int = 0
    late: int = 0
    open: int = 0
    expired: int = 0
    declined: int = 0
    forms: int = 0
    median: Decimal | None = None
    ninth: Decimal | None = None
    within_two_days: int = 0
    place: Institution | None = None
    """Of a department: departments of different sites may be called the same."""

    @property
    def done_share(self) -> float | None:
        """Of those whose time is over or that were answered; None where there are none."""
        settled = self.done + self.expired
        return self.done / settled if settled else None

    @property
    def expired_share(self) -> float | None:
        settled = self.done + self.expired
        return self.expired / settled if settled else None


@dataclass
class _Group:
    name: str
    name_en: str | None
    figures: dict[str, Any] = field(default_factory=dict)


def latency(scope: Scope, *, by: str, today: date, viewer: Person | None = None) -> list[Latency]:
    """By institution, department, assessor or instrument, in two statements, by name; without
    `viewer` of the whole base.  By department with a third, for the sites."""
    groups: dict[Any, _Group] = {}
    for row in db.session.execute(_completion(scope, by, today, viewer)):
        group = groups.setdefault(row[0], _Group(row[1], row[2]))
        names = ("done", "late", "open", "expired", "declined")
        group.figures |= dict(zip(names, row[3:], strict=True))
        group.figures["asked"] = sum(row[3:])
    for row in db.session.execute(_hours(scope, by, viewer)):
        group = groups.setdefault(row[0], _Group(row[1], row[2]))
        group.figures |= {
            "forms": row[3],
            "median": _mean(row[4], row[5]),
            "ninth": row[6],
            "within_two_days": row[7],
        }
    places = _places(groups) if by == "department" else {}
    found = [
        Latency(key, one.name, one.name_en, place=places.get(key), **one.figures)
        for key, one in groups.items()
    ]
    return sorted(found, key=lambda one: (one.name, str(one.key)))


def _places(department_ids) -> dict[int, Institution]:
    rows = db.session.execute(
        select(Department.id, Institution)
        .join(Department.institution)
        .where(Department.id.in_(list(department_ids)))
    )
    return dict(rows.all())


def _mean(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    return None if low is None or high is None else ((low + high) / 2).quantize(Decimal("0.1"))


def _key(by: str, model) -> tuple[ColumnElement, ColumnElement, ColumnElement]:
    return {
        "institution": (Institution.id, Institution.name, Institution.name_en),
        "department": (Department.id, Department.name, Department.name_en),
        "assessor": (Person.id, Person.name, Person.name_en),
        "instrument": (Instrument.code, func.min(Instrument.name), func.min(Instrument.name_en)),
    }[by]


def _joined(columns, model):
    return (
        select(*columns)
        .select_from(model)
        .join(Placement, Placement.id == model.placement_id)
        .join(Department, Department.id == Placement.department_id)
        .join(Institution, Institution.id == Department.institution_id)
        .join(Instrument, Instrument.id == model.instrument_id)
        .join(Person, Person.id == model.assessor_id)
    )


def _conditions(scope: Scope, model, viewer: Person | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Person.is_guest.is_(False)]
    if scope.institution_id:
        found.append(Department.institution_id == scope.institution_id)
    if scope.department_id:
        found.append(Placement.department_id == scope.department_id)
    if scope.assessor_id:
        found.append(model.assessor_id == scope.assessor_id)
    if scope.code:
        found.append(Instrument.code == scope.code)
    if viewer is not None and not viewer.holds(*SEE_ALL):
        found.append(
            or_(
                Placement.department_id.in_(viewer.department_ids),
                Department.institution_id.in_(viewer.institution_ids),
                model.assessor_id == viewer.id,
            )
        )
    return found


def _completion(scope: Scope, by: str, today: date, viewer: Person | None):
    key = _key(by, Request)
    counts = [
        func.count().filter(in_state(state, today))
        for state in ("done", "late", "open", "expired", "declined")
    ]
    return (
        _joined([*key, *counts], Request)
        .where(
            Request.asked_on >= scope.starts_on,
            Request.asked_on < scope.ends_on,
            or_(Request.cancelled_at.is_(None), Request.declined_at.is_not(None)),
            *_conditions(scope, Request, viewer),
        )
        .group_by(*(key[:1] if by == "instrument" else key))
    )


def _hours(scope: Scope, by: str, viewer: Person | None):
    """Ranks instead of percentiles, which SQLite does not know: the two forms in the middle, and
    the one that nine of ten do not exceed."""
    key = _key(by, Submission)
    plain = (key[0], Instrument.name, Instrument.name_en) if by == "instrument" else key
    ranked = (
        _joined(
            [
                plain[0].label("key"),
                plain[1].label("name"),
                plain[2].label("name_en"),
                Submission.hours.label("hours"),
                func.row_number()
                .over(partition_by=plain[0], order_by=Submission.hours)
                .label("rank"),
                func.count().over(partition_by=plain[0]).label("n"),
            ],
            Submission,
        )
        .where(
            Submission.observed_on >= scope.starts_on,
            Submission.observed_on < scope.ends_on,
            Submission.hours.is_not(None),
            *_conditions(scope, Submission, viewer),
        )
        .subquery()
    )
    c = ranked.c

    def at(rank):
        return func.max(case((c.rank == rank, c.hours)))

    return select(
        c.key,
        func.min(c.name),
        func.min(c.name_en),
        func.count(),
        at((c.n + 1) // 2),
        at((c.n + 2) // 2),
        at((c.n * 9 + 9) // 10),
        func.count().filter(c.hours <= TWO_DAYS),
    ).group_by(c.key)
