"""How many places a department has in a half month."""

from trainingbase.rotations.rules.facts import Facts, Ward
from trainingbase.rotations.rules.halves import start_of


def places_at(facts: Facts, ward: Ward, period: int) -> int:
    first, after = start_of(facts.starts_on, period), start_of(facts.starts_on, period + 1)
    more = sum(
        count for starts_on, ends_on, count in ward.more if starts_on <= first and after <= ends_on
    )
    return (ward.most if is_open(facts, ward, period) else 0) + more


def is_open(facts: Facts, ward: Ward, period: int) -> bool:
    """Within the agreement all the time, and closed for less than half of it."""
    first, after = start_of(facts.starts_on, period), start_of(facts.starts_on, period + 1)
    if ward.opens_on is not None and first < ward.opens_on:
        return False
    if ward.shuts_on is not None and after > ward.shuts_on:
        return False
    closed = sum(
        max(0, (min(ends_on, after) - max(starts_on, first)).days)
        for starts_on, ends_on in ward.closed
    )
    return closed * 2 < (after - first).days
