"""Naming members, declaring conflicts, calling meetings."""

from datetime import date, datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Resident
from trainingbase.history.actions import change
from trainingbase.judging.models import Case, CommitteeMember, Conflict, Meeting, Sitting
from trainingbase.judging.queries import agenda, cases
from trainingbase.judging.queries import committee as queries
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


class SecondTerm(Exception):
    """The person sits already in these days."""


class NoChair(Exception):
    """Nobody would lead the meeting."""


class OwnConflict(Exception):
    """Nobody lets themselves judge again, whatever else they are."""


class NotNow(Exception):
    """The meeting is not in a state for that, or somebody else was faster."""


class OnAgenda(Exception):
    """The resident is on the agenda already."""


def name_member(
    person: Person,
    *,
    duty: str,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> CommitteeMember:
    """Raises `SecondTerm`."""
    known = queries.row_by_key(CommitteeMember, request_key)
    if known is not None:
        return known
    if queries.overlapping(person.id, starts_on, ends_on) is not None:
        raise SecondTerm
    made = CommitteeMember(
        person_id=person.id, duty=duty, starts_on=starts_on, ends_on=ends_on, named_at=at,
        named_by_id=by.id, request_key=request_key or None,
    )  # fmt: skip
    db.session.add(made)
    record("name-committee-member", made, by=by, at=at, person=person.id, duty=duty)
    leave("committee-named", to_ids={person.id} - {by.id}, at=at, path="/judging/meetings",
          day=starts_on.isoformat())  # fmt: skip
    db.session.commit()
    return made


def change_member(
    member: CommitteeMember,
    *,
    duty: str,
    ends_on: date | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`."""
    member.expect(version)
    change("change-committee-member", member, {"duty": duty, "ends_on": ends_on}, by=by, at=at)
    db.session.commit()


def declare_conflict(
    person: Person, resident: Resident, *, ground: str, word: str | None, by: Person, at: datetime
) -> Conflict:
    """The same again is the same."""
    known = queries.standing_conflict(person.id, resident.id)
    if known is not None:
        return known
    made = Conflict(
        person_id=person.id, resident_id=resident.id, ground=ground, word=word or None,
        declared_at=at, declared_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    record("declare-conflict", made, by=by, at=at, person=person.id, ground=ground)
    db.session.commit()
    return made


def withdraw_conflict(conflict: Conflict, *, by: Person, at: datetime) -> None:
    """A second time changes nothing.  Raises `OwnConflict`."""
    if conflict.person_id == by.id:
        raise OwnConflict
    hold(conflict)
    if conflict.withdrawn_at is None:
        conflict.withdrawn_at, conflict.withdrawn_by_id = at, by.id
        record("withdraw-conflict", conflict, by=by, at=at)
    db.session.commit()


def call_meeting(
    *, held_on: date, place: str | None, by: Person, at: datetime, request_key: str | None = None
) -> Meeting:
    """With the members of that day and everybody who is due.  Raises `NoChair`."""
    known = queries.row_by_key(Meeting, request_key)
    if known is not None:
        return known
    sitting = queries.members_on(held_on)
    if not any(one.duty in ("chair", "deputy") for one in sitting):
        raise NoChair
    made = Meeting(
        kind="regular", held_on=held_on, place=place or None, state="called", called_at=at,
        called_by_id=by.id, request_key=request_key or None,
        sittings=[Sitting(person_id=one.person_id, duty=one.duty) for one in sitting],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _put_due(made, at=at)
    record("call-committee", made, by=by, at=at, held_on=held_on)
    _tell_called(made, by=by, at=at)
    db.session.commit()
    return made


def _tell_called(meeting: Meeting, *, by: Person, at: datetime) -> None:
    leave(
        "committee-called",
        to_ids={one.person_id for one in meeting.sittings} - {by.id},
        at=at,
        path=f"/judging/meetings/{meeting.id}",
        day=meeting.held_on.isoformat(),
    )


def _put(
    meeting: Meeting, resident_id: int, reasons: list, *, by: Person | None, at: datetime
) -> Case:
    made = Case(
        meeting_id=meeting.id, resident_id=resident_id, reasons=[list(one) for one in reasons],
        added_at=at, added_by_id=by.id if by is not None else None,
    )  # fmt: skip
    db.session.add(made)
    return made


def fill_agenda(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Put on whoever is due since; how many.  Raises `NotNow`."""
    _expect(meeting, "called")
    found = _put_due(meeting, at=at)
    if found:
        record("fill-agenda", meeting, by=by, at=at, residents=found)
    db.session.commit()
    return found


def _put_due(meeting: Meeting, *, at: datetime) -> int:
    """The weightiest first, as many as the base has time for."""
    due = list(agenda.due_on(meeting.held_on).items())[: agenda.room_on(meeting)]
    for resident_id, reasons in due:
        _put(meeting, resident_id, reasons, by=None, at=at)
    return len(due)


def add_case(meeting: Meeting, resident: Resident, *, why: str, by: Person, at: datetime) -> Case:
    """By hand, beside the rules.  Raises `OnAgenda` and `NotNow`."""
    _expect(meeting, "called")
    if any(one.resident_id == resident.id for one in cases.cases_of(meeting)):
        raise OnAgenda
    made = _put(meeting, resident.id, [("asked", {"why": why})], by=by, at=at)
    record("add-to-agenda", made, by=by, at=at, resident=resident.id)
    db.session.commit()
    return made


def remove_case(case: Case, *, by: Person, at: datetime) -> None:
    """Before anything was frozen; the rules put it on the next agenda.  Raises `NotNow`."""
    _expect(case.meeting, "called")
    record("take-off-agenda", case.meeting, by=by, at=at, resident=case.resident_id)
    db.session.delete(case)
    db.session.commit()


def move_meeting(
    meeting: Meeting,
    answers: dict[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Day or place.  Raises `Stale` and `NotNow`."""
    meeting.expect(version)
    if meeting.is_over:
        db.session.rollback()
        raise NotNow
    if change("move-committee", meeting, answers, by=by, at=at):
        _tell_called(meeting, by=by, at=at)
    db.session.commit()


def cancel(meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Raises `NotNow` once it was opened."""
    hold(meeting)
    if meeting.state not in ("called", "reading"):
        db.session.rollback()
        raise NotNow
    meeting.state, meeting.closed_at = "cancelled", at
    record("cancel-committee", meeting, by=by, at=at)
    leave(
        "committee-cancelled",
        to_ids={one.person_id for one in meeting.sittings} - {by.id},
        at=at,
        path=f"/judging/meetings/{meeting.id}",
        day=meeting.held_on.isoformat(),
    )
    db.session.commit()


def _expect(meeting: Meeting, *states: str) -> None:
    hold(meeting)
    if meeting.state not in states:
        db.session.rollback()
        raise NotNow
