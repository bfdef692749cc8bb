"""Telling those whose timetable changed, and their supervisors, how.  The caller commits."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from trainingbase.notices.actions import leave
from trainingbase.rotations.actions.placing import News, Placed
from trainingbase.rotations.models import Placement, Plan
from trainingbase.rotations.queries import published
from trainingbase.rotations.queries.names import Names, names_of

MINE = "/rotations/mine"
TODAY = "/"
TOLD = 4
"""So many changes are named in a notice; the page it leads to has the rest."""


def tell(plan: Plan, placed: Placed, *, at: datetime) -> None:
    """Nobody else: who keeps their timetable, or whom they supervise, hears nothing."""
    of_residents = placed.of_residents
    said = [*of_residents.values(), *placed.of_supervisors.values()]
    names = names_of({one.resident for those in said for one in those})
    people = published.person_ids_of_residents(of_residents)
    for resident, those in of_residents.items():
        kind = "placement-changed" if resident in placed.had else "plan-published"
        how = _how(names, those) if resident in placed.had else {}
        leave(kind, to_ids=_of(people, resident), at=at, path=MINE, title=plan.title, **how)
    tell_supervisors(plan.title, placed.of_supervisors, names, at)


def _of(people: dict[int, int], key: int) -> list[int]:
    return [people[key]] if key in people else []


def tell_supervisors(title: str, news: dict[int, list[News]], names: Names, at: datetime) -> None:
    """`title` is that of the plan, empty where no plan changed."""
    people = published.person_ids_of_faculty(news)
    for member, those in news.items():
        leave(
            "supervising-changed" if title else "supervising-named",
            to_ids=_of(people, member),
            at=at,
            path=TODAY,
            title=title,
            **_how(names, those, named=True),
        )


def tell_of_withdrawal(plan: Plan, coming: Sequence[Placement], *, at: datetime) -> None:
    people = published.person_ids_of_residents({one.resident_id for one in coming})
    leave("placements-withdrawn", to_ids=people.values(), at=at, path=MINE, title=plan.title)
    gone: dict[int, list[News]] = {}
    for one in coming:
        if one.supervisor_id is not None:
            lost = News("gone", one.resident_id, one.department_id, one.starts_on, one.ends_on)
            gone.setdefault(one.supervisor_id, []).append(lost)
    names = names_of({one.resident_id for one in coming})
    tell_supervisors(plan.title, gone, names, at)


def _how(names: Names, those: Iterable[News], *, named: bool = False) -> dict:
    """The facts of a notice: [what, Chinese, English, first day, exclusive last day] of the
    earliest changes, and how many more there are."""
    ordered = sorted(those, key=lambda one: (one.starts_on, one.what != "gone", one.resident))
    changes = []
    for one in ordered[:TOLD]:
        where = names.departments[one.department].department
        who = names.residents[one.resident].name if named else None
        words = [who, who] if who else [where.name, where.name_en]
        changes.append([one.what, *words, one.starts_on.isoformat(), one.ends_on.isoformat()])
    return {"changes": changes, "more": max(0, len(ordered) - TOLD)}
