"""Comments: how strictly they are looked at, what was missing, and what the reader replied."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.assessments.models.submission import Immutable, Submission
from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person

MODES = ("off", "advise", "strict")


class Coaching(Versioned, Model):
    """What the base chose for the comments of a form, all its versions; advise where it chose
    nothing."""

    __tablename__ = "coachings"

    code: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str]

    __table_args__ = (CheckConstraint(f"mode IN {MODES}", name="mode_is_known"),)

    @property
    def key(self) -> str:
        return self.code


class CommentMark(Model):
    """How a comment was judged when it was sent; `missing` as the rules of the coach name it,
    nothing for a good one.  A form without a comment has `letters` 0."""

    __tablename__ = "comment_marks"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    is_good: Mapped[bool] = mapped_column(index=True)
    missing: Mapped[str] = mapped_column(default="")
    letters: Mapped[int]
    sentences: Mapped[str] = mapped_column(default="")
    """The sums of its sentences, to know them again."""

    submission: Mapped[Submission] = relationship(back_populates="mark")


class Reply(Model):
    """What the assessed person answers; it stands beside the form and is not changed."""

    __tablename__ = "feedback_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    text: Mapped[str]

    submission: Mapped[Submission] = relationship(back_populates="replies")
    by: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint("length(text) > 0", name="text_not_empty"),)


@event.listens_for(Reply, "before_update")
@event.listens_for(Reply, "before_delete")
def _keep(_mapper, _connection, row):
    raise Immutable(row)
