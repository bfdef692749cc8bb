"""A rule tried on months that have happened, before anything is decided.  Nothing is kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.incentives.models import FundingSource, Run, Scheme, Version
from trainingbase.incentives.queries.book import book_of
from trainingbase.incentives.queries.facts import facts_of
from trainingbase.incentives.queries.ledger import payee_names
from trainingbase.incentives.rules import Book, Draft, Facts, Terms, computed
from trainingbase.months import first_of_month, months_later

ZERO = Decimal(0)
LOOKED_AT = 3
"""Months in which a rule that pays nobody is said never to apply."""


def last_months(today: date, count: int = 12) -> list[date]:
    """Months that are over, the newest first."""
    present = first_of_month(today)
    return [months_later(present, -number) for number in range(1, count + 1)]


@dataclass(frozen=True)
class Trial:
    """What a rule would have paid in a month.

    `overlaps` counts, by scheme, the facts for which the same payees are paid by another rule;
    `never_applies`: nobody in this month or the two before it.
    """

    month_on: date
    drafts: Sequence[Draft]
    names: dict[str, str]
    overlaps: Sequence[tuple[str, str, int]]
    never_applies: bool

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.drafts), ZERO)


def tried(terms: Terms, month_on: date, *, today: date) -> Trial:
    facts, book = facts_of(month_on, today=today), book_of(month_on)
    drafts = _alone(terms, facts, book)
    others = Book(tuple(one for one in book.rules if one.code != terms.code), book.prices)
    never = not drafts and not any(
        _alone(terms, facts_of(month, today=today), book_of(month))
        for month in (months_later(month_on, -back) for back in range(1, LOOKED_AT))
    )
    overlaps = _overlaps(drafts, computed(facts, others)[0], others.rules)
    return Trial(month_on, drafts, payee_names(drafts), overlaps, never)


def _alone(terms: Terms, facts: Facts, book: Book) -> list[Draft]:
    return computed(facts, Book((terms,), book.prices))[0]


def _facts_paid(one: Draft) -> set[tuple]:
    return {(one.identity.partition("/")[0], row) for row in one.evidence}


def _overlaps(
    mine: Sequence[Draft], theirs: Sequence[Draft], rules: Sequence[Terms]
) -> list[tuple[str, str, int]]:
    paid = {row for one in mine for row in _facts_paid(one)}
    counts: dict[str, set] = defaultdict(set)
    for one in theirs:
        common = paid & _facts_paid(one)
        if common:
            counts[one.rule] |= common
    named = {one.code: one for one in rules}
    return [(named[code].name, named[code].name_en, len(rows)) for code, rows in counts.items()]


@dataclass(frozen=True)
class Change:
    """What somebody is paid now and would be paid."""

    payee: str
    now: Decimal
    then: Decimal

    @property
    def gain(self) -> Decimal:
        return self.then - self.now


@dataclass(frozen=True)
class Supposition:
    """Who gains and loses in a month, and what the year's budgets would come to."""

    month_on: date
    changes: Sequence[Change]
    sources: Sequence[tuple[FundingSource | None, Decimal, Decimal]]
    now: Decimal
    then: Decimal


def supposed(book: Book, month_on: date, *, today: date) -> Supposition:
    """A month by another book of rules and rates instead of the one in force."""
    facts = facts_of(month_on, today=today)
    now, then = computed(facts, book_of(month_on))[0], computed(facts, book)[0]
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    by_source: dict[int | None, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    names: dict[str, str] = {}
    for position, drafts in enumerate((now, then)):
        named = payee_names(drafts)
        for one in drafts:
            who = one.identity.partition("/")[0]
            names[who] = named.get(one.identity, "—")
            sums[who][position] += one.amount
            by_source[one.source_id][position] += one.amount
    changes = [Change(names[who], *amounts) for who, amounts in sums.items()]
    known = {one.id: one for one in db.session.scalars(select(FundingSource))}
    return Supposition(
        month_on,
        sorted((one for one in changes if one.gain), key=lambda one: (-abs(one.gain), one.payee)),
        [(known.get(number or 0), *amounts) for number, amounts in sorted(
            by_source.items(), key=lambda one: one[0] or 10**9)],
        sum((one.amount for one in now), ZERO),
        sum((one.amount for one in then), ZERO),
    )  # fmt: skip


def with_version(book: Book, terms: Terms) -> Book:
    """The rule in the place of its scheme's present one, or beside the others."""
    others = tuple(one for one in book.rules if one.code != terms.code)
    return replace(book, rules=(*others, terms))


def with_rate(book: Book, rate_id: int, amount: Decimal) -> Book:
    """The same rates, one of them at another amount."""
    prices = tuple(replace(one, amount=amount) if one.id == rate_id else one for one in book.prices)
    return replace(book, prices=prices)


def schemes() -> Sequence[Scheme]:
    return db.session.scalars(select(Scheme).order_by(Scheme.is_shipped, Scheme.id)).all()


def version_by_id(version_id: int) -> Version:
    return db.session.scalars(select(Version).where(Version.id == version_id)).one()


def scheme_by_id(scheme_id: int) -> Scheme:
    return db.session.scalars(select(Scheme).where(Scheme.id == scheme_id)).one()


def last_locked() -> date | None:
    return db.session.scalar(select(func.max(Run.month_on)).where(Run.approved_at.is_not(None)))
