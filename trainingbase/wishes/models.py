"""A round of wishes, and what each resident answered."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment
from trainingbase.sites.models import Institution


class RoundClosed(Exception):
    """The deadline has passed: what was kept is what the plan takes."""


class NotAsked(Exception):
    """The round does not ask this resident."""


def _beside(name: str, other: str) -> Table:
    """A table of which `other` rows belong to a round."""
    column = f"{other.removesuffix('s')}_id"
    return Table(
        name,
        Model.metadata,
        Column("round_id", ForeignKey("wish_rounds.id"), primary_key=True),
        Column(column, ForeignKey(f"{other}.id"), primary_key=True),
    )


round_cohorts = _beside("wish_cohorts", "cohorts")
round_standards = _beside("wish_standards", "standard_departments")
round_institutions = _beside("wish_institutions", "institutions")


class Round(Versioned, Model):
    """Wishes may start in [`starts_on`, `ends_on`), and are changed until `closes_on`
    (exclusive).  A wish missed costs the plan `weight`, each step down the order of sites
    `site_weight`.  `standards` and `institutions` are what may be wished for.
    """

    __tablename__ = "wish_rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    closes_on: Mapped[date]
    most_wishes: Mapped[int]
    weight: Mapped[Decimal]
    most_sites: Mapped[int]
    site_weight: Mapped[Decimal]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reminded_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    opened_by: Mapped[Person] = relationship()
    cohorts: Mapped[list[Cohort]] = relationship(secondary=round_cohorts, order_by=Cohort.id)
    standards: Mapped[list[StandardDepartment]] = relationship(
        secondary=round_standards, order_by=StandardDepartment.id
    )
    institutions: Mapped[list[Institution]] = relationship(
        secondary=round_institutions, order_by=Institution.id
    )

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("most_wishes BETWEEN 0 AND 10", name="most_wishes_in_reach"),
        CheckConstraint("most_sites BETWEEN 0 AND 10", name="most_sites_in_reach"),
        CheckConstraint("weight >= 0 AND site_weight >= 0", name="weights_not_negative"),
    )

    def is_open(self, today: date) -> bool:
        return today < self.closes_on


class WishList(Versioned, Model):
    """One resident's wishes; without any it says that they have none.  `word` goes to the office
    and to nobody else, the solver included.  `entered_by` is the office where it answered."""

    __tablename__ = "wish_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("wish_rounds.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    word: Mapped[str | None]
    answered_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    round: Mapped[Round] = relationship()
    resident: Mapped[Resident] = relationship()
    entered_by: Mapped[Person] = relationship()
    wishes: Mapped[list["Wish"]] = relationship(
        order_by="Wish.position", cascade="all, delete-orphan"
    )
    sites: Mapped[list["SiteChoice"]] = relationship(
        order_by="SiteChoice.position", cascade="all, delete-orphan"
    )

    __table_args__ = (UniqueConstraint("round_id", "resident_id"),)


class Wish(Model):
    """A standard department to be begun in [`from_on`, `until_on`)."""

    __tablename__ = "wishes"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("wish_lists.id"), index=True)
    position: Mapped[int]
    standard_department_id: Mapped[int] = mapped_column(ForeignKey("standard_departments.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]

    standard_department: Mapped[StandardDepartment] = relationship()

    __table_args__ = (CheckConstraint("from_on < until_on", name="from_before_until"),)


class SiteChoice(Model):
    """A primary-care site, the best liked at position 0."""

    __tablename__ = "wish_sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("wish_lists.id"))
    position: Mapped[int]
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))

    institution: Mapped[Institution] = relationship()

    __table_args__ = (UniqueConstraint("list_id", "institution_id"),)
