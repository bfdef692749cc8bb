"""Figures of residents by trainee type.  They are counted from the rows when asked: a type is no
place or cohort by which months are kept, and only comparisons and their rows ask for it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.rules.hiding import hidden_in, quarter_of
from trainingbase.words import TRAINEE_TYPES

NUMBERS = {code: number for number, code in enumerate(TRAINEE_TYPES, start=1)}
NOT_KNOWN = len(NUMBERS) + 1


@dataclass(frozen=True)
class Typed:
    """Parts by type and month, and how many people each is about."""

    parts: Mapping[tuple[int, date], Mapping[str, Decimal]]
    people: Mapping[tuple[int, date], int]

    def hides(self, number: int, *, fewest: int) -> bool:
        """Whether a type is of too few people in a quarter, or would tell another that is."""
        quarters: dict[date, dict[int, int]] = defaultdict(dict)
        for (one, month), people in self.people.items():
            family = quarters[quarter_of(month)]
            family[one] = max(family.get(one, 0), people)
        return any(number in hidden_in(family, fewest=fewest) for family in quarters.values())


def types_of() -> dict[int, int]:
    """The number of each resident's type."""
    rows = db.session.execute(select(Resident.id, Resident.trainee_type))
    return {resident_id: NUMBERS.get(code or "", NOT_KNOWN) for resident_id, code in rows}


def typed(indicator: Indicator, starts_on: date, ends_on: date, today: date) -> Typed:
    """Of an indicator about residents (`Indicator.is_of_residents`)."""
    numbers = types_of()
    parts: dict[tuple[int, date], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    people: dict[tuple[int, date], set[int]] = defaultdict(set)
    for one in indicator.facts(starts_on, ends_on, today):
        if one.person_id is None:
            continue
        where = (numbers.get(one.person_id, NOT_KNOWN), one.month)
        parts[where][one.part] += one.amount
        people[where].add(one.person_id)
    return Typed(
        {where: dict(some) for where, some in parts.items()},
        {where: len(some) for where, some in people.items()},
    )
