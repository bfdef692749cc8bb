"""Rules of obligations, and which rule one obligation goes by."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.careers.models import BondChoice, BondRule, BondRuleItem, InUse
from trainingbase.careers.queries import bonds as queries
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Obligation
from trainingbase.history.actions import change, note
from trainingbase.people.models import Person


class NotAfter(Exception):
    """A rule that takes the place of another begins after it."""


def make_rule(
    answers: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    *,
    by: Person,
    at: datetime,
    follows: BondRule | None = None,
    request_key: str | None = None,
) -> BondRule:
    """Sent twice it is one.  The rule it `follows` ends where this one begins; raises
    `NotAfter`."""
    known = queries.rule_by_key(request_key)
    if known is not None:
        return known
    made = BondRule(request_key=request_key or None, **answers)
    made.items = [BondRuleItem(**one) for one in items]
    if follows is not None:
        _end(follows, made.starts_on, by=by, at=at)
    db.session.add(made)
    db.session.flush()
    record("make-bond-rule", made, by=by, at=at)
    db.session.commit()
    return made


def _end(rule: BondRule, ends_on: date, *, by: Person, at: datetime) -> None:
    hold(rule)
    if rule.starts_on >= ends_on:
        db.session.rollback()
        raise NotAfter
    if rule.ends_on is None or rule.ends_on > ends_on:
        change("change-bond-rule", rule, {"ends_on": ends_on}, by=by, at=at)
        rule.version += 1


def use(rule: BondRule, *, at: datetime) -> None:
    """Something is decided by it: from now on it stays as it is.  The caller commits."""
    hold(rule, "used_at")
    if rule.used_at is None:
        rule.used_at = at


def change_rule(
    rule: BondRule,
    answers: Mapping[str, Any],
    items: Sequence[Mapping[str, Any]],
    *,
    version: int | None,
    why: str,
    by: Person,
    at: datetime,
) -> None:
    """Raises `InUse`, `Stale`."""
    rule.expect(version)
    hold(rule, "used_at")
    if rule.used_at is not None:
        db.session.rollback()
        raise InUse(rule)
    change("change-bond-rule", rule, answers, by=by, at=at, why=why)
    before = [_said(one.kind, one.name, one.amount, one.per, one.by_unserved)
              for one in rule.items]  # fmt: skip
    after = [_said(one["kind"], one["name"], one["amount"], one["per"], one["by_unserved"])
             for one in items]  # fmt: skip
    if before != after:
        rule.items = [BondRuleItem(**one) for one in items]
        note(rule, {"items": (before, after)}, by=by, at=at, why=why)
        record("change-bond-rule", rule, by=by, at=at, fields=["items"])
    db.session.commit()


def _said(kind, name, amount, per, by_unserved) -> str:
    return f"{kind}: {name} {amount} {per}{' × unserved' if by_unserved else ''}"


def retire_rule(rule: BondRule, *, retired: bool, by: Person, at: datetime) -> None:
    """It is proposed for no obligation any more, or is again; obligations the office gave it keep
    it."""
    hold(rule)
    rule.retired_at = at if retired else None
    rule.version += 1
    record("retire-bond-rule" if retired else "bring-bond-rule-back", rule, by=by, at=at)
    db.session.commit()


def choose_rule(obligation: Obligation, rule: BondRule | None, *, by: Person, at: datetime) -> None:
    """`None` leaves it to the rule in force when it was agreed."""
    hold(obligation, "version")
    before = queries.choice_of(obligation.id)
    if rule is None:
        if before is not None:
            db.session.delete(before)
    elif before is None:
        db.session.add(BondChoice(obligation_id=obligation.id, rule_id=rule.id))
    else:
        before.rule_id = rule.id
    record("choose-bond-rule", obligation, by=by, at=at, rule=rule.id if rule else None)
    db.session.commit()
