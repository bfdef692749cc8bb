"""Which form asks about what."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from trainingbase.ballots.models import KINDS
from trainingbase.db import db
from trainingbase.instruments.models import Instrument, Item

SUBJECT_OF = {
    "teacher": "faculty",
    "department": "department",
    "activity": "activity",
    "base": "base",
}


@dataclass(frozen=True)
class FormOf:
    """`form` asks; `signed` would, but asks for a signature, and so cannot be anonymous."""

    form: Instrument | None
    signed: Instrument | None


def forms() -> Mapping[str, FormOf]:
    """By kind: the newest published form that residents answer about it, without its items."""
    rows = db.session.scalars(
        select(Instrument)
        .where(Instrument.is_in_use, Instrument.assessor == "resident")
        .order_by(Instrument.id)
    ).all()
    signed = set(
        db.session.scalars(
            select(Item.instrument_id).where(
                Item.instrument_id.in_([one.id for one in rows]), Item.scale == "signature"
            )
        )
    )
    found = {}
    for kind in KINDS:
        own = [one for one in rows if one.subject == SUBJECT_OF[kind]]
        found[kind] = FormOf(
            form=next((one for one in reversed(own) if one.id not in signed), None),
            signed=next((one for one in reversed(own) if one.id in signed), None),
        )
    return found
