"""What was written about the resident and what they achieved."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.assessments.models import Amendment, Answer, ExamResult, Item, Submission
from trainingbase.assessments.queries.submissions import readable_by_resident
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.handbook.queries.course import both
from trainingbase.handbook.rules.content import plain
from trainingbase.research.queries import approved_of
from trainingbase.rotations.models import Placement

Facts = dict[str, Any]


def assessments(resident: Resident) -> list[Facts]:
    """Every form the resident may read as feedback, with scores, comments and amendments."""
    rows = db.session.scalars(
        select(Submission)
        .where(Submission.resident_id == resident.id, readable_by_resident())
        .options(
            joinedload(Submission.instrument),
            joinedload(Submission.assessor),
            joinedload(Submission.placement).joinedload(Placement.department),
            selectinload(Submission.answers).joinedload(Answer.item),
            selectinload(Submission.amendments).joinedload(Amendment.by),
        )
        .order_by(Submission.observed_on, Submission.id)
    )
    return [
        {
            "form": both(one.instrument),
            "observed_on": one.observed_on,
            "department": both(one.placement.department),
            "assessor": both(one.assessor),
            "total": one.total,
            "passed": one.passed,
            "attempt": one.attempt,
            "answers": [
                _answer(each) for each in sorted(one.answers, key=lambda each: each.item.position)
            ],
            "amendments": [
                {"at": each.at, "by": both(each.by), "text": each.text} for each in one.amendments
            ],
        }
        for one in rows
    ]


def _answer(answer: Answer) -> Facts:
    return {
        "item": both(answer.item),
        "kind": answer.item.kind,
        "number": answer.number,
        "text": answer.text,
        "choice": _choice(answer.item, answer),
    }


def _choice(item: Item, answer: Answer) -> Facts | None:
    """The words of what was chosen."""
    chosen = str(plain(answer.text if answer.text is not None else answer.number))
    for value, zh, en in item.options or ():
        if str(value) == chosen:
            return {"zh": zh, "en": en}
    return None


def exams(resident: Resident) -> list[Facts]:
    rows = db.session.scalars(
        select(ExamResult)
        .where(ExamResult.resident_id == resident.id)
        .order_by(ExamResult.year, ExamResult.kind, ExamResult.id)
    )
    return [
        {
            "kind": one.kind,
            "year": one.year,
            "first": one.is_first_attempt,
            "attended": one.attended,
            "theory": one.theory,
            "skills": one.skills,
            "theory_passed": one.theory_passed,
            "skills_passed": one.skills_passed,
            "passed": one.passed,
        }
        for one in rows
    ]


def research(resident: Resident) -> list[Facts]:
    """Approved scholarly work."""
    return [
        {
            "kind": one.kind,
            "title": one.title,
            "role": one.role,
            "author_order": one.author_order,
            "venue": one.venue,
            "level": one.level,
            "reference": one.reference,
            "done_on": one.done_on,
            "points": one.points,
        }
        for one in approved_of(resident.person_id)
    ]
