"""What is kept because reckoning it takes long."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model


class KeptComparison(Model):
    """What `queries.comparing` found in the ratings of a cohort, and the `state` of everything it
    read: of use for as long as that is the state still."""

    __tablename__ = "kept_comparisons"

    cohort_id: Mapped[int] = mapped_column(
        ForeignKey("cohorts.id"), primary_key=True, autoincrement=False
    )
    state: Mapped[str]
    lines: Mapped[list]
    kept_at: Mapped[datetime]
