"""What teaching is worth: activities, resident-months, exit assessments, tutees."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from trainingbase.incentives.rules.facts import Facts, Price
from trainingbase.incentives.rules.lines import Draft, Finding, drafted
from trainingbase.incentives.rules.months import months_within

EXIT_FORM = "exit_assessment"
Case = tuple[int, Decimal, tuple[str, int]]
"""Who is paid, for how much, and the row that shows it."""


def _summed(rule: str, price: Price, cases: Iterable[Case]) -> Iterator[Draft]:
    quantity: dict[int, Decimal] = defaultdict(Decimal)
    evidence: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for payee_id, worth, row in cases:
        quantity[payee_id] += worth
        evidence[payee_id].append(row)
    for payee_id, worth in quantity.items():
        yield drafted(payee_id, rule, price, worth, evidence[payee_id])


def activities(facts: Facts, price: Price) -> Iterator[Draft]:
    """So much for each activity of the kind that the rate is named for."""
    return _summed("activity", price, (
        (one.speaker_id, Decimal(1), ("activities", one.id))
        for one in facts.taught
        if one.kind == price.item and one.speaker_id is not None
    ))  # fmt: skip


def _supervised(facts: Facts, *, primary_care: bool) -> Iterator[Case]:
    for stay in facts.stays:
        spent = months_within(stay.starts_on, stay.ends_on, facts.month_on)
        if stay.is_primary_care == primary_care and stay.supervisor_id is not None and spent:
            yield stay.supervisor_id, spent, ("placements", stay.id)


def clinical_teaching(facts: Facts, price: Price) -> Iterator[Draft]:
    """So much for each resident and month supervised in a hospital."""
    return _summed("clinical-teaching", price, _supervised(facts, primary_care=False))


def primary_teaching(facts: Facts, price: Price) -> Iterator[Draft]:
    """So much for each resident and month supervised at a primary-care site."""
    return _summed("primary-teaching", price, _supervised(facts, primary_care=True))


def exit_assessments(facts: Facts, price: Price) -> Iterator[Draft]:
    """So much for each exit assessment conducted."""
    return _summed("exit-assessment", price, (
        (one.assessor_id, Decimal(1), ("submissions", one.id))
        for one in facts.answers
        if one.form == EXIT_FORM
    ))  # fmt: skip


def tutoring(facts: Facts, price: Price) -> Iterator[Draft]:
    """So much for each tutee and month in training."""
    return _summed("tutoring", price, (
        (one.tutor_id, spent, ("residents", one.id))
        for one in facts.trainees
        if one.tutor_id is not None and one.starts_on is not None
        and (spent := months_within(one.starts_on, one.ends_on, facts.month_on))
    ))  # fmt: skip


def unpaid_activities(facts: Facts, prices: Sequence[Price]) -> Iterator[Finding]:
    """Activities of a kind without a rate, and those whose speaker is not known."""
    paid = {price.item for price in prices if price.kind == "teaching"}
    missed: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for one in facts.taught:
        if one.kind not in paid:
            missed["no-activity-rate", one.kind].append(("activities", one.id))
        elif one.speaker_id is None:
            missed["no-speaker", one.kind].append(("activities", one.id))
    for (kind, activity), evidence in sorted(missed.items()):
        yield Finding(kind, {"activity": activity, "count": len(evidence)}, tuple(evidence))


def unsupervised(facts: Facts, prices: Sequence[Price]) -> Iterator[Finding]:
    """Placements for which nobody gets teaching credit, since they name no supervisor."""
    evidence = tuple(
        ("placements", stay.id)
        for stay in facts.stays
        if stay.supervisor_id is None
        and months_within(stay.starts_on, stay.ends_on, facts.month_on)
    )
    if evidence:
        yield Finding("no-supervisor", {"count": len(evidence)}, evidence)
