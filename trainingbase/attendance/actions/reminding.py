"""Who has not closed a month after the base's deadline is reminded, day after day until it is."""

from datetime import date, datetime, timedelta

from trainingbase.attendance.actions.holding import held_month
from trainingbase.attendance.queries.months import deadline, every_department, unclosed
from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.leave.queries.standing import secretaries_of
from trainingbase.months import first_of_month, months_later
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole


def remind_of_months(*, today: date, at: datetime) -> int:
    """How many departments were reminded; twice on one day reminds once.

    The months of the last half year are looked at; where nobody can close, the office hears.
    """
    again, number = timedelta(days=whole("attendance_reminder_days")), 0
    departments = every_department()
    for back in range(1, 7):
        month_on = months_later(first_of_month(today), -back)
        if today <= deadline(month_on):
            continue
        for department in unclosed(month_on, departments):
            number += _remind(department, month_on, again, today, at)
    db.session.commit()
    return number


def _remind(department, month_on: date, again: timedelta, today: date, at: datetime) -> bool:
    month = held_month(department.id, month_on)
    if month.is_closed or (month.reminded_on is not None and today < month.reminded_on + again):
        return False
    month.reminded_on = today
    people = secretaries_of(department, today=today) or holders_of(Role.OFFICE)
    leave_notice(
        "month-to-close",
        to_ids=[one.id for one in people],
        at=at,
        path=f"/attendance/months/{month_on:%Y-%m}/{department.id}",
        department=department.name,
        department_en=department.name_en,
        month=month_on.isoformat(),
    )
    record("remind-of-month", month, by=None, at=at, month=month_on)
    return True
