"""Questions about examination results.  Results name people; figures do not."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import contains_eager

from trainingbase.assessments.models import ExamResult, ProvincialFigure
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class Figures:
    """One examination of one year.  `theory` and `skills` are mean scores of all who sat;
    `first` sat for the first time, of whom `theory_first`, `skills_first` and `first_passed`
    passed.  `province` is what the province reports, by measure."""

    kind: str
    year: int
    sat: int
    absent: int
    theory: Decimal | None
    skills: Decimal | None
    first: int
    theory_first: int
    skills_first: int
    first_passed: int
    province: dict[str, Decimal]

    @property
    def people(self) -> int:
        """Of how few people the smallest of its figures is."""
        return min(self.sat, self.first or self.sat)


def fewest_for(viewer: Person) -> int:
    """Of fewer people no figure is shown to who sees no names: a mean of one is a result."""
    return 0 if viewer.holds(Role.OFFICE, Role.AUDITOR) else whole("small_cell_people")


def figures(*, fewest: int = 0) -> Sequence[Figures]:
    """The newest year first, without examinations that fewer than `fewest` sat, or sat first."""
    sat = ExamResult.attended.is_(True)
    first = and_(sat, ExamResult.is_first_attempt.is_(True))

    def count(*conditions):
        return func.sum(case((and_(*conditions), 1), else_=0))

    def total(column):
        return func.sum(case((sat, column))), count(sat, column.is_not(None))

    rows = db.session.execute(
        select(
            ExamResult.kind,
            ExamResult.year,
            count(sat),
            count(ExamResult.attended.is_(False)),
            *total(ExamResult.theory),
            *total(ExamResult.skills),
            count(first),
            count(first, ExamResult.theory_passed.is_(True)),
            count(first, ExamResult.skills_passed.is_(True)),
            count(first, ExamResult.passed.is_(True)),
        )
        .group_by(ExamResult.kind, ExamResult.year)
        .order_by(ExamResult.year.desc(), ExamResult.kind)
    ).all()
    province = _province()
    found = [_figures(row, province) for row in rows]
    return [one for one in found if one.people >= fewest]


def _figures(row, province: dict[tuple[str, int], dict[str, Decimal]]) -> Figures:
    kind, year, sat, absent, theory, theories, skills, skilled, *firsts = row
    first, theory_first, skills_first, first_passed = firsts
    return Figures(
        kind=kind,
        year=year,
        sat=sat,
        absent=absent,
        theory=_mean(theory, theories),
        skills=_mean(skills, skilled),
        first=first,
        theory_first=theory_first,
        skills_first=skills_first,
        first_passed=first_passed,
        province=province.get((kind, year), {}),
    )


def _mean(total: Decimal | None, n: int) -> Decimal | None:
    return (Decimal(total) / n).quantize(Decimal("0.01")) if n and total is not None else None


def _province() -> dict[tuple[str, int], dict[str, Decimal]]:
    found: dict[tuple[str, int], dict[str, Decimal]] = {}
    for figure in db.session.scalars(select(ProvincialFigure)):
        found.setdefault((figure.kind, figure.year), {})[figure.measure] = figure.value
    return found


def years() -> Sequence[int]:
    return db.session.scalars(
        select(ExamResult.year).distinct().order_by(ExamResult.year.desc())
    ).all()


def results(
    *, kind: str = "", year: int = 0, search: str = "", sort: str = ""
) -> Select[tuple[ExamResult]]:
    rows = (
        select(ExamResult)
        .join(ExamResult.resident)
        .join(Resident.person)
        .options(
            contains_eager(ExamResult.resident).contains_eager(Resident.person),
            contains_eager(ExamResult.resident).joinedload(Resident.cohort),
        )
    )
    if kind:
        rows = rows.where(ExamResult.kind == kind)
    if year:
        rows = rows.where(ExamResult.year == year)
    if search:
        rows = rows.where(Person.name.icontains(search, autoescape=True))
    keys = {"name": Person.name, "theory": ExamResult.theory, "skills": ExamResult.skills}
    column = keys.get(sort.removeprefix("-"))
    if column is not None:
        rows = rows.order_by(column.desc() if sort.startswith("-") else column)
    return rows.order_by(ExamResult.year.desc(), ExamResult.kind, Person.name, ExamResult.id)
