"""A change by hand to a draft, kept so that it can be read and taken back."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person


class PlanChange(Model):
    """`removed` and `added` are rows of the plan: [resident, department, standard department,
    first day, exclusive last day], ids and ISO dates."""

    __tablename__ = "plan_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    removed: Mapped[list]
    added: Mapped[list]
    undone_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship()
