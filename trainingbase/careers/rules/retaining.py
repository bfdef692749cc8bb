"""Whether a graduate stayed, how long, and where they worked at a given time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainingbase.careers.rules.serving import DAYS_A_MONTH, years_later

PLACES = ("primary", "network", "outside")
"""Primary care of the network, another institution of the network, elsewhere."""
KEEPS = {"primary": frozenset({"primary"}), "network": frozenset({"primary", "network"})}


@dataclass(frozen=True)
class Worked:
    """One record: `place`, its days, the last day it is known of while it goes on, and whether a
    reason for leaving was given."""

    place: str
    starts_on: date
    ends_on: date | None
    known_on: date
    left: bool = False

    @property
    def until_on(self) -> date:
        return self.ends_on if self.ends_on is not None else max(self.known_on, self.starts_on)


@dataclass(frozen=True)
class Outcome:
    """Months after the training until they left, or, where they have not, were last known of."""

    months: float
    left: bool


def outcome(free_on: date, worked: Sequence[Worked], *, of: str, gap_days: int) -> Outcome | None:
    """How long somebody stayed in `of`; None where nothing is known after the training.

    A gap of `gap_days` or less between two places that count is no leaving.  Who ends a post, with
    nothing known afterwards, left if a reason was given; else they were last known of that day.
    """
    records = sorted(
        (one for one in worked if one.until_on > free_on), key=lambda one: one.starts_on
    )
    if not records:
        return None
    reached, last = free_on, None
    for one in records:
        if one.place not in KEEPS[of] or (one.starts_on - reached).days > gap_days:
            return _out(free_on, reached, left=True)
        reached, last = max(reached, one.until_on), one
    assert last is not None
    return _out(free_on, reached, left=last.ends_on is not None and last.left)


def _out(free_on: date, day: date, *, left: bool) -> Outcome:
    return Outcome(float((day - free_on).days / float(DAYS_A_MONTH)), left)


def place_at(free_on: date, worked: Sequence[Worked], months: int, today: date) -> str:
    """Where somebody was so many months after the training: one of `PLACES`, unknown, or ahead."""
    day = months_after(free_on, months)
    if day > today:
        return "ahead"
    # Few begin on the very first day: what begins within the first months is where they went.
    looked = months_after(free_on, 3) if months == 0 else day
    for one in sorted(worked, key=lambda one: one.starts_on):
        if one.starts_on <= looked and one.until_on >= day and one.until_on > free_on:
            return one.place
    return "unknown"


def months_after(day: date, months: int) -> date:
    from decimal import Decimal

    return years_later(day, Decimal(months) / 12)


@dataclass(frozen=True)
class Bunch:
    """A group by its key; what is too small to be shown stands together under an empty key."""

    key: str
    members: tuple[int, ...]


def bunches(groups: dict[str, list[int]], fewest: int) -> list[Bunch]:
    """No group of fewer than `fewest` is shown, nor can it be had as what the others leave over:
    small ones stand together, with the smallest of the others where even that is too few."""
    large = {key: members for key, members in groups.items() if len(members) >= fewest}
    rest = [one for key, members in groups.items() if key not in large for one in members]
    while rest and len(rest) < fewest and large:
        smallest = min(large, key=lambda key: (len(large[key]), key))
        rest += large.pop(smallest)
    shown = [Bunch(key, tuple(members)) for key, members in sorted(large.items())]
    return [*shown, Bunch("", tuple(rest))] if rest else shown
