"""A planning problem from a base's own facts: programme rows, departments, people, leave.

Months may be halves (0.5); the problem's unit is then the half month, and whole-month stays begin
on the first of the month. Everything here is a pure function over the plain rows below, so that a
workbook and a database build the same problem:

    problem = build_problem(starts_on=date(2026, 9, 1), months=36, programmes={"GP33": sheet},
                            departments=[...], trainees=[...])
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from trainingbase.months import months_later
from trainingbase.planner.given import (
    After,
    First,
    Last,
    Row,
    Sheet,
    Trainee,
    Ward,
)
from trainingbase.planner.problem import (
    Block,
    Choice,
    Department,
    Placement,
    Problem,
    Programme,
    Requirement,
    Resident,
    Weights,
)

FIRST = "/first"  # id suffix of the part of a requirement that comes first in the training
HALF_MONTH_OR_MORE = 15  # days of a month on leave from which the month moves the plan


def months_away(leaves: Iterable[tuple[dt.date, dt.date]]) -> frozenset[dt.date]:
    """First days of the months of which at least 15 days fall in leave; last days included."""
    days: dict[dt.date, int] = {}
    for first, last in leaves:
        for number in range((last - first).days + 1):
            month = (first + dt.timedelta(days=number)).replace(day=1)
            days[month] = days.get(month, 0) + 1
    return frozenset(month for month, count in days.items() if count >= HALF_MONTH_OR_MORE)


def unit_of(sheets: Iterable[Sheet]) -> str:
    """`half-month` as soon as one row needs it, else `month`."""
    rows = [row for sheet in sheets for row in sheet.rows]
    whole = all(float(row.months).is_integer() for row in rows)
    return "month" if whole else "half-month"


def requirements_of(
    rows: Sequence[Row],
    rules: Sequence[First | Last | After],
    done: Mapping[str, float],
    per_month: int,
) -> list[Requirement]:
    """What is left of a programme after `done`; requirements entirely met are not in it.

    Windows of `First` count from the training start; those of `Last` depend on the person and are
    set by `with_last_window`.
    """
    first_of = {rule.standard: rule for rule in rules if isinstance(rule, First)}
    made = []
    for row in rows:
        left, had = row.months, done.get(row.standard, 0)
        first = first_of.get(row.standard)
        if first is not None:
            if had < first.months:
                window = round(first.within * per_month)
                part = replace(row, months=first.months - had, may_split=False)
                made.append(
                    replace(
                        _requirement(part, per_month), id=row.standard + FIRST, latest_end=window
                    )
                )
            left -= first.months
            had = max(0, had - first.months)
        if left - had > 0:
            made.append(_requirement(replace(row, months=left - had), per_month))
    return made


def _requirement(row: Row, per_month: int) -> Requirement:
    length = round(row.months * per_month)
    align = per_month if length % per_month == 0 else 1
    least = max(1, round((row.min_stretch or 0) * per_month))
    if row.may_split and least < length:
        return Requirement(row.standard, (row.standard,), length, None, least, align=align)
    return Requirement(row.standard, (row.standard,), length, (length,), align=align)


def before_of(
    requirements: Sequence[Requirement], rules: Sequence[First | Last | After], begun: set[str]
) -> tuple[tuple[str, str], ...]:
    """Pairs (first, second) among what is left. What has begun is past its turn."""
    ids = {requirement.id for requirement in requirements}
    pairs = []
    for rule in rules:
        if isinstance(rule, After) and rule.standard in ids - begun:
            pairs += [(one, rule.standard) for one in rule.after if one in ids]
        if isinstance(rule, First) and {rule.standard, rule.standard + FIRST} <= ids:
            pairs.append((rule.standard + FIRST, rule.standard))
    return tuple(pairs)


def choices_of(rows: Sequence[Row], done: Mapping[str, float]) -> tuple[Choice, ...]:
    """Electives still to be taken, group by group; those done are taken off the count."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.group:
            groups.setdefault(row.group, []).append(row)
    made = []
    for group, members in groups.items():
        wanted = members[0].group_months or 0
        count = math.ceil(wanted / min(row.months for row in members))
        met = sum(done.get(row.standard, 0) >= row.months for row in members)
        left = tuple(row.standard for row in members if done.get(row.standard, 0) < row.months)
        made.append(Choice(group, left, min(len(left), max(0, count - met))))
    return tuple(made)


def with_last_window(
    requirements: Sequence[Requirement],
    rules: Sequence[First | Last | After],
    total: int,
    per_month: int,
) -> tuple[Requirement, ...]:
    """`earliest` of what belongs to the end of a training of `total` periods, leave included."""
    earliest: dict[str, int] = {}
    for rule in rules:
        if isinstance(rule, Last):
            start = max(0, total - round(rule.months * per_month))
            strict = round((rule.not_before or 0) * per_month)
            length = sum(one.length for one in requirements if one.id == rule.standard)
            if strict > start and total - strict >= length:
                start = strict
            earliest[rule.standard] = start
    return tuple(
        replace(one, earliest=max(one.earliest, earliest[one.id])) if one.id in earliest else one
        for one in requirements
    )


def department_of(ward: Ward, starts_on: dt.date, months: int, per_month: int) -> Department:
    """Closed months and months outside the agreement have no places."""
    places: list[int] = []
    for number in range(months):
        month, after = months_later(starts_on, number), months_later(starts_on, number + 1)
        shut = month in ward.closed
        shut = shut or (ward.opens_on is not None and month < ward.opens_on)
        shut = shut or (ward.shuts_on is not None and after > ward.shuts_on)
        places += [0 if shut else ward.most] * per_month
    least = tuple(min(ward.least, there) for there in places)
    return Department(
        ward.id, ward.standards, ward.institution, tuple(places), least, ward.primary_care
    )


def build_problem(
    *,
    starts_on: dt.date,
    months: int,
    programmes: Mapping[str, Sheet],
    departments: Sequence[Ward],
    trainees: Sequence[Trainee],
    previous: Sequence[Placement] = (),
    weights: Weights | None = None,
    name: str = "",
    notes: Sequence[str] = (),
) -> Problem:
    """`starts_on` is the first of a month. Everybody stays until all that is owed can be done.

    People with equal programmes left share one; else each has their own, so requirement ids are
    the standard departments' throughout (and `<standard>/first`).
    """
    unit = unit_of(programmes.values())
    per_month = 2 if unit == "half-month" else 1
    periods = months * per_month
    shared: dict[Programme, str] = {}
    made: dict[str, Programme] = {}
    residents = []
    for trainee in trainees:
        programme, resident = _person(
            trainee, programmes[trainee.programme], starts_on, periods, per_month
        )
        if programme not in shared:
            number = sum(key.startswith(f"{trainee.programme}.") for key in made) + 1
            shared[programme] = f"{trainee.programme}.{number}"
            made[shared[programme]] = replace(programme, id=shared[programme])
        residents.append(replace(resident, programme=shared[programme]))
    return Problem(
        unit=unit,
        starts_on=starts_on.isoformat(),
        periods=periods,
        departments=tuple(
            department_of(ward, starts_on, months, per_month) for ward in departments
        ),
        programmes=made,
        residents=tuple(residents),
        previous=tuple(previous),
        weights=weights or Weights(),
        name=name,
        notes=tuple(notes),
    )


def _person(
    trainee: Trainee, sheet: Sheet, starts_on: dt.date, periods: int, per_month: int
) -> tuple[Programme, Resident]:
    left = requirements_of(sheet.rows, sheet.rules, trainee.done, per_month)
    begun = {one.standard for one in trainee.begun}
    choices = choices_of(sheet.rows, trainee.done)
    training_start = _period(starts_on, trainee.entered_on, per_month)
    first = max(0, training_start)
    away = frozenset(
        _period(starts_on, month, per_month) + half
        for month in trainee.away
        for half in range(per_month)
    )
    until = _until(first, _owed(left, choices), away)
    dated = with_last_window(left, sheet.rules, until - training_start, per_month)
    programme = Programme("", dated, before_of(dated, sheet.rules, begun), choices)
    resident = Resident(
        id=trainee.id,
        programme="",
        from_period=min(first, periods),
        until=min(until, periods),
        training_start=training_start,
        away=frozenset(period for period in away if 0 <= period < periods),
        in_progress=tuple(
            Block(one.standard, one.department, 0, round(one.months * per_month))
            for one in trainee.begun
        ),
        fixed=tuple(
            Block(
                one.requirement,
                one.department,
                _period(starts_on, one.starts_on, per_month),
                round(one.months * per_month),
            )
            for one in trainee.fixed
        ),
        institutions=trainee.institutions,
        wishes=trainee.wishes,
        rank=dict(trainee.rank),
    )
    return programme, resident


def _owed(requirements: Sequence[Requirement], choices: Sequence[Choice]) -> int:
    elective = {of for choice in choices for of in choice.of}
    length = {one.id: one.length for one in requirements}
    owed = sum(count for key, count in length.items() if key not in elective)
    for choice in choices:
        owed += sum(sorted(length[of] for of in choice.of if of in length)[: choice.count])
    return owed


def _until(first: int, owed: int, away: frozenset[int]) -> int:
    period = first
    while owed > 0:
        owed -= period not in away
        period += 1
    return period


def _period(starts_on: dt.date, day: dt.date, per_month: int) -> int:
    """The second half of a month begins on its 16th."""
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    return months * per_month + (1 if per_month == 2 and day.day > 15 else 0)
