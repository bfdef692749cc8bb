"""Months of training by standard department: done, credited, and still owed.  Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trainingbase.rotations.rules.halves import end_period_of, period_of

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Stay:
    """A placement: where, and when; `ends_on` is exclusive.  One that `is_repeated` was failed and
    is done again: its months do not count."""

    id: int
    standard: int
    starts_on: date
    ends_on: date
    is_repeated: bool = False


@dataclass(frozen=True)
class Earned:
    """Months that need not be done: `is_done` where they were trained here, before `until_on`."""

    standard: int | None
    months: Decimal
    is_done: bool = False
    until_on: date | None = None


@dataclass(frozen=True)
class Wanted:
    """Months a programme wants; departments of one `group` share its months."""

    standard: int
    months: Decimal
    group: int | None = None
    group_months: Decimal | None = None


@dataclass(frozen=True)
class Owed:
    """So many months of one department, or of any of several that may be chosen."""

    standards: tuple[int, ...]
    wanted: Decimal
    done: Decimal

    @property
    def missing(self) -> Decimal:
        return self.wanted - self.done


def length(starts_on: date, ends_on: date) -> Decimal:
    """In months, as planning counts them: a half month that has begun counts."""
    if ends_on <= starts_on:
        return Decimal(0)
    begin = starts_on.replace(day=1)
    return HALF * (end_period_of(begin, ends_on) - period_of(begin, starts_on))


def done_by_standard(
    earned: Iterable[Earned], stays: Iterable[Stay], until: date | None = None
) -> dict[int, Decimal]:
    """Months behind a resident on the day `until`, credits and stays together; all stays without
    it.  Stays that credits of months done here already stand for are not counted again."""
    earned = list(earned)
    found: dict[int, Decimal] = {}
    for one in earned:
        if one.standard is not None:
            found[one.standard] = found.get(one.standard, Decimal(0)) + one.months
    since = counted_since(earned)
    for stay in stays:
        if stay.is_repeated or (since is not None and stay.starts_on < since):
            continue
        end = stay.ends_on if until is None else min(stay.ends_on, until)
        found[stay.standard] = found.get(stay.standard, Decimal(0)) + length(stay.starts_on, end)
    return found


def counted_since(earned: Iterable[Earned]) -> date | None:
    """From when stays count by themselves; before it credits of months done here stand for them."""
    days = [
        one.until_on
        for one in earned
        if one.is_done and one.until_on is not None and one.standard is not None
    ]
    return max(days, default=None)


def owed(wanted: Sequence[Wanted], done: Mapping[int, Decimal]) -> list[Owed]:
    """What is still to be done, in the programme's order."""
    found: list[Owed] = []
    groups: set[int] = set()
    for one in wanted:
        if one.group is None:
            had = done.get(one.standard, Decimal(0))
            found.append(Owed((one.standard,), one.months, min(had, one.months)))
        elif one.group not in groups:
            groups.add(one.group)
            inside = tuple(other.standard for other in wanted if other.group == one.group)
            months = one.group_months or Decimal(0)
            had = sum((done.get(key, Decimal(0)) for key in inside), Decimal(0))
            found.append(Owed(inside, months, min(had, months)))
    return [one for one in found if one.missing > 0]


def proposed(done: Mapping[int, Decimal], wanted: Sequence[Wanted]) -> dict[int, Decimal]:
    """Of months done in each department, how many the other programme can use: those of the
    same department, never more than were done."""
    needs = {one.standard: one.months for one in wanted}
    return {key: min(months, needs[key]) for key, months in done.items() if key in needs}


def plain(months: Decimal) -> str:
    """As it is kept in data: 2, 1.5."""
    return format(months.normalize(), "f")
