"""Service obligations with what is served of them; the same number of statements for ten and for
all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.careers.models import BondChoice, BondRule, Breach, Employment, Waiver
from trainingbase.careers.queries.employment import approved_of
from trainingbase.careers.rules.serving import Balance, Stretch, Terms, balance, standing
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Obligation, Resident
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role

SEE_ALL = (Role.OFFICE, Role.AUDITOR)
STATES = (
    "training", "waiting", "serving", "late", "fulfilled", "broken", "settled", "ended", "no_rule",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One obligation: its rule, whether the office chose it, what is served, and its state since
    (or, while it waits, until) `since`."""

    obligation: Obligation
    rule: BondRule | None
    is_chosen: bool
    found: Balance
    state: str
    since: date | None
    breach: Breach | None
    employments: Sequence[Employment]

    @property
    def resident(self) -> Resident:
        return self.obligation.resident


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """The office and the auditor see all, the leader those with a waiver, a resident their own."""
    if viewer.holds(*SEE_ALL):
        return true()
    ways = []
    if viewer.holds(Role.LEADER):
        waived = select(Breach.obligation_id).join(Waiver, Waiver.breach_id == Breach.id)
        ways.append(Obligation.id.in_(waived))
    if viewer.holds(Role.RESIDENT):
        ways.append(Resident.person_id == viewer.id)
    return or_(*ways) if ways else false()


def cases(
    viewer: Person, *, today: date, search: str = "", state: str = "", sort: str = ""
) -> list[Case]:
    """`state` is one of `STATES`, or empty for all."""
    found = _cases(seen_by(viewer), *([called(search)] if search else []), today=today)
    if state in STATES:
        found = [one for one in found if one.state == state]
    key = SORTS.get(sort.removeprefix("-"), SORTS["left"])
    return sorted(found, key=key, reverse=sort.startswith("-") or not sort)


SORTS: dict[str, Callable[[Case], Any]] = {
    "name": lambda one: (one.resident.name, one.obligation.id),
    "state": lambda one: (STATES.index(one.state), one.obligation.id),
    "served": lambda one: (one.found.share, one.obligation.id),
    "left": lambda one: (one.found.left_days, -one.obligation.id),
    "owed": lambda one: (one.breach.open_amount if one.breach else -1, one.obligation.id),
}


def case_for(viewer: Person, obligation_id: int, *, today: date) -> Case:
    """Raises `NoResultFound` for a foreign or missing one."""
    return _one(_cases(seen_by(viewer), Obligation.id == obligation_id, today=today))


def is_own(viewer: Person, obligation_id: int) -> bool:
    rows = select(Resident.person_id).join(Obligation, Obligation.resident_id == Resident.id)
    return db.session.scalar(rows.where(Obligation.id == obligation_id)) == viewer.id


def case_of(obligation_id: int, *, today: date) -> Case:
    """Of the portal itself, whoever looks."""
    return _one(_cases(Obligation.id == obligation_id, today=today))


def _one(found: list[Case]) -> Case:
    from sqlalchemy.exc import NoResultFound

    if not found:
        raise NoResultFound
    return found[0]


def cases_of(resident_id: int, *, today: date) -> list[Case]:
    return _cases(Obligation.resident_id == resident_id, today=today)


def open_cases(*, today: date) -> list[Case]:
    """All that have not ended and are not broken."""
    found = _cases(Obligation.ended_on.is_(None), today=today)
    return [one for one in found if one.breach is None]


def _cases(*which: ColumnElement[bool], today: date) -> list[Case]:
    obligations = db.session.scalars(
        select(Obligation)
        .join(Obligation.resident)
        .join(Resident.person)
        .where(*which)
        .options(
            contains_eager(Obligation.resident).contains_eager(Resident.person),
            contains_eager(Obligation.resident).joinedload(Resident.cohort),
            joinedload(Obligation.file),
        )
        .order_by(Obligation.id)
    ).all()
    if not obligations:
        return []
    ids = [one.id for one in obligations]
    rules, chosen, breaches = all_rules(), _chosen(ids), _breaches(ids)
    worked = approved_of({one.resident_id for one in obligations})
    return [
        _case(
            one,
            _rule_of(one, breaches.get(one.id), chosen, rules),
            one.id in chosen,
            breaches.get(one.id),
            worked.get(one.resident_id, []),
            today,
        )
        for one in obligations
    ]


def _rule_of(
    one: Obligation, breach: Breach | None, chosen: dict[int, BondRule], rules: Sequence[BondRule]
) -> BondRule | None:
    """What was decided stays under its rule; else the one that was chosen, or is in force."""
    return breach.rule if breach is not None else chosen.get(one.id) or rule_for(rules, one)


def rule_for(rules: Sequence[BondRule], one: Obligation) -> BondRule | None:
    """The rule in force on the day it was agreed, one for the trainee type before one for all, a
    newer before an older."""
    day = one.agreed_at.astimezone(LOCAL).date()
    fitting = [rule for rule in rules if rule.covers(day, one.resident.trainee_type)]
    return max(
        fitting,
        key=lambda rule: (rule.trainee_type is not None, rule.starts_on, rule.id),
        default=None,
    )


def _case(
    one: Obligation,
    rule: BondRule | None,
    is_chosen: bool,
    breach: Breach | None,
    worked: Sequence[Employment],
    today: date,
) -> Case:
    ends = [day for day in (one.ended_on, breach.noted_on if breach else None) if day]
    until = min([today, *ends])
    found = balance(terms_of(one, rule), stretches_of(one.resident, worked), until)
    state, since = _state(one, rule, breach, found, until)
    return Case(one, rule, is_chosen, found, state, since, breach, worked)


def _state(
    one: Obligation, rule: BondRule | None, breach: Breach | None, found: Balance, today: date
) -> tuple[str, date | None]:
    if breach is not None:
        return ("broken" if breach.open_amount > 0 else "settled"), breach.noted_on
    if one.ended_on is not None:
        return "ended", one.ended_on
    if rule is None:
        return "no_rule", None
    return standing(
        found,
        free_on=one.resident.left_on,
        today=today,
        begin_days=rule.begin_days,
        gap_days=rule.gap_days,
    )


def terms_of(one: Obligation, rule: BondRule | None) -> Terms:
    """Service begins where the obligation says, else with the training where that counts, else on
    the first day out of it."""
    resident = one.resident
    after = resident.left_on or resident.ends_on
    within = resident.starts_on if rule is not None and rule.training_counts else None
    begins = one.starts_on or within or after or one.agreed_at.astimezone(LOCAL).date()
    if rule is None:
        return Terms(one.years, begins)
    return Terms(
        years=one.years,
        begins_on=begins,
        levels=frozenset(rule.levels),
        institution_ids=frozenset(rule.institution_ids),
        outside_counts=rule.outside_counts,
        training_counts=rule.training_counts,
        part_time=rule.part_time,
    )


def stretches_of(resident: Resident, worked: Sequence[Employment]) -> list[Stretch]:
    found = []
    if resident.starts_on is not None:
        end = resident.left_on or resident.ends_on
        found.append(Stretch(resident.starts_on, end))
    found += [
        Stretch(
            one.starts_on,
            one.ends_on,
            key=one.id,
            level=one.institution.level if one.institution is not None else None,
            institution_id=one.institution_id,
            share=one.share,
        )
        for one in worked
    ]
    return found


def all_rules() -> Sequence[BondRule]:
    return db.session.scalars(
        select(BondRule).options(selectinload(BondRule.items)).order_by(BondRule.id)
    ).all()


def rule_by_id(rule_id: int) -> BondRule:
    return db.session.scalars(
        select(BondRule).where(BondRule.id == rule_id).options(selectinload(BondRule.items))
    ).one()


def rule_by_key(key: str | None) -> BondRule | None:
    return db.session.scalar(select(BondRule).where(BondRule.request_key == key)) if key else None


def _chosen(ids: list[int]) -> dict[int, BondRule]:
    rows = select(BondChoice).where(BondChoice.obligation_id.in_(ids)).options(
        joinedload(BondChoice.rule).selectinload(BondRule.items)
    )  # fmt: skip
    return {one.obligation_id: one.rule for one in db.session.scalars(rows)}


def choice_of(obligation_id: int) -> BondChoice | None:
    return db.session.get(BondChoice, obligation_id)


WHOLE = (
    joinedload(Breach.rule).selectinload(BondRule.items),
    joinedload(Breach.file),
    joinedload(Breach.declared_by),
    selectinload(Breach.waivers).options(
        joinedload(Waiver.proposed_by), joinedload(Waiver.decided_by)
    ),
    selectinload(Breach.payments),
)


def _breaches(ids: list[int]) -> dict[int, Breach]:
    """Those that stand."""
    rows = db.session.scalars(
        select(Breach)
        .where(Breach.obligation_id.in_(ids), Breach.cancelled_at.is_(None))
        .options(*WHOLE)
    )
    return {one.obligation_id: one for one in rows}
