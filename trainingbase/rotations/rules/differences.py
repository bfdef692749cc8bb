"""How two plans differ, for each resident."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainingbase.rotations.rules.rows import Row, by_resident, joined


@dataclass(frozen=True)
class Difference:
    """Stays that only one of the two plans has, in order of time, and what each plan costs the
    resident by wishes and preferences."""

    resident: int
    only_here: tuple[Row, ...]
    only_there: tuple[Row, ...]
    cost_here: float = 0.0
    cost_there: float = 0.0


def differences(
    here: Iterable[Row],
    there: Iterable[Row],
    costs_here: Mapping[int, float],
    costs_there: Mapping[int, float],
) -> list[Difference]:
    """Residents whose timetables are not the same, by id.  Whoever is in one plan only fares
    neither better nor worse in it."""
    mine, theirs = by_resident(joined(here)), by_resident(joined(there))
    found = []
    for key in sorted(mine.keys() | theirs.keys()):
        one, other = set(mine.get(key, ())), set(theirs.get(key, ()))
        in_both = bool(one and other)
        if one != other:
            found.append(
                Difference(
                    key,
                    tuple(sorted(one - other)),
                    tuple(sorted(other - one)),
                    costs_here.get(key, 0.0) if in_both else 0.0,
                    costs_there.get(key, 0.0) if in_both else 0.0,
                )
            )
    return found
