"""What the office supposes when it asks "what if": close, open, more places, leave, a rotation
that was failed, longer training, a resident who leaves, more residents.  Applied to the facts, so
that the same rules solve and judge it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from trainingbase.months import first_of_month, months_later
from trainingbase.rotations.rules.facts import PER_MONTH, Facts, Trainee, Ward
from trainingbase.rotations.rules.halves import months_between
from trainingbase.rotations.rules.rows import Row

KINDS = ("close", "open", "places", "leave", "repeat", "longer", "gone", "admit")

Span = tuple[date, date]


@dataclass(frozen=True)
class Supposition:
    """`department` for the first three kinds and where a rotation is repeated, `resident` for this
    and the other kinds of one person, `cohort` and its `programme` for new residents.  `count` is
    places, months or residents.  Days from `starts_on` up to, excluding, `ends_on`; new residents
    start on `starts_on`.

    `wider`, which only a remedy asks for: in this `programme` the `requirement` may be done so many
    half months `earlier` and `later` than its rules say."""

    kind: str
    starts_on: date
    ends_on: date
    department: int | None = None
    resident: int | None = None
    cohort: int | None = None
    programme: int | None = None
    count: int = 1
    requirement: str | None = None
    earlier: int | None = None
    later: int | None = None

    def to_json(self) -> dict:
        days = {"starts_on": self.starts_on.isoformat(), "ends_on": self.ends_on.isoformat()}
        return {k: v for k, v in asdict(self).items() if v is not None} | days


def from_json(kept: Iterable[dict] | None) -> list[Supposition]:
    return [
        Supposition(
            **one
            | {
                "starts_on": date.fromisoformat(one["starts_on"]),
                "ends_on": date.fromisoformat(one["ends_on"]),
            }
        )
        for one in kept or ()
    ]


def supposed(facts: Facts, suppositions: Sequence[Supposition]) -> Facts:
    """The facts as they would be.  New residents have the numbers -1, -2, …"""
    for one in suppositions:
        facts = APPLIED[one.kind](facts, one)
    return facts


def _with_ward(facts: Facts, one: Supposition, **changes) -> Facts:
    wards = tuple(replace(w, **changes) if w.id == one.department else w for w in facts.wards)
    return replace(facts, wards=wards)


def _ward(facts: Facts, one: Supposition) -> Ward | None:
    return next((ward for ward in facts.wards if ward.id == one.department), None)


def _closed(facts: Facts, one: Supposition) -> Facts:
    ward = _ward(facts, one)
    if ward is None:
        return facts
    return _with_ward(facts, one, closed=(*_apart(ward.closed, one), (one.starts_on, one.ends_on)))


def _opened(facts: Facts, one: Supposition) -> Facts:
    """Without the closures of that time, and with an agreement that reaches over it."""
    ward = _ward(facts, one)
    if ward is None:
        return facts
    return _with_ward(
        facts,
        one,
        closed=_apart(ward.closed, one),
        opens_on=min(ward.opens_on, one.starts_on) if ward.opens_on else None,
        shuts_on=max(ward.shuts_on, one.ends_on) if ward.shuts_on else None,
    )


def _apart(spans: Iterable[Span], one: Supposition) -> tuple[Span, ...]:
    """What of the spans lies outside the time supposed."""
    left = []
    for starts_on, ends_on in spans:
        left.append((starts_on, min(ends_on, one.starts_on)))
        left.append((max(starts_on, one.ends_on), ends_on))
    return tuple((starts_on, ends_on) for starts_on, ends_on in left if starts_on < ends_on)


def _with_places(facts: Facts, one: Supposition) -> Facts:
    ward = _ward(facts, one)
    if ward is None:
        return facts
    return _with_ward(facts, one, more=(*ward.more, (one.starts_on, one.ends_on, one.count)))


def _away(facts: Facts, one: Supposition) -> Facts:
    months = frozenset(months_between(one.starts_on, one.ends_on))
    trainee = facts.trainees.get(one.resident)
    return _with_trainee(facts, trainee and replace(trainee, away=trainee.away | months))


def _repeated(facts: Facts, one: Supposition) -> Facts:
    """So many months of the department's kind are owed anew, and training is as much longer."""
    trainee, ward = facts.trainees.get(one.resident), _ward(facts, one)
    if trainee is None or ward is None:
        return facts
    sheet = facts.curricula[trainee.programme].sheet
    asked = {int(row.standard) for row in sheet.rows}
    standard = next((key for key in ward.standards if key in asked), None)
    if standard is None:
        return facts
    trainee = replace(trainee, ends_on=_later(trainee.ends_on, one.count))
    return _with_trainee(facts, trainee.owing(standard, float(one.count)))


def _longer(facts: Facts, one: Supposition) -> Facts:
    trainee = facts.trainees.get(one.resident)
    if trainee is None:
        return facts
    longer = trainee.longer + one.count * PER_MONTH
    ends_on = _later(trainee.ends_on, one.count)
    return _with_trainee(facts, replace(trainee, longer=longer, ends_on=ends_on))


def _later(day: date | None, months: int) -> date | None:
    return day and months_later(first_of_month(day), months).replace(day=min(day.day, 28))


def _with_trainee(facts: Facts, trainee: Trainee | None) -> Facts:
    if trainee is None:
        return facts
    return replace(facts, trainees=facts.trainees | {trainee.id: trainee})


def _gone(facts: Facts, one: Supposition) -> Facts:
    """What has not begun of theirs is given up."""
    trainee = facts.trainees.get(one.resident)
    if trainee is None:
        return facts
    facts = replace(facts, planned=facts.planned - {trainee.id})
    return _with_trainee(facts, replace(trainee, has_left=True))


def _admitted(facts: Facts, one: Supposition) -> Facts:
    if one.programme not in facts.curricula:
        return facts
    last = min([0, *facts.trainees])
    new = {
        number: Trainee(number, one.programme, one.starts_on, None)
        for number in range(last - one.count, last)
    }
    return replace(facts, trainees=facts.trainees | new, planned=facts.planned | new.keys())


def _wider(facts: Facts, one: Supposition) -> Facts:
    if one.programme not in facts.curricula or one.requirement is None:
        return facts
    more = (one.programme, one.requirement, one.earlier or 0, one.later or 0)
    return replace(facts, wider=(*facts.wider, more))


APPLIED = {
    "close": _closed,
    "open": _opened,
    "places": _with_places,
    "leave": _away,
    "longer": _longer,
    "repeat": _repeated,
    "gone": _gone,
    "admit": _admitted,
    "wider": _wider,
}


def imagined(rows: Iterable[Row]) -> list[Row]:
    """Rows of residents who are only supposed."""
    return [row for row in rows if row.resident < 0]
