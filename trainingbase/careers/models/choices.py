"""Lists that the base keeps itself: reasons for leaving, and the counties by their codes."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model, Versioned

LISTS = ("left", "county")


class Choice(Versioned, Model):
    """One entry.  Of the counties `code` is the first six digits of an ID number."""

    __tablename__ = "career_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    in_use: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        UniqueConstraint("of", "code"),
        CheckConstraint("of IN ('left', 'county')", name="list_is_known"),
    )
