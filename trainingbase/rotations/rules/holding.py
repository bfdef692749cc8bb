"""What stays where it is: stays that have begun, as far as they can go on, and those that begin so
soon that the office has promised not to move them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from trainingbase.rotations.rules.facts import Facts
from trainingbase.rotations.rules.halves import end_period_of, period_of, start_of
from trainingbase.rotations.rules.opening import places_at
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.rules.standing import soonest


def held(facts: Facts, rows: Iterable[Row]) -> list[Row]:
    """Those of `rows` that have not begun and begin before `facts.held_until`.

    Whoever cannot keep all of theirs, because of leave, of a closure or of places that are no
    longer there, keeps none: the whole of their time is planned anew.
    """
    if facts.held_until is None:
        return []
    soon = [r for r in rows if facts.today < r.starts_on < facts.held_until]
    overfull = _overfull(facts)
    hit = {
        row.resident
        for row in soon
        if any(_cannot_stay(facts, row, period, overfull) for period in _periods(facts, row))
    }
    return [row for row in soon if row.resident not in hit]


def as_far_as_it_goes(facts: Facts, row: Row) -> Row:
    """A stay that has begun, up to where leave begins or the department closes."""
    ahead = (period for period in _periods(facts, row) if period >= soonest(facts))
    end = next((period for period in ahead if is_interrupted(facts, row, period)), None)
    return row if end is None else row._replace(ends_on=start_of(facts.starts_on, end))


def was_interrupted(facts: Facts, row: Row) -> bool:
    """Whether it ends where leave begins or the department closes."""
    return is_interrupted(facts, row, end_period_of(facts.starts_on, row.ends_on))


def is_interrupted(facts: Facts, row: Row, period: int) -> bool:
    month = start_of(facts.starts_on, period).replace(day=1)
    trainee = facts.trainees.get(row.resident)
    if trainee is not None and month in trainee.away:
        return True
    ward = next((one for one in facts.wards if one.id == row.department), None)
    return ward is not None and places_at(facts, ward, period) == 0


def _periods(facts: Facts, row: Row) -> Iterator[int]:
    first = max(0, period_of(facts.starts_on, row.starts_on))
    yield from range(first, end_period_of(facts.starts_on, row.ends_on))


def _cannot_stay(facts: Facts, row: Row, period: int, overfull: set[tuple[int, int]]) -> bool:
    month = start_of(facts.starts_on, period).replace(day=1)
    return (row.department, period) in overfull or month in facts.trainees[row.resident].away


def _overfull(facts: Facts) -> set[tuple[int, int]]:
    """(department, half month) in which fewer places are left than the rows before need."""
    load: Counter[tuple[int, int]] = Counter()
    for row in facts.before:
        trainee = facts.trainees.get(row.resident)
        if trainee is not None and not trainee.has_left and row.ends_on > facts.starts_on:
            load.update((row.department, period) for period in _periods(facts, row))
    ward_of = {ward.id: ward for ward in facts.wards}
    return {
        (department, period)
        for (department, period), count in load.items()
        if department not in ward_of or count > places_at(facts, ward_of[department], period)
    }
