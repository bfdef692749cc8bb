"""Kinds of examination, as data a base edits."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model, Versioned

PARTS = ("theory", "skills", "verdict")


class ExamKind(Versioned, Model):
    """An examination the base holds or hears the results of.

    Released results are written as `result_kind` (annual, graduation, licence).  It asks for the
    parts `has_theory`, `has_skills` (scores) and `has_verdict` (passed or not, nothing else).
    Who must sit: residents in training in a training year from `year_from` to `year_to`, or
    within `months_before_end` of their last day; with `only_unpassed` only those who have not
    passed it, and those who failed it before.  `needs_licence` marks candidates without one.
    With `each_year` every year begins anew: the first attempt is the first one of the year.
    """

    __tablename__ = "exam_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    result_kind: Mapped[str]
    has_theory: Mapped[bool] = mapped_column(default=False)
    has_skills: Mapped[bool] = mapped_column(default=False)
    has_verdict: Mapped[bool] = mapped_column(default=False)
    year_from: Mapped[int | None]
    year_to: Mapped[int | None]
    months_before_end: Mapped[int | None]
    only_unpassed: Mapped[bool] = mapped_column(default=False)
    needs_licence: Mapped[bool] = mapped_column(default=False)
    each_year: Mapped[bool] = mapped_column(default=False)
    is_in_use: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str]
    confidence: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(
            "result_kind IN ('annual', 'graduation', 'licence')", name="result_kind_is_known"
        ),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
        CheckConstraint("has_theory OR has_skills OR has_verdict", name="asks_for_something"),
    )

    @property
    def parts(self) -> tuple[str, ...]:
        asked = (self.has_theory, self.has_skills, self.has_verdict)
        return tuple(part for part, is_asked in zip(PARTS, asked, strict=True) if is_asked)
