"""Telling people how far an obligation is served, and that somebody is late."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import select

from trainingbase.careers.models import BondTold
from trainingbase.careers.queries import bonds
from trainingbase.careers.rules.milestones import reached
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role


def tell_of_milestones(*, today: date, at: datetime) -> int:
    """Each once; how many."""
    told = defaultdict(list)
    for obligation_id, milestone in db.session.execute(
        select(BondTold.obligation_id, BondTold.milestone)
    ):
        told[obligation_id].append(milestone)
    office = [one.id for one in holders_of(Role.OFFICE)]
    number = 0
    for case in bonds.open_cases(today=today):
        if case.rule is None:
            continue
        for milestone in reached(case.found, case.state, case.since, told[case.obligation.id]):
            number += 1
            _tell(case, milestone, office, at)
    db.session.commit()
    return number


def _tell(case: bonds.Case, milestone: str, office: list[int], at: datetime) -> None:
    obligation = case.obligation
    db.session.add(BondTold(obligation_id=obligation.id, milestone=milestone, told_at=at))
    path = f"/careers/obligations/{obligation.id}"
    name = case.resident.person.name
    own = [case.resident.person_id]
    if milestone.startswith("late-"):
        leave("bond-late", to_ids=own, at=at, path=path, since=case.since.isoformat())
        leave("bond-late-of", to_ids=office, at=at, path=path, name=name,
              since=case.since.isoformat())  # fmt: skip
    elif milestone == "100":
        leave("bond-served", to_ids=own, at=at, path=path)
        leave("bond-served-of", to_ids=office, at=at, path=path, name=name)
    else:
        leave("bond-milestone", to_ids=own, at=at, path=path, percent=milestone)
