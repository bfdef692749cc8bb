"""How many requests were answered, and how fast forms come in: figures of groups, reckoned by the
database.

`requests.in_state` says what became of a request; hours are `Submission.hours`, from what was
observed to what was sent.  Cancelled requests count nowhere, and guests are no teachers.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, func, or_, select

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


def latency(scope: Scope, *, by: str, today: date, viewer: Person | None = None) -> list[Latency]:
    """By institution, department, assessor or instrument, in three statements, by name; without
    `viewer` of the whole base."""
    found: dict[Any, dict[str, Any]] = defaultdict(dict)
    for key, *counts in db.session.execute(_completion(scope, by, today, viewer)):
        names = ("done", "late", "open", "expired", "declined")
        found[key] |= {"asked": sum(counts), **dict(zip(names, counts, strict=True))}
    for key, forms, low, high, ninth, soon in db.session.execute(_hours(scope, by, viewer)):
        found[key] |= {
            "forms": int(forms),
            "median": _mean(low, high),
            "ninth": ninth,
            "within_two_days": int(soon),
        }
    called = _called(by, list(found)) if found else {}
    rows = [Latency(key, **called[key], **figures) for key, figures in found.items()]
    return sorted(rows, key=lambda one: (one.name, str(one.key)))


def _called(by: str, keys: list) -> dict[Any, dict[str, Any]]:
    """What the groups are called, of departments with their sites."""
    if by == "department":
        rows = db.session.execute(
            select(Department.id, Department.name, Department.name_en, Institution)
            .join(Department.institution)
            .where(Department.id.in_(keys))
        )
        return {key: {"name": name, "name_en": en, "place": at} for key, name, en, at in rows}
    if by == "instrument":
        names = (Instrument.code, func.min(Instrument.name), func.min(Instrument.name_en))
        asked = select(*names).where(Instrument.code.in_(keys)).group_by(Instrument.code)
    else:
        model = Institution if by == "institution" else Person
        asked = select(model.id, model.name, model.name_en).where(model.id.in_(keys))
    return {key: {"name": name, "name_en": en} for key, name, en in db.session.execute(asked)}


def _mean(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    return None if low is None or high is None else ((low + high) / 2).quantize(Decimal("0.1"))


def _key(by: str, model) -> ColumnElement:
    return {
        "institution": Department.institution_id,
        "department": Placement.department_id,
        "assessor": model.assessor_id,
        "instrument": Instrument.code,
    }[by]


def _asked(columns, model, by: str, scope: Scope, viewer: Person | None) -> Select:
    """Of rows of this model; joined with what the question needs, and no more: it may be about
    every form there is, and then an index alone answers it."""
    everything = viewer is None or viewer.holds(*SEE_ALL)
    placed = by in ("institution", "department") or scope.institution_id or scope.department_id
    rows = select(*columns).select_from(model)
    if placed or not everything:
        rows = rows.join(Placement, Placement.id == model.placement_id).join(
            Department, Department.id == Placement.department_id
        )
    if by == "instrument":
        rows = rows.join(Instrument, Instrument.id == model.instrument_id)
    guests = select(Person.id).where(Person.is_guest)
    rows = rows.where(model.assessor_id.not_in(guests))
    if scope.institution_id:
        rows = rows.where(Department.institution_id == scope.institution_id)
    if scope.department_id:
        rows = rows.where(Placement.department_id == scope.department_id)
    if scope.assessor_id:
        rows = rows.where(model.assessor_id == scope.assessor_id)
    if scope.code:
        versions = select(Instrument.id).where(Instrument.code == scope.code)
        rows = rows.where(model.instrument_id.in_(versions))
    if viewer is not None and not everything:
        rows = rows.where(
            or_(
                Placement.department_id.in_(viewer.department_ids),
                Department.institution_id.in_(viewer.institution_ids),
                model.assessor_id == viewer.id,
            )
        )
    return rows


def _completion(scope: Scope, by: str, today: date, viewer: Person | None) -> Select:
    key = _key(by, Request)
    counts = [
        func.count().filter(in_state(state, today))
        for state in ("done", "late", "open", "expired", "declined")
    ]
    return (
        _asked([key, *counts], Request, by, scope, viewer)
        .where(
            Request.asked_on >= scope.starts_on,
            Request.asked_on < scope.ends_on,
            or_(Request.cancelled_at.is_(None), Request.declined_at.is_not(None)),
        )
        .group_by(key)
    )


def _hours(scope: Scope, by: str, viewer: Person | None) -> Select:
    """Ranks instead of percentiles, which SQLite does not know: the two forms in the middle, and
    the one that nine of ten do not exceed.  Forms of the same hours are ranked together."""
    key = _key(by, Submission)
    same = (
        _asked(
            [key.label("key"), Submission.hours.label("hours"), func.count().label("n")],
            Submission, by, scope, viewer,
        )
        .where(
            Submission.observed_on >= scope.starts_on,
            Submission.observed_on < scope.ends_on,
            Submission.hours.is_not(None),
        )
        .group_by(key, Submission.hours)
        .subquery()
    )  # fmt: skip
    upto = func.sum(same.c.n).over(partition_by=same.c.key, order_by=same.c.hours)
    whole = func.sum(same.c.n).over(partition_by=same.c.key)
    ranked = select(
        same, cast(upto, Integer).label("upto"), cast(whole, Integer).label("whole")
    ).subquery()
    c = ranked.c

    def at(rank):
        return func.min(c.hours).filter(c.upto >= rank)

    return select(
        c.key,
        func.sum(c.n),
        at((c.whole + 1) // 2),
        at((c.whole + 2) // 2),
        at((c.whole * 9 + 9) // 10),
        func.coalesce(func.sum(c.n).filter(c.hours <= TWO_DAYS), 0),
    ).group_by(c.key)
