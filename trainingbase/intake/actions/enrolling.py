"""From applicant to resident by one act; one person is never enrolled twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.actions import NumberTaken, add_resident
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import cohort_of, holder_of
from trainingbase.history.actions import note
from trainingbase.identities import queries as identities
from trainingbase.intake.actions.applicants import AlreadyEnrolled
from trainingbase.intake.models import Applicant
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.models import Person

CARRIED = (
    "name", "id_number", "sex", "phone", "education", "degree", "school", "major", "graduated",
    "licence_number", "trainee_type", "home_institution", "note",
)  # fmt: skip


class NotAdmitted(Exception):
    """Only who was admitted is enrolled."""


class DecideFirst(Exception):
    """Somebody must say first whether they are one of `people`."""

    def __init__(self, people: Sequence[Person]):
        super().__init__(people)
        self.people = people


class NumberOfAnother(Exception):
    """Two people with one number: that of one of them must be put right.  `resident` has it."""

    def __init__(self, resident: Resident):
        super().__init__(resident)
        self.resident = resident


class WasHere(Exception):
    """This person has finished or left training here: they return on `resident`'s record."""

    def __init__(self, resident: Resident):
        super().__init__(resident)
        self.resident = resident


def enrol_applicant(
    applicant: Applicant, *, by: Person, at: datetime, path: str
) -> tuple[Resident, bool]:
    """The resident, and whether they were one already.

    Raises `AlreadyEnrolled`, `NotAdmitted`, `DecideFirst`, `NumberOfAnother`, `WasHere`.
    """
    try:
        made = _enrol(applicant, by=by, at=at, path=path)
        db.session.commit()
    except (IntegrityError, NumberTaken):  # somebody enrolled the same person at this moment
        db.session.rollback()
        made = _enrol(applicant, by=by, at=at, path=path)
        db.session.commit()
    except (AlreadyEnrolled, NotAdmitted, DecideFirst, NumberOfAnother, WasHere):
        db.session.rollback()
        raise
    return made


def _enrol(applicant: Applicant, *, by: Person, at: datetime, path: str) -> tuple[Resident, bool]:
    hold(applicant, "resident_id", "decision", "id_number", "name")
    if applicant.resident_id is not None:
        raise AlreadyEnrolled
    if applicant.decision != "admitted":
        raise NotAdmitted
    resident, person = _known(applicant)
    was_resident = resident is not None
    if resident is None:
        resident = _begin(applicant, person, by=by, at=at)
        intake = applicant.intake
        leave_notice(
            "admitted-report-in",
            to_ids=[resident.person_id],
            at=at,
            path=path,
            report_ends_on=intake.report_ends_on.isoformat(),
        )
    applicant.resident, applicant.enrolled_at = resident, at
    note(applicant, {"resident": (None, resident.name)}, by=by, at=at)
    record(
        "link-applicant" if was_resident else "enrol-applicant",
        applicant,
        by=by,
        at=at,
        resident=resident.id,
    )
    return resident, was_resident


def _known(applicant: Applicant) -> tuple[Resident | None, Person | None]:
    """The resident this applicant is already, or the person they are known as."""
    alike = identities.look_alikes(applicant.name, applicant.id_number, applicant.phone)
    resident = holder_of(applicant.id_number)
    called_otherwise = resident is not None and resident.person in alike
    if alike and (resident is None or called_otherwise):
        raise DecideFirst(alike)
    person = None
    if resident is not None and identities.is_somebody_else(resident.person, applicant.id_number):
        raise NumberOfAnother(resident)
    if resident is None:
        person = identities.same_as(applicant.id_number)
        resident = identities.residents_of([person]).get(person.id) if person else None
    if resident is not None and not resident.is_in_training:
        raise WasHere(resident)
    return resident, person


def _begin(applicant: Applicant, person: Person | None, *, by: Person, at: datetime) -> Resident:
    intake = applicant.intake
    values = {name: getattr(applicant, name) for name in CARRIED} | {
        "cohort": cohort_of(intake.year, intake.programme),
        "programme_id": intake.programme_id,
        "starts_on": intake.starts_on,
        "ends_on": intake.ends_on,
    }
    resident = add_resident(values, person=person, by=by, at=at)
    db.session.flush()
    return resident
