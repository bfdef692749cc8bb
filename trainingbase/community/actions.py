"""Entering a site's month; what stood there before stays readable."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from trainingbase.audit.actions import record
from trainingbase.community.models import Dimension, MonthlyEntry
from trainingbase.db import db, hold
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.sites.models import Institution


class Given(NamedTuple):
    """What somebody typed for one indicator."""

    numerator: Decimal | None
    denominator: Decimal | None
    words: str | None
    note: str | None = None

    @property
    def is_empty(self) -> bool:
        return self.numerator is None and self.denominator is None and not (self.words or self.note)


def _stands(row: MonthlyEntry) -> Given:
    return Given(row.numerator, row.denominator, row.words, row.note)


class Taken(Exception):
    """Somebody else has changed this month meanwhile."""


def enter(
    site: Institution,
    month_on: date,
    given: Mapping[Dimension, Given],
    there: Mapping[tuple[int, int], MonthlyEntry],
    seen: Mapping[int, int],
    *,
    why: str | None,
    by: Person,
    at: datetime,
) -> int:
    """Keep a month; `seen` says which version of each indicator's entry the form was filled from
    (0: none).  Sending the same again changes nothing.  How many were entered or corrected."""
    hold(site)  # two people of one site enter one after the other
    changed = 0
    for dimension, one in given.items():
        row = there.get((dimension.id, site.id))
        if row is not None:
            hold(row)
        same = row is not None and (row.numerator, row.denominator, row.words, row.note) == tuple(
            one
        )
        if same or (row is None and one.is_empty):
            continue
        if seen.get(dimension.id, 0) != (row.version if row is not None else 0):
            db.session.rollback()
            raise Taken
        if row is None:
            row = MonthlyEntry(
                dimension=dimension, institution=site, month_on=month_on, entered_at=at,
                entered_by_id=by.id, **one._asdict(),
            )  # fmt: skip
            db.session.add(row)
            record("enter-community", row, by=by, at=at, month=month_on, number=dimension.number)
        else:
            change("correct-community-entry", row, one._asdict(), by=by, at=at, why=why)
            row.version += 1
            row.entered_at, row.entered_by_id = at, by.id
        changed += 1
    db.session.commit()
    return changed


def define(
    dimension: Dimension, answers: Mapping, *, version: int | None, by: Person, at: datetime
) -> list[str]:
    """Say otherwise what an indicator counts.  Raises `Stale`."""
    dimension.expect(version)
    changed = change("define-community", dimension, answers, by=by, at=at)
    db.session.commit()
    return changed
