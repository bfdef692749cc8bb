"""Half-filled forms; everybody sees their own."""

from sqlalchemy import select

from trainingbase.assessments.models import FormDraft
from trainingbase.db import db
from trainingbase.people.models import Person


def draft_of(viewer: Person, placement_id: int, code: str) -> FormDraft | None:
    return db.session.scalar(
        select(FormDraft).where(
            FormDraft.person_id == viewer.id,
            FormDraft.placement_id == placement_id,
            FormDraft.code == code,
        )
    )


def drafts_of(viewer: Person) -> dict[tuple[int, str], FormDraft]:
    """By placement and form."""
    rows = db.session.scalars(select(FormDraft).where(FormDraft.person_id == viewer.id))
    return {(one.placement_id, one.code): one for one in rows}
