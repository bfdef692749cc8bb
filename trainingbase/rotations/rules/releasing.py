"""What of a timetable lies in a time in which its resident is not there."""

from collections.abc import Iterable
from datetime import date

from trainingbase.months import months_from
from trainingbase.rotations.rules.halves import SECOND_HALF
from trainingbase.rotations.rules.rows import Row


def released(
    rows: Iterable[Row], from_on: date, until_on: date | None = None
) -> tuple[list[Row], list[Row]]:
    """Rows to take out, and what stays of those that began before.

    A stay that has begun ends on `from_on`; what begins from then on, before `until_on`, goes.
    """
    removed, added = [], []
    for row in rows:
        if row.ends_on <= from_on or (until_on is not None and row.starts_on >= until_on):
            continue
        removed.append(row)
        if row.starts_on < from_on:
            added.append(row._replace(ends_on=from_on))
    return removed, added


def suspended_months(spans: Iterable[tuple[date, date]]) -> frozenset[date]:
    """The months in which nothing may be planned: every month that a suspension touches, but for
    the first where it begins in the second half; the stay before it lasts until then."""
    found: set[date] = set()
    for starts_on, ends_on in spans:
        months = months_from(starts_on, ends_on)
        found.update(months if starts_on.day < SECOND_HALF else months[1:])
    return frozenset(found)
