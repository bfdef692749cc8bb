"""What is known of the days of some placements: what each was, and how they are counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from trainingbase.attendance.rules.counting import Days
from trainingbase.attendance.rules.lines import DayFacts, Line, Span, without
from trainingbase.sites.rules.calendar import each_day


@dataclass(frozen=True)
class Stay:
    """What counting needs of a placement; [starts_on, ends_on) is the part of it asked about."""

    id: int
    resident_id: int
    department_id: int
    institution_id: int
    starts_on: date
    ends_on: date
    left_on: date | None


class Noted(NamedTuple):
    """A mark, without what belongs to it."""

    id: int
    version: int
    morning: str | None
    afternoon: str | None
    reason: str | None
    how: str

    @property
    def halves(self) -> tuple[str | None, str | None]:
        return self.morning, self.afternoon


class Cell(NamedTuple):
    """A resident's day: what each half was, and why.  Nobody is presumed to be there before they
    `arrived` in the department, as far as that is recorded."""

    day: date
    facts: DayFacts
    halves: tuple[str, str]
    noted: Noted | None
    leave: str | None
    arrived: bool = True

    @property
    def is_whole(self) -> bool:
        return self.halves[0] == self.halves[1]

    @property
    def is_contradicted(self) -> bool:
        """On leave, and yet recorded as there."""
        return self.leave is not None and self.noted is not None and any(self.noted.halves)


@dataclass
class Record:
    """Of the stays, filled by `queries.record`; nothing more is asked of the database."""

    stays: dict[int, Stay]
    lines: dict[int, Line] = field(default_factory=dict)
    notes: dict[int, dict[date, Noted]] = field(default_factory=dict)
    leaves: dict[int, dict[date, str]] = field(default_factory=dict)
    out: dict[int, list[Span]] = field(default_factory=dict)
    begun: dict[int, date] = field(default_factory=dict)

    def spans(self, stay: Stay) -> list[Span]:
        """The days of a stay on which the resident is in training."""
        out = self.out.get(stay.resident_id, ())
        ends_on = min(stay.ends_on, stay.left_on) if stay.left_on else stay.ends_on
        return without((stay.starts_on, ends_on), out) if stay.starts_on < ends_on else []

    def cell(self, stay: Stay, day: date) -> Cell:
        facts, arrived = self.lines[stay.department_id].on(day), day >= self._begun(stay)
        if not arrived:
            facts = replace(facts, confirmed=False)
        noted = self.notes.get(stay.resident_id, {}).get(day)
        leave = self.leaves.get(stay.resident_id, {}).get(day)
        halves = facts.states(noted.halves if noted else (None, None), leave)
        return Cell(day, facts, halves, noted, leave, arrived)

    def _begun(self, stay: Stay) -> date:
        return self.begun.get(stay.id, stay.starts_on)

    def cells(self, stay: Stay) -> dict[date, Cell]:
        """Most days of a department are alike: what their halves were is found once."""
        line, begun = self.lines[stay.department_id], self._begun(stay)
        notes, away = self.notes.get(stay.resident_id, {}), self.leaves.get(stay.resident_id, {})
        found = {}
        for first, end in self.spans(stay):
            as_usual = not away and begun <= first
            for day, facts in line.between(first, end):
                noted = notes.get(day)
                if as_usual or (day not in away and day >= begun):
                    said = (noted[2], noted[3]) if noted is not None else (None, None)
                    found[day] = Cell(day, facts, line.halves(facts, said), noted, None)
                else:
                    found[day] = self.cell(stay, day)
        return found

    def days_of(self, stay: Stay, cells: Mapping[date, Cell]) -> Days:
        """As `days`, of the cells of the stay that are there already."""
        differing = [
            (day, halves)
            for day, _facts, halves, noted, leave, arrived in cells.values()
            if noted is not None or leave is not None or not arrived
        ]
        return self.lines[stay.department_id].days_with(self.spans(stay), differing)

    def days(self, stay: Stay) -> Days:
        """As the cells are; what was recorded whole and is no leave needs no rule."""
        noted, away = self.notes.get(stay.resident_id, {}), self.leaves.get(stay.resident_id, {})
        begun, differing = self._begun(stay), {}
        for day in each_day(stay.starts_on, stay.ends_on):
            mark = noted.get(day)
            if mark is not None and mark.morning and mark.afternoon and day not in away:
                differing[day] = (mark.morning, mark.afternoon)
            elif mark is not None or day in away or day < begun:
                differing[day] = self.cell(stay, day).halves
        return self.lines[stay.department_id].days(self.spans(stay), differing)
