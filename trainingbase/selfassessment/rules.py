"""Points and verdicts: values in, values out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

NUMBER = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")


@dataclass(frozen=True)
class Reached:
    """Points of one item; `known` is whether all its parts are computed or answered."""

    code: str
    points: Decimal
    of: Decimal
    is_core: bool
    known: bool

    @property
    def missing(self) -> Decimal:
        return self.of - self.points

    def is_met(self, share: Decimal) -> bool:
        """Whether it reaches `share` (of 1) of its points."""
        return self.points >= share * self.of


@dataclass(frozen=True)
class Bar:
    """What a verdict asks for."""

    total: Decimal
    quality: Decimal
    core: int


@dataclass(frozen=True)
class Sum:
    total: Decimal
    of: Decimal
    quality: Decimal
    core_met: int
    core: int
    unknown: Decimal
    """Points of parts of which nothing is known yet; they count as none."""

    def best(self) -> Decimal:
        """What the total could still become if all that is unknown were reached."""
        return self.total + self.unknown


def summed(
    items: Iterable[Reached],
    *,
    quality_section: str | None,
    core_met_share: Decimal,
    unknown: Decimal,
) -> Sum:
    """`core_met_share` of 1 of its points make a core item met (E23: 0.7)."""
    items = list(items)
    core = [one for one in items if one.is_core]
    quality = [
        one for one in items if quality_section and one.code.partition(".")[0] == quality_section
    ]
    return Sum(
        total=sum((one.points for one in items), Decimal(0)),
        of=sum((one.of for one in items), Decimal(0)),
        quality=sum((one.points for one in quality), Decimal(0)),
        core_met=sum(one.is_met(core_met_share) for one in core),
        core=len(core),
        unknown=unknown,
    )


def condition_state(said: str | None, found: bool | None) -> str:
    """met, lacking or unknown: what the base says counts before what is found in its records."""
    if said in ("met", "lacking"):
        return said
    return "unknown" if found is None else "met" if found else "lacking"


def verdict(found: Sum, bars: Iterable[Bar], *, lacks_condition: bool = False) -> int | None:
    """The number of the first bar that is reached, from the highest; None below all, and for a base
    that lacks a basic condition."""
    if lacks_condition:
        return None
    for number, bar in enumerate(bars):
        if found.total >= bar.total and found.quality >= bar.quality and found.core_met >= bar.core:
            return number
    return None


def by_share(
    share: Decimal | None, points: Decimal, full: Decimal, half: Decimal | None
) -> Decimal:
    """All points from `full` percent on, half of them from `half` percent on, else none."""
    if share is None:
        return Decimal(0)
    if share >= full:
        return points
    return points / 2 if half is not None and share >= half else Decimal(0)


def fits(given: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether what computes a part finds the names it reads, and numbers where it reckons."""
    return given.keys() == before.keys() and all(
        NUMBER.fullmatch(given[name]) for name, value in before.items() if NUMBER.fullmatch(value)
    )
