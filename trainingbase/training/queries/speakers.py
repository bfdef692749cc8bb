"""Who speaks at activities, the first speaker and those beside: for credit, for load, for pay."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, literal, select

from trainingbase.db import db
from trainingbase.training.models import Activity, activity_speakers


def speakers_of(activity_ids: Sequence[int]) -> dict[int, list[int]]:
    """By activity the people who speak, the first one first; those without are left out.  One
    statement."""
    ids = list(activity_ids)
    rows = _first().where(Activity.id.in_(ids)).union_all(_beside().where(Activity.id.in_(ids)))
    found: dict[int, dict[int, None]] = {}
    for activity_id, person_id, _day, _turn in db.session.execute(rows.order_by("turn", "person")):
        found.setdefault(activity_id, {})[person_id] = None
    return {activity_id: list(people) for activity_id, people in found.items()}


def spoken_between(starts_on: date, ends_on: date) -> list[tuple[int, date]]:
    """(person, day) for everybody who speaks at what is planned or was held in [starts_on,
    ends_on)."""
    which = (
        Activity.cancelled_at.is_(None),
        Activity.held_on >= starts_on,
        Activity.held_on < ends_on,
    )
    rows = db.session.execute(_first().where(*which).union(_beside().where(*which)))
    return [(person_id, day) for _activity, person_id, day, _turn in rows]


def _first() -> Select:
    return select(
        Activity.id, Activity.speaker_id.label("person"), Activity.held_on, _turn(0)
    ).where(Activity.speaker_id.is_not(None))


def _beside() -> Select:
    return select(
        Activity.id, activity_speakers.c.person_id.label("person"), Activity.held_on, _turn(1)
    ).join(Activity, Activity.id == activity_speakers.c.activity_id)


def _turn(number: int):
    return literal(number).label("turn")
