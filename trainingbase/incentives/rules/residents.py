"""What residents get: the stipend, and allowances for months in primary care."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from trainingbase.incentives.rules.facts import Facts, Price, Trainee
from trainingbase.incentives.rules.lines import Draft, Finding, drafted
from trainingbase.incentives.rules.months import (
    HALF,
    middles_within,
    months_within,
    training_year,
)


def is_of(trainee: Trainee, programme_kind: str | None) -> bool:
    """Whether a rate for 全科住培 (or GP33) is for this trainee's programme."""
    if not programme_kind:
        return True
    return programme_kind == trainee.programme_code or trainee.programme_name.startswith(
        programme_kind
    )


def halves_by_year(trainee: Trainee, facts: Facts) -> dict[int, Decimal]:
    """Months in training in this month, by the year of training; none while it is suspended."""
    halves: dict[int, Decimal] = defaultdict(Decimal)
    if trainee.starts_on is None:
        return halves
    for day in middles_within(trainee.starts_on, trainee.ends_on, facts.month_on):
        if any(first <= day < end for first, end in trainee.resting):
            continue
        halves[training_year(trainee.starts_on, day)] += HALF
    return halves


def stipends(facts: Facts, price: Price) -> Iterator[Draft]:
    """So much a month to each resident in training, by programme, trainee type and year."""
    for trainee in facts.trainees:
        if trainee.trainee_type != price.trainee_type or not is_of(trainee, price.programme_kind):
            continue
        quantity = halves_by_year(trainee, facts).get(price.training_year or 0)
        if quantity:
            yield drafted(
                trainee.person_id, "stipend", price, quantity, [("residents", trainee.id)],
                key=f"{trainee.programme_code}/{price.trainee_type}/{price.training_year}",
                trainee_type=price.trainee_type, year=price.training_year,
            )  # fmt: skip


def allowances(facts: Facts, price: Price) -> Iterator[Draft]:
    """So much for each month at an institution of this level, half months by half."""
    months: dict[int, Decimal] = defaultdict(Decimal)
    evidence: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for stay in facts.stays:
        spent = months_within(stay.starts_on, stay.ends_on, facts.month_on)
        if stay.level == price.level and spent:
            months[stay.person_id] += spent
            evidence[stay.person_id].append(("placements", stay.id))
    for payee_id, quantity in months.items():
        yield drafted(
            payee_id, "allowance", price, quantity, evidence[payee_id],
            key=f"{price.item}/{price.level}", level=price.level,
        )  # fmt: skip


def unpaid_trainees(facts: Facts, prices: Sequence[Price]) -> Iterator[Finding]:
    """Residents in training for whom no stipend is set, or too little is known."""
    stipends_set = [price for price in prices if price.kind == "stipend"]
    for trainee in facts.trainees:
        evidence = (("residents", trainee.id),)
        if trainee.starts_on is None or trainee.trainee_type is None:
            missing = "start" if trainee.starts_on is None else "trainee_type"
            yield Finding("trainee-unclear", {"missing": missing}, evidence)
            continue
        for year in halves_by_year(trainee, facts):
            if not any(
                price.trainee_type == trainee.trainee_type
                and price.training_year == year
                and is_of(trainee, price.programme_kind)
                for price in stipends_set
            ):
                said = {"trainee_type": trainee.trainee_type, "year": year,
                        "programme": trainee.programme_name}  # fmt: skip
                yield Finding("no-stipend", said, evidence)


def unpaid_months(facts: Facts, prices: Sequence[Price]) -> Iterator[Finding]:
    """Months in primary care at a level for which no allowance is set."""
    paid = {price.level for price in prices if price.kind == "community"}
    missed: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for stay in facts.stays:
        spent = months_within(stay.starts_on, stay.ends_on, facts.month_on)
        if stay.is_primary_care and spent and stay.level not in paid:
            missed[stay.level].append(("placements", stay.id))
    for level, evidence in sorted(missed.items()):
        yield Finding("no-allowance", {"level": level, "count": len(evidence)}, tuple(evidence))
