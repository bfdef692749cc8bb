"""Basic conditions, and what is known of each in a year."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.selfassessment.findings import Facts
from trainingbase.selfassessment.models import BasicCondition, ConditionMark, OfficialForm
from trainingbase.selfassessment.rules import condition_state


@dataclass(frozen=True)
class ConditionStanding:
    """`has_department` is whether a lead hospital has what the condition needs; None where it needs
    none, or no hospital is in the register."""

    condition: BasicCondition
    mark: ConditionMark | None
    has_department: bool | None

    @property
    def state(self) -> str:
        """met, lacking or unknown.  Without the department the condition cannot be met; that there
        is one does not yet say that it is."""
        said = self.mark.state if self.mark else None
        return condition_state(said, False if self.has_department is False else None)

    @property
    def is_contradicted(self) -> bool:
        """Said to be met, though the register lacks it."""
        return self.has_department is False and self.mark is not None and self.mark.state == "met"


def condition_standings(
    edition: OfficialForm, year: int, facts: Facts
) -> Sequence[ConditionStanding]:
    """Of those in use."""
    used = [one for one in edition.conditions if one.in_use]
    marks = {
        one.condition_id: one
        for one in db.session.scalars(
            select(ConditionMark)
            .where(
                ConditionMark.condition_id.in_([one.id for one in used]),
                ConditionMark.year == year,
            )
            .options(joinedload(ConditionMark.said_by), joinedload(ConditionMark.file))
        )
    }
    return [ConditionStanding(one, marks.get(one.id), _has_department(one, facts)) for one in used]


def _has_department(condition: BasicCondition, facts: Facts) -> bool | None:
    if not condition.needs_department:
        return None
    hospitals = facts.ready("lead")
    if not hospitals:
        return None
    return any(condition.needs_department in one.standing.standards for one in hospitals)


def condition_by_id(condition_id: int) -> BasicCondition:
    return db.session.scalars(
        select(BasicCondition)
        .where(BasicCondition.id == condition_id)
        .options(joinedload(BasicCondition.edition))
    ).one()


def condition_by_key(key: str | None) -> BasicCondition | None:
    if not key:
        return None
    return db.session.scalar(select(BasicCondition).where(BasicCondition.request_key == key))


def mark_of(condition: BasicCondition, year: int) -> ConditionMark | None:
    return db.session.scalars(
        select(ConditionMark)
        .where(ConditionMark.condition_id == condition.id, ConditionMark.year == year)
        .options(joinedload(ConditionMark.said_by), joinedload(ConditionMark.file))
    ).one_or_none()


def mark_by_id(mark_id: int) -> ConditionMark:
    return db.session.scalars(
        select(ConditionMark)
        .where(ConditionMark.id == mark_id)
        .options(joinedload(ConditionMark.file))
    ).one()
