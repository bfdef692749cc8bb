"""What several agreements of one site amount to."""

from collections.abc import Iterable
from datetime import date, timedelta

Term = tuple[date, date | None]


def span_of(terms: Iterable[Term]) -> tuple[date | None, date | None]:
    """From the first beginning to the last end; None for an end that is open."""
    terms = list(terms)
    if not terms:
        return None, None
    ends = [ends_on for _starts, ends_on in terms]
    last = None if None in ends else max(end for end in ends if end is not None)
    return min(starts for starts, _end in terms), last


def gaps_of(terms: Iterable[Term]) -> tuple[tuple[date, date], ...]:
    """The times between the first beginning and the last end that no agreement covers."""
    gaps, reached = [], None
    for starts_on, ends_on in sorted(terms, key=lambda term: term[0]):
        if reached is not None and reached < starts_on:
            gaps.append((reached, starts_on))
        if ends_on is None:
            return tuple(gaps)
        reached = ends_on if reached is None else max(reached, ends_on)
    return tuple(gaps)


def state_of(
    starts_on: date | None, ends_on: date | None, *, today: date, soon: int, needed: bool
) -> str:
    """missing, none_needed, endless, to_come, ended, ending (within `soon` days) or in_force."""
    if starts_on is None and ends_on is None:
        return "missing" if needed else "none_needed"
    if starts_on is not None and starts_on > today:
        return "to_come"
    if ends_on is None:
        return "endless"
    if ends_on <= today:
        return "ended"
    return "ending" if ends_on <= today + timedelta(days=soon) else "in_force"
