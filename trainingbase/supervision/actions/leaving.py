"""Taking a faculty member out of teaching, with all that is open handed over, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from trainingbase.accounts import actions as accounts
from trainingbase.accounts.queries import account_of_person
from trainingbase.assessments.actions import hand_over_to
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import hold_members
from trainingbase.faculty.rules import Against
from trainingbase.history.actions import change
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.rotations.actions.supervising import name_supervisors
from trainingbase.supervision.actions.assigning import NotAllowed, held, refusals
from trainingbase.supervision.models import Departure
from trainingbase.supervision.queries import leaving, undoing


class HasLeft(Exception):
    """They are not active already."""


class NotHandedOver(Exception):
    """Something is open and goes to nobody: `kinds` of it."""

    def __init__(self, kinds: list[str]):
        super().__init__(kinds)
        self.kinds = kinds


@dataclass(frozen=True)
class Given:
    """What goes to whom, by id; None leaves it to the office.  What is not named is not handed
    over.  Supervisors are faculty members, tutors and assessors are people."""

    placements: Mapping[int, int | None] = field(default_factory=dict)
    tutees: Mapping[int, int | None] = field(default_factory=dict)
    requests: Mapping[int, int | None] = field(default_factory=dict)


def deactivate(
    member: FacultyMember,
    *,
    kind: str,
    from_on: date,
    given: Given,
    by: Person,
    at: datetime,
    reason: str | None = None,
) -> Departure:
    """All of it or nothing.  The account is closed on the day itself (see `close_accounts`), now
    if it has come, unless only the qualification is lost.

    Raises `HasLeft`, `NotHandedOver`, `NotAllowed`.
    """
    today = at.astimezone(LOCAL).date()
    hold_members()
    if not member.is_active(max(today, from_on)):
        db.session.rollback()
        raise HasLeft
    left = leaving.open_of(member, from_on=from_on, today=today)
    _must_be_whole(left, given)
    placements = held([one.id for one in left.placements], by, today)
    wanted = {one: given.placements[key] for key, one in placements.items()}
    refused: dict[int, list[Against]] = refusals(wanted, today=today, without=member.id)
    if refused:
        db.session.rollback()
        raise NotAllowed(refused)
    departure = Departure(
        faculty_member=member, kind=kind, from_on=from_on, reason=reason or None,
        moved=_moved(left, given), recorded_at=at, recorded_by_id=by.id,
    )  # fmt: skip
    db.session.add(departure)
    name_supervisors(wanted, by=by, at=at, why=reason)
    _give_tutees(left, given, by=by, at=at)
    for request in left.requests:
        hand_over_to(request, undoing.person(given.requests[request.id]), by=by, at=at)
    change("deactivate-faculty", member, {"inactive_on": from_on}, by=by, at=at, why=reason)
    member.version += 1
    if departure.closes_account:
        member.person.left_on = from_on
    _close(departure, by=by, at=at, today=today)
    db.session.commit()
    return departure


def _must_be_whole(left: leaving.Open, given: Given) -> None:
    missing = [
        kind
        for kind, rows, said in (
            ("placements", left.placements, given.placements),
            ("tutees", left.tutees, given.tutees),
            ("requests", left.requests, given.requests),
        )
        if any(one.id not in said for one in rows)
    ]
    if missing:
        db.session.rollback()
        raise NotHandedOver(missing)


def _moved(left: leaving.Open, given: Given) -> dict:
    return {
        "placements": [[one.id, given.placements[one.id]] for one in left.placements],
        "tutees": [[one.id, given.tutees[one.id]] for one in left.tutees],
        "requests": [[one.id, given.requests[one.id]] for one in left.requests],
    }


def _give_tutees(left: leaving.Open, given: Given, *, by: Person, at: datetime) -> None:
    received: dict[int, list[str]] = {}
    for tutee in left.tutees:
        tutor = undoing.person(given.tutees[tutee.id])
        change("change-tutor", tutee, {"tutor": tutor}, by=by, at=at)
        tutee.version += 1
        if tutor is not None:
            received.setdefault(tutor.id, []).append(tutee.name)
            leave(
                "tutor-changed", to_ids=[tutee.person_id], at=at, path="/rotations/mine",
                name=tutor.name,
            )  # fmt: skip
    for tutor_id, names in received.items():
        leave("tutees-handed-over", to_ids=[tutor_id], at=at, path="/", names="、".join(names))


def _close(departure: Departure, *, by: Person | None, at: datetime, today: date) -> None:
    """Where there is an account, and the day has come."""
    if not departure.closes_account or departure.from_on > today:
        return
    departure.closed_account = True
    account = account_of_person(departure.faculty_member.person_id)
    if account is not None and account.disabled_at is None:
        accounts.disable(account, by=by, at=at)


def close_accounts(*, today: date, at: datetime) -> int:
    """Of those whose day has come since it was recorded; how many.  Run every day."""
    due = leaving.accounts_to_close(today)
    for departure in due:
        _close(departure, by=None, at=at, today=today)
    db.session.commit()
    return len(due)


def reactivate(departure: Departure, *, by: Person, at: datetime) -> list[int]:
    """Back to teaching.  What still lies where it went comes back, as far as they may; the ids of
    the placements that stay with others.  Raises `AlreadyUndone`."""
    today = at.astimezone(LOCAL).date()
    hold_members()
    hold(departure, "undone_at")
    departure.undo(by=by, at=at)
    member = departure.faculty_member
    change("reactivate-faculty", member, {"inactive_on": None}, by=by, at=at)
    member.version += 1
    member.person.left_on = None
    db.session.flush()
    kept = _take_back_placements(departure, by=by, at=at, today=today)
    for tutee in undoing.tutees_still(departure):
        change("change-tutor", tutee, {"tutor": member.person}, by=by, at=at)
        tutee.version += 1
    for request in undoing.requests_still(departure, today):
        hand_over_to(request, member.person, by=by, at=at)
    record("reactivate-faculty", departure, by=by, at=at, kept=kept)
    account = account_of_person(member.person_id) if departure.closed_account else None
    if account is not None and account.disabled_at is not None:
        accounts.enable(account, by=by, at=at)
    db.session.commit()
    return kept


def _take_back_placements(
    departure: Departure, *, by: Person, at: datetime, today: date
) -> list[int]:
    went = dict(departure.moved["placements"])
    placements = held(went, by, today)
    back = {
        one: departure.faculty_member_id
        for key, one in placements.items()
        if one.supervisor_id == went[key]
    }
    refused = refusals(back, today=today)
    name_supervisors({one: new for one, new in back.items() if one.id not in refused}, by=by, at=at)
    return [
        key for key, one in placements.items() if one.supervisor_id != departure.faculty_member_id
    ]
