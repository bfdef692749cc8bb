"""What each role's first page says: counts and short lists, a few statements in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from trainingbase.assessments.models import Request, Submission
from trainingbase.assessments.queries.submissions import readable_by_resident
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.exams.models import ExamAppeal
from trainingbase.exams.queries.appeals import WAITING as EXAM_APPEAL_WAITS
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import active_on, valid_after
from trainingbase.imports.models import Import
from trainingbase.incentives.models import Question, Run
from trainingbase.judging.models import Appeal, Contest
from trainingbase.leave.models import EndDateChange
from trainingbase.leave.queries.leaves import waiting_for
from trainingbase.logbook.models import Appeal as LogAppeal
from trainingbase.network.models import Proposal
from trainingbase.people.models import Person
from trainingbase.research.models import Work
from trainingbase.research.queries.works import STATES as RESEARCH_STATES
from trainingbase.rotations.models import CalendarFeed, Placement, Plan
from trainingbase.rotations.queries.placements import WITH_NAMES, timetable_of, visible_to
from trainingbase.sites.models import Finding, Institution
from trainingbase.swaps.models import ACCEPTED, Offer
from trainingbase.thresholds.queries import whole
from trainingbase.training.models import Activity
from trainingbase.training.queries import activities as teaching
from trainingbase.training.queries.visible import concerns
from trainingbase.wishes.models import Round
from trainingbase.wishes.queries import wishes_wanted

SOON = timedelta(days=14)
SHOWN = 50
LEAVE_SHOWN = 5


@dataclass(frozen=True)
class ResidentDay:
    """Where a resident is, what comes next, and what is due."""

    now: Placement | None
    next: Placement | None
    placements: Sequence[Placement]
    unread_feedback: Sequence[Submission]
    leaves_open: Sequence[Leave]
    wishes_wanted: Round | None


def resident_day(resident: Resident, *, today: date) -> ResidentDay:
    placements = timetable_of(resident.id)
    return ResidentDay(
        now=next((p for p in placements if p.covers(today)), None),
        next=next((p for p in placements if p.starts_on > today), None),
        placements=placements,
        unread_feedback=db.session.scalars(
            select(Submission)
            .where(
                Submission.resident_id == resident.id,
                Submission.acknowledged_at.is_(None),
                readable_by_resident(),
            )
            .order_by(Submission.submitted_at.desc())
            .limit(SHOWN)
        ).all(),
        leaves_open=db.session.scalars(
            select(Leave)
            .where(
                Leave.resident_id == resident.id,
                Leave.granted.is_(None)
                | (
                    Leave.granted.is_(True)
                    & Leave.returned_on.is_(None)
                    & Leave.asked_at.is_not(None)
                    & (Leave.starts_on <= today)
                ),
            )
            .order_by(Leave.starts_on)
        ).all(),
        wishes_wanted=wishes_wanted(resident, today=today),
    )


def _open(today: date) -> ColumnElement[bool]:
    return (
        Request.answered_at.is_(None)
        & Request.cancelled_at.is_(None)
        & (Request.expires_on > today)
    )


def owed_by(person: Person, *, today: date) -> tuple[int, int]:
    """How many forms this person owes, and how many of them are late."""
    row = db.session.execute(
        select(func.count(), func.count().filter(Request.due_on <= today)).where(
            Request.assessor_id == person.id, _open(today)
        )
    ).one()
    return row[0], row[1]


@dataclass(frozen=True)
class Moves:
    """Who starts and who leaves in the coming days."""

    starting: Sequence[Placement]
    leaving: Sequence[Placement]


def moves(viewer: Person, *, today: date) -> Moves:
    """Of the placements this person may see."""
    rows = visible_to(viewer, today).options(*WITH_NAMES).limit(SHOWN)
    starting = rows.where(Placement.starts_on >= today, Placement.starts_on < today + SOON)
    leaving = rows.where(Placement.ends_on > today, Placement.ends_on <= today + SOON)
    return Moves(
        starting=db.session.scalars(starting.order_by(Placement.starts_on)).all(),
        leaving=db.session.scalars(leaving.order_by(Placement.ends_on)).all(),
    )


def office_counts(*, today: date) -> dict[str, int]:
    """What waits and what is late in the whole base, in one statement."""
    ahead = today + timedelta(days=whole("certificate_reminder_first_days"))
    valid = FacultyMember.certificates.any(valid_after(ahead, whole("certificate_years")))
    questions = {
        "end_dates_open": _count(EndDateChange, EndDateChange.decided_at.is_(None)),
        "imports_open": _count(
            Import, Import.confirmed_at.is_(None), Import.discarded_at.is_(None)
        ),
        "drafts": _count(
            Plan,
            Plan.published_at.is_(None),
            Plan.discarded_at.is_(None),
            Plan.solved_at.is_not(None),
            Plan.is_what_if.is_(False),
        ),
        "solving": _count(Plan, Plan.solved_at.is_(None), Plan.discarded_at.is_(None)),
        "activities_waiting": _count(Activity, teaching.STATES["waiting"]),
        "log_appeals": _count(
            LogAppeal, LogAppeal.granted.is_(None), LogAppeal.withdrawn_at.is_(None)
        ),
        "exam_appeals": _count(ExamAppeal, EXAM_APPEAL_WAITS),
        "committee_appeals": _count(
            Appeal,
            Appeal.outcome.is_(None),
            Appeal.withdrawn_at.is_(None),
            Appeal.panel_case_id.is_(None),
        ),
        "contests_waiting": _count(Contest, Contest.answered_at.is_(None)),
        "swaps_waiting": _count(Offer, Offer.state == ACCEPTED),
        "research_waiting": _count(Work, RESEARCH_STATES["waiting"]),
        "runs_waiting": _count(Run, Run.approved_at.is_(None), Run.replaced_at.is_(None)),
        "incentive_questions": _count(Question, Question.answered_at.is_(None)),
        "requests_late": _count(Request, _open(today), Request.due_on <= today),
        "certificates_lapsing": _count(FacultyMember, active_on(today), ~valid),
    }
    questions |= _network(today)
    named = [question.scalar_subquery().label(name) for name, question in questions.items()]
    return dict(db.session.execute(select(*named)).mappings().one())


def _network(today: date) -> dict:
    """Agreements about to end or over, what visits found and is overdue, closures asked for."""
    soon = today + timedelta(days=whole("agreement_reminder_days"))
    in_use = Institution.retired_on.is_(None) | (Institution.retired_on > today)
    return {
        "agreements_ending": _count(Institution, in_use, Institution.agreement_ends_on <= soon),
        "findings_overdue": _count(Finding, Finding.done_on.is_(None), Finding.due_on < today),
        "closures_asked": _count(Proposal, Proposal.granted.is_(None)),
    }


def _count(model, *conditions):
    return select(func.count()).select_from(model).where(*conditions)


def leave_waiting_for(person: Person, *, at: datetime) -> tuple[int, Sequence[Leave]]:
    """How much leave this person is asked to decide or to confirm, and the next of it."""
    rows = waiting_for(person, at=at)
    count = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery()))
    return count or 0, db.session.scalars(rows.limit(LEAVE_SHOWN)).all()


def plan_in_force() -> Plan | None:
    return db.session.scalar(select(Plan).where(Plan.in_force.is_(True)))


def feed_of(person_id: int) -> CalendarFeed | None:
    return db.session.get(CalendarFeed, person_id)


def feed_placements(person: Person) -> Sequence[Placement]:
    """This person's own placements and those they supervise, cancelled ones too."""
    own = select(Resident.id).where(Resident.person_id == person.id)
    supervised = select(FacultyMember.id).where(FacultyMember.person_id == person.id)
    return db.session.scalars(
        select(Placement)
        .where(Placement.resident_id.in_(own) | Placement.supervisor_id.in_(supervised))
        .options(*WITH_NAMES)
        .order_by(Placement.id)
    ).all()


def feed_activities(person: Person) -> Sequence[Activity]:
    """Activities this person attended, is invited to or speaks at."""
    return db.session.scalars(select(Activity).where(concerns(person)).order_by(Activity.id)).all()
