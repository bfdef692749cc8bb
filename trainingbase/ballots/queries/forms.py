"""Which form asks about what."""

from collections.abc import Mapping

from sqlalchemy import select

from trainingbase.ballots.models import KINDS
from trainingbase.db import db
from trainingbase.instruments.models import Instrument

SUBJECT_OF = {
    "teacher": "faculty",
    "department": "department",
    "activity": "activity",
    "base": "base",
}


def forms() -> Mapping[str, Instrument | None]:
    """By kind: the newest published form that residents answer about it, without its items."""
    rows = db.session.scalars(
        select(Instrument)
        .where(Instrument.is_in_use, Instrument.assessor == "resident")
        .order_by(Instrument.id)
    )
    by_subject = {one.subject: one for one in rows}
    return {kind: by_subject.get(SUBJECT_OF[kind]) for kind in KINDS}
