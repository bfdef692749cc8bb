"""Figures of the whole base: graduates, certificates, activities, cost."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.assessments.queries import exams
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import active_on, valid_after
from trainingbase.incentives.models import FundingSource
from trainingbase.incentives.queries import funding
from trainingbase.quality.queries.scope import Scope
from trainingbase.quality.rules import percent
from trainingbase.training.models import Activity
from trainingbase.training.queries import HELD


@dataclass(frozen=True)
class FirstPass:
    """The newest graduation examination: who passed both parts at the first attempt; `province`
    holds its shares by part, in percent."""

    year: int
    sat: int
    passed: int
    theory: int
    skills: int
    province: dict[str, float]

    @property
    def share(self) -> float | None:
        return percent(self.passed, self.sat)


def first_pass() -> FirstPass | None:
    for one in exams.figures():
        if one.kind == "graduation" and one.first:
            shares = {part: round(float(value) * 100, 1) for part, value in one.province.items()}
            return FirstPass(
                one.year, one.first, one.first_passed, one.theory_first, one.skills_first, shares
            )
    return None


def certificates(today: date, *, years: int) -> tuple[int, int]:
    """Active faculty members with a valid certificate, and all active ones."""

    everybody = select(func.count()).select_from(FacultyMember).where(active_on(today))
    valid = everybody.where(FacultyMember.certificates.any(valid_after(today, years)))
    return db.session.scalar(valid) or 0, db.session.scalar(everybody) or 0


def counted_in(scope: Scope) -> list:
    """Conditions on activities that count: approved, not cancelled, held in the period."""
    conditions = [
        HELD,
        Activity.held_on >= scope.starts_on,
        Activity.held_on < scope.ends_on,
    ]
    if scope.department_id:
        conditions.append(Activity.department_id == scope.department_id)
    return conditions


def activities_counted(scope: Scope) -> int:
    rows = select(func.count()).select_from(Activity).where(*counted_in(scope))
    return db.session.scalar(rows) or 0


@dataclass(frozen=True)
class Cost:
    """What approved runs paid, by source (None: none named) and month, in the order of the
    sources; `waiting` is computed and not approved."""

    sources: list[FundingSource | None]
    amounts: dict[tuple[int | None, date], Decimal]
    waiting: Decimal


def cost(scope: Scope) -> Cost:
    amounts = funding.cost_by_source(scope.starts_on, scope.ends_on, approved=True)
    waiting = funding.cost_by_source(scope.starts_on, scope.ends_on, approved=False)
    named: list[FundingSource | None] = list(funding.sources())
    if any(source_id is None for source_id, _month in amounts):
        named.append(None)
    return Cost(named, amounts, sum(waiting.values(), Decimal(0)))
