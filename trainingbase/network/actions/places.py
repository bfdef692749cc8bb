"""Departments close, open again, take more or fewer residents, and are given up."""

from collections.abc import Sequence
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.db import committed, db, hold
from trainingbase.history.actions import change, note
from trainingbase.months import first_of_month
from trainingbase.network.queries.effects import Affected, affected, people_concerned, staying
from trainingbase.network.rules.effects import closed, with_places
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Closure, Department, Institution, PlaceChange
from trainingbase.sites.queries.places import opening_of
from trainingbase.sites.rules.places import clashing


class ClosedThen(Exception):
    """The department is closed on some of these days already; `span` says when."""

    def __init__(self, span: tuple[date, date]):
        super().__init__(span)
        self.span = span


class OverThen(Exception):
    """Time that is over cannot be changed."""


class NoSuchNumber(Exception):
    """Places are 0 or more, and the fewest no more than the most."""


class NotConfirmed(Exception):
    """Residents stand in the way whom nobody has confirmed to have seen."""

    def __init__(self, affected: Affected):
        super().__init__(affected)
        self.affected = affected


class StillPlaced(Exception):
    """Residents are placed there on or after that day."""

    def __init__(self, placements: Sequence[Placement]):
        super().__init__(placements)
        self.placements = placements


def closing(
    department: Department,
    *,
    starts_on: date,
    ends_on: date,
    why: str,
    seen: str | None,
    today: date,
    by: Person,
    at: datetime,
) -> Closure:
    """`seen` is the fingerprint of the effect that somebody has confirmed.  The same closure
    again is the one there is; whoever calls commits.  Raises `OverThen`, `ClosedThen` and
    `NotConfirmed`."""
    _hold(department)
    same = next(
        (c for c in department.closures if (c.starts_on, c.ends_on) == (starts_on, ends_on)), None
    )
    if same is not None:
        return same
    found = effect_of_closure(department, starts_on, ends_on, today=today)
    _confirmed(found, seen)
    made = Closure(department=department, starts_on=starts_on, ends_on=ends_on, reason=why)
    db.session.add(made)
    said = f"{starts_on.isoformat()} – {ends_on.isoformat()}"
    note(department, {"closure": (None, said)}, by=by, at=at, why=why)
    record("close-department", department, by=by, at=at, days=said, hit=len(found.effect.hits))
    leave(
        "department-closed",
        to_ids=set(people_concerned(department)) - {by.id},
        at=at,
        path=f"/network/closures/{made.id}",
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
        residents=len(found.effect.hits),
        **names_of(department),
    )
    return made


close = committed(closing)
"""`closing`, and saved."""


def _hold(department: Department) -> None:
    """The department, with its closures and places as they are once it is held."""
    hold(department)
    db.session.expire(department, ["closures", "changes"])


def effect_of_closure(
    department: Department, starts_on: date, ends_on: date, *, today: date
) -> Affected:
    """Who would be hit.  Raises `OverThen` and `ClosedThen`."""
    if ends_on <= today:
        raise OverThen
    spans = [(one.starts_on, one.ends_on) for one in department.closures]
    clash = clashing(spans, starts_on, ends_on)
    if clash is not None:
        raise ClosedThen(clash)
    after = closed(opening_of(department), starts_on, ends_on)
    return affected(department, after, today=today, days=(starts_on, ends_on))


def _confirmed(found: Affected, seen: str | None) -> None:
    if found.effect.hits and seen != found.effect.fingerprint:
        raise NotConfirmed(found)


def names_of(department: Department) -> dict[str, str | None]:
    """The department and its site in both languages, for notices."""
    place = department.institution
    english = f"{place.name_en or place.name} · {department.name_en or department.name}"
    return {"name": f"{place.name} · {department.name}", "name_en": english}


def lift(closure: Closure, *, today: date, by: Person, at: datetime) -> None:
    """One that has begun ends today, one to come is taken back.  Raises `OverThen`."""
    department = closure.department
    hold(department)
    if closure.ends_on <= today:
        raise OverThen
    before = f"{closure.starts_on.isoformat()} – {closure.ends_on.isoformat()}"
    after = None
    if closure.starts_on < today:
        closure.ends_on = today
        after = f"{closure.starts_on.isoformat()} – {today.isoformat()}"
    else:
        department.closures.remove(closure)
    note(department, {"closure": (before, after)}, by=by, at=at)
    record("open-department", department, by=by, at=at, days=before)
    leave(
        "department-opened",
        to_ids=set(people_concerned(department)) - {by.id},
        at=at,
        path=f"/sites/departments/{department.id}",
        **names_of(department),
    )
    db.session.commit()


def changing(
    department: Department,
    *,
    from_on: date,
    most: int,
    fewest: int,
    why: str,
    seen: str | None,
    today: date,
    by: Person,
    at: datetime,
) -> PlaceChange:
    """From the first of a month on.  What was set for the same month is replaced; whoever calls
    commits.  Raises `NoSuchNumber`, `OverThen` and `NotConfirmed`."""
    _hold(department)
    found = effect_of_places(department, from_on, most, fewest, today=today)
    _confirmed(found, seen)
    row = next((one for one in department.changes if one.from_on == from_on), None)
    before = f"{from_on.isoformat()}: {row.fewest}–{row.most}" if row is not None else None
    answers = {"most": most, "fewest": fewest, "why": why, "made_at": at, "made_by_id": by.id}
    if row is None:
        row = PlaceChange(department=department, from_on=from_on, **answers)
        db.session.add(row)
    for name, value in answers.items():
        setattr(row, name, value)
    said = f"{from_on.isoformat()}: {fewest}–{most}"
    note(department, {"places": (before, said)}, by=by, at=at, why=why)
    record("change-places", department, by=by, at=at, places=said, hit=len(found.effect.hits))
    leave(
        "places-changed",
        to_ids=set(people_concerned(department)) - {by.id},
        at=at,
        path=f"/network/changes/{row.id}",
        from_on=from_on.isoformat(),
        most=most,
        residents=len(found.effect.hits),
        **names_of(department),
    )
    return row


change_places = committed(changing)
"""`changing`, and saved."""


def effect_of_places(
    department: Department, from_on: date, most: int, fewest: int, *, today: date
) -> Affected:
    """Who would be hit.  Raises `NoSuchNumber` and `OverThen`."""
    if not 0 <= fewest <= most:
        raise NoSuchNumber
    if from_on < first_of_month(today) or from_on.day != 1:
        raise OverThen
    after = with_places(opening_of(department), from_on, most, fewest)
    return affected(department, after, today=today)


def take_back(change_row: PlaceChange, *, today: date, by: Person, at: datetime) -> None:
    """Places that have not begun.  Raises `OverThen`."""
    department = change_row.department
    hold(department)
    if change_row.from_on <= today:
        raise OverThen
    before = f"{change_row.from_on.isoformat()}: {change_row.fewest}–{change_row.most}"
    department.changes.remove(change_row)
    note(department, {"places": (before, None)}, by=by, at=at)
    record("change-places", department, by=by, at=at, places=before, taken_back=True)
    db.session.commit()


def retire_department(
    department: Department, *, from_on: date, why: str, today: date, by: Person, at: datetime
) -> None:
    """It takes nobody from that day on.  Raises `OverThen` and `StillPlaced`."""
    hold(department)
    _nobody_left([department.id], from_on, today)
    change("retire-department", department, {"retired_on": from_on}, by=by, at=at, why=why)
    db.session.commit()


def retire_institution(
    institution: Institution, *, from_on: date, why: str, today: date, by: Person, at: datetime
) -> None:
    """With all its departments.  Raises `OverThen` and `StillPlaced`."""
    hold(institution)
    _nobody_left([one.id for one in institution.departments], from_on, today)
    change("retire-institution", institution, {"retired_on": from_on}, by=by, at=at, why=why)
    db.session.commit()


def _nobody_left(department_ids: list[int], from_on: date, today: date) -> None:
    if from_on < today:
        raise OverThen
    left = staying(department_ids, from_on)
    if left:
        raise StillPlaced(left)


def use_again(row: Department | Institution, *, by: Person, at: datetime) -> None:
    """What was given up takes residents again."""
    hold(row)
    change("use-again", row, {"retired_on": None}, by=by, at=at)
    db.session.commit()
