"""What residents wished, for the planner."""

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.rotations.models import Plan, plan_wishes
from trainingbase.rotations.rules.facts import Wished
from trainingbase.wishes.models import Round, SiteChoice, Wish, WishList


def round_of(plan: Plan) -> Round | None:
    return db.session.scalar(
        select(Round)
        .join(plan_wishes, plan_wishes.c.round_id == Round.id)
        .where(plan_wishes.c.plan_id == plan.id)
    )


def wished_in(asked: Round | None) -> dict[int, Wished]:
    """By resident."""
    if asked is None:
        return {}
    starts: dict[int, list] = {}
    for resident_id, *wish in db.session.execute(
        select(WishList.resident_id, Wish.standard_department_id, Wish.from_on, Wish.until_on)
        .join(Wish, Wish.list_id == WishList.id)
        .where(WishList.round_id == asked.id)
        .order_by(WishList.resident_id, Wish.position)
    ):
        starts.setdefault(resident_id, []).append(tuple(wish))
    sites: dict[int, list[int]] = {}
    for resident_id, institution_id in db.session.execute(
        select(WishList.resident_id, SiteChoice.institution_id)
        .join(SiteChoice, SiteChoice.list_id == WishList.id)
        .where(WishList.round_id == asked.id)
        .order_by(WishList.resident_id, SiteChoice.position)
    ):
        sites.setdefault(resident_id, []).append(institution_id)
    return {
        key: Wished(
            starts=tuple(starts.get(key, ())),
            weight=float(asked.weight),
            sites=tuple(sites.get(key, ())),
            site_weight=float(asked.site_weight),
        )
        for key in sorted(starts.keys() | sites.keys())
    }
