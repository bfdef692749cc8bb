"""Proposing a change of course: it is shown with its effect before anything happens."""

from dataclasses import dataclass
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.courses.models import AlreadyClosed, Course, Reason
from trainingbase.courses.queries.courses import course_by_key
from trainingbase.courses.queries.graduating import checked
from trainingbase.courses.queries.standing import decided_of, enrolled, steps_of
from trainingbase.courses.rules.states import Impossible, check
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.people.models import Person


class UnknownReason(Exception):
    """The reason is not of the list that belongs to this kind of change."""


@dataclass(frozen=True)
class Terms:
    """What the office typed; see `models.Course` for the meaning of the days.  `credits` are
    (name there, standard department, months done, months credited), months as text."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    manner: Reason | None = None
    reason: Reason | None = None
    word: str | None = None
    place: str | None = None
    cohort: Cohort | None = None
    certificate_number: str | None = None
    credits: tuple[tuple[str, int, str, str], ...] = ()
    evidence: Upload | None = None


LIST_OF = {
    "withdrawal": "withdrawal",
    "transfer_in": "transfer",
    "transfer_out": "transfer",
    "change_programme": "transfer",
    "extension": "extension",
    "suspension": "suspension",
}
"""From which list the reason of each kind comes."""


def propose(
    resident: Resident, terms: Terms, *, by: Person, at: datetime, request_key: str | None = None
) -> Course:
    """Keep what is intended; sent twice with one `request_key` it is one row.

    Raises `Impossible`, `UnknownReason`.
    """
    known = course_by_key(request_key)
    if known is not None:
        return known
    check_now(resident, terms.kind, terms.starts_on, terms.ends_on, word=terms.word)
    if terms.reason is not None and terms.reason.of != LIST_OF.get(terms.kind):
        raise UnknownReason(terms.reason.code)
    course = make(resident, terms, by=by, at=at, request_key=request_key)
    record("propose-course", course, by=by, at=at, kind=course.kind, resident=resident.id)
    db.session.commit()
    return course


def check_now(
    resident: Resident,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    *,
    word: str | None = None,
) -> None:
    """Raise `Impossible` where the resident does not stand so that this can be done.

    Who lacks something graduates only with a word why (`lacks`).
    """
    decided = decided_of(resident.id)
    check(kind, starts_on, ends_on, now=enrolled(resident, decided), before=steps_of(decided))
    if kind == "graduation" and not word and checked([resident], starts_on)[0].lacks:
        raise Impossible("lacks", starts_on)


def make(
    resident: Resident, terms: Terms, *, by: Person, at: datetime, request_key: str | None = None
) -> Course:
    evidence = keep(terms.evidence, by=by, at=at) if terms.evidence is not None else None
    course = Course(
        resident=resident,
        kind=terms.kind,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        manner=terms.manner,
        reason=terms.reason,
        word=terms.word or None,
        place=terms.place or None,
        cohort=terms.cohort,
        certificate_number=terms.certificate_number,
        credits=[list(one) for one in terms.credits] or None,
        evidence=evidence,
        proposed_at=at,
        proposed_by_id=by.id,
        request_key=request_key or None,
    )
    db.session.add(course)
    return course


def drop(course: Course, *, by: Person, at: datetime) -> None:
    """Let a proposal go.  Raises `AlreadyClosed`."""
    hold(course, "decided_at", "dropped_at")
    if not course.is_open:
        db.session.rollback()
        raise AlreadyClosed
    course.dropped_at = at
    record("drop-course", course, by=by, at=at)
    db.session.commit()


def add_reason(of: str, name: str, name_en: str | None, *, by: Person, at: datetime) -> Reason:
    """Add to a list what is not in it yet; what is, is taken into use again."""
    known = {one.name: one for one in db.session.query(Reason).filter_by(of=of)}
    reason = known.get(name)
    if reason is None:
        reason = Reason(of=of, code=f"own-{len(known) + 1}", name=name, name_en=name_en or None)
        db.session.add(reason)
    reason.is_in_use = True
    record("set-course-reason", reason, by=by, at=at, name=name, is_in_use=True)
    db.session.commit()
    return reason


def use_reason(reason: Reason, *, is_in_use: bool, by: Person, at: datetime) -> None:
    """A reason that was given once stays readable; out of use it is not offered any more."""
    reason.is_in_use = is_in_use
    record("set-course-reason", reason, by=by, at=at, name=reason.name, is_in_use=is_in_use)
    db.session.commit()
