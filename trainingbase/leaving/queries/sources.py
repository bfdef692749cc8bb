"""What other parts of the portal count of placements: each figure from its own one place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import case, func, select

from trainingbase.assessments.models import Answer, Item, Submission
from trainingbase.assessments.queries.submissions import counts_of
from trainingbase.db import db
from trainingbase.instruments.models import Instrument
from trainingbase.leaving.models import Appraisal, ExitExam
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity, attendances
from trainingbase.training.queries import COUNTED

EXIT_FORM = "exit_assessment"
THEORY_ITEM, SKILL_ITEM, C_RECORD_ITEM = "EG7.1", "EG7.2", "EG8.1"
"""Of the exit form: what is no part of the daily score, and the question after records graded C."""


@dataclass(frozen=True)
class ExitForm:
    """The last exit assessment: `daily` is a share of 1, `theory` and `skill` marks of 100 as the
    supervisor gave them there."""

    submission_id: int
    assessor_id: int
    passed: bool | None
    daily: Decimal | None
    theory: Decimal | None
    skill: Decimal | None
    c_records: int


def exit_forms(placement_ids: Sequence[int]) -> dict[int, ExitForm]:
    """By placement the last attempt, in one statement."""
    apart = Item.code.in_((THEORY_ITEM, SKILL_ITEM))
    scored = (Item.kind == "score") & Item.points.is_not(None)
    rows = db.session.execute(
        select(
            Submission.placement_id,
            Submission.id,
            Submission.assessor_id,
            Submission.passed,
            Submission.attempt,
            func.sum(case((scored & ~apart, Answer.number))),
            func.sum(case((scored & ~apart, Item.points))),
            *[_of(code, column) for code in (THEORY_ITEM, SKILL_ITEM) for column in _BOTH],
            _of(C_RECORD_ITEM, Answer.number),
        )
        .join(Answer, Answer.submission_id == Submission.id)
        .join(Item, Item.id == Answer.item_id)
        .where(Submission.placement_id.in_(placement_ids), Submission.attempt.is_not(None))
        .group_by(
            Submission.placement_id,
            Submission.id,
            Submission.assessor_id,
            Submission.passed,
            Submission.attempt,
        )
        .order_by(Submission.attempt)
    )
    return {
        placement_id: ExitForm(
            submission_id=submission_id,
            assessor_id=assessor_id,
            passed=passed,
            daily=_share(daily, of_daily),
            theory=_mark(theory, of_theory),
            skill=_mark(skill, of_skill),
            c_records=int(c_records or 0),
        )
        for placement_id, submission_id, assessor_id, passed, _n, daily, of_daily, theory,
        of_theory, skill, of_skill, c_records in rows
    }  # fmt: skip


_BOTH = (Answer.number, Item.points)


def _of(code: str, column):
    return func.max(case((Item.code == code, column)))


def _share(got: Decimal | None, most: Decimal | None) -> Decimal | None:
    return None if got is None or not most else got / most


def _mark(got: Decimal | None, most: Decimal | None) -> Decimal | None:
    share = _share(got, most)
    return None if share is None else round(share * 100, 1)


OFFICIAL_FORM = "exit_jiangsu"
"""The official exit form as an assessment of its own, with the same items as `rules.form`."""


@dataclass(frozen=True)
class Graded:
    """What an assessor gave in the official form: answers by the code of the item."""

    submission_id: int
    submitted_at: datetime
    answers: Mapping[str, Decimal]


def official_form(placement_id: int, assessor_id: int) -> Graded | None:
    """The last one this assessor sent about the placement."""
    last = db.session.execute(
        select(Submission.id, Submission.submitted_at)
        .join(Instrument, Instrument.id == Submission.instrument_id)
        .where(
            Submission.placement_id == placement_id,
            Submission.assessor_id == assessor_id,
            Instrument.code == OFFICIAL_FORM,
        )
        .order_by(Submission.submitted_at.desc(), Submission.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return None
    answers = db.session.execute(
        select(Item.code, Answer.number)
        .join(Item, Item.id == Answer.item_id)
        .where(Answer.submission_id == last[0], Answer.number.is_not(None))
    )
    return Graded(last[0], last[1], dict(answers.all()))


def forms_done(placement_ids: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
    """How many of each form were sent about a placement, by its code."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for (placement_id, code), (number, _passed) in counts_of(placement_ids).items():
        found[placement_id][code] = number
    return found


def activities(placement_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """Teaching activities attended on days of the placement that count, by kind."""
    rows = db.session.execute(
        select(Placement.id, Activity.kind, func.count(Activity.id.distinct()))
        .join(attendances, attendances.c.resident_id == Placement.resident_id)
        .join(
            Activity,
            (Activity.id == attendances.c.activity_id)
            & (Activity.held_on >= Placement.starts_on)
            & (Activity.held_on < Placement.ends_on),
        )
        .where(Placement.id.in_(placement_ids), COUNTED)
        .group_by(Placement.id, Activity.kind)
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for placement_id, kind, number in rows:
        found[placement_id][kind] = number
    return found


def exams(placement_ids: Sequence[int]) -> Mapping[int, Mapping[str, ExitExam]]:
    """The last attempt of each exit exam, by kind."""
    found: dict[int, dict[str, ExitExam]] = defaultdict(dict)
    for one in db.session.scalars(
        select(ExitExam).where(ExitExam.placement_id.in_(placement_ids)).order_by(ExitExam.attempt)
    ):
        found[one.placement_id][one.kind] = one
    return found


def appraisals(placement_ids: Sequence[int]) -> dict[int, Appraisal]:
    rows = db.session.scalars(select(Appraisal).where(Appraisal.placement_id.in_(placement_ids)))
    return {one.placement_id: one for one in rows}
