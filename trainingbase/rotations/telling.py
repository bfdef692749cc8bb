"""Says in the viewer's language what is supposed, why somebody moves, and how good a plan is."""

from flask_babel import gettext as _

from trainingbase.i18n import month, number
from trainingbase.planner.problem import Problem
from trainingbase.rotations.models import Plan
from trainingbase.rotations.rules.halves import end_period_of, period_of
from trainingbase.rotations.rules.supposing import Supposition
from trainingbase.rotations.rules.whys import Why
from trainingbase.rotations.speaking import Speaker


def supposition_in_words(speaker: Speaker, one: Supposition, cohorts: dict[int, str]) -> str:
    if one.kind == "admit":
        return _(
            "%(count)s more residents of %(cohort)s from %(month)s",
            count=one.count,
            cohort=cohorts.get(one.cohort or 0, "—"),
            month=month(one.starts_on),
        )
    if one.kind == "repeat":
        return _(
            "%(person)s does %(months)s months of %(department)s again",
            person=speaker.person(one.resident or 0),
            months=f"{one.count}",
            department=speaker.place(one.department or 0),
        )
    if one.kind == "longer":
        return _(
            "%(months)s more months of training for %(person)s",
            months=f"{one.count}",
            person=speaker.person(one.resident or 0),
        )
    if one.kind == "wider":
        return _(
            "a wider time for %(standard)s: %(earlier)s months earlier, %(later)s later",
            standard=speaker.standard(one.requirement or ""),
            earlier=speaker.months(one.earlier or 0),
            later=speaker.months(one.later or 0),
        )
    if one.kind == "gone":
        return _("%(person)s leaves training", person=speaker.person(one.resident or 0))
    facts = {"periods": _time(speaker, one)}
    if one.kind == "leave":
        return _(
            "%(person)s on leave in %(periods)s", person=speaker.person(one.resident or 0), **facts
        )
    facts["department"] = speaker.place(one.department or 0)
    if one.kind == "close":
        return _("%(department)s closed in %(periods)s", **facts)
    if one.kind == "open":
        return _("%(department)s open in %(periods)s", **facts)
    return _("%(count)s more places in %(department)s in %(periods)s", count=one.count, **facts)


def _time(speaker: Speaker, one: Supposition) -> str:
    first = period_of(speaker.starts_on, one.starts_on)
    return speaker.periods(range(first, end_period_of(speaker.starts_on, one.ends_on)))


def why_in_words(speaker: Speaker, problem: Problem, why: Why) -> str:
    if why.kind == "rule" and why.breach is not None:
        return speaker.breach(problem, why.breach)
    people = speaker.people(why.residents)
    return {
        "room": _("The place is needed by %(people)s.", people=people),
        "takes": _("Takes the place of %(people)s.", people=people),
        "new": _("Nothing was planned before."),
        "gone": _("Is planned no longer."),
        "better": _("Fares better so."),
        "worse": _("Costs this resident more, and the whole plan less."),
    }.get(why.kind, _("The plan as a whole costs no more so."))


def bound_in_words(plan: Plan) -> str:
    """How far from the best there can be, said no better than it is known."""
    total = (plan.cost or {}).get("total")
    if plan.origin == "solver" and total is None:
        return "—"
    if total is None:
        return _("Not solved by the portal: how good it could be is not known.")
    if plan.way == "least" and plan.bound is not None and float(plan.bound) == _moved(plan):
        return _("No lawful plan moves fewer stays: this is proven.")
    if plan.bound is None:
        return _("How much better a plan could be is not known.")
    bound = float(plan.bound)
    if total <= bound + 1e-6:
        return _("No lawful plan costs less: this is proven.")
    if bound <= 0:
        return _(
            "It was solved with a cost of %(cost)s. How much better a plan could be is not known.",
            cost=_solved_cost(plan, total),
        )
    return _(
        "It was solved with a cost of %(cost)s, and no plan costs less than %(bound)s: it is at "
        "most %(gap)s %% dearer than the best there is.",
        cost=_solved_cost(plan, total),
        bound=number(plan.bound),
        gap=number(round(100 * (total - bound) / bound, 1)),
    )


def _moved(plan: Plan) -> float:
    return (plan.cost or {}).get("moved") or 0.0


def _solved_cost(plan: Plan, total: float) -> str:
    moved = _moved(plan)
    if not moved:
        return number(total)
    return _(
        "%(cost)s (%(moved)s of it for placements moved)", cost=number(total), moved=number(moved)
    )
