"""A department's days as they are where nothing was recorded, summed up beforehand.

A resident's days are then these, but for the few that differ: what was recorded is stored, what
follows from the rules is reckoned.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trainingbase.attendance.rules.counting import Choice, Days, Tally, choice_on, is_counted
from trainingbase.attendance.rules.states import FREE, PRESENT, UNKNOWN, of_half
from trainingbase.sites.rules.calendar import Calendar

Span = tuple[date, date]
"""First day and exclusive end."""


@dataclass(frozen=True)
class DayFacts:
    """What holds on a day in a department, whoever is there."""

    is_working: bool
    choice: Choice
    confirmed: bool

    def states(
        self, mark: tuple[str | None, str | None] = (None, None), leave: str | None = None
    ) -> tuple[str, str]:
        """Morning and afternoon."""
        morning, afternoon = (
            of_half(
                is_working=self.is_working,
                mode=self.choice.mode,
                confirmed=self.confirmed,
                mark=half,
                leave=leave,
            )
            for half in mark
        )
        return morning, afternoon


class Line:
    """The days [starts_on, ends_on) of one department."""

    def __init__(
        self,
        starts_on: date,
        ends_on: date,
        *,
        calendar: Calendar,
        choices: Sequence[Choice],
        confirmed: Collection[date] = (),
        closed: Collection[date] = (),
    ):
        """`confirmed` are days, `closed` the first days of months."""
        self.starts_on, self.ends_on = starts_on, ends_on
        self.calendar, self.choices = calendar, choices
        self.confirmed, self.closed = confirmed, closed
        self.dates: list[date] = []
        self.facts: list[DayFacts] = []
        self._halves: dict[tuple, tuple[str, str]] = {}
        self.sums: dict[str, list[int]] = {PRESENT: [0], UNKNOWN: [0], FREE: [0]}
        """By state: half days that count before each day."""
        known: dict[tuple, DayFacts] = {}
        for number in range((ends_on - starts_on).days):
            self._append(starts_on + timedelta(days=number), known)

    def _append(self, day: date, known: dict[tuple, DayFacts]) -> None:
        is_sure = day in self.confirmed or day.replace(day=1) in self.closed
        key = (self.calendar.is_working(day), choice_on(self.choices, day), is_sure)
        facts = known.get(key)
        if facts is None:
            facts = known[key] = DayFacts(*key)
        self.dates.append(day)
        self.facts.append(facts)
        state = facts.states()[0]
        counts = is_counted(facts.choice.counting, facts.is_working, state)
        for name, sums in self.sums.items():
            sums.append(sums[-1] + 2 * (counts and name == state))

    def on(self, day: date) -> DayFacts:
        return self.facts[(day - self.starts_on).days]

    def between(self, starts_on: date, ends_on: date) -> Iterator[tuple[date, DayFacts]]:
        start, stop = (starts_on - self.starts_on).days, (ends_on - self.starts_on).days
        return zip(self.dates[start:stop], self.facts[start:stop], strict=True)

    def halves(self, facts: DayFacts, mark: tuple[str | None, str | None]) -> tuple[str, str]:
        """What the halves of a day without leave were; as days that are alike share their facts,
        each kind is reckoned once."""
        key = (id(facts), mark)
        halves = self._halves.get(key)
        if halves is None:
            halves = self._halves[key] = facts.states(mark)
        return halves

    def days(self, spans: Sequence[Span], differing: Mapping[date, tuple[str, str]]) -> Days:
        """The days of the spans; `differing` says of some days what they were, of others than
        theirs for nothing."""
        inside = {
            day: halves
            for day, halves in differing.items()
            if any(first <= day < end for first, end in spans)
        }
        return self.days_with(spans, inside.items())

    def days_with(
        self, spans: Sequence[Span], differing: Iterable[tuple[date, tuple[str, str]]]
    ) -> Days:
        """As `days`, where all that differ are days of the spans."""
        tally = Tally()
        for first, end in spans:
            start, stop = (first - self.starts_on).days, (end - self.starts_on).days
            for name, sums in self.sums.items():
                tally.add_halves(name, sums[stop] - sums[start])
            self._name_rules(tally, first, end)
        for facts, halves, number in self._alike(differing):
            counting = facts.choice.counting
            tally.add(counting, facts.is_working, facts.states(), -number)
            tally.add(counting, facts.is_working, halves, number)
        return tally.days()

    def _alike(
        self, differing: Iterable[tuple[date, tuple[str, str]]]
    ) -> Iterable[tuple[DayFacts, tuple[str, str], int]]:
        """Days that differ in the same way, and how many: of those signed in by code, most."""
        numbers: dict[tuple[int, tuple[str, str]], int] = {}
        known: dict[int, DayFacts] = {}
        for day, halves in differing:
            facts = self.on(day)
            known[id(facts)] = facts
            key = id(facts), halves
            numbers[key] = numbers.get(key, 0) + 1
        return ((known[one], halves, number) for (one, halves), number in numbers.items())

    def _name_rules(self, tally: Tally, first: date, end: date) -> None:
        for one, following in zip(self.choices, [*self.choices[1:], None], strict=True):
            if one.from_on < end and (following is None or following.from_on > first):
                tally.counted_by[one.counting] = None


def without(span: Span, out: Iterable[Span]) -> list[Span]:
    """The parts of a span that lie outside all of `out`."""
    parts = [span]
    for first, end in out:
        parts = [
            (start, stop)
            for a, b in parts
            for start, stop in ((a, min(b, first)), (max(a, end), b))
            if start < stop
        ]
    return parts
