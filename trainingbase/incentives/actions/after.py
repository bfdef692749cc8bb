"""What is done about a locked month: corrections for a later one, questions and their answers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.incentives.models import Correction, Line, Question, Run
from trainingbase.incentives.queries import ledger
from trainingbase.incentives.rules.lines import to_fen
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role

FACTS_CHANGED = "facts-changed"
"""The reason of corrections that recomputing proposed; said in words where it is shown."""


class NotLocked(Exception):
    """A month that is not locked is computed again instead."""


class NothingToCorrect(Exception):
    """Computed now, the line comes out as it was paid."""


class Settled(Exception):
    """A correction that a locked run has paid stays."""


class AskedAlready(Exception):
    """A question about this line waits for its answer."""


class OwnLine(Exception):
    """Nobody of the office decides what they are paid themselves."""


class AnsweredAlready(Exception):
    """It has its answer."""


def correct(run: Run, identity: str | None, *, today: date, by: Person, at: datetime) -> int:
    """Take up what recomputing proposes, for one line or (None) for all; how many.

    Raises `NotLocked` or `NothingToCorrect`.
    """
    if not run.is_approved:
        raise NotLocked(run.month_on)
    proposed = [
        one
        for one in ledger.differences(run, today=today)
        if one.due and identity in (None, one.identity)
    ]
    if not proposed:
        raise NothingToCorrect(identity)
    for one in proposed:
        about = one.subject
        correction = Correction(
            run_id=run.id,
            line_id=one.line.id if one.line else None,
            identity=one.identity,
            number=_next_number(run, one.identity),
            kind="fact",
            payee_id=about.payee_id,
            department_id=about.department_id,
            institution_id=about.institution_id,
            source_id=about.source_id,
            amount=one.due,
            facts=_about(run, about.facts),
            reason=FACTS_CHANGED,
            made_at=at,
            made_by_id=by.id,
        )
        _put(correction, by=by, at=at)
    db.session.commit()
    return len(proposed)


def _about(run: Run, facts: dict) -> dict:
    kept = {name: facts[name] for name in ("item", "item_en") if facts.get(name)}
    return kept | {"month": f"{run.month_on:%Y-%m}"}


def _next_number(run: Run, identity: str) -> int:
    made = db.session.scalar(
        select(func.count(Correction.id)).where(
            Correction.run_id == run.id, Correction.identity == identity
        )
    )
    return (made or 0) + 1


def _put(correction: Correction, *, by: Person, at: datetime) -> None:
    db.session.add(correction)
    db.session.flush()
    record("correct-line", correction, by=by, at=at, amount=correction.amount,
           why=correction.reason)  # fmt: skip


def drop(correction: Correction, *, by: Person, at: datetime) -> None:
    """Take back what no locked run has paid.  Raises `Settled`."""
    hold(correction)
    if correction.settled_run_id is not None:
        raise Settled(correction.id)
    if correction.dropped_at is None:
        correction.dropped_at = at
        record("drop-correction", correction, by=by, at=at, amount=correction.amount)
    db.session.commit()


def ask(line: Line, text: str, *, by: Person, at: datetime) -> Question:
    """Raises `AskedAlready`."""
    asked = list(
        db.session.scalars(select(Question).where(Question.line_id == line.id).with_for_update())
    )
    if any(one.answered_at is None for one in asked):
        raise AskedAlready(line.id)
    question = Question(
        line_id=line.id, asked_by_id=by.id, number=len(asked) + 1, text=text, asked_at=at
    )
    db.session.add(question)
    db.session.flush()
    leave(
        "incentive-asked",
        to_ids=[one.id for one in holders_of(Role.OFFICE)],
        at=at,
        path=f"/incentives/questions/{question.id}",
        name=by.name,
        month=f"{line.run.month_on:%Y-%m}",
    )
    record("ask-about-line", question, by=by, at=at, line=line.id)
    db.session.commit()
    return question


def answer(
    question: Question, text: str, *, amount: Decimal | None, by: Person, at: datetime
) -> None:
    """With an amount the question is upheld, and the next run corrects the line by so much.

    Raises `AnsweredAlready` and, with an amount, `OwnLine`.
    """
    amount = to_fen(amount) if amount is not None else None
    if amount and question.line.payee_id == by.id:
        raise OwnLine(question.id)
    hold(question)
    if question.answered_at is not None:
        raise AnsweredAlready(question.id)
    line = question.line
    if amount:
        correction = Correction(
            run_id=line.run_id,
            line_id=line.id,
            identity=line.identity,
            number=_next_number(line.run, line.identity),
            kind="decision",
            payee_id=line.payee_id,
            department_id=line.department_id,
            institution_id=line.institution_id,
            source_id=line.source_id,
            amount=amount,
            facts=_about(line.run, line.facts),
            reason=text,
            made_at=at,
            made_by_id=by.id,
        )
        _put(correction, by=by, at=at)
        question.correction_id = correction.id
    question.answered_by_id, question.answered_at = by.id, at
    question.is_upheld, question.answer = bool(amount), text
    leave(
        "incentive-answered",
        to_ids=[question.asked_by_id],
        at=at,
        path=f"/incentives/lines/{line.id}",
        month=f"{line.run.month_on:%Y-%m}",
    )
    record("answer-question", question, by=by, at=at, amount=amount)
    db.session.commit()
