"""How comments of a form are looked at."""

from datetime import datetime

from trainingbase.assessments.models import Coaching
from trainingbase.assessments.queries.coaching import choice_of
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.stale import Stale


def set_mode(code: str, mode: str, *, version: int | None, by: Person, at: datetime) -> Coaching:
    """Of all versions of the form, from now on.  Raises `Stale`."""
    row = choice_of(code)
    if not row.version:
        if version:
            raise Stale(row)
        row = Coaching(code=code, mode=row.mode)
        db.session.add(row)
        db.session.flush()
    else:
        row.expect(version)
    change("set-coaching", row, {"mode": mode}, by=by, at=at)
    db.session.commit()
    return row
