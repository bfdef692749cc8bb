"""What a site of some level must have."""

from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model, Versioned

RULE_KINDS = (
    "department",
    "departments",
    "from_partners",
    "teachers",
    "teachers_in",
    "share_associate",
    "certified",
    "beds",
    "catchment",
    "outpatients",
    "emergencies",
    "admissions",
    "beds_in",
    "outpatients_in",
    "admissions_in",
    "equipment",
    "agreement",
    "visits",
)


class ReadinessRule(Versioned, Model):
    """One requirement of the levels in `levels`; `what` narrows `kind` (names of standard
    departments that do, a kind of equipment), `least` is how much (for `from_partners` how many
    at most).  `confidence` is H (read in the source), M (secondary) or S (the base's choice)."""

    __tablename__ = "readiness_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    levels: Mapped[list]
    kind: Mapped[str]
    what: Mapped[list]
    least: Mapped[Decimal]
    name: Mapped[str]
    name_en: Mapped[str]
    source: Mapped[str]
    confidence: Mapped[str]
    in_use: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("least >= 0", name="least_not_negative"),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
    )
