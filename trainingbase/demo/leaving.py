"""Leave in every state: waiting for a supervisor, a secretary and the office, and one to end."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.files.rules import PDF, Upload
from trainingbase.leave import actions
from trainingbase.leave.models import NotAllowed
from trainingbase.leave.queries.deciding import asks, present_step
from trainingbase.leave.queries.standing import secretaries_of
from trainingbase.leave.rules.judging import Wanted
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES, touching

NOTE = Upload("诊断证明.pdf", PDF, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
DAY = timedelta(days=1)
MATERNITY_DAYS = 128


def play(resident: Resident, *, today: date, at: datetime, say: Callable[[str], None]) -> None:
    """One application for everybody who can sign in and answer, and three more."""
    office = holders_of(Role.OFFICE)[0]
    here: Sequence[Placement] = db.session.scalars(
        touching(today, today + DAY)
        .where(Placement.ends_on > today + 5 * DAY, Placement.resident_id != resident.id)
        .options(*WITH_NAMES)
        .order_by(Placement.id)
    ).all()
    free = iter(here)
    made = [
        _asked(resident, "personal", today + 9 * DAY, 2, "家中有事需处理", at - DAY),
        *_at_supervisors(here, today, at),
        *_at_secretaries(here, today, at, office),
        _maternity(free, today, at),
        _back(free, today, at, office),
    ]
    say(f"  Leave: {sum(one is not None for one in made)} applications in several steps")


def _at_supervisors(here: Sequence[Placement], today: date, at: datetime) -> list[Leave | None]:
    theirs: dict[int, list[Placement]] = {}
    for one in here:
        if one.supervisor is not None and getattr(one.supervisor.person, "account", None):
            theirs.setdefault(one.supervisor.person_id, []).append(one)
    return [
        _first_asked(rows, "sick", today + 3 * DAY, 2, "复查", at - DAY)
        for _person_id, rows in sorted(theirs.items())
    ]


def _at_secretaries(
    here: Sequence[Placement], today: date, at: datetime, office: Person
) -> list[Leave | None]:
    """The supervisor's step is taken by the office, so that the secretary's is the next."""
    theirs: dict[tuple[int, ...], list[Placement]] = {}
    for one in here:
        secretaries = tuple(p.id for p in secretaries_of(one.department, today=today))
        if secretaries:
            theirs.setdefault(secretaries, []).append(one)
    made = []
    for _ids, rows in sorted(theirs.items()):
        leave = _first_asked(reversed(rows), "annual", today + 3 * DAY, 2, "回老家", at - 2 * DAY)
        step = present_step(leave) if leave is not None else None
        if leave is not None and step is not None and step.step == "supervisor":
            by = office if asks(step, office) else step.person
            actions.decide(leave, True, version=leave.version, by=by, at=at - DAY)
        made.append(leave)
    return made


def _asked(
    resident: Resident, kind: str, first: date, days: int, reason: str, at: datetime
) -> Leave | None:
    """None where the rules refuse it: somebody else is asked then."""
    try:
        return actions.apply_for(
            resident,
            Wanted(kind, first, first + days * DAY),
            reason=reason,
            papers=[NOTE] if kind in ("maternity", "sick") else [],
            by=resident.person,
            at=at,
        )
    except NotAllowed:
        return None


def _first_asked(placements, kind: str, first: date, days: int, reason: str, at: datetime):
    asked = (_asked(p.resident, kind, first, days, reason, at) for p in placements)
    return next((one for one in asked if one is not None), None)


def _maternity(free: Iterator[Placement], today: date, at: datetime):
    women = (p for p in free if p.resident.sex == "女")
    return _first_asked(women, "maternity", today + 35 * DAY, MATERNITY_DAYS, "预产期在下月", at)


def _back(free: Iterator[Placement], today: date, at: datetime, office: Person):
    """Granted, and back a day early: the return is to be confirmed."""
    leave = _first_asked(free, "personal", today - 4 * DAY, 5, "家人住院陪护", at - 6 * DAY)
    if leave is None:
        return None
    while leave.granted is None:
        actions.decide(leave, True, version=leave.version, by=office, at=at - 5 * DAY)
    actions.report_return(leave, today, by=leave.resident.person, at=at)
    return leave
