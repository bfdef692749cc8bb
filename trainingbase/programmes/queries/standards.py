"""Standard departments, what they were called, and which versions ask for them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select

from trainingbase.db import columns, db
from trainingbase.history.models import Change
from trainingbase.prepared import prepared
from trainingbase.programmes.models import Requirement, StandardDepartment

STANDARD_SORTS = {
    "name": StandardDepartment.name,
    "name_en": StandardDepartment.name_en,
    "primary": StandardDepartment.is_primary_care,
}


def standard_departments() -> Sequence[StandardDepartment]:
    return db.session.scalars(select(StandardDepartment).order_by(StandardDepartment.id)).all()


class StandardName(NamedTuple):
    """What a standard department is called."""

    id: int
    name: str
    name_en: str | None


def standard_names() -> list[StandardName]:
    """As `standard_departments`, without the records."""
    return [StandardName(*row) for row in columns(*_standard_names())]


@prepared
def _standard_names():
    one = StandardDepartment
    return select(one.id, one.name, one.name_en).order_by(one.id)


def standard_rows(*, search: str = "", sort: str = "") -> Select[tuple[StandardDepartment]]:
    """`sort` is a key of `STANDARD_SORTS`, with `-` before it for descending."""
    rows = select(StandardDepartment)
    if search:
        rows = rows.where(
            or_(
                StandardDepartment.name.icontains(search, autoescape=True),
                StandardDepartment.name_en.icontains(search, autoescape=True),
            )
        )
    column = STANDARD_SORTS.get(sort.lstrip("-"))
    if column is None:
        return rows.order_by(StandardDepartment.id)
    return rows.order_by(column.desc() if sort.startswith("-") else column, StandardDepartment.id)


def all_of(rows: Select) -> Sequence:
    """The whole list, for a file."""
    return db.session.scalars(rows).all()


def standard_by_id(standard_id: int) -> StandardDepartment:
    return db.session.scalars(
        select(StandardDepartment).where(StandardDepartment.id == standard_id)
    ).one()


def standard_uses(ids: Sequence[int]) -> dict[int, int]:
    """In how many versions each is required."""
    rows = db.session.execute(
        select(Requirement.standard_department_id, func.count())
        .where(Requirement.standard_department_id.in_(ids))
        .group_by(Requirement.standard_department_id)
    )
    return {key: count for key, count in rows}  # noqa: C416 (rows are no pairs to mypy)


def former_names() -> dict[str, StandardDepartment]:
    """By a name it once had; a name that another bears now is not among them."""
    rows = db.session.execute(
        select(Change.old, Change.subject_id)
        .where(Change.subject == "standard_departments", Change.field == "name")
        .order_by(Change.id)
    ).all()
    if not rows:
        return {}
    by_id = {str(one.id): one for one in standard_departments()}
    present = {one.name for one in by_id.values()}
    return {old: by_id[key] for old, key in rows if old and old not in present and key in by_id}
