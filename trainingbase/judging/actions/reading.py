"""Freezing packets, and giving one's view before hearing the others."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.judging.actions.committee import NotNow
from trainingbase.judging.models import Case, Meeting, Packet, ProvisionalView
from trainingbase.judging.queries import cases as queries
from trainingbase.judging.queries.committee import abstaining
from trainingbase.judging.queries.content import contents_of
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.signatures.rules import digest


class NothingToFreeze(Exception):
    """There is nobody on the agenda."""


class AlreadyGiven(Exception):
    """A view is given once."""


class Barred(Exception):
    """Who does not sit there, or may not judge this resident, gives no view."""


def freeze(meeting: Meeting, *, today: date, by: Person, at: datetime) -> list[Packet]:
    """A packet for everybody on the agenda; from now on members read.  Raises `NotNow` and
    `NothingToFreeze`."""
    hold(meeting)
    if meeting.state != "called":
        db.session.rollback()
        raise NotNow
    cases = queries.cases_of(meeting)
    if not cases:
        db.session.rollback()
        raise NothingToFreeze
    made = _packets(cases, {}, today=today, by=by, at=at)
    meeting.state, meeting.frozen_at = "reading", at
    record("freeze-packets", meeting, by=by, at=at, packets=[one.digest for one in made])
    leave(
        "committee-read",
        to_ids={one.person_id for one in meeting.sittings} - {by.id},
        at=at,
        path=f"/judging/meetings/{meeting.id}",
        day=meeting.held_on.isoformat(),
        number=len(made),
    )
    db.session.commit()
    return made


def freeze_anew(case: Case, *, today: date, by: Person, at: datetime) -> Packet:
    """A new version beside the old, which stays.  Raises `NotNow` once it is decided."""
    hold(case.meeting)
    hold(case)
    if case.meeting.state not in ("reading", "open") or queries.decision_of(case) is not None:
        db.session.rollback()
        raise NotNow
    before = queries.packet_now(case)
    numbers = {case.id: before.number if before is not None else 0}
    made = _packets([case], numbers, today=today, by=by, at=at)[0]
    record("freeze-packets", case.meeting, by=by, at=at, packets=[made.digest])
    db.session.commit()
    return made


def _packets(
    cases: Sequence[Case], numbers: Mapping[int, int], *, today: date, by: Person, at: datetime
) -> list[Packet]:
    contents = contents_of([one.resident_id for one in cases], today=today)
    made = [
        Packet(
            case_id=one.id,
            number=numbers.get(one.id, 0) + 1,
            content=contents[one.resident_id],
            digest=digest(contents[one.resident_id]),
            as_of=today,
            frozen_at=at,
            frozen_by_id=by.id,
        )
        for one in cases
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def give_view(
    case: Case,
    packet: Packet,
    *,
    outcome: str,
    judged: Mapping[str, str],
    word: str,
    by: Person,
    at: datetime,
) -> ProvisionalView:
    """Once, on the packet that was read, before the case is decided.  Raises `Barred`,
    `AlreadyGiven` and `NotNow`."""
    sits = any(one.person_id == by.id for one in case.meeting.sittings)
    if not sits or by.id in abstaining([case.resident_id])[case.resident_id]:
        raise Barred
    hold(case)
    hold(case.meeting, "state")
    if queries.own_view(by, case) is not None:
        db.session.rollback()
        raise AlreadyGiven
    if case.meeting.state not in ("reading", "open") or queries.decision_of(case) is not None:
        db.session.rollback()
        raise NotNow
    made = ProvisionalView(
        case_id=case.id, packet_id=packet.id, member_id=by.id, outcome=outcome,
        judged=dict(judged), word=word, given_at=at,
    )  # fmt: skip
    db.session.add(made)
    record("give-view", made, by=by, at=at, case=case.id)
    db.session.commit()
    return made
