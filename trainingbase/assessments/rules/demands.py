"""What the plan demands of a resident so far, and what became of it: asked, done, on its way,
expired, missing.  Every form is counted once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from trainingbase.assessments.rules.occasions import Occasion

Period = tuple[date, date]


@dataclass(frozen=True)
class Item:
    """A request, or a form given unasked: `done` answers, and `rest` that are still in `state`
    (open, late, expired).  `request_id` or `submission_id` opens it."""

    placement_id: int
    on: date
    done: int
    rest: int
    state: str
    was_asked: bool
    request_id: int | None = None
    submission_id: int | None = None


@dataclass
class Line:
    """One form in one time: `wanted` in all of it, `demanded` of that by today.  `time` is
    placement, month, year or training, or "" for what the plan does not ask for."""

    code: str
    time: str
    placement_id: int | None
    starts_on: date | None
    ends_on: date | None
    wanted: int = 0
    demanded: int = 0
    items: list[Item] = field(default_factory=list)

    def _rest(self, *states: str) -> int:
        return sum(one.rest for one in self.items if one.state in states)

    @property
    def asked(self) -> int:
        return sum(one.done + one.rest for one in self.items if one.was_asked)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.items)

    @property
    def unasked(self) -> int:
        return sum(one.done for one in self.items if not one.was_asked)

    @property
    def waiting(self) -> int:
        return self._rest("open")

    @property
    def late(self) -> int:
        return self._rest("late")

    @property
    def expired(self) -> int:
        return self._rest("expired")

    @property
    def missing(self) -> int:
        """Demanded, and neither done nor on its way: what expired is missing, too."""
        return max(0, self.demanded - self.done - self.waiting - self.late)


NUMBERS = ("demanded", "asked", "done", "waiting", "late", "expired", "unasked", "missing")


def is_due(
    occasion: Occasion, away: Iterable[Period], *, month_days: int, placed: int | None
) -> bool:
    """Not where the resident is away in all of its time, or is there for too little of a month."""
    days = there(occasion.starts_on, occasion.ends_on, away)
    return days >= (month_days if _time_of(occasion, placed) == "month" else 1)


def there(starts_on: date, ends_on: date, away: Iterable[Period]) -> int:
    """Days of [starts_on, ends_on) that lie in none of the periods."""
    days, free_from = 0, starts_on
    for first, end in sorted(away):
        if end <= free_from or first >= ends_on:
            continue
        days += max(timedelta(0), first - free_from).days
        free_from = max(free_from, end)
    return days + max(timedelta(0), ends_on - free_from).days


def lines_of(occasions: Iterable[tuple[Occasion, int | None]], *, today: date) -> list[Line]:
    """One for each form and time that has begun; `occasions` with their placement, None for those
    of years and of the whole training."""
    found: dict[tuple, Line] = {}
    for occasion, placement_id in occasions:
        if occasion.starts_on > today:
            continue
        time = _time_of(occasion, placement_id)
        key = (occasion.instrument, time, placement_id, occasion.starts_on)
        line = found.setdefault(
            key,
            Line(occasion.instrument, time, placement_id, occasion.starts_on, occasion.ends_on),
        )
        units = occasion.guests or 1
        line.wanted += units
        if occasion.on <= today:
            line.demanded += units
    return list(found.values())


def _time_of(occasion: Occasion, placement_id: int | None) -> str:
    name = occasion.slot.split()[0]
    if name[:1].isdigit():
        return "month"
    return "placement" if placement_id is not None else name


ORDER = ("month", "placement", "year", "training")


def fill(lines: Sequence[Line], items: Iterable[tuple[str, Item]]) -> list[Line]:
    """Each form goes to the narrowest and earliest of the times that still want one, else to
    a line of its own form that the plan does not ask for."""
    open_lines = sorted(lines, key=lambda one: (ORDER.index(one.time), one.starts_on or date.min))
    extra: dict[str, Line] = {}
    for code, item in sorted(items, key=lambda one: one[1].on):
        line = next((one for one in open_lines if _takes(one, code, item)), None)
        if line is None:
            line = extra.setdefault(code, Line(code, "", None, None, None))
        line.items.append(item)
    return [*lines, *extra.values()]


def _takes(line: Line, code: str, item: Item) -> bool:
    taken = sum(one.done + (one.rest if one.state != "expired" else 0) for one in line.items)
    if line.code != code or taken >= line.wanted:
        return False
    if line.time == "placement":
        return line.placement_id == item.placement_id
    if line.placement_id is not None and line.placement_id != item.placement_id:
        return False
    return bool(line.starts_on and line.ends_on and line.starts_on <= item.on < line.ends_on)
