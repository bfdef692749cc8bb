"""How a plan serves those who wished something."""

from collections.abc import Iterable

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.rotations.models import Plan, plan_wishes
from trainingbase.rotations.queries.judging import Judgement
from trainingbase.rotations.rules.wishing import Served, served
from trainingbase.sites.models import Institution
from trainingbase.wishes.models import Round


def served_by(judgement: Judgement) -> list[Served]:
    """Everybody in the plan who wished something, the worst served first."""
    problem, facts = judgement.problem, judgement.facts
    mine: dict[str, list] = {}
    for one in judgement.placements:
        mine.setdefault(one.resident, []).append(one)
    found = [
        served(facts, int(one.id), problem.programme_of(one), mine.get(one.id, ()))
        for one in problem.residents
        if int(one.id) in facts.wishes
    ]
    return sorted(found, key=lambda one: (-one.lost, -one.missed, one.resident))


def sites_by_id(ids: Iterable[int]) -> dict[int, Institution]:
    rows = db.session.scalars(select(Institution).where(Institution.id.in_(set(ids))))
    return {one.id: one for one in rows}


def is_weighed(asked: Round) -> bool:
    """Whether the plan in force was made with the wishes of this round."""
    plans = select(Plan.id).join(plan_wishes, plan_wishes.c.plan_id == Plan.id)
    return (
        db.session.scalar(
            plans.where(plan_wishes.c.round_id == asked.id, Plan.in_force.is_(True)).limit(1)
        )
        is not None
    )
