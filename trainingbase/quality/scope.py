"""What figures are about: a period, and perhaps a site, a department and a cohort."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select

from trainingbase.ballots.models import Batch
from trainingbase.db import db
from trainingbase.months import months_from, months_later
from trainingbase.quality.rules.hiding import quarter_of
from trainingbase.quality.rules.numbers import Place
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department, Institution, ShortName


@dataclass(frozen=True)
class Scope:
    """[starts_on, ends_on), whole months; `cohort_id`, `department_id`, `site_id` and `type_id` 0
    for all.  A trainee type is asked of the whole base only."""

    starts_on: date
    ends_on: date
    cohort_id: int = 0
    department_id: int = 0
    site_id: int = 0
    type_id: int = 0

    @property
    def months(self) -> list[date]:
        return months_from(self.starts_on, self.ends_on)

    @property
    def is_whole(self) -> bool:
        """Of the whole base."""
        return not (self.cohort_id or self.department_id or self.site_id or self.type_id)

    def of(self, starts_on: date, ends_on: date) -> "Scope":
        """Another period of the same."""
        return replace(self, starts_on=starts_on, ends_on=ends_on)

    @property
    def before(self) -> "Scope":
        """As many months before."""
        return self.of(months_later(self.starts_on, -len(self.months)), self.starts_on)

    @property
    def years(self) -> "Scope":
        """The whole years it touches."""
        last = self.ends_on - timedelta(days=1)
        return self.of(date(self.starts_on.year, 1, 1), date(last.year + 1, 1, 1))

    @property
    def quarters(self) -> "Scope":
        """The whole quarters it touches."""
        last = quarter_of(self.ends_on - timedelta(days=1))
        return self.of(quarter_of(self.starts_on), months_later(last, 3))


def months_known() -> Sequence[date]:
    """The months from the first placement to the last, and before them those that released
    opinions are about."""
    first, after = db.session.execute(
        select(func.min(Placement.starts_on), func.max(Placement.ends_on)).where(
            Placement.cancelled_at.is_(None)
        )
    ).one()
    if first is None:
        return []
    opinion = db.session.scalar(select(func.min(Batch.first_on)))
    return months_from(min(first, opinion or first), after + timedelta(days=1))


def places() -> dict[int, Place]:
    """Every department, in the order of the network."""
    short = (
        select(ShortName.department_id, func.min(ShortName.name).label("name"))
        .group_by(ShortName.department_id)
        .having(func.count() == 1)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Department.id,
            Department.name,
            Department.name_en,
            Institution.id,
            Institution.name,
            Institution.name_en,
            Institution.level,
            short.c.name,
        )
        .join(Department.institution)
        .outerjoin(short, short.c.department_id == Department.id)
        .order_by(Institution.id, Department.id)
    )
    return {
        number: Place(number, name, name_en, site_id, site, site_en, level == "lead", called)
        for number, name, name_en, site_id, site, site_en, level, called in rows
    }
