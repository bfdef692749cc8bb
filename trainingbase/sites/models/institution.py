"""A legal unit of the network."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned

if TYPE_CHECKING:
    from trainingbase.sites.models.agreement import Agreement
    from trainingbase.sites.models.department import Department

LEVELS = ("lead", "partner", "branch", "community", "township", "village")
PRIMARY_LEVELS = ("community", "township", "village")


class Institution(Versioned, Model):
    """A legal unit.  `agreement_ends_on` is exclusive; without one it does not end; both span
    its agreements (see `Agreement`).  From `retired_on` on it takes no residents.  `map_x` and
    `map_y` place it on the drawing of the county, 0 to 100 from the upper left; without them it
    is placed by itself.
    """

    __tablename__ = "institutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    level: Mapped[str]
    address: Mapped[str | None]
    beds: Mapped[int | None]
    catchment: Mapped[int | None]
    agreement_starts_on: Mapped[date | None]
    agreement_ends_on: Mapped[date | None]
    has_ct: Mapped[bool] = mapped_column(default=False)
    has_dr: Mapped[bool] = mapped_column(default=False)
    has_ultrasound: Mapped[bool] = mapped_column(default=False)
    has_ecg: Mapped[bool] = mapped_column(default=False)
    has_rehabilitation: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    contact: Mapped[str | None]
    telephone: Mapped[str | None]
    map_x: Mapped[int | None]
    map_y: Mapped[int | None]
    retired_on: Mapped[date | None]
    request_key: Mapped[str | None]

    departments: Mapped[list["Department"]] = relationship(back_populates="institution")
    agreements: Mapped[list["Agreement"]] = relationship(
        back_populates="institution", order_by="Agreement.starts_on"
    )

    __table_args__ = (
        CheckConstraint(
            "level IN ('lead', 'partner', 'branch', 'community', 'township', 'village')",
            name="level_is_known",
        ),
        CheckConstraint("agreement_starts_on < agreement_ends_on", name="agreement_in_order"),
        CheckConstraint("beds >= 0", name="beds_not_negative"),
        CheckConstraint("catchment >= 0", name="catchment_not_negative"),
        Index("uq_institutions_request_key", "request_key", unique=True),
    )

    @property
    def is_primary_care(self) -> bool:
        return self.level in PRIMARY_LEVELS

    def is_retired(self, today: date) -> bool:
        return self.retired_on is not None and self.retired_on <= today
