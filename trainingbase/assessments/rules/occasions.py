"""When a programme's plan asks for a form: timings and days in, days out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trainingbase.months import months_from, months_later


@dataclass(frozen=True)
class Planned:
    """`times` at each `timing`, as in `programmes.models.PlannedAssessment`; `guests` is how many
    guests answer each time, 0 where one person of the house does."""

    instrument: str
    timing: str
    times: int
    guests: int = 0


@dataclass(frozen=True)
class Occasion:
    """One form to be asked for.  `slot` names it, `on` is its day; it is the `nth` of its kind in
    [starts_on, ends_on): where so many were given or asked for there, nothing is missing."""

    instrument: str
    slot: str
    on: date
    nth: int
    starts_on: date
    ends_on: date
    due_on: date | None = None
    guests: int = 0


def of_placement(
    plan: Iterable[Planned], starts_on: date, ends_on: date, *, exit_days: int, month_days: int
) -> list[Occasion]:
    """What a placement asks for: spread evenly through it, at the end of each of its months that
    lasts `month_days` of it, and `exit_days` before it ends, when it is due at its end."""
    plan, found = list(plan), []
    for one in plan:
        if one.timing == "placement":
            found += _spread(one, "placement", starts_on, ends_on)
        elif one.timing == "monthly":
            found += _monthly(one, starts_on, ends_on, month_days)
        elif one.timing == "leaving":
            before = sum(
                other.times
                for other in plan
                if other.timing == "placement" and other.instrument == one.instrument
            )
            on = max(starts_on, ends_on - timedelta(days=exit_days))
            for n in range(1, one.times + 1):
                slot = f"leaving {n}"
                found.append(
                    Occasion(
                        one.instrument,
                        slot,
                        on,
                        before + n,
                        starts_on,
                        ends_on,
                        due_on=ends_on,
                        guests=one.guests,
                    )
                )
    return found


def of_training(plan: Iterable[Planned], starts_on: date, ends_on: date) -> list[Occasion]:
    """What the years of training, and the whole of it, ask for, wherever the resident then is."""
    found = []
    for one in plan:
        if one.timing == "training":
            found += _spread(one, "training", starts_on, ends_on)
        elif one.timing == "yearly":
            for number, (first, end) in enumerate(_years(starts_on, ends_on), start=1):
                found += _spread(one, f"year {number}", first, end)
    return found


def _spread(one: Planned, name: str, starts_on: date, ends_on: date) -> list[Occasion]:
    """The middle for one; thirds for two, and so on."""
    length = ends_on - starts_on
    return [
        Occasion(
            one.instrument,
            f"{name} {n}",
            starts_on + length * n / (one.times + 1),
            n,
            starts_on,
            ends_on,
            guests=one.guests,
        )
        for n in range(1, one.times + 1)
    ]


def _monthly(one: Planned, starts_on: date, ends_on: date, month_days: int) -> list[Occasion]:
    found = []
    for month_on in months_from(starts_on, ends_on):
        first, end = max(starts_on, month_on), min(ends_on, months_later(month_on, 1))
        length = end - first
        if length < timedelta(days=month_days):
            continue
        for n in range(1, one.times + 1):
            on = max(first, first + length * n / one.times - timedelta(days=1))
            slot = f"{month_on:%Y-%m} {n}"
            found.append(Occasion(one.instrument, slot, on, n, first, end, guests=one.guests))
    return found


def _years(starts_on: date, ends_on: date) -> list[tuple[date, date]]:
    years, first = [], starts_on
    while first < ends_on:
        end = min(ends_on, _a_year_after(first))
        years.append((first, end))
        first = end
    return years


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # a 29 February
        return date(day.year + 1, 3, 1)
