"""Whose cohort somebody is of."""

from collections.abc import Iterable

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident


def cohorts_of(resident_ids: Iterable[int]) -> dict[int, int]:
    """In one statement over everybody: an `in` of thousands would be slow."""
    wanted = set(resident_ids)
    if not wanted:
        return {}
    rows = db.session.execute(select(Resident.id, Resident.cohort_id))
    return {resident_id: cohort_id for resident_id, cohort_id in rows if resident_id in wanted}
