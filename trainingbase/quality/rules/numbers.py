"""Small sums: values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Place:
    """A department with its institution, each named in Chinese and perhaps in English; `short`
    is what the grid's legend calls it, where it has one name there."""

    id: int
    name: str
    name_en: str | None
    institution_id: int
    institution: str
    institution_en: str | None
    is_lead: bool
    short: str | None = None


def percent(part: Decimal | int, whole: Decimal | int) -> float | None:
    """To a tenth; None of nothing."""
    return round(float(part) * 100 / float(whole), 1) if whole else None


def median(numbers: Iterable[Decimal]) -> Decimal | None:
    ordered = sorted(numbers)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
