"""Entering official forms, and saying from which year they are used.  Each action is one
transaction."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.selfassessment import queries
from trainingbase.selfassessment.models import (
    BasicCondition,
    EditionVerdict,
    Indicator,
    IndicatorPart,
    OfficialForm,
)
from trainingbase.selfassessment.workbook import Read


class CodeTaken(Exception):
    """Another form has this code."""


class LastInUse(Exception):
    """Some form has to be in use."""


class InUse(Exception):
    """A form stays that is used, that the portal brought, or for which something is said or
    kept."""


def enter_edition(read: Read, *, by: Person, at: datetime, request_key: str) -> OfficialForm:
    """What was read without a fault; it is not in use yet.  The same `request_key` again is the
    same form.  Raises `CodeTaken`."""
    known = queries.edition_by_key(request_key)
    if known is not None:
        return known
    if any(one.code == read.about["code"] for one in queries.editions()):
        raise CodeTaken
    made = OfficialForm(
        **read.about,
        first_year=None,
        request_key=request_key,
        items=[_item(n, one) for n, one in enumerate(read.items)],
        verdicts=[EditionVerdict(position=n, **one) for n, one in enumerate(read.verdicts)],
        conditions=[BasicCondition(**one) for one in read.conditions],
    )
    db.session.add(made)
    record("enter-official-form", made, by=by, at=at, code=made.code)
    db.session.commit()
    return made


def _item(position: int, said: dict) -> Indicator:
    parts = [IndicatorPart(position=n, **one) for n, one in enumerate(said["parts"])]
    return Indicator(**said | {"position": position, "parts": parts})


def use_edition(
    edition: OfficialForm, first_year: int | None, *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `Stale`, and `LastInUse` where no form would be used."""
    every = queries.editions()
    for one in every:
        hold(one, "first_year")
    edition.expect(version)
    if first_year is None and not any(one.first_year for one in every if one is not edition):
        db.session.rollback()
        raise LastInUse
    change("use-official-form", edition, {"first_year": first_year}, by=by, at=at)
    db.session.commit()


def remove_edition(edition: OfficialForm, *, by: Person, at: datetime) -> None:
    """With all that is in it.  Raises `InUse`."""
    hold(edition)
    is_own = edition.request_key is not None
    if edition.first_year is not None or not is_own or not queries.untouched(edition):
        db.session.rollback()
        raise InUse
    record("remove-official-form", edition, by=by, at=at, code=edition.code, name=edition.name)
    for item in edition.items:
        for part in item.parts:
            db.session.delete(part)
        db.session.flush()
        db.session.delete(item)
    for one in (*edition.verdicts, *edition.conditions):
        db.session.delete(one)
    db.session.flush()
    db.session.delete(edition)
    db.session.commit()
