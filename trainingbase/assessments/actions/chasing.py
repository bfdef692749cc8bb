"""Reminding of requests that wait, telling others of late ones, and noting that they expired."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from trainingbase.assessments import addresses
from trainingbase.assessments.actions.requests import step, tell_assessor
from trainingbase.assessments.models import Request
from trainingbase.assessments.queries import chasing as queries
from trainingbase.assessments.rules.chasing import Numbers, due_steps
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import values


def chase(*, today: date, at: datetime) -> dict[str, int]:
    """Do what is due today; how many of each kind.  What is done already is done once."""
    numbers = _numbers()
    found: dict[str, list[Request]] = defaultdict(list)
    for request in queries.unanswered(today=today, before=numbers.before):
        made = [(one.kind, one.on) for one in request.steps]
        for kind in due_steps(
            asked_on=request.asked_on,
            due_on=request.due_on,
            expires_on=request.expires_on,
            today=today,
            made=made,
            numbers=numbers,
        ):
            request.steps.append(step(kind, by=None, at=at))
            found[kind].append(request)
    _remind(found["remind"], today, at)
    _tell_secretaries(found["secretary"], at)
    _tell_office("assessments-late-long", found["office"], addresses.LATE, at)
    _tell_office("assessments-expired", found["expire"], addresses.EXPIRED, at)
    db.session.commit()
    return {kind: len(rows) for kind, rows in found.items()}


def _numbers() -> Numbers:
    all_numbers = values()
    return Numbers(
        before=int(all_numbers["request_remind_before_days"]),
        every=int(all_numbers["request_remind_every_days"]),
        secretary=int(all_numbers["request_secretary_after_days"]),
        office=int(all_numbers["request_office_after_days"]),
    )


def _remind(requests: Iterable[Request], today: date, at: datetime) -> None:
    """One notice to each person, however many wait."""
    of_person: dict[int, list[Request]] = defaultdict(list)
    for request in requests:
        request.reminded_at = at
        of_person[request.assessor_id].append(request)
    for person_id, mine in of_person.items():
        if len(mine) == 1:
            late = today >= mine[0].due_on
            tell_assessor("assessment-late" if late else "assessment-soon", mine[0], at=at)
        else:
            leave("assessments-wait", to_ids=[person_id], at=at, path=addresses.OWED, n=len(mine))


def _tell_secretaries(requests: Iterable[Request], at: datetime) -> None:
    of_department: dict[int, list[Request]] = defaultdict(list)
    for request in requests:
        of_department[request.placement.department_id].append(request)
    if not of_department:
        return
    secretaries = queries.secretaries_of(of_department)
    of_person: dict[int, int] = defaultdict(int)
    for department_id, late in of_department.items():
        for person_id in secretaries.get(department_id, ()):
            of_person[person_id] += len(late)
    for person_id, number in of_person.items():
        leave("assessments-late-here", to_ids=[person_id], at=at, path=addresses.LATE, n=number)


def _tell_office(kind: str, requests: list[Request], path: str, at: datetime) -> None:
    if requests:
        office = [person.id for person in holders_of(Role.OFFICE)]
        leave(kind, to_ids=office, at=at, path=path, n=len(requests))
