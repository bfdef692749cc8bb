"""A resident answers.

Nothing here is recorded: no entry in the trail, no notice, no job, no history, no key of the form.
That somebody has answered and what was said are two transactions, which share nothing; both are
written anew in the following night (`settling.mix`).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import update

from trainingbase.assessments.rules import judged
from trainingbase.ballots import keys
from trainingbase.ballots.models import ANSWERED, LEFT_OUT, OPEN, Ballot, Envelope, NotOpen
from trainingbase.ballots.queries import waiting
from trainingbase.ballots.rules.sealing import seal
from trainingbase.db import db


class NothingSaid(Exception):
    """Every answer was left blank."""


class CannotSeal(Exception):
    """The key is not here: rather no answer than an open one."""


def answer(ballot: Ballot, *, given: Mapping[str, Any], today: date) -> None:
    """Raises `AnswersAtFault`, `NothingSaid`, `NotOpen`, `CannotSeal`; then nothing is kept."""
    said = {
        code: None if value is None else str(value)
        for code, value in judged(ballot.instrument.items, given).items()
    }
    if not any(said.values()):
        raise NothingSaid
    content = {"subject": ballot.subject_id, "form": ballot.instrument_id, "said": said}
    which = (ballot.round_id, ballot.subject_id, ballot.person_id)
    _move(which, OPEN, ANSWERED, ballot, today=today)
    try:
        _put_away(ballot.round_id, content)
    except BaseException:
        db.session.rollback()
        _put_back(which)
        raise


def leave_out(ballot: Ballot, *, today: date) -> None:
    """The resident does not want to say anything; nobody but they is told.  Raises `NotOpen`."""
    which = (ballot.round_id, ballot.subject_id, ballot.person_id)
    _move(which, OPEN, LEFT_OUT, ballot, today=today)


def take_up(ballot: Ballot, *, today: date) -> None:
    """Raises `NotOpen`."""
    which = (ballot.round_id, ballot.subject_id, ballot.person_id)
    _move(which, LEFT_OUT, OPEN, ballot, today=today)


def _move(which: tuple, before: str, after: str, ballot: Ballot, *, today: date) -> None:
    """Of two at once one finds the row as it was.  The round is held first, as the night's
    rewriting holds it: an update that waited for a row being rewritten would find it gone."""
    if not waiting.round_held(ballot.round_id).takes(today):
        db.session.rollback()
        raise NotOpen("closed")
    move = _of(which).where(Ballot.state == before).values(state=after)
    if not db.session.execute(move.returning(Ballot.person_id)).all():
        db.session.rollback()
        raise NotOpen(db.session.get_one(Ballot, which, populate_existing=True).state)
    db.session.commit()


def _of(which: tuple):
    round_id, subject_id, person_id = which
    return update(Ballot).where(
        Ballot.round_id == round_id, Ballot.subject_id == subject_id, Ballot.person_id == person_id
    )


def _put_away(round_id: int, content: Mapping[str, Any]) -> None:
    """The round is held, so that its key is not changed meanwhile."""
    round_ = waiting.round_held(round_id)
    if round_.closed_on is not None:
        raise NotOpen("closed")
    try:
        key = keys.read(round_.key)
    except keys.Missing as error:
        raise CannotSeal from error
    db.session.add(
        Envelope(id=uuid4().hex, round_id=round_id, key=round_.key, sealed=seal(key, content))
    )
    db.session.commit()


def _put_back(which: tuple) -> None:
    db.session.execute(_of(which).where(Ballot.state == ANSWERED).values(state=OPEN))
    db.session.commit()
