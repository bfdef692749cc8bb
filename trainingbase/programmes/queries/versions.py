"""Families of programmes, their versions, and who trains by them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from trainingbase.db import Model, db
from trainingbase.programmes.models import (
    CompetencyLink,
    ElectiveGroup,
    Minimum,
    OrderRule,
    PlannedAssessment,
    Programme,
    Requirement,
    programme_frameworks,
)
from trainingbase.programmes.queries.contents import WHOLE

OWN = {
    *(
        one.__tablename__
        for one in (
            Requirement,
            ElectiveGroup,
            OrderRule,
            Minimum,
            PlannedAssessment,
            CompetencyLink,
        )
    ),
    programme_frameworks.name,
}
"""Tables that are the programme itself: all others that refer to one use it."""

PROGRAMME_SORTS = {
    "name": Programme.name,
    "code": Programme.code,
    "months": Programme.months,
    "from": Programme.from_year,
}


def programmes() -> Sequence[Programme]:
    return db.session.scalars(select(Programme).order_by(Programme.family, Programme.edition)).all()


STATES = {
    "draft": Programme.in_force_at.is_(None) & Programme.retired_at.is_(None),
    "in_force": Programme.in_force_at.is_not(None) & Programme.retired_at.is_(None),
    "retired": Programme.retired_at.is_not(None),
}


def programme_rows(
    *, search: str = "", state: str = "", sort: str = ""
) -> Select[tuple[Programme]]:
    """`state`: draft, in_force, retired, or empty for all; `sort` a key of `PROGRAMME_SORTS`, with
    `-` before it for descending."""
    rows = select(Programme)
    if search:
        rows = rows.where(
            or_(
                Programme.name.icontains(search, autoescape=True),
                Programme.name_en.icontains(search, autoescape=True),
                Programme.code.icontains(search, autoescape=True),
            )
        )
    if state in STATES:
        rows = rows.where(STATES[state])
    column = PROGRAMME_SORTS.get(sort.lstrip("-"))
    if column is None:
        return rows.order_by(Programme.family, Programme.edition.desc())
    return rows.order_by(column.desc() if sort.startswith("-") else column, Programme.id)


def programme_by_id(programme_id: int) -> Programme:
    """A programme with all that its pages show."""
    return db.session.scalars(
        select(Programme).where(Programme.id == programme_id).options(*WHOLE)
    ).one()


def group_by_id(group_id: int) -> ElectiveGroup | None:
    return db.session.get(ElectiveGroup, group_id) if group_id else None


def programme_by_code(code: str) -> Programme | None:
    return db.session.scalars(select(Programme).where(Programme.code == code)).one_or_none()


def editions_of(programme: Programme) -> Sequence[Programme]:
    """All versions of its family, the newest first."""
    return db.session.scalars(
        select(Programme)
        .where(Programme.family == programme.family)
        .order_by(Programme.edition.desc())
    ).all()


def users_of(programme: Programme) -> dict[str, int]:
    """How many rows of which tables refer to this version; nobody: it may still be changed."""
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name in OWN:
            continue
        columns = [
            key.parent for key in table.foreign_keys if key.target_fullname == "programmes.id"
        ]
        if columns:
            refers = or_(*(column == programme.id for column in columns))
            count = db.session.scalar(select(func.count()).select_from(table).where(refers))
            if count:
                found[table.name] = count
    return found


def editable(programme: Programme) -> bool:
    """A draft that nobody trains by."""
    return programme.state == "draft" and not users_of(programme)


def open_to_new() -> list[Programme]:
    """The versions that new residents may begin on: none that is retired, and no draft."""
    return [one for one in programmes() if one.state != "retired" and not editable(one)]


def open_draft(family: str) -> Programme | None:
    """The newest version of the family that may still be changed."""
    drafts = db.session.scalars(
        select(Programme)
        .where(Programme.family == family, STATES["draft"])
        .order_by(Programme.edition.desc())
    )
    return next((one for one in drafts if not users_of(one)), None)


def families(rows: Iterable[Programme]) -> dict[str, list[Programme]]:
    """By family, the first edition first."""
    found: dict[str, list[Programme]] = {}
    for one in sorted(rows, key=lambda programme: programme.edition):
        found.setdefault(one.family, []).append(one)
    return found


def edition_for(
    name: str, year: int | None, by_family: Mapping[str, Sequence[Programme]]
) -> Programme | None:
    """The version that residents of this intake year begin on, by family or by its own code.

    A version's own code names it, but the family's name (the code of its first version) means
    whichever is in force for the year: the latest `from_year` that is not after it.
    """
    for editions in by_family.values():
        for one in editions:
            if one.code == name and one.family != name:
                return one
    editions = by_family.get(name, ())
    fit = [
        one
        for one in editions
        if one.state == "in_force" and (not one.from_year or not year or one.from_year <= year)
    ]
    if fit:
        return max(fit, key=lambda one: (one.from_year or 0, one.edition))
    kept = [one for one in editions if one.state == "retired"] if year else []
    past = [one for one in kept if not one.from_year or one.from_year <= (year or 0)]
    if past:
        return max(past, key=lambda one: (one.from_year or 0, one.edition))
    return editions[0] if editions else None


def minimums(programme: Programme) -> Sequence[Minimum]:
    """All of this version, in the order of its departments."""
    return db.session.scalars(
        select(Minimum)
        .where(Minimum.programme_id == programme.id)
        .options(joinedload(Minimum.standard_department))
        .order_by(Minimum.standard_department_id, Minimum.id)
    ).all()
