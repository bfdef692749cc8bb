"""That a faculty member teaches no more, and what went to whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person

KINDS = ("left", "retired", "lost")
"""离职 退休 失去资格"""


class AlreadyUndone(Exception):
    """A leaving is taken back once."""


class Departure(Model):
    """`from_on` is the first day without them.  `moved` says what went to whom:
    {"placements": [[id, new supervisor or None]], "tutees": [[resident, new tutor or None]],
    "requests": [[id, new assessor or None where it was cancelled]]}."""

    __tablename__ = "faculty_departures"

    id: Mapped[int] = mapped_column(primary_key=True)
    faculty_member_id: Mapped[int] = mapped_column(ForeignKey("faculty_members.id"), index=True)
    kind: Mapped[str]
    from_on: Mapped[date]
    reason: Mapped[str | None]
    moved: Mapped[dict]
    closed_account: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    faculty_member: Mapped[FacultyMember] = relationship()
    recorded_by: Mapped[Person] = relationship(foreign_keys=[recorded_by_id])

    __table_args__ = (CheckConstraint("kind IN ('left', 'retired', 'lost')", name="kind_is_known"),)

    @property
    def closes_account(self) -> bool:
        """Whoever only lost the qualification still works here, and signs in."""
        return self.kind != "lost"

    def undo(self, *, by: Person, at: datetime) -> None:
        if self.undone_at is not None:
            raise AlreadyUndone
        self.undone_at, self.undone_by_id = at, by.id
