"""Reporting in (报到): by the code on the office's screen, or entered by the office."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.history.actions import note
from trainingbase.intake import queries
from trainingbase.intake.models import Arrival, Intake
from trainingbase.people.models import Person


class NotExpected(Exception):
    """This resident does not belong to this intake."""


def report_in(
    resident: Resident, intake: Intake, *, how: str, by: Person, at: datetime
) -> tuple[Arrival, bool]:
    """The arrival, and whether it is new: a second time changes nothing.  Raises `NotExpected`."""
    applicant = queries.enrolled_as(resident.id, intake)
    if applicant is None:
        raise NotExpected
    known = queries.arrival_of(resident.id)
    if known is not None:
        return known, False
    arrival = Arrival(
        resident_id=resident.id, intake_id=intake.id, reported_at=at, how=how, entered_by_id=by.id
    )
    db.session.add(arrival)
    record("report-in", arrival, by=by, at=at, how=how, resident=resident.id)
    note(applicant, {"reported": (None, at)}, by=by, at=at)
    db.session.commit()
    return arrival, True


def take_back(resident_id: int, intake: Intake, *, by: Person, at: datetime) -> bool:
    """Entered by mistake; whether there was anything to take back."""
    known, applicant = queries.arrival_of(resident_id), queries.enrolled_as(resident_id, intake)
    if known is None or applicant is None:
        return False
    note(applicant, {"reported": (known.reported_at, None)}, by=by, at=at)
    record("take-back-arrival", known, by=by, at=at, resident=resident_id)
    db.session.delete(known)
    db.session.commit()
    return True
