"""Certificate numbers: each is entered once, and nobody has another's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from trainingbase.clock import LOCAL
from trainingbase.courses.actions.deciding import carry_out
from trainingbase.courses.actions.proposing import Terms, make
from trainingbase.courses.models import Course
from trainingbase.courses.queries.effects import effect_of
from trainingbase.courses.queries.graduating import certified
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person


@dataclass(frozen=True)
class Certificate:
    resident: Resident
    number: str


class NumbersRefused(Exception):
    """`faults` are by resident id: taken, twice, has_number, not_finished.  Nothing was saved."""

    def __init__(self, faults: dict[int, str]):
        super().__init__(faults)
        self.faults = faults


def certify(certificates: Sequence[Certificate], *, by: Person, at: datetime) -> list[Course]:
    """Enter the numbers, all or none.  Raises `NumbersRefused`."""
    today = at.astimezone(LOCAL).date()
    for one in certificates:
        hold(one.resident)
    faults = _faults(certificates)
    if faults:
        db.session.rollback()
        raise NumbersRefused(faults)
    made = [_certify(one, today, by=by, at=at) for one in certificates]
    db.session.commit()
    return made


def _certify(one: Certificate, today: date, *, by: Person, at: datetime) -> Course:
    terms = Terms("certificate", today, certificate_number=one.number)
    course = make(one.resident, terms, by=by, at=at)
    db.session.flush()
    carry_out(course, effect_of(course, one.resident, today=today), by=by, at=at)
    return course


def _faults(certificates: Sequence[Certificate]) -> dict[int, str]:
    times = Counter(one.number for one in certificates)
    people = Counter(one.resident.id for one in certificates)
    taken = certified(times)
    found = {}
    for one in certificates:
        if one.resident.certificate_number:
            found[one.resident.id] = "has_number"
        elif one.resident.finished_on is None:
            found[one.resident.id] = "not_finished"
        elif times[one.number] > 1 or people[one.resident.id] > 1:
            found[one.resident.id] = "twice"
        elif one.number in taken:
            found[one.resident.id] = "taken"
    return found
