"""Which exchanges of two residents' stays there are, before anybody judges them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trainingbase.rotations.rules.halves import end_period_of, period_of, start_of
from trainingbase.rotations.rules.moves import length_of
from trainingbase.rotations.rules.rows import Row, to_json


@dataclass(frozen=True)
class Exchange:
    """Rows that go out of the plan and rows that come in, of two residents."""

    offering: int
    taking: int
    removed: tuple[Row, ...]
    added: tuple[Row, ...]

    def gives(self, resident: int) -> list[Row]:
        return [row for row in self.removed if row.resident == resident]

    def gets(self, resident: int) -> list[Row]:
        return [row for row in self.added if row.resident == resident]

    @property
    def result(self) -> list[list]:
        """What the one who offers would get, as it is kept with the offer."""
        return to_json(self.gets(self.offering))

    @property
    def key(self) -> str:
        """Names the exchange in a form: what the one who takes would get."""
        return "_".join(
            f"{row.starts_on:%Y%m%d}-{row.department}-{row.standard}"
            for row in self.gets(self.taking)
        )

    @property
    def first_day(self) -> date:
        return min(row.starts_on for row in (*self.removed, *self.added))


def exchanges(
    begin: date, mine: Sequence[Row], theirs: Sequence[Row], offered: Row, *, after: date
) -> Iterator[Exchange]:
    """Of `offered` (one of `mine`) with each stay of `theirs`; everything that changes begins
    after that day.  `begin` is the first of a month.

    Stays of one length change hands, with what the two do in the other's time; or the two change
    everything from the earlier stay to the end of the later one.
    """
    seen = set()
    for other in theirs:
        found = list(_of_span(mine, theirs, offered, other))
        if length_of(begin, other) == length_of(begin, offered):
            found += _of_two(begin, mine, theirs, offered, other)
        for one in found:
            same = (one.removed, one.added)
            if one.first_day > after and set(one.removed) != set(one.added) and same not in seen:
                seen.add(same)
                yield one


def _of_span(
    mine: Sequence[Row], theirs: Sequence[Row], one: Row, other: Row
) -> Iterator[Exchange]:
    """Everything between the first day and the last of the two stays."""
    starts_on, ends_on = min(one.starts_on, other.starts_on), max(one.ends_on, other.ends_on)
    span = one._replace(starts_on=starts_on, ends_on=ends_on)
    gives, takes = _within(mine, span), _within(theirs, span)
    if gives and takes:
        yield _made(
            gives,
            takes,
            tuple(_to(row, one.resident) for row in takes),
            tuple(_to(row, other.resident) for row in gives),
        )


def _of_two(
    begin: date, mine: Sequence[Row], theirs: Sequence[Row], one: Row, other: Row
) -> Iterator[Exchange]:
    if (one.starts_on, one.ends_on) == (other.starts_on, other.ends_on):
        yield _made((one,), (other,), (_to(other, one.resident),), (_to(one, other.resident),))
        return
    if one.overlaps(other.starts_on, other.ends_on):
        return
    my_rest, their_rest = _within(mine, other), _within(theirs, one)
    if my_rest is None or their_rest is None:
        return
    gives, takes = (one, *my_rest), (other, *their_rest)
    yield _made(
        gives,
        takes,
        tuple(_to(row, one.resident) for row in takes),
        tuple(_to(row, other.resident) for row in gives),
    )
    shift = period_of(begin, one.starts_on) - period_of(begin, other.starts_on)
    yield _made(
        gives,
        takes,
        (_to(other, one.resident), *(_moved(begin, row, shift) for row in my_rest)),
        (_to(one, other.resident), *(_moved(begin, row, -shift) for row in their_rest)),
    )


def _made(
    gives: tuple[Row, ...],
    takes: tuple[Row, ...],
    i_get: tuple[Row, ...],
    they_get: tuple[Row, ...],
) -> Exchange:
    removed, added = tuple(sorted((*gives, *takes))), tuple(sorted((*i_get, *they_get)))
    return Exchange(gives[0].resident, takes[0].resident, removed, added)


def _to(row: Row, resident: int) -> Row:
    return row._replace(resident=resident)


def _within(rows: Sequence[Row], span: Row) -> tuple[Row, ...] | None:
    """The rows in that time; None when one of them reaches beyond it."""
    there = [row for row in rows if row.overlaps(span.starts_on, span.ends_on)]
    whole = all(row.starts_on >= span.starts_on and row.ends_on <= span.ends_on for row in there)
    return tuple(there) if whole else None


def _moved(begin: date, row: Row, shift: int) -> Row:
    return row._replace(
        starts_on=start_of(begin, period_of(begin, row.starts_on) + shift),
        ends_on=start_of(begin, end_period_of(begin, row.ends_on) + shift),
    )
