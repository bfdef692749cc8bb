"""The self-assessment of a year, and what the base has said and kept for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.selfassessment.findings import FINDINGS, Ask, Facts, Found
from trainingbase.selfassessment.models import (
    EditionVerdict,
    Indicator,
    IndicatorEvidence,
    IndicatorPart,
    IndicatorTask,
    OfficialForm,
    OwnScore,
    Snapshot,
)
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
    """`verdict` is None below all bars."""

    edition: OfficialForm
    year: int
    items: Sequence[ItemStanding]
    sum: Sum
    verdict: EditionVerdict | None


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
    number = verdict(total, bars)
    return Standing(
        edition, year, items, total, edition.verdicts[number] if number is not None else None
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


WHOLE = (
    selectinload(OfficialForm.items).selectinload(Indicator.parts),
    selectinload(OfficialForm.verdicts),
)


def editions() -> Sequence[OfficialForm]:
    return db.session.scalars(select(OfficialForm).order_by(OfficialForm.code.desc())).all()


def edition_by_code(code: str) -> OfficialForm:
    return db.session.scalars(
        select(OfficialForm).where(OfficialForm.code == code).options(*WHOLE)
    ).one()


def item_by_id(item_id: int) -> Indicator:
    return db.session.scalars(
        select(Indicator)
        .where(Indicator.id == item_id)
        .options(selectinload(Indicator.parts), joinedload(Indicator.edition))
    ).one()


def part_by_id(part_id: int) -> IndicatorPart:
    return db.session.scalars(
        select(IndicatorPart)
        .where(IndicatorPart.id == part_id)
        .options(joinedload(IndicatorPart.item))
    ).one()


def answer_of(part: IndicatorPart, year: int) -> OwnScore | None:
    return db.session.scalars(
        select(OwnScore).where(OwnScore.part_id == part.id, OwnScore.year == year)
    ).one_or_none()


def answers_of(item: Indicator, year: int) -> dict[int, OwnScore]:
    """By part."""
    rows = db.session.scalars(
        select(OwnScore)
        .where(OwnScore.part_id.in_([one.id for one in item.parts]), OwnScore.year == year)
        .options(joinedload(OwnScore.said_by))
    )
    return {one.part_id: one for one in rows}


def evidence_of(item: Indicator, year: int) -> Sequence[IndicatorEvidence]:
    return db.session.scalars(
        select(IndicatorEvidence)
        .where(
            IndicatorEvidence.item_id == item.id,
            IndicatorEvidence.year == year,
            IndicatorEvidence.withdrawn_at.is_(None),
        )
        .options(joinedload(IndicatorEvidence.kept_by))
        .order_by(IndicatorEvidence.dated_on, IndicatorEvidence.id)
    ).all()


def evidence_list(edition: OfficialForm, year: int) -> Sequence[IndicatorEvidence]:
    """All that counts, item by item."""
    return db.session.scalars(
        select(IndicatorEvidence)
        .join(IndicatorEvidence.item)
        .where(
            Indicator.edition_id == edition.id,
            IndicatorEvidence.year == year,
            IndicatorEvidence.withdrawn_at.is_(None),
        )
        .options(joinedload(IndicatorEvidence.item), joinedload(IndicatorEvidence.file))
        .order_by(Indicator.position, IndicatorEvidence.dated_on, IndicatorEvidence.id)
    ).all()


def evidence_by_id(evidence_id: int) -> IndicatorEvidence:
    return db.session.scalars(
        select(IndicatorEvidence)
        .where(IndicatorEvidence.id == evidence_id)
        .options(joinedload(IndicatorEvidence.item))
    ).one()


def tasks_of(item: Indicator, year: int) -> Sequence[IndicatorTask]:
    return db.session.scalars(
        select(IndicatorTask)
        .where(IndicatorTask.item_id == item.id, IndicatorTask.year == year)
        .options(joinedload(IndicatorTask.owner))
        .order_by(IndicatorTask.done_at.is_not(None), IndicatorTask.due_on, IndicatorTask.id)
    ).all()


def tasks(edition: OfficialForm, year: int, *, state: str = "open") -> Select[tuple[IndicatorTask]]:
    rows = (
        select(IndicatorTask)
        .join(IndicatorTask.item)
        .where(Indicator.edition_id == edition.id, IndicatorTask.year == year)
        .options(joinedload(IndicatorTask.item), joinedload(IndicatorTask.owner))
        .order_by(IndicatorTask.due_on, IndicatorTask.id)
    )
    if state == "open":
        return rows.where(IndicatorTask.done_at.is_(None))
    return rows.where(IndicatorTask.done_at.is_not(None)) if state == "done" else rows


def task_by_id(task_id: int) -> IndicatorTask:
    return db.session.scalars(
        select(IndicatorTask)
        .where(IndicatorTask.id == task_id)
        .options(joinedload(IndicatorTask.item))
    ).one()


def tasks_due(person: Person) -> int:
    """How many open tasks somebody owes."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(IndicatorTask)
            .where(IndicatorTask.owner_id == person.id, IndicatorTask.done_at.is_(None))
        )
        or 0
    )


def snapshots(edition: OfficialForm) -> Select[tuple[Snapshot]]:
    return (
        select(Snapshot)
        .where(Snapshot.edition_id == edition.id)
        .options(joinedload(Snapshot.taken_by))
        .order_by(Snapshot.taken_at.desc(), Snapshot.id.desc())
    )


def snapshot_by_id(snapshot_id: int) -> Snapshot:
    return db.session.scalars(
        select(Snapshot)
        .where(Snapshot.id == snapshot_id)
        .options(joinedload(Snapshot.edition), joinedload(Snapshot.taken_by))
    ).one()


def snapshot_by_key(key: str | None) -> Snapshot | None:
    return db.session.scalar(select(Snapshot).where(Snapshot.request_key == key)) if key else None


def all_of(rows: Select) -> Sequence:
    return db.session.scalars(rows).all()
