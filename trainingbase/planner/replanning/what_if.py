"""What would follow, were something to happen: solved again from the present plan."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from trainingbase.planner.cost import cost
from trainingbase.planner.plan import Cost, Plan
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.replanning.replan import Replan, replan
from trainingbase.planner.scenario import Event, concerned, happened
from trainingbase.planner.solve import Progress
from trainingbase.planner.timetables.limits import Stop

SHARE = 0.5  # of the time for the plan of least change, when the best is asked for too


@dataclass(frozen=True)
class Answer:
    """`problem` is what it has become, with the present plan as its `previous`.

    `least` moves least; `best`, if asked for, costs least. `before` is what the present plan
    costs as things are; `moved` of it is 0.
    """

    problem: Problem
    before: Cost
    least: Replan
    best: Replan | None = None

    @property
    def plan(self) -> Plan:
        return self.least.plan


def what_if(
    problem: Problem,
    present: Iterable[Placement],
    events: Sequence[Event],
    *,
    notice: int = 0,
    with_best: bool = False,
    seconds: float = 5,
    workers: int = 2,
    seed: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Stop | None = None,
    rounds: int | None = None,
) -> Answer:
    """Raises UnknownId or ValueError for an event that cannot be. Events: see `scenario`."""
    present = tuple(present)
    changed = replace(happened(problem, present, events), previous=present)

    def solved(least_change: bool, share: float) -> Replan:
        return replan(
            changed,
            present,
            notice=notice,
            concerned=concerned(events),
            least_change=least_change,
            seconds=share * seconds,
            workers=workers,
            seed=seed,
            on_progress=on_progress,
            should_stop=should_stop,
            rounds=rounds,
        )

    least = solved(True, SHARE if with_best else 1.0)
    best = solved(False, 1 - SHARE) if with_best else None
    if best is not None and _moves_less(best, least):
        least = replace(best, is_least=False)
    return Answer(changed, cost(problem, present), least, best)


def _moves_less(one: Replan, other: Replan) -> bool:
    """What was sought for its cost may move less, when the time for the other was too short."""
    if one.plan.is_lawful != other.plan.is_lawful:
        return one.plan.is_lawful
    mine, theirs = one.plan.cost, other.plan.cost
    return (mine.unplaced, len(one.moves), mine.total) < (
        theirs.unplaced,
        len(other.moves),
        theirs.total,
    )
