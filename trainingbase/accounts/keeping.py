"""What accounts leave behind is kept no longer than it serves.

Who signed in when stays in the audit trail.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_

from trainingbase.accounts.models import FailedSignIn, KeptAnswers, SignIn
from trainingbase.accounts.rules import LONGEST_WAIT
from trainingbase.db import db

KEPT = timedelta(days=30)
"""As long as people may be away and still find what they had typed."""


def forget_what_is_over(*, at: datetime) -> None:
    """Sessions long ended or left, answers nobody came back for, wrong passwords that no longer
    slow anybody down."""
    over: list[tuple[type, ColumnElement[bool]]] = [
        (SignIn, or_(SignIn.ended_at < at - KEPT, SignIn.seen_at < at - KEPT)),
        (KeptAnswers, KeptAnswers.kept_at < at - KEPT),
        (FailedSignIn, FailedSignIn.at < at - 2 * LONGEST_WAIT),
    ]
    for table, when in over:
        db.session.execute(delete(table).where(when))
    db.session.commit()
