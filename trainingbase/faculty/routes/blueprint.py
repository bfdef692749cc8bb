"""The blueprint, who reads, and what a template asks about a member."""

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint

from trainingbase import clock
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import limits, teacher_of
from trainingbase.faculty.rules import standing
from trainingbase.faculty.words import against
from trainingbase.roles import Role
from trainingbase.thresholds.queries import values

faculty = Blueprint("faculty", __name__, url_prefix="/faculty")

READERS = (Role.OFFICE, Role.AUDITOR, Role.LEADER, Role.SECRETARY, Role.SITE_COORDINATOR)
OWN = (*READERS, Role.FACULTY)
PRIVATE = (Role.OFFICE, Role.AUDITOR)
"""Who reads notes and history."""


def years_and_ahead() -> tuple[int, timedelta]:
    """How long a certificate is valid, and how long before its end that is said."""
    numbers = values()
    ahead = timedelta(days=int(numbers["certificate_reminder_first_days"]))
    return int(numbers["certificate_years"]), ahead


def standing_of() -> Callable[[FacultyMember], list[str]]:
    """For a template: what stands against a member supervising from today on, in words."""
    today, (years, ahead), base = clock.today(), years_and_ahead(), limits()

    def of(member: FacultyMember) -> list[str]:
        found = standing(teacher_of(member, years), today, today + ahead, base)
        return [against(one) for one in found]

    return of
