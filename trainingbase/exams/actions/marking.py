"""What an examiner does at a station."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.models import (
    MarkingClosed,
    OsceAmendment,
    OsceAnswer,
    OsceDraft,
    OsceMark,
    OsceSlot,
)
from trainingbase.exams.queries import marks
from trainingbase.instruments.models import Instrument
from trainingbase.instruments.rules.scoring import judged, result_of
from trainingbase.people.models import Person

FAILING = ("fail", "zero")


class NothingScored(Exception):
    """Nothing on the sheet that gives points was observed."""


def submit(
    slot: OsceSlot,
    *,
    answers: Mapping[str, Any],
    rating: int,
    comment: str | None,
    form_key: str,
    by: Person,
    at: datetime,
) -> OsceMark:
    """Keep it for good.  The same `form_key`, or a second mark of this examiner for this
    candidate, gives the one that is kept.  Raises `MarkingClosed`, `AnswersAtFault`,
    `NothingScored`."""
    known = marks.own_mark(slot, by)
    if known is not None:
        return known
    hold(slot.session, "opened_at", "closed_at")  # so that nobody closes it meanwhile
    hold(slot, "voided_at")
    if not slot.session.is_marked_now or slot.voided_at is not None:
        raise MarkingClosed
    instrument = slot.station.instrument
    kept = judged(instrument.items, answers)
    found = result_of(instrument.items, kept, veto=instrument.veto)
    if found.share is None:
        raise NothingScored
    mark = OsceMark(
        form_key=form_key,
        slot_id=slot.id,
        examiner_id=by.id,
        submitted_at=at,
        score=found.share if instrument.veto != "zero" or not found.vetoed else Decimal(0),
        rating=rating,
        vetoed=bool(found.vetoed) and instrument.veto in FAILING,
        comment=comment,
        answers=[_answer(instrument, code, value) for code, value in kept.items()],
    )
    db.session.add(mark)
    db.session.flush()
    _forget_draft(slot, by)
    record("mark-osce", mark, by=by, at=at)
    db.session.commit()
    return mark


def _answer(instrument: Instrument, code: str, value: Any) -> OsceAnswer:
    is_text = isinstance(value, str)
    return OsceAnswer(
        item_id=instrument.item(code).id,
        number=None if is_text else value,
        text=value if is_text else None,
    )


def save_draft(
    slot: OsceSlot, values: Mapping[str, str], *, by: Person, at: datetime
) -> OsceDraft | None:
    """What is typed so far; None once it was sent, or while the session takes no marks."""
    if not slot.session.is_marked_now or marks.own_mark(slot, by) is not None:
        return None
    draft = db.session.get(OsceDraft, (slot.id, by.id))
    if draft is None:
        draft = OsceDraft(slot_id=slot.id, examiner_id=by.id)
        db.session.add(draft)
    draft.answers, draft.saved_at = dict(values), at
    db.session.commit()
    return draft


def _forget_draft(slot: OsceSlot, by: Person) -> None:
    draft = db.session.get(OsceDraft, (slot.id, by.id))
    if draft is not None:
        db.session.delete(draft)


def amend(
    mark: OsceMark,
    *,
    score: Decimal,
    rating: int,
    why: str,
    form_key: str,
    by: Person,
    at: datetime,
) -> OsceAmendment:
    """Put right one's own mark while marks are taken; the original stays.  Raises
    `MarkingClosed`."""
    for known in mark.amendments:
        if known.form_key == form_key:
            return known
    hold(mark.slot.session, "opened_at", "closed_at")
    if not mark.slot.session.is_marked_now:
        raise MarkingClosed
    made = OsceAmendment(form_key=form_key, by_id=by.id, at=at, score=score, rating=rating, why=why)
    mark.amendments.append(made)
    record("amend-osce-mark", mark, by=by, at=at)
    db.session.commit()
    return made
