"""Schemes of promotion and honours, and awards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.careers.models import AlreadyDecided, Award, Condition, Scheme
from trainingbase.careers.queries import promotion as queries
from trainingbase.db import db, hold
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


def make_scheme(
    answers: Mapping[str, Any],
    conditions: Sequence[Mapping[str, Any]],
    *,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Scheme:
    """Sent twice it is one."""
    known = queries.scheme_by_key(request_key)
    if known is not None:
        return known
    made = Scheme(request_key=request_key or None, **answers)
    made.conditions = [Condition(**one) for one in conditions]
    db.session.add(made)
    db.session.flush()
    record("make-promotion-scheme", made, by=by, at=at)
    db.session.commit()
    return made


def change_scheme(
    scheme: Scheme,
    answers: Mapping[str, Any],
    conditions: Sequence[Mapping[str, Any]],
    *,
    version: int | None,
    why: str,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`."""
    scheme.expect(version)
    change("change-promotion-scheme", scheme, answers, by=by, at=at, why=why)
    before = [_said(one.figure, one.operator, one.threshold, one.window_months)
              for one in scheme.conditions]  # fmt: skip
    after = [_said(**one) for one in conditions]
    if before != after:
        scheme.conditions = [Condition(**one) for one in conditions]
        note(scheme, {"conditions": (before, after)}, by=by, at=at, why=why)
        record("change-promotion-scheme", scheme, by=by, at=at, fields=["conditions"])
    db.session.commit()


def _said(figure, operator, threshold, window_months) -> str:
    return f"{figure} {operator} {threshold:f}" + (f" / {window_months}" if window_months else "")


def give_award(
    person: Person,
    answers: Mapping[str, Any],
    *,
    file: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Award:
    """Sent twice it is one."""
    known = queries.award_by_key(request_key)
    if known is not None:
        return known
    made = Award(
        person_id=person.id, entered_at=at, entered_by_id=by.id, request_key=request_key or None,
        **answers,
    )  # fmt: skip
    if file is not None:
        made.file = keep(file, by=by, at=at)
    db.session.add(made)
    db.session.flush()
    record("give-award", made, by=by, at=at, person=person.id)
    leave("award-given", to_ids=[person.id], at=at, path="/careers/mine", award=made.name)
    db.session.commit()
    return made


def withdraw_award(award: Award, *, by: Person, at: datetime) -> None:
    """It was entered in error.  Raises `AlreadyDecided`."""
    hold(award)
    if award.withdrawn_at is not None:
        db.session.rollback()
        raise AlreadyDecided
    award.withdrawn_at = at
    award.version += 1
    record("withdraw-award", award, by=by, at=at, person=award.person_id)
    db.session.commit()
