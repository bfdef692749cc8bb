"""The facts of a month as records: who could be paid, what is known, and the rows that show it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from trainingbase.incentives.rules.facts import Away, Facts, Stay, Trainee
from trainingbase.incentives.rules.months import (
    HALF,
    middles_within,
    months_within,
    training_year,
)
from trainingbase.months import months_later

NEVER = Decimal(10) ** 6
"""Days or hours of what has not happened."""
ONE = Decimal(1)


@dataclass(frozen=True)
class Record:
    """`payees` by beneficiary; the department and site are those the money counts to.  `leaves`
    are the rows behind its days of leave, for rules that look at them."""

    payees: Mapping[str, int | None]
    values: Mapping[str, Any]
    evidence: tuple[tuple[str, int], ...]
    department_id: int | None = None
    institution_id: int | None = None
    leaves: tuple[tuple[str, int], ...] = ()


class Month:
    """A month's facts with what several kinds of records need, looked up once."""

    def __init__(self, facts: Facts):
        self.facts = facts
        self.ends_on = months_later(facts.month_on, 1)
        self.residents = {one.person_id: one for one in facts.trainees}
        self.away: dict[int, list[Away]] = defaultdict(list)
        for one in facts.away:
            self.away[one.person_id].append(one)
        self.places: dict[int, Stay] = {}
        for stay in facts.stays:
            if months_within(stay.starts_on, stay.ends_on, facts.month_on):
                self.places.setdefault(stay.person_id, stay)
        self.work: dict[int, Stay] = {}
        for stay in facts.stays:
            if stay.supervisor_id is not None:
                self.work.setdefault(stay.supervisor_id, stay)

    def leave_days(
        self, person_id: int, starts_on: date, ends_on: date, kind: str | None = None
    ) -> Decimal:
        """Days of the span on which they were away, each once however many leaves overlap."""
        days = set()
        for one in self.away[person_id]:
            if kind is None or one.kind == kind:
                first, end = max(one.starts_on, starts_on), min(one.ends_on, ends_on)
                days.update(first + timedelta(days=n) for n in range((end - first).days))
        return Decimal(len(days))

    def leaves(self, person_id: int, starts_on: date, ends_on: date) -> tuple[tuple[str, int], ...]:
        return tuple(
            ("leaves", one.id)
            for one in self.away[person_id]
            if one.starts_on < ends_on and starts_on < one.ends_on
        )

    def place_of(self, person_id: int | None) -> tuple[int | None, int | None]:
        """Department and site where they were placed, or else supervised."""
        stay = self.places.get(person_id or 0) or self.work.get(person_id or 0)
        return (stay.department_id, stay.institution_id) if stay else (None, None)

    def person(self, person_id: int | None) -> dict[str, int | None]:
        """A payee who may be anybody: as resident or as faculty, and always as "anyone"."""
        role = "resident" if person_id in self.residents else "faculty"
        return {role: person_id, "anyone": person_id}


def training(month: Month) -> Iterator[Record]:
    """One for each resident and year of training touched in the month."""
    for one in month.facts.trainees:
        if one.starts_on is None:
            continue
        paid: dict[int, Decimal] = defaultdict(Decimal)
        enrolled: dict[int, Decimal] = defaultdict(Decimal)
        for day in middles_within(one.starts_on, one.ends_on, month.facts.month_on):
            year = training_year(one.starts_on, day)
            enrolled[year] += HALF
            if not any(first <= day < end for first, end in one.resting):
                paid[year] += HALF
        for year, months in enrolled.items():
            yield _training(month, one, year, paid[year], months)


def _training(month: Month, one: Trainee, year: int, months: Decimal, enrolled: Decimal) -> Record:
    first = max(one.starts_on or month.facts.month_on, month.facts.month_on)
    end = min(one.ends_on or month.ends_on, month.ends_on)
    said = {
        f"{kind}_days": month.leave_days(one.person_id, first, end, kind)
        for kind in ("sick", "personal", "absence", "annual")
    }
    return Record(
        {"resident": one.person_id, "faculty": one.tutor_id},
        {
            **said,
            "months": months,
            "enrolled_months": enrolled,
            "training_year": Decimal(year),
            "trainee_type": one.trainee_type or "",
            "programme_code": one.programme_code,
            "programme_name": one.programme_name,
            "month_days": Decimal(max(1, (end - first).days)),
            "leave_days": month.leave_days(one.person_id, first, end),
        },
        (("residents", one.id),),
        *month.place_of(one.person_id),
        leaves=month.leaves(one.person_id, first, end),
    )


def placement(month: Month) -> Iterator[Record]:
    for one in month.facts.stays:
        months = months_within(one.starts_on, one.ends_on, month.facts.month_on)
        if not months:
            continue
        first = max(one.starts_on, month.facts.month_on)
        end = min(one.ends_on, month.ends_on)
        who = month.residents.get(one.person_id)
        year = training_year(who.starts_on, first) if who and who.starts_on else 0
        yield Record(
            {
                "resident": one.person_id,
                "faculty": one.supervisor_id,
                "department": one.department_id,
                "site": one.institution_id,
            },
            {
                "months": months,
                "level": one.level,
                "is_primary_care": one.is_primary_care,
                "days": Decimal(max(1, (end - first).days)),
                "leave_days": month.leave_days(one.person_id, first, end),
                "training_year": Decimal(year),
                "trainee_type": (who.trainee_type if who else None) or "",
            },
            (("placements", one.id),),
            one.department_id,
            one.institution_id,
            month.leaves(one.person_id, first, end),
        )


STREAMS: dict[str, Callable[[Month], Iterator[Record]]] = {
    "training": training,
    "placement": placement,
}
