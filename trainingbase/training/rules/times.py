"""When an activity begins and ends, and when one may sign."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from trainingbase.clock import LOCAL

IN, OUT = "in", "out"
USUAL_MINUTES = 60
"""Of an activity of which nobody said how long it took."""


def clock_of(text: str | None) -> time:
    """ "14:30" as a time; midnight of None."""
    hour, _, minute = (text or "0:00").partition(":")
    return time(int(hour), int(minute or 0))


def begins(held_on: date, starts_at: str | None) -> datetime:
    return datetime.combine(held_on, clock_of(starts_at), LOCAL)


def ends(held_on: date, starts_at: str | None, minutes: int | None) -> datetime:
    """The end of the day where no time was said."""
    if starts_at is None:
        return begins(held_on, None) + timedelta(days=1)
    return begins(held_on, starts_at) + timedelta(minutes=minutes or USUAL_MINUTES)


@dataclass(frozen=True)
class Window:
    """The moments in which one may sign, `closes_at` exclusive."""

    opens_at: datetime
    closes_at: datetime

    def covers(self, moment: datetime) -> bool:
        return self.opens_at <= moment < self.closes_at


@dataclass(frozen=True)
class Signing:
    """How a base lets people sign, in minutes before and after beginning and end.

    With `one_device` a telephone signs in one resident only; `outsiders` may sign in uninvited;
    the code changes every `seconds`; the speaker completes the list within `list_days`.
    """

    opens_before: int
    closes_after: int
    late_after: int
    with_out: bool
    out_before: int
    out_after: int
    one_device: bool
    outsiders: bool
    seconds: int
    list_days: int

    def window(self, what: str, begins: datetime, ends: datetime) -> Window:
        """Of signing in or out of an activity."""
        if what == IN:
            return Window(
                begins - timedelta(minutes=self.opens_before),
                begins + timedelta(minutes=self.closes_after),
            )
        return Window(
            ends - timedelta(minutes=self.out_before), ends + timedelta(minutes=self.out_after)
        )

    def list_closes_on(self, held_on: date) -> date:
        """The first day on which only the office completes the list."""
        return held_on + timedelta(days=self.list_days + 1)

    def is_late(self, begins: datetime, moment: datetime) -> bool:
        return moment > begins + timedelta(minutes=self.late_after)


def overlap(first: tuple[datetime, datetime], second: tuple[datetime, datetime]) -> bool:
    """Whether two spans share a moment; one that begins when the other ends does not."""
    return first[0] < second[1] and second[0] < first[1]
