"""Places of departments: everything that asks for them asks here."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, selectinload

from trainingbase.db import db
from trainingbase.sites.models import Department, Institution
from trainingbase.sites.rules.agreements import gaps_of
from trainingbase.sites.rules.places import MonthPlaces, Opening, places_of_month

WITH_OPENING = (
    contains_eager(Department.institution).selectinload(Institution.agreements),
    selectinload(Department.closures),
    selectinload(Department.changes),
)
"""Everything `opening_of` reads, for a select that joins the institution."""


def opening_of(one: Department) -> Opening:
    """What decides how many residents this department takes: its own places, changes and
    closures, the agreements of its institution, and the end of either."""
    place = one.institution
    terms = [(agreed.starts_on, agreed.ends_on) for agreed in place.agreements]
    ends = (place.agreement_ends_on, place.retired_on, one.retired_on)
    return Opening(
        most=one.most,
        fewest=one.fewest,
        changes=tuple((two.from_on, two.most, two.fewest) for two in one.changes),
        closed=(*((shut.starts_on, shut.ends_on) for shut in one.closures), *gaps_of(terms)),
        opens_on=place.agreement_starts_on,
        shuts_on=min((end for end in ends if end is not None), default=None),
    )


def departments_with_openings(
    *which: ColumnElement[bool], more: Sequence = ()
) -> list[tuple[Department, Opening]]:
    """In the order of the network; `more` are further loading options."""
    rows = db.session.scalars(
        select(Department)
        .join(Department.institution)
        .where(*which)
        .options(*WITH_OPENING, *more)
        .order_by(Institution.id, Department.id)
    ).all()
    return [(one, opening_of(one)) for one in rows]


def places_in(
    months: Iterable[date], *which: ColumnElement[bool]
) -> dict[int, dict[date, MonthPlaces]]:
    """Places by department and month, `months` being the first days of months."""
    months = list(months)
    return {
        one.id: {month: places_of_month(opening, month) for month in months}
        for one, opening in departments_with_openings(*which)
    }
