"""The state of every site of the county, for the map and the table beside it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.months import first_of_month
from trainingbase.network.queries.readiness import Readiness, readiness_of
from trainingbase.network.rules.layout import Spot, spots_of
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Closure, Department, Institution
from trainingbase.sites.queries.places import departments_with_openings
from trainingbase.sites.rules.agreements import state_of
from trainingbase.sites.rules.places import halves, places
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class SiteState:
    """A site today; `at` is its middle on the drawing, `closed` its departments closed today."""

    institution: Institution
    at: tuple[int, int]
    residents: int
    places: int
    agreement: str
    readiness: Readiness
    closed: Sequence[Closure]

    @property
    def worst(self) -> str:
        """bad, warning, neutral (takes nobody) or good: the mark beside its name."""
        if self.residents > self.places or self.agreement in ("ended", "missing"):
            return "bad"
        if self.closed or self.agreement == "ending":
            return "warning"
        return "good" if self.places else "neutral"


def county(*, today: date) -> list[SiteState]:
    """Sites in use, the lead hospital first."""
    sites = db.session.scalars(
        select(Institution)
        .where(Institution.retired_on.is_(None) | (Institution.retired_on > today))
        .order_by(Institution.level != "lead", Institution.id)
    ).all()
    spots = spots_of([Spot(one.id, one.level, one.map_x, one.map_y) for one in sites])
    residents = _residents(today)
    there = _places(today)
    closed = _closed(today)
    soon = whole("agreement_reminder_days")
    return [
        SiteState(
            institution=site,
            at=spots[site.id],
            residents=residents.get(site.id, 0),
            places=there.get(site.id, 0),
            agreement=state_of(
                site.agreement_starts_on,
                site.agreement_ends_on,
                today=today,
                soon=soon,
                needed=site.level not in ("lead", "branch"),
            ),
            readiness=ready,
            closed=closed[site.id],
        )
        for site, ready in zip(sites, readiness_of(sites, today=today), strict=True)
    ]


def _residents(today: date) -> dict[int, int]:
    rows = (
        select(Department.institution_id, func.count())
        .select_from(Placement)
        .join(Department, Department.id == Placement.department_id)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today,
        )
        .group_by(Department.institution_id)
    )
    return dict(db.session.execute(rows).all())


def _places(today: date) -> dict[int, int]:
    """Places of the half month that today lies in."""
    span = next(one for one in halves(first_of_month(today)) if one[0] <= today < one[1])
    found: dict[int, int] = defaultdict(int)
    for one, opening in departments_with_openings():
        found[one.institution_id] += places(opening, *span)[0]
    return found


def _closed(today: date) -> dict[int, list[Closure]]:
    found: dict[int, list[Closure]] = defaultdict(list)
    for one in db.session.scalars(
        select(Closure)
        .where(Closure.starts_on <= today, Closure.ends_on > today)
        .options(selectinload(Closure.department))
        .order_by(Closure.starts_on)
    ):
        found[one.department.institution_id].append(one)
    return found
