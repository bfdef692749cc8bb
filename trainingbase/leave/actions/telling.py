"""Who is told.  The caller commits."""

from collections.abc import Iterable
from datetime import datetime

from trainingbase.clock import LOCAL
from trainingbase.enrolment.models import Leave
from trainingbase.leave.models import Step
from trainingbase.leave.queries.standing import secretaries_of
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role


def path_of(leave: Leave) -> str:
    return f"/leaves/{leave.id}"


def tell_resident(kind: str, leave: Leave, *, at: datetime, **facts) -> None:
    _tell(kind, leave, [leave.resident.person_id], at, facts)


def tell_asked(step: Step, leave: Leave, *, at: datetime) -> None:
    """Whoever the step asks, that the leave waits for them."""
    _tell("leave-to-decide", leave, asked_by(step, at), at, {})


def tell_confirmers(leave: Leave, department, *, at: datetime) -> None:
    """Who may confirm the return: the secretaries there, or the office."""
    ids = [one.id for one in secretaries_of(department, today=_day(at))] if department else []
    _tell("leave-return-reported", leave, ids or _office(), at, {})


def tell_office(kind: str, leave: Leave, *, at: datetime) -> None:
    _tell(kind, leave, _office(), at, {})


def asked_by(step: Step, at: datetime) -> list[int]:
    if step.is_the_offices:
        return _office()
    if step.step == "secretary":
        return [one.id for one in secretaries_of(step.department, today=_day(at))] or _office()
    return [step.person_id] if step.person_id else _office()


def _office() -> list[int]:
    return [one.id for one in holders_of(Role.OFFICE)]


def _day(at: datetime):
    return at.astimezone(LOCAL).date()


def _tell(kind: str, leave: Leave, to_ids: Iterable[int], at: datetime, facts: dict) -> None:
    leave_notice(
        kind,
        to_ids=to_ids,
        at=at,
        path=path_of(leave),
        resident=leave.resident.name,
        day=leave.starts_on.isoformat(),
        **facts,
    )
