"""The base's rules of leaving: every change is a new version from a day on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from trainingbase.audit.actions import record
from trainingbase.db import Stale, db
from trainingbase.leaving.models import Gate, GateItem
from trainingbase.leaving.queries import gates as queries
from trainingbase.people.models import Person


@dataclass(frozen=True)
class Asked:
    """One line of a new version."""

    item: str
    effect: str
    least: Decimal


@dataclass(frozen=True)
class Terms:
    """What a version says: for whom, from which day, the points, and what is asked."""

    family: str | None
    standard_department_id: int | None
    starts_on: date
    daily: Decimal
    theory: Decimal
    skill: Decimal
    items: Sequence[Asked]
    why: str | None = None


def set_gate(
    terms: Terms, *, newest: int | None, by: Person, at: datetime, request_key: str | None = None
) -> Gate:
    """Make a version; `newest` is the one of this scope that the form was filled from (None: there
    was none).  What stays as it was keeps its source; the rest is the base's choice.  Raises
    `Stale` where somebody has made another meanwhile."""
    known = queries.gate_by_key(request_key)
    if known is not None:
        return known
    before = _newest(terms.family, terms.standard_department_id, newest)
    kept = {one.item: one for one in before.items} if before else {}
    same = before is not None and (before.daily, before.theory, before.skill) == (
        terms.daily, terms.theory, terms.skill,
    )  # fmt: skip
    made = Gate(
        family=terms.family,
        standard_department_id=terms.standard_department_id,
        starts_on=terms.starts_on,
        daily=terms.daily,
        theory=terms.theory,
        skill=terms.skill,
        source=before.source if before and same else "Base",
        confidence=before.confidence if before and same else "S",
        why=terms.why,
        made_at=at,
        made_by_id=by.id,
        request_key=request_key or None,
        items=[_item(one, kept.get(one.item)) for one in terms.items],
    )
    db.session.add(made)
    record("set-exit-gate", made, by=by, at=at, starts_on=terms.starts_on)
    db.session.commit()
    return made


def _newest(family: str | None, standard_id: int | None, expected: int | None) -> Gate | None:
    before = queries.newest_of((family, standard_id))
    if (before.id if before else None) != expected:
        raise Stale(before)
    return before


def _item(asked: Asked, before: GateItem | None) -> GateItem:
    same = before is not None and (before.effect, before.least) == (asked.effect, asked.least)
    return GateItem(
        item=asked.item,
        effect=asked.effect,
        least=asked.least,
        source=before.source if before and same else "Base",
        confidence=before.confidence if before and same else "S",
    )


def give_up_gate(gate: Gate, *, starts_on: date, why: str, by: Person, at: datetime) -> Gate:
    """From a day on the wider rules hold again.  Not for the general ones.  Raises `Stale`."""
    before = _newest(gate.family, gate.standard_department_id, gate.id)
    assert before is not None
    made = Gate(
        family=before.family,
        standard_department_id=before.standard_department_id,
        starts_on=starts_on,
        in_use=False,
        daily=before.daily,
        theory=before.theory,
        skill=before.skill,
        source=before.source,
        confidence=before.confidence,
        why=why,
        made_at=at,
        made_by_id=by.id,
    )
    db.session.add(made)
    record("give-up-exit-gate", made, by=by, at=at, starts_on=starts_on)
    db.session.commit()
    return made
