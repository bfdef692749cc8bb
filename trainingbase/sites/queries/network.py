"""Institutions and departments, as one viewer may see them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment
from trainingbase.roles import Role
from trainingbase.sites.models import Department, Institution

SEE_ALL = (Role.OFFICE, Role.AUDITOR, Role.LEADER)
SORTS = {
    "name": Institution.name,
    "level": Institution.level,
    "beds": Institution.beds,
    "catchment": Institution.catchment,
    "until": Institution.agreement_ends_on,
}
DEPARTMENT_SORTS = {
    "name": Department.name,
    "site": Institution.name,
    "most": Department.most,
    "secretary": Department.secretary_name,
}


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """Which institutions: the office's all, a coordinator's own, a secretary's department's."""
    if viewer.holds(*SEE_ALL):
        return true()
    housing = select(Department.institution_id).where(Department.id.in_(viewer.department_ids))
    return or_(Institution.id.in_(viewer.institution_ids), Institution.id.in_(housing))


def tended_by(viewer: Person) -> ColumnElement[bool]:
    """Whose records this person may keep: the office all, a coordinator those of their site."""
    return true() if viewer.holds(Role.OFFICE) else Institution.id.in_(viewer.institution_ids)


def may_tend(viewer: Person, institution: Institution) -> bool:
    return viewer.holds(Role.OFFICE) or institution.id in viewer.institution_ids


def institutions() -> Sequence[Institution]:
    """All of them with their departments: a county has a few dozen at most."""
    return db.session.scalars(
        select(Institution).options(selectinload(Institution.departments)).order_by(Institution.id)
    ).all()


def institutions_seen(viewer: Person) -> Sequence[Institution]:
    """Those this person may see, for a choice."""
    return db.session.scalars(
        select(Institution).where(seen_by(viewer)).order_by(Institution.id)
    ).all()


def listed(
    viewer: Person, *, search: str, level: str, state: str, sort: str, today: date
) -> Select[tuple[Institution]]:
    rows = select(Institution).where(seen_by(viewer))
    if search:
        rows = rows.where(
            or_(
                Institution.name.contains(search, autoescape=True),
                Institution.name_en.icontains(search, autoescape=True),
                Institution.address.contains(search, autoescape=True),
            )
        )
    if level:
        rows = rows.where(Institution.level == level)
    retired = Institution.retired_on.is_not(None) & (Institution.retired_on <= today)
    if state in ("", "retired"):
        rows = rows.where(retired if state else ~retired)
    return rows.order_by(*_order(SORTS, sort), Institution.id)


def listed_departments(
    viewer: Person,
    *,
    search: str,
    institution_id: int,
    standard_id: int,
    state: str,
    sort: str,
    today: date,
) -> Select[tuple[Department]]:
    rows = departments().where(seen_by(viewer)).options(selectinload(Department.standards))
    if search:
        rows = rows.where(
            or_(
                Department.name.contains(search, autoescape=True),
                Department.name_en.icontains(search, autoescape=True),
                Department.secretary_name.contains(search, autoescape=True),
                Department.head_name.contains(search, autoescape=True),
            )
        )
    if institution_id:
        rows = rows.where(Institution.id == institution_id)
    if standard_id:
        rows = rows.where(Department.standards.any(StandardDepartment.id == standard_id))
    retired = (Department.retired_on.is_not(None) & (Department.retired_on <= today)) | (
        Institution.retired_on.is_not(None) & (Institution.retired_on <= today)
    )
    if state in ("", "retired"):
        rows = rows.where(retired if state else ~retired)
    wanted = _order(DEPARTMENT_SORTS, sort)
    return rows.order_by(None).order_by(*wanted, Institution.id, Department.id)


def _order(sorts: dict, sort: str) -> list:
    column = sorts.get(sort.removeprefix("-"))
    if column is None:
        return []
    return [column.desc().nulls_last() if sort.startswith("-") else column.asc().nulls_last()]


def all_of(rows: Select) -> list:
    """Every row of a list, for a file."""
    return list(db.session.scalars(rows))


def institution_by_id(institution_id: int) -> Institution:
    return _institution(Institution.id == institution_id)


def institution_for(viewer: Person, institution_id: int) -> Institution:
    """Raises `NoResultFound` for one this person may not see."""
    return _institution(Institution.id == institution_id, seen_by(viewer))


def institution_tended(viewer: Person, institution_id: int) -> Institution:
    """Raises `NoResultFound` for one whose records this person may not keep."""
    return _institution(Institution.id == institution_id, tended_by(viewer))


def _institution(*which: ColumnElement[bool]) -> Institution:
    departments = selectinload(Institution.departments)
    return db.session.scalars(
        select(Institution)
        .where(*which)
        .options(
            departments.selectinload(Department.standards),
            departments.selectinload(Department.closures),
            departments.selectinload(Department.changes),
            selectinload(Institution.agreements),
        )
    ).one()


def departments() -> Select[tuple[Department]]:
    """Every department with its institution, in the order of the network."""
    return (
        select(Department)
        .join(Department.institution)
        .options(contains_eager(Department.institution))
        .order_by(Institution.id, Department.id)
    )


def department_by_id(department_id: int) -> Department:
    return db.session.scalars(
        select(Department)
        .where(Department.id == department_id)
        .options(joinedload(Department.institution), selectinload(Department.standards))
    ).one()


def department_for(viewer: Person, department_id: int) -> Department:
    """With its institution, places and closures; raises `NoResultFound` for a foreign one."""
    return _department(Department.id == department_id, seen_by(viewer))


def department_kept(viewer: Person, department_id: int) -> Department:
    """The same, of those whose places this person may ask to change and whose residents they
    see: a secretary's own, a coordinator's site's; the office's and the auditor's all."""
    return _department(Department.id == department_id, kept_by(viewer))


def kept_by(viewer: Person) -> ColumnElement[bool]:
    if viewer.holds(*SEE_ALL):
        return true()
    own = Department.id.in_(viewer.department_ids)
    return or_(own, Department.institution_id.in_(viewer.institution_ids))


def may_keep(viewer: Person, department: Department) -> bool:
    own = department.id in viewer.department_ids
    return own or may_tend(viewer, department.institution)


def _department(*which: ColumnElement[bool]) -> Department:
    return db.session.scalars(
        departments()
        .where(*which)
        .options(
            contains_eager(Department.institution).selectinload(Institution.agreements),
            selectinload(Department.standards),
            selectinload(Department.closures),
            selectinload(Department.changes),
        )
    ).one()


def standards() -> Sequence[StandardDepartment]:
    return db.session.scalars(select(StandardDepartment).order_by(StandardDepartment.id)).all()


def standards_by_id(ids: Sequence[int]) -> list[StandardDepartment]:
    return list(
        db.session.scalars(
            select(StandardDepartment)
            .where(StandardDepartment.id.in_(ids))
            .order_by(StandardDepartment.id)
        )
    )


def named_alike(name: str, but: Institution | None = None) -> Institution | None:
    """Another institution of this name."""
    found = db.session.scalar(select(Institution).where(Institution.name == name))
    return None if found is but else found


def department_named(institution: Institution, name: str) -> Department | None:
    return db.session.scalar(
        select(Department).where(
            Department.institution_id == institution.id, Department.name == name
        )
    )


def institution_by_key(key: str | None) -> Institution | None:
    if not key:
        return None
    return db.session.scalar(select(Institution).where(Institution.request_key == key))


def department_by_key(key: str | None) -> Department | None:
    if not key:
        return None
    return db.session.scalar(select(Department).where(Department.request_key == key))
