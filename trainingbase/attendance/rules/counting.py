"""Days by the one rule the base has chosen, in exact halves.

working   every working day counts, nothing else does;
calendar  every day of the calendar counts: rest days as present, leave and absence as they lie;
nights    as working, but a night on duty also counts where nobody was expected, and the rest
          after it is no day that is expected.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from trainingbase.attendance.rules.states import NIGHT, REST, counts_as

COUNTINGS = ("working", "calendar", "nights")
MODES = ("default", "code")
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Choice:
    """What the base has chosen from a day on."""

    from_on: date
    mode: str
    counting: str


def choice_on(choices: Sequence[Choice], day: date) -> Choice:
    """`choices` in order of time, the first from before any day asked about."""
    return next(one for one in reversed(choices) if one.from_on <= day)


def is_counted(counting: str, is_working: bool, state: str) -> bool:
    if counting == "calendar":
        return True
    if counting == "nights":
        return state != REST if is_working else state == NIGHT
    return is_working


@dataclass(frozen=True)
class Days:
    """expected = present + leave + absent + unknown, each a multiple of half a day.

    `unknown` nobody has confirmed yet, days to come included.  `absent` is away without leave,
    with a reason (kind `excused`) or without (`absence`).  `kinds` are the counted days of each
    state of `rules.states` and kind of leave.  `nights` on duty, wherever they lie.
    `counted_by` names the rules in force on these days, in order; nearly always one.
    """

    expected: Decimal = Decimal(0)
    present: Decimal = Decimal(0)
    leave: Decimal = Decimal(0)
    absent: Decimal = Decimal(0)
    unknown: Decimal = Decimal(0)
    nights: int = 0
    kinds: Mapping[str, Decimal] = field(default_factory=dict)
    counted_by: tuple[str, ...] = ()

    def of(self, kind: str) -> Decimal:
        return self.kinds.get(kind, Decimal(0))

    @property
    def unexcused(self) -> Decimal:
        return self.of("absence")

    @property
    def known(self) -> Decimal:
        return self.expected - self.unknown

    def __add__(self, other: "Days") -> "Days":
        kinds = {
            kind: self.of(kind) + other.of(kind) for kind in sorted({*self.kinds, *other.kinds})
        }
        return Days(
            self.expected + other.expected,
            self.present + other.present,
            self.leave + other.leave,
            self.absent + other.absent,
            self.unknown + other.unknown,
            self.nights + other.nights,
            kinds,
            tuple(dict.fromkeys((*self.counted_by, *other.counted_by))),
        )


class Tally:
    """Counts half days; `days` is the sum of them."""

    def __init__(self) -> None:
        self.halves: dict[str, int] = {}
        self.nights = 0
        self.counted_by: dict[str, None] = {}

    def add(self, counting: str, is_working: bool, halves: Iterable[str], times: int = 1) -> None:
        """One day, as often as `times`; -1 takes one out again."""
        was_night = False
        for state in halves:
            was_night = was_night or state == NIGHT
            if is_counted(counting, is_working, state):
                self.halves[state] = self.halves.get(state, 0) + times
        self.nights += times * was_night

    def add_halves(self, state: str, number: int) -> None:
        self.halves[state] = self.halves.get(state, 0) + number

    def days(self) -> Days:
        figures = {"present": 0, "leave": 0, "absent": 0, "unknown": 0}
        for state, number in self.halves.items():
            figures[counts_as(state)] += number
        return Days(
            expected=HALF * sum(figures.values()),
            present=HALF * figures["present"],
            leave=HALF * figures["leave"],
            absent=HALF * figures["absent"],
            unknown=HALF * figures["unknown"],
            nights=self.nights,
            kinds={state: HALF * number for state, number in sorted(self.halves.items()) if number},
            counted_by=tuple(self.counted_by),
        )
