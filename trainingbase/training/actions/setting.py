"""The base's own kinds of activities, and how often each is due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.training.models import Frequency, Kind


class NameTaken(Exception):
    """Two kinds of one name could not be told apart."""


def add_kind(answers: Mapping[str, Any], *, key: str, by: Person, at: datetime) -> Kind:
    """Raises `NameTaken`."""
    known = db.session.scalar(select(Kind).where(Kind.request_key == key))
    if known is not None:
        return known
    _is_free(answers["name"], besides=None)
    last = db.session.scalar(select(func.max(Kind.position))) or 0
    kind = Kind(**answers, position=last + 1, source="Base", confidence="S", request_key=key)
    db.session.add(kind)
    record("add-activity-kind", kind, by=by, at=at, name=kind.name)
    db.session.commit()
    return kind


def set_kind(
    kind: Kind, answers: Mapping[str, Any], *, version: int | None, by: Person, at: datetime
) -> None:
    """The Chinese name stays, as activities are known by it.  Raises `Stale`."""
    kind.expect(version)
    change("set-activity-kind", kind, answers, by=by, at=at)
    db.session.commit()


def _is_free(name: str, *, besides: int | None) -> None:
    rows = select(Kind.id).where(Kind.name == name, Kind.id != (besides or 0))
    if db.session.scalar(rows) is not None:
        raise NameTaken(name)


def add_frequency(
    kind: Kind, answers: Mapping[str, Any], *, key: str, by: Person, at: datetime
) -> Frequency:
    known = db.session.scalar(select(Frequency).where(Frequency.request_key == key))
    if known is not None:
        return known
    rule = Frequency(**answers, kind=kind, request_key=key, confidence="S")
    db.session.add(rule)
    record("add-frequency", rule, by=by, at=at, kind=kind.name)
    db.session.commit()
    return rule


def set_frequency(
    rule: Frequency,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`."""
    rule.expect(version)
    change("set-frequency", rule, answers, by=by, at=at)
    db.session.commit()
