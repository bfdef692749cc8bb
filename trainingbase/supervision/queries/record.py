"""What a faculty member has taught: residents, activities, exit assessments."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, undefer

from trainingbase.assessments.models import Instrument, Submission
from trainingbase.assessments.queries.submissions import WITH_PLACEMENT
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.supervision.queries.load import own_or_in_scope
from trainingbase.training.models import Activity
from trainingbase.training.queries import HELD
from trainingbase.training.queries.visible import speaks_at

EXIT = "exit_assessment"


@dataclass(frozen=True)
class Counts:
    """Residents supervised (each once), teaching activities that count, exit assessments."""

    residents: int
    placements: int
    activities: int
    exits: int


def counts_of(viewer: Person, member: FacultyMember, *, today: date) -> Counts:
    """In one statement, as far as the viewer may see it."""
    begun = (
        (Placement.supervisor_id == member.id)
        & Placement.cancelled_at.is_(None)
        & (Placement.starts_on <= today)
        & own_or_in_scope(viewer, member)
    )
    questions = (
        select(func.count(Placement.resident_id.distinct())).where(begun),
        select(func.count(Placement.id)).where(begun),
        select(func.count(Activity.id)).where(*_activities(member)),
        select(func.count(Submission.id))
        .join(Submission.instrument)
        .join(Submission.placement)
        .where(*_exits(viewer, member)),
    )
    return Counts(*db.session.execute(select(*(one.scalar_subquery() for one in questions))).one())


def _activities(member: FacultyMember) -> tuple:
    return (
        speaks_at(member.person_id),
        HELD,
    )


def _exits(viewer: Person, member: FacultyMember) -> tuple:
    return (
        Submission.assessor_id == member.person_id,
        Instrument.code == EXIT,
        own_or_in_scope(viewer, member),
    )


def activities_of(member: FacultyMember) -> Select[tuple[Activity]]:
    """Those that count, newest first."""
    return (
        select(Activity)
        .where(*_activities(member))
        .options(
            joinedload(Activity.department).joinedload(Department.institution),
            undefer(Activity.attended),
        )
        .order_by(Activity.held_on.desc(), Activity.id)
    )


def exits_of(viewer: Person, member: FacultyMember) -> Select[tuple[Submission]]:
    """Newest first."""
    return (
        select(Submission)
        .join(Submission.instrument)
        .join(Submission.placement)
        .where(*_exits(viewer, member))
        .options(*WITH_PLACEMENT)
        .order_by(Submission.submitted_at.desc(), Submission.id)
    )
