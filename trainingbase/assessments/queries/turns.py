"""What waits to be sent, for those who may see it: for what, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from trainingbase.assessments.models import PlannedRequest, Request
from trainingbase.assessments.queries import waiting
from trainingbase.assessments.queries.askees import askees_of, who_is_asked
from trainingbase.assessments.rules.askees import PEER, TEACHER, WHO
from trainingbase.assessments.rules.pacing import Turn, sending_days
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.people.queries import person_by_id
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class Waits:
    """`on` is the day on which it will be sent, None where there is nobody to ask; `why` is day,
    turn, supervisor (there is none) or peer (no fellow resident was there in the same time)."""

    row: PlannedRequest
    on: date | None
    why: str


def days_of(rows: Sequence[PlannedRequest], *, today: date) -> dict[int, date]:
    """The day on which each will be sent, by id; none where there is nobody to ask."""
    return _turns_of(rows, askees_of(rows, today=today), today)


def _turns_of(
    rows: Sequence[PlannedRequest], people: Mapping[int, int], today: date
) -> dict[int, date]:
    """Nobody is given more than the base's number in a day, but for who prints sheets for guests:
    that is one walk, however many residents there are."""
    paced = [row for row in rows if row.id in people and not _is_printed(row, people)]
    turns = [Turn(row.id, people[row.id], row.wanted_on, row.due_on) for row in paced]
    taken = waiting.taken_on(today)
    days = sending_days(turns, taken=taken, cap=whole("requests_a_day"), today=today)
    for row in rows:
        if row.id in people and row.id not in days:
            days[row.id] = max(today, row.wanted_on)
    return days


def _is_printed(row: PlannedRequest, people: Mapping[int, int]) -> bool:
    supervisor = row.placement.supervisor
    return bool(row.guests) and (supervisor is None or people[row.id] != supervisor.person_id)


def due_now(rows: Sequence[PlannedRequest], *, today: date) -> list[tuple[PlannedRequest, int]]:
    """What is sent today, and to whom."""
    people = askees_of(rows, today=today)
    days = _turns_of(rows, people, today)
    return [(row, people[row.id]) for row in rows if days.get(row.id) == today]


def planned_peer(request: Request) -> PlannedRequest | None:
    """What of the plan was asked of a fellow resident by this request."""
    if WHO.get(request.instrument.assessor) != PEER:
        return None
    return db.session.scalar(select(PlannedRequest).where(PlannedRequest.request_id == request.id))


def another_peer(row: PlannedRequest, *, today: date) -> Person | None:
    """Who is asked in place of one who declined, today: nobody who has enough for the day."""
    cap, taken = max(1, whole("requests_a_day")), waiting.taken_on(today)
    full = {person for person, number in taken.items() if number >= cap}
    person_id = askees_of([row], today=today, without=full).get(row.id)
    return person_by_id(person_id) if person_id is not None else None


def waits(*, today: date, teacher_id: int = 0) -> list[Waits]:
    """All of them, or those of one supervisor, in the order in which they are sent; those without
    a supervisor last."""
    rows = waiting.still_waiting(teacher_id=teacher_id)
    days = days_of(rows, today=today)
    found = [Waits(row, days.get(row.id), _why(row, days.get(row.id))) for row in rows]
    return sorted(found, key=lambda one: (one.on is None, one.on or today, one.row.id))


def _why(row: PlannedRequest, on: date | None) -> str:
    if on is None:
        return "peer" if who_is_asked(row) == PEER else "supervisor"
    return "turn" if on > row.wanted_on else "day"


def waits_seen_by(
    viewer: Person, *, today: date, search: str = "", department_id: int = 0, why: str = ""
) -> list[Waits]:
    """Of the departments and institutions this person looks after; the office and the auditor see
    all."""
    found = [one for one in waits(today=today) if _sees(viewer, one.row)]
    if search:
        found = [one for one in found if any(search in name for name in _names(one.row))]
    if department_id:
        found = [one for one in found if one.row.placement.department_id == department_id]
    return [one for one in found if not why or one.why == why]


def _sees(viewer: Person, row: PlannedRequest) -> bool:
    place = row.placement.department
    return (
        viewer.holds(Role.OFFICE, Role.AUDITOR)
        or place.id in viewer.department_ids
        or place.institution_id in viewer.institution_ids
    )


def _names(row: PlannedRequest) -> list[str]:
    teacher = row.placement.supervisor
    return [row.placement.resident.name, teacher.name if teacher is not None else ""]


def coming_to(viewer: Person, *, today: date) -> list[Waits]:
    """What this teacher will be asked to fill in, and when."""
    found = waits(today=today, teacher_id=viewer.id)
    return [one for one in found if who_is_asked(one.row) == TEACHER]
