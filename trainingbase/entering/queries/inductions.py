"""Induction pages and papers, as one viewer may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.entering.models import Induction, InductionPaper, InductionReading
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.queries import active_on
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import visible_to
from trainingbase.sites.models import Department, Institution
from trainingbase.supervision.queries.scope import department_in_scope


def induction_of(department_id: int) -> Induction | None:
    return db.session.scalars(
        select(Induction)
        .where(Induction.department_id == department_id)
        .options(joinedload(Induction.changed_by))
    ).one_or_none()


def papers_of(department_id: int, *, removed: bool = False) -> Sequence[InductionPaper]:
    """Newest last; with `removed` also those taken away."""
    rows = select(InductionPaper).where(InductionPaper.department_id == department_id)
    if not removed:
        rows = rows.where(InductionPaper.removed_at.is_(None))
    return db.session.scalars(
        rows.options(joinedload(InductionPaper.file), joinedload(InductionPaper.added_by)).order_by(
            InductionPaper.removed_at.is_not(None), InductionPaper.id
        )
    ).all()


def paper_by_key(request_key: str | None) -> InductionPaper | None:
    if not request_key:
        return None
    return db.session.scalars(
        select(InductionPaper).where(InductionPaper.request_key == request_key)
    ).one_or_none()


def _read_by(viewer: Person, today: date) -> ColumnElement[bool]:
    """Departments whose page somebody reads: those they look after, and those of placements they
    may see."""
    placed = visible_to(viewer, today).with_only_columns(Placement.department_id)
    return or_(department_in_scope(viewer), Department.id.in_(placed))


def paper_for(viewer: Person, paper_id: int, *, today: date) -> InductionPaper:
    """To be read.  Raises `NoResultFound` for a foreign or missing one, and for one taken away."""
    return db.session.scalars(
        select(InductionPaper)
        .join(InductionPaper.department)
        .where(
            InductionPaper.id == paper_id,
            InductionPaper.removed_at.is_(None),
            _read_by(viewer, today),
        )
        .options(joinedload(InductionPaper.file))
    ).one()


def paper_kept(viewer: Person, paper_id: int) -> InductionPaper:
    """To be taken away or put back."""
    return db.session.scalars(
        select(InductionPaper)
        .join(InductionPaper.department)
        .where(InductionPaper.id == paper_id, department_in_scope(viewer))
        .options(contains_eager(InductionPaper.department))
    ).one()


def department_kept(viewer: Person, department_id: int) -> Department:
    """One whose page this person writes.  Raises `NoResultFound` for a foreign one."""
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .where(Department.id == department_id, department_in_scope(viewer))
        .options(contains_eager(Department.institution))
    ).one()


def department_read(viewer: Person, department_id: int, *, today: date) -> Department:
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .where(Department.id == department_id, _read_by(viewer, today))
        .options(contains_eager(Department.institution))
    ).one()


@dataclass(frozen=True)
class Filter:
    """`state`: written, missing, or empty."""

    search: str = ""
    state: str = ""
    institution_id: int = 0
    sort: str = ""


SORTS = {"name": Department.name, "site": Institution.name, "changed": Induction.changed_at}


def listed(viewer: Person, which: Filter, *, today: date) -> Select[tuple[Department, Induction]]:
    """Departments in use, each with its page or None."""
    used = (Department.retired_on.is_(None)) | (Department.retired_on > today)
    rows = (
        select(Department)
        .join(Department.institution)
        .outerjoin(Induction, Induction.department_id == Department.id)
        .options(contains_eager(Department.institution))
        .where(department_in_scope(viewer), used)
    )
    if which.search:
        rows = rows.where(
            or_(
                Department.name.contains(which.search, autoescape=True),
                Department.name_en.icontains(which.search, autoescape=True),
                Institution.name.contains(which.search, autoescape=True),
            )
        )
    if which.institution_id:
        rows = rows.where(Department.institution_id == which.institution_id)
    if which.state in ("written", "missing"):
        there = Induction.id.is_not(None)
        rows = rows.where(there if which.state == "written" else ~there)
    column = SORTS.get(which.sort.removeprefix("-"))
    order = [] if column is None else [column.desc() if which.sort[:1] == "-" else column.asc()]
    return rows.order_by(*(one.nulls_last() for one in order), Institution.id, Department.id)


@dataclass(frozen=True)
class Line:
    """What a list says of a department's page."""

    department: Department
    induction: Induction | None
    papers: int


def lines_of(departments: Iterable[Department]) -> list[Line]:
    """In two statements."""
    departments = list(departments)
    ids = [one.id for one in departments]
    pages = {
        one.department_id: one
        for one in db.session.scalars(
            select(Induction)
            .where(Induction.department_id.in_(ids))
            .options(joinedload(Induction.changed_by))
        )
    }
    papers = list(
        db.session.scalars(
            select(InductionPaper.department_id).where(
                InductionPaper.department_id.in_(ids), InductionPaper.removed_at.is_(None)
            )
        )
    )
    return [Line(one, pages.get(one.id), papers.count(one.id)) for one in departments]


def all_of(rows: Select) -> Sequence[Department]:
    return db.session.scalars(rows).all()


def reading_of(placement_id: int) -> InductionReading | None:
    return db.session.get(InductionReading, placement_id)


def holders(department_ids: Iterable[int], *, also: Person, today: date) -> dict[int, str]:
    """Who may hold an induction there, by person: the faculty of these departments, and `also`."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(FacultyMember, FacultyMember.person_id == Person.id)
        .join(FacultyMember.posts)
        .where(Post.department_id.in_(list(department_ids)), active_on(today))
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return {also.id: also.name} | dict(rows.all())


def is_kept_by(viewer: Person, department: Department) -> bool:
    inside = select(Department.id).where(
        Department.id == department.id, department_in_scope(viewer)
    )
    return db.session.scalar(inside) is not None
