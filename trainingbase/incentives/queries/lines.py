"""One line and the rows behind it, for those who may see it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import ExamResult, Request, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.incentives.models import Appraisal, Line, Run
from trainingbase.incentives.queries.runs import WITH_NAMES
from trainingbase.network.models import Posting, Session
from trainingbase.people.models import Grant, Person
from trainingbase.research.models import Work
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES as PLACEMENT_NAMES
from trainingbase.sites.models import Department, Institution
from trainingbase.training.models import Activity

SEE_ALL = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
OPEN_ALL = (Role.OFFICE, Role.AUDITOR)
"""To whom the pages of all rows open: leaders, and those paid, see of each what a line shows."""

EVIDENCE: dict[str, Select] = {
    "placements": select(Placement).options(*PLACEMENT_NAMES).order_by(Placement.starts_on),
    "activities": select(Activity)
    .options(joinedload(Activity.department), joinedload(Activity.speaker))
    .order_by(Activity.held_on),
    "submissions": select(Submission)
    .options(
        joinedload(Submission.instrument),
        joinedload(Submission.request),
        joinedload(Submission.resident).joinedload(Resident.person),
        joinedload(Submission.placement).joinedload(Placement.department),
    )
    .order_by(Submission.submitted_at),
    "assessment_requests": select(Request)
    .options(
        joinedload(Request.instrument),
        joinedload(Request.resident).joinedload(Resident.person),
        joinedload(Request.placement).joinedload(Placement.department),
    )
    .order_by(Request.asked_on),
    "residents": select(Resident)
    .options(
        joinedload(Resident.person), joinedload(Resident.cohort), joinedload(Resident.programme)
    )
    .order_by(Resident.id),
    "leaves": select(Leave)
    .options(joinedload(Leave.resident).joinedload(Resident.person))
    .order_by(Leave.starts_on),
    "research_works": select(Work).options(joinedload(Work.person)).order_by(Work.id),
    "exam_results": select(ExamResult)
    .options(joinedload(ExamResult.resident).joinedload(Resident.person))
    .order_by(ExamResult.id),
    "posting_sessions": select(Session)
    .options(
        joinedload(Session.posting).joinedload(Posting.person),
        joinedload(Session.posting).joinedload(Posting.institution),
        joinedload(Session.confirmed_by),
    )
    .order_by(Session.held_on, Session.id),
    "institutions": select(Institution).order_by(Institution.id),
    "grants": select(Grant, Department)
    .join(Department, Department.id == Grant.department_id)
    .options(joinedload(Grant.person))
    .order_by(Grant.id),
    "incentive_appraisals": select(Appraisal)
    .options(joinedload(Appraisal.person), joinedload(Appraisal.department))
    .order_by(Appraisal.id),
}
"""The rows a line may stand on, by table, each with what a page shows of it.  Postings were named
by their institution before their days were."""


def visible_to(viewer: Person) -> Select[tuple[Line]]:
    """All lines for those who look after the money; else one's own, once they are approved."""
    own = (Line.payee_id == viewer.id) & Run.approved_at.is_not(None)
    return (
        select(Line)
        .join(Line.run)
        .where(true() if viewer.holds(*SEE_ALL) else own)
        .options(contains_eager(Line.run), *WITH_NAMES)
    )


def line_for(viewer: Person, line_id: int) -> Line:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(visible_to(viewer).where(Line.id == line_id)).one()


def evidence_of(pairs: Sequence[Sequence[Any]]) -> list[tuple[str, Sequence[Any]]]:
    """The rows named by `[[table, id], …]`, by table; one statement a table."""
    ids: dict[str, list[int]] = defaultdict(list)
    for table, number in pairs:
        ids[table].append(number)
    return [
        (table, _rows(_among(EVIDENCE[table], numbers)))
        for table, numbers in ids.items()
        if table in EVIDENCE
    ]


def _rows(rows: Select) -> Sequence[Any]:
    """A record each, or several side by side."""
    found = db.session.execute(rows)
    return found.scalars().all() if len(rows.column_descriptions) == 1 else found.all()


def _among(rows: Select, numbers: list[int]) -> Select:
    model = rows.column_descriptions[0]["entity"]
    return rows.where(model.id.in_(numbers))


def own_lines(viewer: Person) -> Select[tuple[Line]]:
    """One's own approved lines, the newest month first."""
    return (
        select(Line)
        .join(Line.run)
        .where(Line.payee_id == viewer.id, Run.approved_at.is_not(None))
        .options(contains_eager(Line.run), *WITH_NAMES)
        .order_by(Run.month_on.desc(), Line.id)
    )


def own_sums(viewer: Person) -> Sequence:
    """Month and amount of the last twelve approved months, the newest first."""
    return db.session.execute(
        select(Run.month_on, func.sum(Line.amount))
        .join(Line, Line.run_id == Run.id)
        .where(Line.payee_id == viewer.id, Run.approved_at.is_not(None))
        .group_by(Run.month_on)
        .order_by(Run.month_on.desc())
        .limit(12)
    ).all()


def missing_of(pairs: Sequence[Sequence[Any]], found: Sequence[tuple[str, Sequence[Any]]]) -> int:
    """How many of the rows behind a line are no longer there."""
    wanted = sum(table in EVIDENCE for table, _number in pairs)
    return wanted - sum(len(rows) for _table, rows in found)
