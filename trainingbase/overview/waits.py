"""What waits for somebody: asked of every part of the portal that may hold some of it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from trainingbase.assessments.queries import duties as assessments
from trainingbase.attendance.queries import waiting as attendance
from trainingbase.ballots.queries import own as ballots
from trainingbase.careers.queries import waiting as careers
from trainingbase.entering import queries as entering
from trainingbase.exams.queries import waiting as exams
from trainingbase.judging.queries import waiting as judging
from trainingbase.leaving.queries import lists as leaving
from trainingbase.logbook.queries import waiting as logbook
from trainingbase.overview import queries
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.supervision.queries.waiting import without_supervisor

DECIDE = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)
MOVES = (Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR)

Ask = Callable[[Person, date, datetime], Any]

WAITS: dict[str, tuple[tuple[Role, ...], Ask]] = {
    "log_waits": ((Role.FACULTY,), lambda who, _day, at: logbook.waiting_for(who, at=at)),
    "unsupervised": (MOVES, lambda who, day, _at: without_supervisor(who, today=day)),
    "arrivals": (MOVES, lambda who, day, _at: entering.waiting_for(who, today=day)),
    "assessing": (MOVES, lambda who, day, _at: assessments.waiting_for(who, today=day)),
    "asked": (
        (Role.RESIDENT, Role.SECRETARY),
        lambda who, day, _at: 0 if who.holds(Role.FACULTY) else queries.owed_by(who, today=day)[0],
    ),
    "attendance": (DECIDE, lambda who, day, _at: attendance.waiting_for(who, today=day)),
    "leaves": (DECIDE, lambda who, _day, at: queries.leave_waiting_for(who, at=at)),
    "leaving": ((Role.RESIDENT, *DECIDE), lambda who, day, _at: leaving.counts(who, today=day)),
    "exams": ((Role.FACULTY,), lambda who, _day, _at: exams.waiting_for(who)),
    "judging": (
        (Role.RESIDENT, Role.FACULTY, Role.LEADER, Role.OFFICE),
        lambda who, _day, _at: judging.waiting_for(who),
    ),
    "opinions": ((Role.RESIDENT,), lambda who, day, _at: ballots.waiting_for(who, today=day)),
    "careers": (
        (Role.OFFICE, Role.LEADER),
        lambda who, day, _at: careers.waiting_for(who, today=day),
    ),
}
"""By what the page calls it: whom it may wait for, and who knows."""


def waits_of(person: Person, *, today: date, at: datetime) -> dict[str, Any]:
    """None where it is nothing of theirs."""
    return {
        name: ask(person, today, at) if person.holds(*roles) else None
        for name, (roles, ask) in WAITS.items()
    }
