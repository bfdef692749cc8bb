"""The resident's answer to a letter, the appeal, and the panel that hears it."""

from collections.abc import Sequence
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.judging.actions.committee import NoChair, NotNow
from trainingbase.judging.models import Appeal, Case, Decision, LetterRead, Meeting, Sitting
from trainingbase.judging.queries import appeals as queries
from trainingbase.judging.queries.committee import abstaining, row_by_key
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role


class TooLate(Exception):
    """The time to appeal is over."""


class AlreadyAppealed(Exception):
    """A decision is appealed against once."""


class SamePeople(Exception):
    """Somebody of the panel has decided before, or may not judge; `people` are their ids."""

    def __init__(self, people: set[int]):
        super().__init__(people)
        self.people = people


def read(
    decision: Decision,
    *,
    answer: str | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> LetterRead:
    """By the resident; the answer can be written later, and changed.  Raises `Stale`."""
    known = queries.reading_of(decision)
    if known is None:
        known = LetterRead(decision_id=decision.id, read_at=at, answer=answer or None)
        db.session.add(known)
        record("read-letter", known, by=by, at=at)
    else:
        known.expect(version)
        if answer and answer != known.answer:
            known.answer = answer
            record("answer-letter", known, by=by, at=at)
    if answer:
        _tell_office("committee-answered", decision, by=by, at=at, path="/judging/decisions")
    db.session.commit()
    return known


def _tell_office(kind: str, decision: Decision, *, by: Person, at: datetime, path: str) -> None:
    leave(
        kind,
        to_ids={one.id for one in holders_of(Role.OFFICE)} - {by.id},
        at=at,
        path=path,
        resident=decision.case.resident.person.name,
    )


def appeal(decision: Decision, *, because: str, today: date, by: Person, at: datetime) -> Appeal:
    """Raises `TooLate`, `AlreadyAppealed`, and `NotNow` for the decision of a panel: that holds."""
    if today >= decision.appeal_until:
        raise TooLate
    if queries.appeal_of(decision) is not None:
        raise AlreadyAppealed
    if decision.case.meeting.kind == "appeal":
        raise NotNow
    made = Appeal(decision_id=decision.id, because=because, made_at=at, made_by_id=by.id)
    db.session.add(made)
    record("appeal-decision", made, by=by, at=at)
    _tell_office("committee-appeal", decision, by=by, at=at, path="/judging/appeals")
    db.session.commit()
    return made


def withdraw(appeal: Appeal, *, by: Person, at: datetime) -> None:
    """Before it is heard.  Raises `NotNow`."""
    hold(appeal)
    if not appeal.is_open or appeal.panel_case_id is not None:
        db.session.rollback()
        raise NotNow
    appeal.withdrawn_at = at
    record("withdraw-appeal", appeal, by=by, at=at)
    db.session.commit()


def call_panel(
    appeal: Appeal,
    *,
    held_on: date,
    place: str | None,
    chair_id: int,
    members: Sequence[int],
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Meeting:
    """A meeting of its own, of people none of whom sat when it was decided.  Raises `NotNow`,
    `NoChair` and `SamePeople`."""
    known = row_by_key(Meeting, request_key)
    if known is not None:
        return known
    hold(appeal)
    if not appeal.is_open or appeal.panel_case_id is not None:
        db.session.rollback()
        raise NotNow
    wanted = set(members) | {chair_id}
    resident_id = appeal.decision.case.resident_id
    barred = queries.sat_before(appeal) | abstaining([resident_id])[resident_id]
    if wanted & barred:
        db.session.rollback()
        raise SamePeople(wanted & barred)
    if not chair_id or len(wanted) < 2:
        db.session.rollback()
        raise NoChair
    made = Meeting(
        kind="appeal", held_on=held_on, place=place or None, state="called", called_at=at,
        called_by_id=by.id, request_key=request_key or None,
        sittings=[
            Sitting(person_id=one, duty="chair" if one == chair_id else "member")
            for one in sorted(wanted)
        ],
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    case = Case(
        meeting_id=made.id, resident_id=resident_id, added_at=at, added_by_id=by.id,
        reasons=[["appeal", {"decision": appeal.decision_id}]],
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    appeal.panel_case_id = case.id
    record("call-panel", made, by=by, at=at, appeal=appeal.id)
    told = {*wanted, appeal.made_by_id} - {by.id}
    leave("committee-called", to_ids=told - {appeal.made_by_id}, at=at,
          path=f"/judging/meetings/{made.id}", day=held_on.isoformat())  # fmt: skip
    leave("appeal-heard", to_ids={appeal.made_by_id}, at=at,
          path=f"/judging/letters/{appeal.decision_id}", day=held_on.isoformat())  # fmt: skip
    db.session.commit()
    return made
