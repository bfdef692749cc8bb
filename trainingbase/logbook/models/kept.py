"""Figures of completion that are kept, and what has changed since they were."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model


class KeptCompletion(Model):
    """What `queries.completion` said of a resident: the sums of the whole, and those of each
    standard department as {id: [counted, target, waiting]}.  It holds while no `CompletionChange`
    of the resident is there."""

    __tablename__ = "kept_completions"

    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), primary_key=True)
    counted: Mapped[int]
    target: Mapped[int]
    waiting: Mapped[int]
    departments: Mapped[dict]
    kept_at: Mapped[datetime]


class KeptStay(Model):
    """The lines of one stay of such a resident, each as its values in order."""

    __tablename__ = "kept_stays"

    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("kept_completions.resident_id"), index=True)
    lines: Mapped[list]


class KeptLines(Model):
    """The lines of such a resident over all stays, each as its values in order; the sums of each
    stay as {id: [counted, target, waiting]}; and how the share of each standard department came
    about, as {id: [months, credited, away, whether it is whole]}."""

    __tablename__ = "kept_lines"

    resident_id: Mapped[int] = mapped_column(
        ForeignKey("kept_completions.resident_id"), primary_key=True
    )
    proportions: Mapped[dict]
    stays: Mapped[dict]
    lines: Mapped[list]


class CompletionChange(Model):
    """Something under a resident's figures has changed (see `watching`).

    Rows are only added, so that nobody waits for anybody; whoever keeps the figures anew takes
    away those that were there before the rows were read, and no others.
    """

    __tablename__ = "completion_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
