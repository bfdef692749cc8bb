"""How attendance is taken before a base has chosen; every value is this portal's choice."""

from datetime import date, time

from sqlalchemy import select

from trainingbase.attendance.models import ChoiceRow
from trainingbase.db import db

SINCE_EVER = date(2000, 1, 1)


def put_choice() -> None:
    """Where there is none yet.  The caller commits."""
    if db.session.scalar(select(ChoiceRow.id).limit(1)) is None:
        db.session.add(
            ChoiceRow(
                from_on=SINCE_EVER,
                mode="default",
                counting="working",
                once_a_day=False,
                morning_opens=time(7, 30),
                morning_closes=time(8, 30),
                afternoon_opens=time(13, 30),
                afternoon_closes=time(14, 30),
            )
        )
