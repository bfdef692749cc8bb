"""What became of a placement's end: prepared, reviewed, signed, seen, left."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.signatures.models import Signature

STATES = ("ready", "sent_back", "passed", "failed", "withdrawn")
VERDICTS = ("passed", "failed")
CONSEQUENCES = ("repeat", "go_on")


class NotNow(Exception):
    """Somebody else has done it, or it is not its turn."""


class NotReady(Exception):
    """Something that is needed before the review is missing; `missing` are the items."""

    def __init__(self, missing: tuple[str, ...]):
        super().__init__(missing)
        self.missing = missing


class Vetoed(Exception):
    """Something without which nobody passes is not reached or not entered; `items` are these."""

    def __init__(self, items: tuple[str, ...]):
        super().__init__(items)
        self.items = items


class AlreadyDone(Exception):
    """The resident has left: only the office takes that back."""


class Leaving(Versioned, Model):
    """One review of a placement: `round` 1, then one for each re-examination.

    It is ready for the group, sent back to the secretary, signed as passed or failed by the
    leader, or withdrawn by the office.  `is_current` is true or nothing: the one that counts.
    `verdict` is the leader's; `proposed` what the rules proposed.  `content` is what was signed,
    word for word (see `rules.content`).  A failed one has a `consequence` once no re-examination
    is left: repeat or go_on.
    """

    __tablename__ = "leavings"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    round: Mapped[int] = mapped_column(default=1)
    is_current: Mapped[bool | None] = mapped_column(default=True)
    state: Mapped[str]
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    prepared_because: Mapped[str | None]
    sent_back_because: Mapped[str | None]
    proposed: Mapped[str | None]
    verdict: Mapped[str | None]
    reason: Mapped[str | None]
    feedback: Mapped[str | None]
    content: Mapped[dict | None]
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("signatures.id"), unique=True)
    signed_at: Mapped[datetime | None]
    view_signature_id: Mapped[int | None] = mapped_column(ForeignKey("signatures.id"), unique=True)
    seen_at: Mapped[datetime | None]
    remark: Mapped[str | None]
    objects: Mapped[bool | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    consequence: Mapped[str | None]
    consequence_because: Mapped[str | None]
    consequence_at: Mapped[datetime | None]
    consequence_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_because: Mapped[str | None]

    placement: Mapped[Placement] = relationship()
    prepared_by: Mapped[Person | None] = relationship(foreign_keys=[prepared_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])
    consequence_by: Mapped[Person | None] = relationship(foreign_keys=[consequence_by_id])
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id])
    signature: Mapped[Signature | None] = relationship(foreign_keys=[signature_id])
    view_signature: Mapped[Signature | None] = relationship(foreign_keys=[view_signature_id])
    retake: Mapped["Retake | None"] = relationship(back_populates="leaving", uselist=False)

    __table_args__ = (
        UniqueConstraint("placement_id", "is_current"),
        Index("ix_leavings_state", "state"),
        CheckConstraint(
            "state IN ('ready', 'sent_back', 'passed', 'failed', 'withdrawn')",
            name="state_is_known",
        ),
        CheckConstraint("verdict IN ('passed', 'failed')", name="verdict_is_known"),
        CheckConstraint("consequence IN ('repeat', 'go_on')", name="consequence_is_known"),
        CheckConstraint(
            "state NOT IN ('passed', 'failed') OR (verdict IS NOT NULL AND "
            "signature_id IS NOT NULL AND signed_at IS NOT NULL)",
            name="signed_is_whole",
        ),
    )

    @property
    def is_signed(self) -> bool:
        return self.state in VERDICTS


CURRENT = Leaving.is_current.is_(True)


class Retake(Versioned, Model):
    """A re-examination after a failed review; its marks are `ExitExam`s of the next attempt.
    `kinds` are theory, skill, or both."""

    __tablename__ = "exit_retakes"

    id: Mapped[int] = mapped_column(primary_key=True)
    leaving_id: Mapped[int] = mapped_column(ForeignKey("leavings.id"), unique=True)
    kinds: Mapped[list]
    held_on: Mapped[date]
    examiner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    second_examiner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    arranged_at: Mapped[datetime]
    arranged_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    leaving: Mapped[Leaving] = relationship(back_populates="retake")
    examiner: Mapped[Person] = relationship(foreign_keys=[examiner_id])
    second_examiner: Mapped[Person] = relationship(foreign_keys=[second_examiner_id])
    arranged_by: Mapped[Person] = relationship(foreign_keys=[arranged_by_id])

    __table_args__ = (CheckConstraint("examiner_id <> second_examiner_id", name="two_examiners"),)


class Left(Model):
    """That a resident has left a department: passed, signed by all, and the placement over.
    `by_id` is None where the portal closed it because the resident had not signed in time."""

    __tablename__ = "placements_left"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"), index=True)
    leaving_id: Mapped[int] = mapped_column(ForeignKey("leavings.id"), index=True)
    left_on: Mapped[date]
    done_at: Mapped[datetime]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship()
    leaving: Mapped[Leaving] = relationship()
    done_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        Index("ix_placements_left_left_on", "left_on"),
        Index(
            "uq_placements_left_standing",
            "placement_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
