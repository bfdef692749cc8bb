"""A month's lines: every rule in force over every fact of its kind.  No database, no clock."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any

from trainingbase.incentives.rules import findings
from trainingbase.incentives.rules.doings import Records
from trainingbase.incentives.rules.facts import Facts, Price
from trainingbase.incentives.rules.lines import MOST, Draft, Finding, capped, kept, to_fen
from trainingbase.incentives.rules.operations import Wrong
from trainingbase.incentives.rules.pricing import said_by
from trainingbase.incentives.rules.scheme import Scheme, Terms, understood
from trainingbase.incentives.rules.streams import Month, Record

Said = Mapping[str, Any]
NOTHING: Said = {}


@dataclass(frozen=True)
class Book:
    """What a month is computed by: the rules and the rates in force."""

    rules: tuple[Terms, ...]
    prices: tuple[Price, ...]


@dataclass
class _Sum:
    """What one payee is due by one rule and rate."""

    quantity: Decimal
    terms: dict[tuple[Decimal, Decimal], Decimal]
    records: list[Record]


def computed(facts: Facts, book: Book) -> tuple[list[Draft], list[Finding]]:
    """The lines of a month, in a fixed order, and what nobody is paid for."""
    records = Records(Month(facts))
    said = [(one, said_by(one, book.prices, facts.activity_kinds)) for one in book.prices]
    drafts: list[Draft] = []
    found = findings.found(facts, book.prices)
    for terms in book.rules:
        try:
            drafts.extend(one for one in _drafts(terms, records, said) if one.amount)
        except (Wrong, DecimalException):
            found.append(Finding("rule-fails", {"name": terms.name, "name_en": terms.name_en}))
    return sorted(drafts, key=lambda one: one.identity), found


def unusable(facts_kinds: Sequence[str], book: Book) -> list[Price]:
    """Rates that no rule takes."""
    return [
        price
        for price in book.prices
        for said in [said_by(price, book.prices, facts_kinds)]
        if not any(_takes(terms, said) for terms in book.rules if terms.pay == "rate")
    ]


def _takes(terms: Terms, said: Said) -> bool:
    scheme = understood(terms)
    return scheme.rates is not None and scheme.rates.evaluate(NOTHING, said)


def _drafts(terms: Terms, records: Records, said: Sequence[tuple[Price, Said]]) -> Iterator[Draft]:
    scheme = understood(terms)
    if scheme.rates is None:
        yield from _priced(scheme, records, None, NOTHING)
        return
    for price, words in said:
        if scheme.rates.evaluate(NOTHING, words):
            yield from _priced(scheme, records, price, words)


def _priced(scheme: Scheme, records: Records, price: Price | None, said: Said) -> Iterator[Draft]:
    due: dict[tuple, _Sum] = defaultdict(lambda: _Sum(Decimal(0), defaultdict(Decimal), []))
    who, terms = scheme.terms.beneficiary, scheme.terms
    for record in records.of(terms.basis):
        payee_id = record.payees.get(who)
        if payee_id is None or not scheme.applies.evaluate(record.values, said):
            continue
        quantity = scheme.quantity.evaluate(record.values, said)
        if not quantity:
            continue
        key = tuple(_split(name, record.values, said) for name in terms.splits)
        total = due[payee_id, key]
        total.quantity += quantity
        total.terms[_weights(scheme, record, said)] += quantity
        total.records.append(record)
    month_on = records.month.facts.month_on
    for (payee_id, key), total in due.items():
        yield _draft(scheme, price, payee_id, key, total, month_on.year)


def _split(name: str, values: Said, said: Said) -> str:
    value = values[name] if name in values else said[name]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _weights(scheme: Scheme, record: Record, said: Said) -> tuple[Decimal, Decimal]:
    """Multiplier and share; a share is never below none nor above all."""
    multiplier = (
        scheme.multiplier.evaluate(record.values, said) if scheme.multiplier else Decimal(1)
    )
    share = scheme.share.evaluate(record.values, said) if scheme.share else Decimal(1)
    return multiplier, min(max(share, Decimal(0)), Decimal(1))


def _draft(
    scheme: Scheme, price: Price | None, payee_id: int, key: tuple, total: _Sum, year: int
) -> Draft:
    terms = scheme.terms
    unit_amount = price.amount if price else scheme.unit_amount
    cap = terms.cap if terms.cap is not None or price is None else price.cap
    weighed = sum(
        (quantity * multiplier * share for (multiplier, share), quantity in total.terms.items()),
        Decimal(0),
    )
    amount = to_fen(capped(weighed * unit_amount, cap))
    if abs(amount) > MOST:
        raise Wrong("too-large", part=str(amount))
    first = total.records[0]
    is_person = terms.beneficiary not in ("department", "site")
    department_id, institution_id = first.department_id, first.institution_id
    if terms.beneficiary == "site":
        department_id, institution_id = None, payee_id
    return Draft(
        payee="person" if is_person else terms.beneficiary,
        payee_id=payee_id if is_person else None,
        rule=terms.code,
        key="/".join(key) or "-",
        version_id=terms.id,
        quantity=kept(total.quantity),
        unit_amount=kept(unit_amount),
        amount=amount,
        cap=cap,
        rate_id=price.id if price else None,
        source_id=terms.source_id if terms.source_id is not None or not price else price.source_id,
        department_id=department_id,
        institution_id=institution_id,
        facts=_facts(scheme, price, total, year),
        evidence=_evidence(scheme, total),
    )


def _evidence(scheme: Scheme, total: _Sum) -> tuple[tuple[str, int], ...]:
    rows = {row for one in total.records for row in one.evidence}
    if scheme.counts_leave:
        rows |= {row for one in total.records for row in one.leaves}
    return tuple(sorted(rows))


def _facts(scheme: Scheme, price: Price | None, total: _Sum, year: int) -> dict[str, Any]:
    """What the sentence of a line needs."""
    terms = scheme.terms
    facts: dict[str, Any] = {"item": price.item if price else terms.name, "year": year}
    if price is not None:
        facts["condition"] = price.condition
        if price.level:
            facts["level"] = price.level
        if price.trainee_type:
            facts |= {"trainee_type": price.trainee_type, "year": price.training_year}
    else:
        facts |= {"item_en": terms.name_en, "unit": scheme.quantity.unit}
    if terms.pay == "points":
        facts |= {"points": str(terms.amount), "point_value": str(terms.point_value)}
    if any(weights != (1, 1) for weights in total.terms):
        facts["terms"] = [
            [_shown(quantity), _shown(multiplier), _shown(share)]
            for (multiplier, share), quantity in sorted(total.terms.items())
        ]
    return facts


def _shown(value: Decimal) -> str:
    return str(value.normalize() if value else Decimal(0))
