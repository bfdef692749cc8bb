"""Reminding people, once each time, that a certificate lapses."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.faculty import queries
from trainingbase.faculty.models import Certificate, Reminder
from trainingbase.faculty.rules import reminder_due
from trainingbase.notices.actions import leave
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import values

STEPS = ("certificate_reminder_first_days", "certificate_reminder_second_days")


def remind_of_certificates(*, today: date, at: datetime) -> int:
    """Tell the owner and the office of each certificate that is about to lapse, or lapses today,
    and that no other one follows; how many.  Run every day: each is said once."""
    numbers = values()
    steps, years = [int(numbers[key]) for key in STEPS], int(numbers["certificate_years"])
    said, told = queries.reminders(), 0
    office = [one.id for one in holders_of(Role.OFFICE) if one.left_on is None]
    for certificate in queries.last_certificates(today, years):
        lapses_on = certificate.lapses_on(years)
        days = reminder_due(lapses_on, today, steps)
        if days is None or (certificate.id, lapses_on, days) in said:
            continue
        _remind(certificate, lapses_on, days, office, today=today, at=at)
        told += 1
    try:
        db.session.commit()
    except IntegrityError:  # another worker was faster, and has told them
        db.session.rollback()
        return 0
    return told


def _remind(
    certificate: Certificate,
    lapses_on: date,
    days: int,
    office: list[int],
    *,
    today: date,
    at: datetime,
) -> None:
    member = certificate.faculty_member
    db.session.add(
        Reminder(certificate_id=certificate.id, lapses_on=lapses_on, days=days, sent_at=at)
    )
    ends = "lapsed" if lapses_on <= today else "lapses"
    facts = {
        "number": certificate.number,
        "name": member.name,
        "lapses_on": lapses_on.isoformat(),
    }
    path = f"/faculty/{member.id}"
    leave(f"certificate-{ends}", to_ids=[member.person_id], at=at, path=path, **facts)
    leave(f"certificate-of-{ends}", to_ids=office, at=at, path=path, **facts)
    record("remind-of-certificate", certificate, by=None, at=at, days=days)
