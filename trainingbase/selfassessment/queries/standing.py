"""The self-assessment of a year as it stands: points of each part, and the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.selfassessment.findings import FINDINGS, Ask, Facts, Found
from trainingbase.selfassessment.models import (
    EditionVerdict,
    Indicator,
    IndicatorEvidence,
    IndicatorPart,
    IndicatorTask,
    OfficialForm,
    OwnScore,
)
from trainingbase.selfassessment.queries.conditions import ConditionStanding, condition_standings
from trainingbase.selfassessment.rules import Bar, Reached, Sum, summed, verdict


@dataclass(frozen=True)
class PartStanding:
    """`found` is None for a part that nothing computes."""

    part: IndicatorPart
    found: Found | None
    answer: OwnScore | None

    @property
    def is_known(self) -> bool:
        return self.answer is not None or (self.found is not None and self.found.points is not None)

    @property
    def points(self) -> Decimal:
        if self.answer is not None:
            return self.answer.points
        return (self.found.points if self.found is not None else None) or Decimal(0)


@dataclass(frozen=True)
class ItemStanding:
    item: Indicator
    parts: Sequence[PartStanding]
    evidence: int
    tasks: int

    @property
    def reached(self) -> Reached:
        return Reached(
            code=self.item.code,
            points=sum((one.points for one in self.parts), Decimal(0)),
            of=self.item.points,
            is_core=self.item.is_core,
            known=all(one.is_known for one in self.parts),
        )

    @property
    def points(self) -> Decimal:
        return self.reached.points

    @property
    def state(self) -> str:
        """full, part, none or unknown."""
        reached = self.reached
        if reached.points >= reached.of:
            return "full"
        if not reached.known:
            return "unknown"
        return "part" if reached.points else "none"


@dataclass(frozen=True)
class Standing:
    """`verdict` is None below all bars, and where a basic condition is lacking."""

    edition: OfficialForm
    year: int
    items: Sequence[ItemStanding]
    sum: Sum
    verdict: EditionVerdict | None
    conditions: Sequence[ConditionStanding] = ()

    @property
    def lacking(self) -> list[ConditionStanding]:
        """The conditions that decide the verdict by themselves."""
        return [one for one in self.conditions if one.state == "lacking"]

    @property
    def open_conditions(self) -> list[ConditionStanding]:
        """Of which nothing is known yet."""
        return [one for one in self.conditions if one.state == "unknown"]


def standing(edition: OfficialForm, year: int, *, today: date) -> Standing:
    facts = Facts(year, today)
    answers = {one.part_id: one for one in _answers(edition, year)}
    evidence = _counts(edition, IndicatorEvidence, year, IndicatorEvidence.withdrawn_at.is_(None))
    tasks = _counts(edition, IndicatorTask, year, IndicatorTask.done_at.is_(None))
    items = [
        ItemStanding(
            item=item,
            parts=[PartStanding(p, found(p, facts), answers.get(p.id)) for p in item.parts],
            evidence=evidence.get(item.id, 0),
            tasks=tasks.get(item.id, 0),
        )
        for item in edition.items
    ]
    unknown = sum(
        (one.part.points for item in items for one in item.parts if not one.is_known), Decimal(0)
    )
    total = summed(
        [one.reached for one in items],
        quality_section=edition.quality_section,
        core_met_share=edition.core_met_share,
        unknown=unknown,
    )
    bars = [Bar(one.total, one.quality, one.core) for one in edition.verdicts]
    conditions = condition_standings(edition, year, facts)
    lacks = any(one.state == "lacking" for one in conditions)
    number = verdict(total, bars, lacks_condition=lacks)
    return Standing(
        edition,
        year,
        items,
        total,
        edition.verdicts[number] if number is not None else None,
        conditions,
    )


def found(part: IndicatorPart, facts: Facts) -> Found | None:
    if part.finding is None:
        return None
    return FINDINGS[part.finding](Ask(part.points, part.settings, facts))


def _answers(edition: OfficialForm, year: int) -> Sequence[OwnScore]:
    return db.session.scalars(
        select(OwnScore)
        .join(OwnScore.part)
        .join(IndicatorPart.item)
        .where(Indicator.edition_id == edition.id, OwnScore.year == year)
        .options(joinedload(OwnScore.said_by))
    ).all()


def _counts(edition: OfficialForm, model, year: int, *which) -> dict[int, int]:
    rows = db.session.execute(
        select(model.item_id, func.count())
        .join(model.item)
        .where(Indicator.edition_id == edition.id, model.year == year, *which)
        .group_by(model.item_id)
    )
    return dict(rows.all())
