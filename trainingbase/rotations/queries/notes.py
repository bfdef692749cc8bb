"""What a grid shows that is no placement: the notes of a plan."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.rotations.models import Plan, PlanNote
from trainingbase.rotations.rules.rows import Row, by_resident


def notes_of(plan_id: int) -> Sequence[PlanNote]:
    return db.session.scalars(
        select(PlanNote)
        .where(PlanNote.plan_id == plan_id)
        .order_by(PlanNote.resident_id, PlanNote.starts_on)
    ).all()


def notes_carried_to(plan: Plan, rows: Iterable[Row]) -> list[PlanNote]:
    """New notes for `plan`: those of the plan it is based on, where nobody is placed."""
    if plan.based_on_id is None:
        return []
    mine = by_resident(rows)
    return [
        PlanNote(
            plan_id=plan.id,
            resident_id=note.resident_id,
            text=note.text,
            starts_on=note.starts_on,
            ends_on=note.ends_on,
        )
        for note in notes_of(plan.based_on_id)
        if note.ends_on > plan.starts_on
        and not any(
            row.overlaps(note.starts_on, note.ends_on) for row in mine.get(note.resident_id, ())
        )
    ]
