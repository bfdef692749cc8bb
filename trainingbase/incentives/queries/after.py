"""Corrections of locked months, and questions about their lines."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.incentives.models import Correction, Line, Question, Run
from trainingbase.people.models import Person

WITH_NAMES = (
    joinedload(Correction.payee),
    joinedload(Correction.run),
    joinedload(Correction.source),
    joinedload(Correction.settled_run),
    joinedload(Correction.made_by),
)
STATES = {
    "open": Correction.settled_run_id.is_(None) & Correction.dropped_at.is_(None),
    "settled": Correction.settled_run_id.is_not(None),
    "dropped": Correction.dropped_at.is_not(None),
}


def corrections(state: str) -> Select[tuple[Correction]]:
    """The newest first; of every state where `state` is none of them."""
    rows = select(Correction).options(*WITH_NAMES).order_by(Correction.id.desc())
    return rows.where(STATES[state]) if state in STATES else rows


def correction(correction_id: int) -> Correction:
    return db.session.scalars(
        select(Correction).where(Correction.id == correction_id).options(*WITH_NAMES)
    ).one()


def corrections_of_line(line: Line) -> Sequence[Correction]:
    return db.session.scalars(
        select(Correction)
        .where(Correction.line_id == line.id, Correction.dropped_at.is_(None))
        .options(*WITH_NAMES)
        .order_by(Correction.id)
    ).all()


def questions(state: str) -> Select[tuple[Question]]:
    """Those that wait first, then the newest; `state` open or answered."""
    rows = (
        select(Question)
        .join(Question.line)
        .options(
            joinedload(Question.asked_by),
            joinedload(Question.line).joinedload(Line.run),
            joinedload(Question.correction),
        )
        .order_by(Question.answered_at.is_not(None), Question.asked_at.desc(), Question.id)
    )
    if state == "open":
        return rows.where(Question.answered_at.is_(None))
    return rows.where(Question.answered_at.is_not(None)) if state == "answered" else rows


def question(question_id: int) -> Question:
    return db.session.scalars(
        select(Question)
        .where(Question.id == question_id)
        .options(joinedload(Question.asked_by), joinedload(Question.line).joinedload(Line.run))
    ).one()


def questions_about(line: Line) -> Sequence[Question]:
    return db.session.scalars(
        select(Question)
        .where(Question.line_id == line.id)
        .options(joinedload(Question.answered_by), joinedload(Question.correction))
        .order_by(Question.number)
    ).all()


def own_line(viewer: Person, line_id: int) -> Line:
    """A locked line of one's own.  Raises `NoResultFound`."""
    return db.session.scalars(
        select(Line)
        .join(Line.run)
        .where(Line.id == line_id, Line.payee_id == viewer.id, Run.approved_at.is_not(None))
        .options(joinedload(Line.run))
    ).one()
