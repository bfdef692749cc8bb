"""What an exchange may not bring, beyond what a change by hand may not."""

from trainingbase.planner.problem import Problem
from trainingbase.planner.situation import Breach
from trainingbase.rotations.queries.judging import Judgement, new_breaches


def worse(before: Judgement, after: Judgement, whole: Problem) -> list[Breach]:
    """New breaches, and whoever newly goes where nobody is taken, also when somebody else was
    there already.  `whole` is the problem with all places."""
    new = new_breaches(before, after)
    had = set(before.placements)
    return new + [
        one
        for one in after.breaches
        if one not in new and any(p not in had for p in one.placements) and _is_shut(whole, one)
    ]


def _is_shut(whole: Problem, breach: Breach) -> bool:
    if breach.rule != "places":
        return False
    places = whole.department_by_id[breach.departments[0]].places
    return any(places[period] == 0 for period in breach.periods)
