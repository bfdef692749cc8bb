"""Certificates that lapse, and who was told already."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from trainingbase.db import db
from trainingbase.faculty.models import Certificate, FacultyMember, Reminder
from trainingbase.faculty.queries.roster import active_on


def last_certificates(today: date, years: int) -> list[Certificate]:
    """Of everybody active the one that lapses last: only its end leaves them without."""
    rows = db.session.scalars(
        select(Certificate)
        .join(Certificate.faculty_member)
        .join(FacultyMember.person)
        .where(active_on(today))
        .options(contains_eager(Certificate.faculty_member).contains_eager(FacultyMember.person))
        .order_by(Certificate.id)
    )
    last: dict[int, Certificate] = {}
    for one in rows:
        until = one.lapses_on(years)
        if until is None:
            continue
        other = last.get(one.faculty_member_id)
        if other is None or other.lapses_on(years) < until:
            last[one.faculty_member_id] = one
    return list(last.values())


def reminders() -> set[tuple[int, date, int]]:
    """(certificate, the day it lapses, days before) of each reminder that was sent."""
    rows = select(Reminder.certificate_id, Reminder.lapses_on, Reminder.days)
    return {tuple(one) for one in db.session.execute(rows)}
