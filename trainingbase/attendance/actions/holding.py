"""The row of a department's month: whoever changes a day of it holds it, whoever closes it too."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from trainingbase.attendance.models import Month
from trainingbase.attendance.queries.months import month_row
from trainingbase.db import db, hold
from trainingbase.months import first_of_month


def held_month(department_id: int, day: date) -> Month:
    """The row of the month of this day, made where there is none, and held until the commit."""
    month_on = first_of_month(day)
    row = month_row(department_id, month_on)
    if row is None:
        try:
            with db.session.begin_nested():
                row = Month(department_id=department_id, month_on=month_on)
                db.session.add(row)
        except IntegrityError:  # somebody was faster: theirs is the row
            row = month_row(department_id, month_on)
    else:
        hold(row)
    return row
