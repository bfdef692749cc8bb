"""A row of a plan as a plain value, whatever table or form it comes from."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Row(NamedTuple):
    """One resident in one department for one standard department; `ends_on` is exclusive."""

    resident: int
    starts_on: date
    ends_on: date
    department: int
    standard: int

    def overlaps(self, starts_on: date, ends_on: date) -> bool:
        return self.starts_on < ends_on and self.ends_on > starts_on


def to_json(rows: Iterable[Row]) -> list[list]:
    return [
        [r.resident, r.starts_on.isoformat(), r.ends_on.isoformat(), r.department, r.standard]
        for r in rows
    ]


def from_json(rows: Iterable[list]) -> list[Row]:
    return [
        Row(resident, date.fromisoformat(starts), date.fromisoformat(ends), department, standard)
        for resident, starts, ends, department, standard in rows
    ]


def by_resident(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Each resident's rows in order of time."""
    found: dict[int, list[Row]] = {}
    for row in sorted(rows):
        found.setdefault(row.resident, []).append(row)
    return found


def joined(rows: Iterable[Row]) -> list[Row]:
    """Rows that touch in one department for one standard department become one."""
    made: list[Row] = []
    for row in sorted(rows):
        last = made[-1] if made else None
        if (
            last
            and last.ends_on == row.starts_on
            and (last.resident, last.department, last.standard)
            == (row.resident, row.department, row.standard)
        ):
            made[-1] = last._replace(ends_on=row.ends_on)
        else:
            made.append(row)
    return made
