"""Moving a stay by hand: what goes out of the plan and what comes in."""

from collections.abc import Iterable
from datetime import date

from trainingbase.months import months_later
from trainingbase.rotations.rules.halves import end_period_of, period_of, start_of
from trainingbase.rotations.rules.rows import Row

Change = tuple[list[Row], list[Row]]
"""Rows that go out, rows that come in."""


def length_of(begin: date, row: Row) -> int:
    """In half months."""
    return end_period_of(begin, row.ends_on) - period_of(begin, row.starts_on)


def moved(
    begin: date,
    row: Row,
    *,
    department: int,
    standard: int,
    first: int,
    resident: int | None = None,
) -> Change:
    """The stay in another department, from another period on or for somebody else, as long as
    it was."""
    last = first + length_of(begin, row)
    who = row.resident if resident is None else resident
    new = Row(who, start_of(begin, first), start_of(begin, last), department, standard)
    return ([row], [new]) if new != row else ([], [])


def exchanged(one: Row, other: Row) -> Change:
    """Two residents take each other's departments, each in the time of their own stay."""
    if (one.department, one.standard) == (other.department, other.standard):
        return [], []
    return [one, other], [
        one._replace(department=other.department, standard=other.standard),
        other._replace(department=one.department, standard=one.standard),
    ]


def dropped(begin: date, rows: Iterable[Row], row: Row, *, resident: int, month: date) -> Change:
    """The stay put down on a month of somebody's line: where another stay is, the two change
    places; where nothing is, it begins there, in the half of the month it began in."""
    rows = list(rows)
    there = _standing_in(rows, resident, month)
    if there is not None and there != row:
        return (
            swapped(begin, rows, row, there) if resident == row.resident else exchanged(row, there)
        )
    first = period_of(begin, month) + period_of(begin, row.starts_on) % 2
    return moved(
        begin,
        row,
        department=row.department,
        standard=row.standard,
        first=first,
        resident=resident,
    )


def _standing_in(rows: Iterable[Row], resident: int, month: date) -> Row | None:
    """What begins first of what this resident has in the month."""
    here = [row for row in rows if row.resident == resident]
    after = months_later(month, 1)
    return min((row for row in here if row.overlaps(month, after)), default=None)


def swapped(begin: date, rows: Iterable[Row], one: Row, other: Row) -> Change:
    """Two stays of one resident change places; what lies between moves up or down by the
    difference of their lengths, so that no gap opens."""
    early, late = sorted((one, other), key=lambda row: row.starts_on)
    shift = length_of(begin, late) - length_of(begin, early)
    end = end_period_of(begin, late.ends_on)
    between = [
        row
        for row in rows
        if row.resident == one.resident
        and early.ends_on <= row.starts_on
        and row.ends_on <= late.starts_on
        and shift
    ]
    added = [
        _from(begin, late, period_of(begin, early.starts_on)),
        *(_from(begin, row, period_of(begin, row.starts_on) + shift) for row in between),
        _from(begin, early, end - length_of(begin, early)),
    ]
    return [early, *between, late], added


def _from(begin: date, row: Row, first: int) -> Row:
    last = first + length_of(begin, row)
    return row._replace(starts_on=start_of(begin, first), ends_on=start_of(begin, last))
