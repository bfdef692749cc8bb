"""What stands in the way of an activity: a speaker or a room at the same time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity
from trainingbase.training.rules import times


@dataclass(frozen=True)
class Wanted:
    """What is to be arranged, on one of several days."""

    days: Sequence[date]
    starts_at: str | None
    minutes: int | None
    speaker_ids: frozenset[int]
    room: str
    institution_id: int | None


@dataclass(frozen=True)
class Clash:
    """`what` is speaker or room."""

    what: str
    activity: Activity


def clashes(wanted: Wanted, *, besides: int | None = None) -> list[Clash]:
    """Those not cancelled that take a speaker, or the room, at the same time; in one statement
    for all days, and without a time nothing is in the way."""
    if wanted.starts_at is None:
        return []
    rows = db.session.scalars(
        select(Activity)
        .where(
            Activity.held_on.in_(wanted.days),
            Activity.cancelled_at.is_(None),
            Activity.starts_at.is_not(None),
            Activity.id != (besides or 0),
        )
        .options(
            joinedload(Activity.speaker),
            joinedload(Activity.department).joinedload(Department.institution),
            selectinload(Activity.others),
        )
        .order_by(Activity.held_on, Activity.starts_at, Activity.id)
    )
    return [clash for one in rows for clash in _between(wanted, one)]


def _between(wanted: Wanted, one: Activity) -> Iterable[Clash]:
    span = (
        times.begins(one.held_on, wanted.starts_at),
        times.ends(one.held_on, wanted.starts_at, wanted.minutes),
    )
    if not times.overlap(span, (one.begins, one.ends)):
        return
    if wanted.speaker_ids & one.speaker_ids:
        yield Clash("speaker", one)
    place = one.department.institution_id if one.department else None
    if wanted.room and _same(wanted.room, one.room) and place == wanted.institution_id:
        yield Clash("room", one)


def _same(first: str, second: str | None) -> bool:
    return "".join(first.split()).casefold() == "".join((second or "").split()).casefold()
