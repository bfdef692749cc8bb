"""What the base has said and kept for the self-assessment, and the forms it is judged by."""

from collections.abc import Sequence

from sqlalchemy import Select, case, func, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.selfassessment.models import (
    BasicCondition,
    ConditionMark,
    Indicator,
    IndicatorEvidence,
    IndicatorPart,
    IndicatorTask,
    OfficialForm,
    OwnScore,
    Snapshot,
)

WHOLE = (
    selectinload(OfficialForm.items).selectinload(Indicator.parts),
    selectinload(OfficialForm.verdicts),
    selectinload(OfficialForm.conditions),
)


def edition_of(year: int) -> OfficialForm:
    """By which this year is judged; the earliest in use where all begin later.  Raises
    `NoResultFound` where none is in use."""
    begins = OfficialForm.first_year
    return db.session.scalars(
        select(OfficialForm)
        .where(begins.is_not(None))
        .order_by(begins > year, case((begins > year, begins), else_=-begins), OfficialForm.id)
        .limit(1)
        .options(*WHOLE)
    ).one()


def edition_by_id(edition_id: int) -> OfficialForm:
    return db.session.scalars(
        select(OfficialForm).where(OfficialForm.id == edition_id).options(*WHOLE)
    ).one()


def edition_by_key(request_key: str) -> OfficialForm | None:
    return db.session.scalar(select(OfficialForm).where(OfficialForm.request_key == request_key))


def editions() -> Sequence[OfficialForm]:
    """The one that is used last first, those not in use after it."""
    begins = OfficialForm.first_year
    return db.session.scalars(
        select(OfficialForm)
        .order_by(begins.is_(None), begins.desc(), OfficialForm.code)
        .options(*WHOLE)
    ).all()


def untouched(edition: OfficialForm) -> bool:
    """Whether nobody has said or kept anything for it yet."""
    mine = select(IndicatorPart.id).join(Indicator).where(Indicator.edition_id == edition.id)
    items = select(Indicator.id).where(Indicator.edition_id == edition.id)
    conditions = select(BasicCondition.id).where(BasicCondition.edition_id == edition.id)
    said = union_all(
        select(OwnScore.id).where(OwnScore.part_id.in_(mine)),
        select(IndicatorEvidence.id).where(IndicatorEvidence.item_id.in_(items)),
        select(IndicatorTask.id).where(IndicatorTask.item_id.in_(items)),
        select(ConditionMark.id).where(ConditionMark.condition_id.in_(conditions)),
        select(Snapshot.id).where(Snapshot.edition_id == edition.id),
    )
    return db.session.execute(said.limit(1)).first() is None


def settings_of_findings() -> dict[str, list[dict]]:
    """By the function that computes a part: the numbers it is asked with somewhere."""
    found: dict[str, list[dict]] = {}
    asked = select(IndicatorPart.finding, IndicatorPart.settings)
    for finding, settings in db.session.execute(asked.where(IndicatorPart.finding.is_not(None))):
        found.setdefault(finding, []).append(settings)
    return found


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


def snapshots() -> Select[tuple[Snapshot]]:
    return (
        select(Snapshot)
        .options(joinedload(Snapshot.taken_by), joinedload(Snapshot.edition))
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
