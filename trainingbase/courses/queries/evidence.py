"""The rows behind what is missing."""

from collections.abc import Sequence

from sqlalchemy import select

from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.enrolment.models import Leave


def leaves_and_exams(
    leave_ids: Sequence[int], exam_ids: Sequence[int]
) -> tuple[Sequence[Leave], Sequence[ExamResult]]:
    leaves = db.session.scalars(
        select(Leave).where(Leave.id.in_(leave_ids)).order_by(Leave.starts_on)
    ).all()
    exams = db.session.scalars(
        select(ExamResult).where(ExamResult.id.in_(exam_ids)).order_by(ExamResult.year)
    ).all()
    return leaves, exams
