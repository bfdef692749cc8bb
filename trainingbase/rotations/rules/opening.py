"""How many places a department has in a half month."""

from trainingbase.rotations.rules.facts import Facts, Ward
from trainingbase.rotations.rules.halves import start_of
from trainingbase.sites.rules.places import places


def places_at(facts: Facts, ward: Ward, period: int) -> int:
    """With the further places that are supposed."""
    first, after = start_of(facts.starts_on, period), start_of(facts.starts_on, period + 1)
    more = sum(
        count for starts_on, ends_on, count in ward.more if starts_on <= first and after <= ends_on
    )
    return places(ward.opening, first, after)[0] + more


def fewest_at(facts: Facts, ward: Ward, period: int) -> int:
    first, after = start_of(facts.starts_on, period), start_of(facts.starts_on, period + 1)
    return places(ward.opening, first, after)[1]
