"""Questions about submissions; those with a viewer return what that person may read."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.assessments.models import Amendment, Answer, Instrument, Reply, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import SEE_ALL, WITH_NAMES, seen_by

WITH_PLACEMENT = (
    joinedload(Submission.placement).options(*WITH_NAMES),
    joinedload(Submission.instrument),
    joinedload(Submission.assessor),
)


def visible_to(viewer: Person, today: date) -> Select[tuple[Submission]]:
    """Whoever may see a placement may read what was written about it, and its author always.
    A leader and an administrator see no placement, and so nothing written about anybody."""
    if viewer.holds(*SEE_ALL):
        return select(Submission)  # whatever placement it is about, so none has to be looked at
    placements = select(Placement.id).where(seen_by(viewer, today))
    return select(Submission).where(
        or_(Submission.placement_id.in_(placements), Submission.assessor_id == viewer.id)
    )


def readable_among(viewer: Person, ids: Iterable[int], *, today: date) -> set[int]:
    """Those of these that `submission_for` would give."""
    asked = set(ids)
    if viewer.holds(*SEE_ALL) or not asked:
        return asked
    mine = visible_to(viewer, today).where(Submission.id.in_(asked))
    return set(db.session.scalars(mine.with_only_columns(Submission.id)))


def submission_for(viewer: Person, submission_id: int, *, today: date) -> Submission:
    """One of them, with form, answers and amendments."""
    return _whole(visible_to(viewer, today).where(Submission.id == submission_id))


def readable_by_resident() -> ColumnElement[bool]:
    """Singly, and with the name of its author."""
    return Submission.instrument.has(~Instrument.is_confidential)


def feedback_of(viewer: Person) -> Select[tuple[Submission]]:
    """What was written about this resident, newest first; what was written confidentially is
    read together, see `queries.together`."""
    mine = select(Resident.id).where(Resident.person_id == viewer.id)
    return (
        select(Submission)
        .where(Submission.resident_id.in_(mine), readable_by_resident())
        .options(*WITH_PLACEMENT)
        .order_by(Submission.submitted_at.desc(), Submission.id.desc())
    )


def feedback_among(viewer: Person, ids: Iterable[int]) -> set[int]:
    """Those of these that `feedback_for` would give."""
    asked = set(ids)
    if not asked:
        return asked
    mine = select(Resident.id).where(Resident.person_id == viewer.id)
    rows = select(Submission.id).where(
        Submission.id.in_(asked), Submission.resident_id.in_(mine), readable_by_resident()
    )
    return set(db.session.scalars(rows))


def feedback_for(viewer: Person, submission_id: int) -> Submission:
    return _whole(feedback_of(viewer).where(Submission.id == submission_id))


def own_submission(viewer: Person, submission_id: int) -> Submission:
    """One that this person wrote."""
    return _whole(
        select(Submission).where(
            Submission.id == submission_id, Submission.assessor_id == viewer.id
        )
    )


def _whole(rows: Select[tuple[Submission]]) -> Submission:
    return db.session.scalars(
        rows.options(
            *WITH_PLACEMENT,
            joinedload(Submission.request),
            selectinload(Submission.answers).joinedload(Answer.item),
            selectinload(Submission.amendments).joinedload(Amendment.by),
            selectinload(Submission.replies).joinedload(Reply.by),
            joinedload(Submission.mark),
        )
    ).one()


def submission_by_key(form_key: str, assessor: Person) -> Submission | None:
    """What this person sent before with the same form."""
    return db.session.scalar(
        select(Submission).where(
            Submission.form_key == form_key, Submission.assessor_id == assessor.id
        )
    )


def answer_to(request_id: int) -> Submission | None:
    return db.session.scalar(select(Submission).where(Submission.request_id == request_id))


def last_attempt(instrument: Instrument, placement: Placement) -> Submission | None:
    """The last answer to a form with a verdict."""
    return db.session.scalars(
        select(Submission)
        .where(Submission.instrument_id == instrument.id, Submission.placement_id == placement.id)
        .order_by(Submission.attempt.desc())
    ).first()


def counts_of(placement_ids: Iterable[int]) -> dict[tuple[int, str], tuple[int, bool]]:
    """By placement and form: how many were submitted, and whether one of them passed."""
    rows = db.session.execute(
        select(
            Submission.placement_id,
            Instrument.code,
            func.count(),
            func.count().filter(Submission.passed.is_(True)),
        )
        .join(Submission.instrument)
        .where(Submission.placement_id.in_(list(placement_ids)))
        .group_by(Submission.placement_id, Instrument.code)
    )
    return {(placement, code): (n, passed > 0) for placement, code, n, passed in rows}


def newest_by(viewer: Person, most: int = 10) -> Sequence[Submission]:
    """What this person wrote last."""
    return db.session.scalars(
        select(Submission)
        .where(Submission.assessor_id == viewer.id)
        .options(*WITH_PLACEMENT)
        .order_by(Submission.submitted_at.desc())
        .limit(most)
    ).all()
