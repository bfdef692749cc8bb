"""The rules of service obligations: what counts as service, and what a breach costs."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, event, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.careers.rules.breaching import KINDS, PER
from trainingbase.careers.rules.serving import PART_TIME
from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Obligation
from trainingbase.instruments.models import changed_columns


def one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


class InUse(Exception):
    """Something was decided by this rule: another one takes its place from a day on."""


class BondRule(Versioned, Model):
    """In force for obligations agreed in [`starts_on`, `ends_on`), of one trainee type or of all.

    `levels` are those of the institutions that count, `institution_ids` single ones beside them.
    `begin_days` is how many days after the training service must begin, `gap_days` how long it
    may rest; `step` is what amounts are rounded to, half up.  From `used_at`, when a breach was
    first reckoned or service certified by it, it says the same for ever; only its end is set.
    """

    __tablename__ = "bond_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    source: Mapped[str]
    trainee_type: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    levels: Mapped[list]
    institution_ids: Mapped[list]
    outside_counts: Mapped[bool]
    training_counts: Mapped[bool]
    part_time: Mapped[str]
    begin_days: Mapped[int]
    gap_days: Mapped[int]
    step: Mapped[Decimal]
    retired_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    items: Mapped[list["BondRuleItem"]] = relationship(
        back_populates="rule", order_by="BondRuleItem.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint(one_of("part_time", PART_TIME), name="part_time_is_known"),
        CheckConstraint("begin_days >= 0 AND gap_days >= 0", name="days_not_negative"),
        CheckConstraint("step > 0", name="step_positive"),
    )

    def covers(self, day: date, trainee_type: str | None) -> bool:
        begun = self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
        return begun and self.retired_at is None and self.trainee_type in (None, trainee_type)


class BondRuleItem(Model):
    """One part of what a breach costs: `amount` yuan (or per cent) for each `per`; with
    `by_unserved` only the share of the service that was not served."""

    __tablename__ = "bond_rule_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("bond_rules.id"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    amount: Mapped[Decimal]
    per: Mapped[str]
    by_unserved: Mapped[bool]

    rule: Mapped[BondRule] = relationship(back_populates="items")

    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind_is_known"),
        CheckConstraint(one_of("per", PER), name="per_is_known"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
    )


class BondChoice(Versioned, Model):
    """The rule the office chose for one obligation, in the place of the one in force then."""

    __tablename__ = "bond_choices"

    obligation_id: Mapped[int] = mapped_column(
        ForeignKey("service_obligations.id"), primary_key=True
    )
    rule_id: Mapped[int] = mapped_column(ForeignKey("bond_rules.id"))

    obligation: Mapped[Obligation] = relationship()
    rule: Mapped[BondRule] = relationship()


class BondTold(Model):
    """That people were told of a milestone of an obligation, once."""

    __tablename__ = "bond_told"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("service_obligations.id"))
    milestone: Mapped[str]
    told_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("obligation_id", "milestone"),)


KEPT_OPEN = {"ends_on", "retired_at", "version"}


def _is_used(connection, rule_id: int) -> bool:
    return bool(connection.scalar(select(BondRule.used_at).where(BondRule.id == rule_id)))


@event.listens_for(BondRule, "before_update")
def _keep_used(_mapper, connection, row):
    if changed_columns(row) - KEPT_OPEN and _is_used(connection, row.id):
        raise InUse(row)


@event.listens_for(BondRule, "before_delete")
def _keep_rule(_mapper, connection, row):
    if _is_used(connection, row.id):
        raise InUse(row)


@event.listens_for(BondRuleItem, "before_insert")
@event.listens_for(BondRuleItem, "before_update")
@event.listens_for(BondRuleItem, "before_delete")
def _keep_parts(_mapper, connection, row):
    if _is_used(connection, row.rule_id):
        raise InUse(row)
