"""Rows of the leaving of one placement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainingbase.assessments.models import Answer, Item
from trainingbase.db import db
from trainingbase.leaving.models import CURRENT, ExitExam, Leaving, Left
from trainingbase.leaving.queries.groups import group_of, members_on
from trainingbase.leaving.queries.standing import Standing
from trainingbase.leaving.rules import form as exit_form
from trainingbase.leaving.rules.content import of_lines, of_score
from trainingbase.notices.models import Notice
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.signatures.models import Signature
from trainingbase.signatures.rules import plain

COMMENT_ITEM = "EG8.2"
WITH_SIGNATURES = (
    joinedload(Leaving.signature),
    joinedload(Leaving.view_signature),
    joinedload(Leaving.retake),
)


def current(placement_id: int) -> Leaving | None:
    return db.session.scalars(
        select(Leaving)
        .where(Leaving.placement_id == placement_id, CURRENT)
        .options(*WITH_SIGNATURES)
        .execution_options(populate_existing=True)
    ).one_or_none()


def rounds(placement_id: int) -> Sequence[Leaving]:
    """All reviews, withdrawn ones included, the first one first."""
    return db.session.scalars(
        select(Leaving)
        .where(Leaving.placement_id == placement_id)
        .options(*WITH_SIGNATURES)
        .order_by(Leaving.id)
    ).all()


def round_before(leaving: Leaving) -> Leaving | None:
    """The one that counted before this re-examination."""
    return db.session.scalars(
        select(Leaving)
        .where(
            Leaving.placement_id == leaving.placement_id,
            Leaving.round < leaving.round,
            Leaving.state != "withdrawn",
        )
        .order_by(Leaving.round.desc(), Leaving.id.desc())
    ).first()


def left(placement_id: int) -> Left | None:
    return db.session.scalars(
        select(Left)
        .where(Left.placement_id == placement_id, Left.withdrawn_at.is_(None))
        .options(joinedload(Left.done_by))
    ).one_or_none()


def exams_of(placement_id: int) -> Sequence[ExitExam]:
    """Every attempt, with its examiners."""
    return db.session.scalars(
        select(ExitExam)
        .where(ExitExam.placement_id == placement_id)
        .options(
            joinedload(ExitExam.examiner),
            joinedload(ExitExam.second_examiner),
            joinedload(ExitExam.entered_by),
        )
        .order_by(ExitExam.attempt, ExitExam.kind.desc())
    ).all()


def exam(placement_id: int, kind: str, attempt: int) -> ExitExam | None:
    return db.session.scalar(
        select(ExitExam).where(
            ExitExam.placement_id == placement_id,
            ExitExam.kind == kind,
            ExitExam.attempt == attempt,
        )
    )


def attempt_now(leaving: Leaving | None) -> int:
    """Which attempt marks are entered for: that of the round under way, or of the one to come."""
    if leaving is None:
        return 1
    return leaving.round + 1 if leaving.state == "failed" else leaving.round


def next_placement(placement: Placement) -> Placement | None:
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.resident_id == placement.resident_id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on >= placement.ends_on,
        )
        .options(joinedload(Placement.department))
        .order_by(Placement.starts_on)
        .limit(1)
    ).first()


def stopped_by(placement: Placement) -> Leaving | None:
    """An earlier placement of the same resident that was failed, and about which nothing has been
    decided: until then the next one stands still."""
    return db.session.scalars(
        select(Leaving)
        .join(Leaving.placement)
        .where(
            Placement.resident_id == placement.resident_id,
            Placement.cancelled_at.is_(None),
            Placement.ends_on <= placement.starts_on,
            CURRENT,
            Leaving.state == "failed",
            Leaving.consequence.is_(None),
        )
        .options(joinedload(Leaving.placement).joinedload(Placement.department))
        .order_by(Placement.ends_on.desc())
        .limit(1)
    ).first()


def told_since(kind: str, at: datetime, days: int) -> set[tuple[int, str]]:
    """Whom a notice of this kind has reached within so many days, and about which page."""
    rows = db.session.execute(
        select(Notice.person_id, Notice.path).where(
            Notice.kind == kind, Notice.created_at > at - timedelta(days=days)
        )
    )
    return {(person_id, path) for person_id, path in rows}


@dataclass(frozen=True)
class Ready:
    """What the leader is about to sign, without the verdict, and who may be named as present."""

    content: dict[str, Any]
    reviewers: Sequence[Person]


def to_review(placement: Placement, standing: Standing, *, today: date) -> Ready:
    """The content as things stand now."""
    members = members_on(group_of(placement), today)
    return Ready(
        content=content_of(placement, standing),
        reviewers=[one.faculty_member.person for one in members],
    )


def content_of(placement: Placement, standing: Standing) -> dict[str, Any]:
    appraisal = standing.appraisal
    known = _known(placement, standing)
    content = {
        "form": exit_form.FORM,
        "placement": placement.id,
        "resident": placement.resident.name,
        "gate": {
            "number": standing.gate.id,
            "since": standing.gate.starts_on,
            "source": standing.gate.source,
        },
        "lines": of_lines(standing.lines),
        "score": of_score(standing.score),
        "fields": exit_form.filled(
            known,
            grades=appraisal.grades if appraisal else {},
            counts=appraisal.counts if appraisal else {},
        ),
        "supervisor": _supervisor(placement, standing),
    }
    return plain(content)


def _known(placement: Placement, standing: Standing) -> dict[str, Any]:
    resident, department = placement.resident, placement.department
    skill = standing.exams.get("skill")
    counted = {item: standing.measured[item] for item in ("cases", "diseases", "procedures")}
    days = standing.days
    return {
        "resident": resident.name,
        "cohort": _named(resident.cohort),
        "programme": _named(resident.programme),
        "department": _named(department),
        "period": {"starts_on": placement.starts_on, "ends_on": placement.ends_on},
        "months": standing.months,
        "present": days.present if days.known > 0 else None,
        "absent": days.unexcused if days.known > 0 else None,
        **{f"leave:{kind}": days.of(kind) for kind in ("personal", "sick", "maternity")},
        **{f"due:{item}": one.target for item, one in counted.items()},
        **{f"done:{item}": one.counted for item, one in counted.items()},
        "activities": dict(standing.activities),
        "theory": standing.theory,
        "skill": standing.skill,
        "skill_name": skill.name if skill else None,
        "examiner": skill.examiner.name if skill and skill.examiner else None,
        "second_examiner": skill.second_examiner.name if skill and skill.second_examiner else None,
    }


def _named(row: Any) -> dict[str, Any]:
    return {"zh": row.name, "en": row.name_en}


def _supervisor(placement: Placement, standing: Standing) -> dict[str, Any]:
    """Who appraised and signed, and what was said in words."""
    found: dict[str, Any] = {
        "name": placement.supervisor.person.name if placement.supervisor else None
    }
    if standing.appraisal is not None:
        signature = signature_of_appraisal(standing.appraisal.id)
        found |= {
            "signed_by": standing.appraisal.signed_by.name,
            "signed_at": standing.appraisal.signed_at,
            "digest": signature.digest if signature else None,
            "comment": standing.appraisal.comment,
        }
    if standing.exit_form is not None:
        found["form"] = standing.exit_form.submission_id
        found["form_comment"] = _comment(standing.exit_form.submission_id)
    return found


def signature_of_appraisal(appraisal_id: int) -> Signature | None:
    return db.session.scalars(
        select(Signature).where(
            Signature.kind == "exit-appraisal",
            Signature.subject_id == appraisal_id,
            Signature.withdrawn_at.is_(None),
        )
    ).first()


def _comment(submission_id: int) -> str | None:
    return db.session.scalar(
        select(Answer.text)
        .join(Item, Item.id == Answer.item_id)
        .where(Answer.submission_id == submission_id, Item.code == COMMENT_ITEM)
    )


def retakes_used(placement_id: int) -> int:
    number = db.session.scalar(
        select(func.max(Leaving.round)).where(
            Leaving.placement_id == placement_id, Leaving.state != "withdrawn"
        )
    )
    return (number or 1) - 1
