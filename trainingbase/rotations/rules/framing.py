"""From facts to the planner's problem and back: people and departments are their ids as text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from trainingbase.planner.change import wider
from trainingbase.planner.problem import (
    Department,
    Placement,
    Problem,
    Programme,
    Resident,
    Weights,
)
from trainingbase.rotations.rules.facts import PER_MONTH, Facts, Trainee, Ward
from trainingbase.rotations.rules.halves import end_period_of, period_of, start_of
from trainingbase.rotations.rules.holding import as_far_as_it_goes, held, was_interrupted
from trainingbase.rotations.rules.matching import placements_of
from trainingbase.rotations.rules.opening import fewest_at, places_at
from trainingbase.rotations.rules.rows import Row, by_resident, joined
from trainingbase.rotations.rules.standing import (
    PRIMARY,
    Standing,
    away_periods,
    programme_left,
    soonest,
    standing_of,
)
from trainingbase.rotations.rules.wishing import ranks_of, wishes_of


def begun(facts: Facts, rows: Iterable[Row]) -> list[Row]:
    """Rows that had begun on the day the plan was asked for and reach into the plan."""
    return [r for r in rows if r.starts_on <= facts.today and r.ends_on > facts.starts_on]


def others(facts: Facts) -> list[Row]:
    """Rows of those who are not planned anew and still in training, as they stand."""
    return [
        row
        for row in facts.before
        if row.ends_on > facts.starts_on
        and row.resident not in facts.planned
        and row.resident in facts.trainees
        and not facts.trainees[row.resident].has_left
    ]


def kept(facts: Facts) -> list[Row]:
    """Rows of those who are planned anew that stay: they had begun (and go on until leave or a
    closure interrupts them), or begin so soon that the office has promised them."""
    mine = [row for row in facts.before if row.resident in facts.planned]
    going_on = (as_far_as_it_goes(facts, row) for row in begun(facts, mine))
    return sorted({*going_on, *held(facts, mine)})


def judged(facts: Facts, rows: Sequence[Row]) -> tuple[Problem, list[Placement]]:
    """The problem by which a whole plan is judged, and its rows as the planner's placements.

    Everybody with a row and everybody planned anew is in it; those whom the plan does not know
    keep their places.  A plan may use all the time a resident is enrolled for; what is owed
    decides only where that would be too short.  A stay that runs into the plan, or was
    interrupted, is judged no more: what it brings is done, as the solver has it too.
    """
    mine = by_resident(rows)
    past = by_resident(r for r in facts.before if r.ends_on <= facts.starts_on)
    people, programmes, placements = [], {}, []
    for key in sorted(facts.planned | mine.keys()):
        trainee = facts.trainees.get(key)
        if trainee is None:
            continue
        own = mine.get(key, [])
        running = [
            row
            for row in begun(facts, own)
            if row.starts_on < facts.starts_on or was_interrupted(facts, row)
        ]
        standing = standing_of(facts, trainee, past.get(key, ()), begun(facts, own))
        done = standing_of(facts, trainee, past.get(key, ()), running).done_and_begun
        first = max(0, standing.training_start)
        programme = _owed(facts, trainee, done, standing, first)
        until = max(standing.until, _enrolled_until(facts, trainee))
        people.append(_resident(facts, trainee, programme, programmes, standing, first, until))
        new = [row for row in own if row not in running]
        placements += placements_of(facts.starts_on, running, str(key), ())
        placements += placements_of(facts.starts_on, new, str(key), programme.requirements)
    end = max([2 * PER_MONTH, *(one.until for one in people), *(one.end for one in placements)])
    problem = _problem(facts, people, programmes, max(end, _horizon(facts)))
    unknown = [row for row in others(facts) if row.resident not in mine]
    return _beside(problem, facts, unknown), placements


def to_solve(facts: Facts) -> Problem:
    """The problem for the solver: those planned anew, in the places that the others leave."""
    past = by_resident(r for r in facts.before if r.ends_on <= facts.starts_on)
    there = kept(facts)
    mine = by_resident(there)
    stays = set(there)
    wanted = by_resident(r for r in facts.before if r.starts_on > facts.today and r not in stays)
    people, programmes, previous = [], {}, []
    for key in sorted(facts.planned):
        trainee = facts.trainees[key]
        standing = standing_of(facts, trainee, past.get(key, ()), mine.get(key, ()))
        programme = _owed(facts, trainee, standing.done_and_begun, standing, standing.first)
        people.append(
            _resident(
                facts, trainee, programme, programmes, standing, standing.first, standing.until
            )
        )
        previous += [
            one
            for one in placements_of(
                facts.starts_on, wanted.get(key, ()), str(key), programme.requirements
            )
            if one.requirement
        ]
    end = max([2 * PER_MONTH, *(one.until for one in people), *(one.end for one in previous)])
    problem = _problem(facts, people, programmes, max(end, _horizon(facts)))
    problem = _beside(problem, facts, [*others(facts), *there])
    return replace(problem, previous=tuple(previous))


def _owed(
    facts: Facts, trainee: Trainee, done: Mapping[str, float], standing: Standing, first: int
) -> Programme:
    """What is left of the programme, in times as wide as is supposed."""
    left = programme_left(facts.curricula[trainee.programme], done, standing, first)
    for programme, requirement, earlier, later in facts.wider:
        if programme == trainee.programme:
            left = replace(
                left,
                requirements=tuple(
                    wider(one, earlier, later) if one.id == requirement else one
                    for one in left.requirements
                ),
            )
    return left


def _beside(problem: Problem, facts: Facts, rows: Iterable[Row]) -> Problem:
    """The same problem in the places that `rows` leave."""
    taken = _taken(facts, rows, problem.periods)
    return replace(
        problem,
        departments=tuple(_less(one, taken.get(one.id, {})) for one in problem.departments),
    )


def _horizon(facts: Facts) -> int:
    return end_period_of(facts.starts_on, facts.ends_on)


def _enrolled_until(facts: Facts, trainee: Trainee) -> int:
    if trainee.ends_on is None or trainee.ends_on <= facts.starts_on:
        return 0
    return end_period_of(facts.starts_on, trainee.ends_on)


def _resident(
    facts: Facts,
    trainee: Trainee,
    programme: Programme,
    programmes: dict[Programme, str],
    standing: Standing,
    first: int,
    until: int,
) -> Resident:
    """People with equal programmes left share one; `programmes` gathers them by name."""
    if programme not in programmes:
        programmes[programme] = f"{trainee.programme}.{len(programmes) + 1}"
    away = away_periods(facts.starts_on, trainee.away)
    wished = facts.wishes.get(trainee.id)
    return Resident(
        id=str(trainee.id),
        programme=programmes[programme],
        from_period=first,
        until=until,
        training_start=standing.training_start,
        away=frozenset(period for period in away if soonest(facts) <= period < until),
        wishes=wishes_of(facts, wished, programme),
        rank=ranks_of(facts, wished),
    )


def _problem(
    facts: Facts, people: list[Resident], programmes: dict[Programme, str], periods: int
) -> Problem:
    periods += periods % PER_MONTH
    return Problem(
        unit="half-month",
        starts_on=facts.starts_on.isoformat(),
        periods=periods,
        departments=tuple(_department(facts, ward, periods) for ward in facts.wards),
        programmes={name: replace(one, id=name) for one, name in programmes.items()},
        residents=tuple(people),
        weights=Weights(),
    )


def _department(facts: Facts, ward: Ward, periods: int) -> Department:
    places = tuple(places_at(facts, ward, period) for period in range(periods))
    suffix = PRIMARY if ward.is_primary_care else ""
    return Department(
        id=str(ward.id),
        standards=tuple(f"{standard}{suffix}" for standard in ward.standards),
        institution=str(ward.institution),
        places=places,
        minimum=tuple(
            min(fewest_at(facts, ward, period), there) for period, there in enumerate(places)
        ),
        primary_care=ward.is_primary_care,
    )


def _taken(facts: Facts, rows: Iterable[Row], periods: int) -> dict[str, dict[int, int]]:
    taken: dict[str, dict[int, int]] = {}
    for row in rows:
        there = taken.setdefault(str(row.department), {})
        first = max(0, period_of(facts.starts_on, row.starts_on))
        for period in range(first, min(periods, end_period_of(facts.starts_on, row.ends_on))):
            there[period] = there.get(period, 0) + 1
    return taken


def _less(department: Department, taken: dict[int, int]) -> Department:
    return replace(
        department,
        places=tuple(max(0, n - taken.get(p, 0)) for p, n in enumerate(department.places)),
        minimum=tuple(max(0, n - taken.get(p, 0)) for p, n in enumerate(department.minimum)),
    )


def rows_of(facts: Facts, placements: Iterable[Placement]) -> list[Row]:
    """Rows of a plan from the planner's placements; stays that touch become one."""
    return joined(
        Row(
            int(one.resident),
            start_of(facts.starts_on, one.start),
            start_of(facts.starts_on, one.end),
            int(one.department),
            int(one.requirement.partition("/")[0]),
        )
        for one in placements
        if one.requirement
    )
