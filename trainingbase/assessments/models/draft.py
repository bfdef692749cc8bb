"""A form that is half filled in, kept for its author on whatever device they go on."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model


class FormDraft(Model):
    """`values` by field name; `form_key` is the key of the form as it was opened first, so that
    two devices that send it make one submission.  `saves` counts up."""

    __tablename__ = "form_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    code: Mapped[str]
    form_key: Mapped[str]
    values: Mapped[dict]
    saves: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (UniqueConstraint("person_id", "placement_id", "code"),)
