"""Records of work side by side: which stand in each other's way, and which follow on another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """One record that waits or stands; `ends_on` is exclusive."""

    key: int
    starts_on: date
    ends_on: date | None
    waits: bool = False


def against(
    starts_on: date, ends_on: date | None, others: Iterable[Span]
) -> tuple[Span | None, Span | None]:
    """The first record that a new one would overlap, and the one that it follows on: an approved
    record that goes on and began earlier ends where the new one begins."""
    follows = None
    for one in sorted(others, key=lambda one: one.starts_on):
        if one.ends_on is None and not one.waits and one.starts_on < starts_on:
            follows = one
        elif (one.ends_on is None or starts_on < one.ends_on) and (
            ends_on is None or one.starts_on < ends_on
        ):
            return one, None
    return None, follows
