"""What nobody is paid for: too little is known, or no rate is set."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from trainingbase.incentives.rules.facts import Facts, Price, Trainee
from trainingbase.incentives.rules.lines import Finding
from trainingbase.incentives.rules.months import middles_within, months_within, training_year

Rows = list[tuple[str, int]]


def found(facts: Facts, prices: Sequence[Price]) -> list[Finding]:
    return [
        *_trainees(facts, prices),
        *_months(facts, prices),
        *_activities(facts, prices),
        *_unsupervised(facts),
    ]


def is_of(trainee: Trainee, programme_kind: str | None) -> bool:
    """Whether a rate for 全科住培 (or GP33) is for this trainee's programme."""
    if not programme_kind:
        return True
    return programme_kind == trainee.programme_code or trainee.programme_name.startswith(
        programme_kind
    )


def _years(trainee: Trainee, facts: Facts) -> set[int]:
    """Years of training in which the month pays; none while training is suspended."""
    if trainee.starts_on is None:
        return set()
    return {
        training_year(trainee.starts_on, day)
        for day in middles_within(trainee.starts_on, trainee.ends_on, facts.month_on)
        if not any(first <= day < end for first, end in trainee.resting)
    }


def _trainees(facts: Facts, prices: Sequence[Price]) -> Iterator[Finding]:
    """Residents in training for whom no stipend is set, or too little is known."""
    stipends = [price for price in prices if price.kind == "stipend"]
    for trainee in facts.trainees:
        evidence = (("residents", trainee.id),)
        if trainee.starts_on is None or trainee.trainee_type is None:
            missing = "start" if trainee.starts_on is None else "trainee_type"
            yield Finding("trainee-unclear", {"missing": missing}, evidence)
            continue
        for year in sorted(_years(trainee, facts)):
            if not any(
                price.trainee_type == trainee.trainee_type
                and price.training_year == year
                and is_of(trainee, price.programme_kind)
                for price in stipends
            ):
                said = {"trainee_type": trainee.trainee_type, "year": year,
                        "programme": trainee.programme_name}  # fmt: skip
                yield Finding("no-stipend", said, evidence)


def _months(facts: Facts, prices: Sequence[Price]) -> Iterator[Finding]:
    """Months in primary care at a level for which no allowance is set."""
    paid = {price.level for price in prices if price.kind == "community"}
    missed: dict[str, Rows] = defaultdict(list)
    for stay in facts.stays:
        spent = months_within(stay.starts_on, stay.ends_on, facts.month_on)
        if stay.is_primary_care and spent and stay.level not in paid:
            missed[stay.level].append(("placements", stay.id))
    for level, evidence in sorted(missed.items()):
        yield Finding("no-allowance", {"level": level, "count": len(evidence)}, tuple(evidence))


def _activities(facts: Facts, prices: Sequence[Price]) -> Iterator[Finding]:
    """Activities of a kind without a rate, and those whose speaker is not known."""
    paid = {price.item for price in prices if price.kind == "teaching"}
    missed: dict[tuple[str, str], Rows] = defaultdict(list)
    for one in facts.taught:
        if one.kind not in paid:
            missed["no-activity-rate", one.kind].append(("activities", one.id))
        elif one.speaker_id is None:
            missed["no-speaker", one.kind].append(("activities", one.id))
    for (kind, activity), evidence in sorted(missed.items()):
        yield Finding(kind, {"activity": activity, "count": len(evidence)}, tuple(evidence))


def _unsupervised(facts: Facts) -> Iterator[Finding]:
    """Placements for which nobody gets teaching credit, since they name no supervisor."""
    evidence = tuple(
        ("placements", stay.id)
        for stay in facts.stays
        if stay.supervisor_id is None
        and months_within(stay.starts_on, stay.ends_on, facts.month_on)
    )
    if evidence:
        yield Finding("no-supervisor", {"count": len(evidence)}, evidence)
