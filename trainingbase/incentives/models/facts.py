"""Facts a locked month paid for stay: what was wrong is cancelled or corrected, never deleted."""

from sqlalchemy import Text, cast, event, select

from trainingbase.assessments.models import ExamResult, Request, Submission
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.incentives.models.runs import Line, Run
from trainingbase.incentives.models.schemes import Appraisal
from trainingbase.network.models import Session
from trainingbase.research.models import Work
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity

FACTS = (
    Activity, Appraisal, ExamResult, Leave, Placement, Request, Resident, Session, Submission, Work,
)  # fmt: skip


class PaidFor(Exception):
    """A locked line stands on this row."""


def _keep(_mapper, connection, row):
    named = f'["{row.__tablename__}", {row.id}]'
    paid = (
        select(Line.id)
        .join(Run, Run.id == Line.run_id)
        .where(Run.approved_at.is_not(None), cast(Line.evidence, Text).contains(named))
        .limit(1)
    )
    if connection.scalar(paid) is not None:
        raise PaidFor(row)


for _fact in FACTS:
    event.listen(_fact, "before_delete", _keep)
