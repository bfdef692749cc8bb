"""How the items of a form, in one version, were answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, cast, func, select
from sqlalchemy.orm import aliased

from trainingbase.assessments.models import Answer, Instrument, Item, Submission
from trainingbase.assessments.rules.items import ON_A_SCALE, Spread, correlation, spread_of
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department

SHOWN_KINDS = ("rating", "score", "count", "minutes", "boolean", "choice")


@dataclass(frozen=True)
class Scope:
    """Forms observed in [starts_on, ends_on), in one department or institution, or in all."""

    form_id: int
    starts_on: date | None = None
    ends_on: date | None = None
    department_id: int = 0
    institution_id: int = 0

    def conditions(self) -> list[ColumnElement[bool]]:
        found = [Submission.instrument_id == self.form_id]
        if self.starts_on:
            found.append(Submission.observed_on >= self.starts_on)
        if self.ends_on:
            found.append(Submission.observed_on < self.ends_on)
        if self.department_id:
            found.append(Submission.placement.has(Placement.department_id == self.department_id))
        if self.institution_id:
            here = Placement.department.has(Department.institution_id == self.institution_id)
            found.append(Submission.placement.has(here))
        return found


@dataclass(frozen=True)
class Statistics:
    """`rest` is the correlation of the item with the mean of the others on the same form, each on
    its own scale from 0 to 1; None where it cannot be said."""

    item: Item
    spread: Spread
    rest: float | None


def versions() -> Sequence[Any]:
    """Forms and versions that were answered: id, name, name_en, version, answers."""
    return db.session.execute(
        select(
            Instrument.id, Instrument.name, Instrument.name_en, Instrument.version,
            func.count().label("answers"),
        )
        .join(Submission, Submission.instrument_id == Instrument.id)
        .group_by(Instrument.id, Instrument.name, Instrument.name_en, Instrument.version)
        .order_by(func.count().desc(), Instrument.id)
    ).all()  # fmt: skip


def forms_in(scope: Scope) -> int:
    rows = select(func.count()).select_from(Submission).where(*scope.conditions())
    return db.session.scalar(rows) or 0


def statistics(scope: Scope) -> list[Statistics]:
    """By item in the order of the form; three statements, however many forms there are."""
    items = db.session.scalars(
        select(Item)
        .where(Item.instrument_id == scope.form_id, Item.kind.in_(SHOWN_KINDS))
        .order_by(Item.position)
    ).all()
    counts: dict[int, dict[Decimal | None, int]] = defaultdict(dict)
    rows = db.session.execute(
        select(Answer.item_id, Answer.number, func.count())
        .join(Answer.submission)
        .where(*scope.conditions())
        .group_by(Answer.item_id, Answer.number)
    )
    for item_id, number, count in rows:
        counts[item_id][number] = count
    rests = _rests(scope)
    return [
        Statistics(
            one,
            spread_of(counts[one.id], kind=one.kind, highest=_highest(one)),
            rests.get(one.id),
        )
        for one in items
    ]


def _highest(item: Item) -> Decimal | None:
    return item.highest if item.highest is not None else item.points


def _rests(scope: Scope) -> dict[int, float | None]:
    lowest, highest = func.coalesce(Item.lowest, 0), func.coalesce(Item.highest, Item.points)
    share = cast(Answer.number - lowest, Float) / cast(func.nullif(highest - lowest, 0), Float)
    shares = (
        select(Answer.submission_id, Answer.item_id, share.label("share"))
        .join(Answer.item)
        .join(Answer.submission)
        .where(*scope.conditions(), Item.kind.in_(ON_A_SCALE), Answer.number.is_not(None))
        .subquery()
    )
    whole = (
        select(
            shares.c.submission_id,
            func.sum(shares.c.share).label("total"),
            func.count(shares.c.share).label("n"),
        )
        .group_by(shares.c.submission_id)
        .having(func.count(shares.c.share) > 1)
        .subquery()
    )
    x, y = shares.c.share, (whole.c.total - shares.c.share) / (whole.c.n - 1)
    rows = db.session.execute(
        select(
            shares.c.item_id,
            func.count(),
            *(func.sum(one) for one in (x, x * x, y, y * y, x * y)),
        )
        .join(whole, whole.c.submission_id == shares.c.submission_id)
        .where(x.is_not(None))
        .group_by(shares.c.item_id)
    )
    return {item_id: correlation(n, *sums) for item_id, n, *sums in rows}


def answers_of(scope: Scope, item_id: int, value: Decimal | None) -> Select[Any]:
    """The forms behind a bar: id, resident, department, assessor, day; `value` None is not
    observed."""
    author = aliased(Person)
    number = Answer.number.is_(None) if value is None else Answer.number == value
    return (
        select(
            Submission.id,
            Person.name.label("resident"),
            Department.name,
            Department.name_en,
            author.name.label("assessor"),
            Submission.observed_on,
        )
        .select_from(Answer)
        .join(Answer.submission)
        .join(author, author.id == Submission.assessor_id)
        .join(Submission.placement)
        .join(Placement.department)
        .join(Resident, Resident.id == Submission.resident_id)
        .join(Person, Person.id == Resident.person_id)
        .where(*scope.conditions(), Answer.item_id == item_id, number)
        .order_by(Submission.observed_on.desc(), Submission.id.desc())
    )
