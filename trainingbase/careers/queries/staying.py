"""Who of the graduates stayed, by group; no group is smaller than the base's threshold."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Row, func, select

from trainingbase.careers.models import MONTHS, Employment
from trainingbase.careers.queries.employment import APPROVED, choices
from trainingbase.careers.rules.retaining import (
    PLACES,
    Outcome,
    Worked,
    bunches,
    outcome,
    place_at,
)
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.incentives.models import Line, Run
from trainingbase.people.models import Person
from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.survival import Curve, Difference, curve, difference
from trainingbase.sites.models import PRIMARY_LEVELS, Institution
from trainingbase.thresholds.queries import whole

BY = ("all", "cohort", "type", "county")
OF = ("network", "primary")
OTHER = "other"


@dataclass(frozen=True)
class Graduate:
    """Somebody who finished: in which groups they are, and where they worked."""

    id: int
    name: str
    cohort: str
    cohort_en: str
    cohort_year: int
    trainee_type: str | None
    county: str
    free_on: date
    person_id: int
    worked: tuple[Worked, ...] = field(default=())


@dataclass(frozen=True)
class Group:
    """`key` is what they have in common; empty for small groups put together.  `unknown` are
    those of whom nothing is known after the training, who are in no curve.  `places` are numbers
    of people by months and place.  `refused` says why there is no curve."""

    key: str
    label: tuple[str, str] | None
    people: int
    unknown: int
    curve: Curve | None
    refused: CannotSay | None
    places: dict[int, dict[str, int]]
    members: tuple[int, ...]


@dataclass(frozen=True)
class Retention:
    by: str
    of: str
    fewest: int
    groups: tuple[Group, ...]
    total: Group | None
    difference: Difference | None


def retention(*, today: date, by: str = "all", of: str = "network") -> Retention:
    """The figures of everybody who finished, or of groups of them.  `by`: all, cohort, type,
    county; `of`: network (any institution of it) or primary (primary care)."""
    people = graduates(today=today)
    fewest = whole("retention_fewest")
    gap = whole("retention_gap_days")
    parts: dict[str, list[int]] = defaultdict(list)
    for one in people:
        parts[_key(one, by)].append(one.id)
    known = {one.id: one for one in people}
    labels = _labels(people, by)
    shown = bunches(dict(parts), fewest) if by != "all" else []
    groups = tuple(
        _group(one.key, labels.get(one.key), [known[i] for i in one.members], of, gap, fewest,
               today)
        for one in shown
        if len(one.members) >= fewest
    )  # fmt: skip
    total = None
    if len(people) >= fewest:
        total = _group("all", None, list(people), of, gap, fewest, today)
    return Retention(by, of, fewest, groups, total, _difference(groups, known, of, gap))


def _key(one: Graduate, by: str) -> str:
    return {
        "all": "all",
        "cohort": f"{one.cohort_year} {one.cohort}",
        "type": one.trainee_type or OTHER,
        "county": one.county,
    }[by]


def _labels(people: Sequence[Graduate], by: str) -> dict[str, tuple[str, str] | None]:
    if by == "cohort":
        return {_key(one, by): (one.cohort, one.cohort_en) for one in people}
    if by == "county":
        return {one.code: (one.name, one.name_en or one.name) for one in choices("county")}
    return {}


def _group(
    key: str,
    label: tuple[str, str] | None,
    people: Sequence[Graduate],
    of: str,
    gap: int,
    fewest: int,
    today: date,
) -> Group:
    found = _outcomes(people, of, gap)
    drawn = refused = None
    try:
        drawn = curve([one.months for one in found], [one.left for one in found], fewest=fewest)
    except CannotSay as why:
        refused = why
    return Group(
        key=key,
        label=label,
        people=len(people),
        unknown=len(people) - len(found),
        curve=drawn,
        refused=refused,
        places={months: _places(people, months, today) for months in MONTHS},
        members=tuple(one.id for one in people),
    )


def _outcomes(people: Sequence[Graduate], of: str, gap: int) -> list[Outcome]:
    found = (outcome(one.free_on, one.worked, of=of, gap_days=gap) for one in people)
    return [one for one in found if one is not None]


def _places(people: Sequence[Graduate], months: int, today: date) -> dict[str, int]:
    counts = dict.fromkeys((*PLACES, "unknown", "ahead"), 0)
    for one in people:
        counts[place_at(one.free_on, one.worked, months, today)] += 1
    return counts


def _difference(
    groups: Sequence[Group], known: dict[int, Graduate], of: str, gap: int
) -> Difference | None:
    """Where two groups are compared."""
    if len(groups) != 2 or any(one.curve is None for one in groups):
        return None
    sides = []
    for one in groups:
        found = _outcomes([known[i] for i in one.members], of, gap)
        sides.append(([each.months for each in found], [each.left for each in found]))
    try:
        return difference(*sides)
    except CannotSay:
        return None


def graduates(*, today: date) -> list[Graduate]:
    """Everybody who has finished; two statements, and one for the list of counties."""
    named = {one.code for one in choices("county")}
    worked = _worked()
    rows = db.session.execute(
        select(
            Resident.id, Person.name, Cohort.name.label("cohort"), Cohort.name_en, Cohort.year,
            Resident.trainee_type, Resident.id_number, Resident.finished_on, Resident.person_id,
        )
        .join(Resident.person).join(Resident.cohort)
        .where(Resident.finished_on.is_not(None), Resident.finished_on < today)
        .order_by(Resident.finished_on, Resident.id)
    )  # fmt: skip
    return [
        Graduate(
            id=row.id,
            name=row.name,
            cohort=row.cohort,
            cohort_en=row.name_en,
            cohort_year=row.year,
            trainee_type=row.trainee_type,
            county=row.id_number[:6] if row.id_number[:6] in named else OTHER,
            free_on=row.finished_on + timedelta(days=1),
            person_id=row.person_id,
            worked=tuple(worked.get(row.id, ())),
        )
        for row in rows
    ]


def _worked() -> dict[int, list[Worked]]:
    rows = db.session.execute(
        select(
            Employment.resident_id, Employment.starts_on, Employment.ends_on,
            Employment.confirmed_on, Employment.left_why, Employment.institution_id,
            Institution.level,
        )
        .outerjoin(Employment.institution)
        .where(APPROVED)
        .order_by(Employment.starts_on)
    )  # fmt: skip
    found: dict[int, list[Worked]] = defaultdict(list)
    for row in rows:
        found[row.resident_id].append(
            Worked(
                place=_place(row),
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                known_on=row.confirmed_on or row.starts_on,
                left=row.left_why is not None,
            )
        )
    return found


def _place(row: Row) -> str:
    if row.institution_id is None:
        return "outside"
    return "primary" if row.level in PRIMARY_LEVELS else "network"


def reasons(*, today: date) -> tuple[int, dict[str, int]]:
    """How many records ended with a reason, and how many with each; nothing of fewer than the
    threshold, whose people could be known by it."""
    rows = db.session.execute(
        select(Employment.left_why, func.count())
        .where(APPROVED, Employment.left_why.is_not(None), Employment.ends_on <= today)
        .group_by(Employment.left_why)
    ).all()
    counts = dict(rows)  # type: ignore[arg-type]
    total = sum(counts.values())
    return (total, counts) if total >= whole("retention_fewest") else (total, {})


def paid_by_type(*, today: date) -> dict[str, tuple[Decimal, int]]:
    """By trainee type the yuan that approved runs of the last twelve months paid residents, for
    one person and month, and of how many people."""
    rows = db.session.execute(
        select(
            Resident.trainee_type,
            func.sum(Line.amount),
            func.count(Resident.id.distinct()),
            Line.run_id,
        )
        .select_from(Line)
        .join(Run, Run.id == Line.run_id)
        .join(Resident, Resident.person_id == Line.payee_id)
        .where(
            Run.approved_at.is_not(None),
            Run.replaced_at.is_(None),
            Run.month_on >= today - timedelta(days=365),
        )
        .group_by(Resident.trainee_type, Line.run_id)
    )
    sums: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    for kind, amount, people, _run in rows:
        sums[kind or OTHER].append((amount, people))
    return {
        kind: (
            sum((amount for amount, _n in members), Decimal(0)) / sum(n for _a, n in members),
            max(n for _a, n in members),
        )
        for kind, members in sums.items()
        if max(n for _a, n in members) >= whole("retention_fewest")
    }
