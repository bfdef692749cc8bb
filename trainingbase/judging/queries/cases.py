"""Residents before the committee: packets, views, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.judging.models import (
    Case,
    Conflict,
    Decision,
    Meeting,
    Packet,
    ProvisionalView,
    Sitting,
)
from trainingbase.judging.queries.committee import abstaining
from trainingbase.judging.queries.scope import ALL
from trainingbase.people.models import Person
from trainingbase.thresholds.queries import whole

WITH_NAMES = (
    joinedload(Case.resident).joinedload(Resident.person),
    joinedload(Case.resident).joinedload(Resident.cohort),
    joinedload(Case.resident).joinedload(Resident.tutor),
)


@dataclass(frozen=True)
class Line:
    """A case as the agenda shows it: views given, whether the viewer's own is, who abstains."""

    case: Case
    packet_number: int | None
    views: int
    is_given: bool
    abstains: frozenset[int]
    decision: Decision | None


def lines_of(meeting: Meeting, viewer: Person) -> list[Line]:
    """In the order in which they were put on the agenda."""
    cases = db.session.scalars(
        select(Case).where(Case.meeting_id == meeting.id).options(*WITH_NAMES).order_by(Case.id)
    ).all()
    ids = [one.id for one in cases]
    numbers = dict(
        db.session.execute(
            select(Packet.case_id, func.max(Packet.number))
            .where(Packet.case_id.in_(ids))
            .group_by(Packet.case_id)
        ).all()
    )
    given: dict[int, set[int]] = {one: set() for one in ids}
    for case_id, member_id in db.session.execute(
        select(ProvisionalView.case_id, ProvisionalView.member_id).where(
            ProvisionalView.case_id.in_(ids)
        )
    ):
        given[case_id].add(member_id)
    decisions = {
        one.case_id: one
        for one in db.session.scalars(select(Decision).where(Decision.case_id.in_(ids)))
    }
    barred = abstaining([one.resident_id for one in cases])
    return [
        Line(
            one,
            numbers.get(one.id),
            len(given[one.id]),
            viewer.id in given[one.id],
            frozenset(barred[one.resident_id]),
            decisions.get(one.id),
        )
        for one in cases
    ]


def _may_read(viewer: Person):
    """Of cases: everybody who sits there, unless they may not judge this resident."""
    sits = exists().where(Sitting.meeting_id == Case.meeting_id, Sitting.person_id == viewer.id)
    barred = exists().where(
        Conflict.person_id == viewer.id,
        Conflict.resident_id == Case.resident_id,
        Conflict.withdrawn_at.is_(None),
    )
    own = aliased(Resident)
    theirs = exists().where(own.id == Case.resident_id, own.person_id == viewer.id)
    if whole("committee_tutor_abstains"):
        theirs = exists().where(
            own.id == Case.resident_id, or_(own.person_id == viewer.id, own.tutor_id == viewer.id)
        )
    mine = sits & ~barred & ~theirs
    if viewer.holds(*ALL):
        return mine | ~sits
    return mine


def case_for(viewer: Person, case_id: int) -> Case:
    """Raises `NoResultFound` for a foreign or missing one, and for who may not judge it."""
    return db.session.scalars(
        select(Case)
        .where(Case.id == case_id, _may_read(viewer))
        .options(
            *WITH_NAMES,
            selectinload(Case.packets).joinedload(Packet.frozen_by),
            joinedload(Case.meeting).selectinload(Meeting.sittings).joinedload(Sitting.person),
        )
        .execution_options(populate_existing=True)
    ).one()


def case_by_id(case_id: int) -> Case:
    """Whoever asks; for what only the office does."""
    return db.session.scalars(
        select(Case)
        .where(Case.id == case_id)
        .options(*WITH_NAMES, joinedload(Case.meeting).selectinload(Meeting.sittings))
    ).one()


def cases_of(meeting: Meeting) -> Sequence[Case]:
    return db.session.scalars(
        select(Case).where(Case.meeting_id == meeting.id).order_by(Case.id)
    ).all()


def packet_now(case: Case) -> Packet | None:
    """The newest; None before anything was frozen."""
    return db.session.scalars(
        select(Packet).where(Packet.case_id == case.id).order_by(Packet.number.desc()).limit(1)
    ).first()


def packet_for(viewer: Person, packet_id: int) -> Packet:
    """Raises `NoResultFound` for one that does not open."""
    return db.session.scalars(
        select(Packet)
        .join(Packet.case)
        .where(Packet.id == packet_id, _opens(viewer))
        .options(
            joinedload(Packet.case).options(*WITH_NAMES, joinedload(Case.meeting)),
            joinedload(Packet.frozen_by),
        )
    ).one()


def opens_packet(viewer: Person, packet_id: int) -> bool:
    """Whether `packet_for` gives it, for whoever only shows the way there."""
    found = select(Packet.id).join(Packet.case)
    return db.session.scalar(found.where(Packet.id == packet_id, _opens(viewer))) is not None


def _opens(viewer: Person):
    """Of packets: those of a case the viewer may read, and the resident's own."""
    own = exists().where(Resident.id == Case.resident_id, Resident.person_id == viewer.id)
    return or_(_may_read(viewer), own)


def packet_by_digest(digest: str) -> Packet | None:
    """For the command line, which sees everything."""
    return db.session.scalars(
        select(Packet)
        .where(Packet.digest == digest)
        .options(joinedload(Packet.case).joinedload(Case.meeting))
        .order_by(Packet.id)
    ).first()


def packet_by_id(packet_id: int) -> Packet | None:
    return db.session.get(Packet, packet_id)


def own_view(viewer: Person, case: Case) -> ProvisionalView | None:
    return db.session.scalars(
        select(ProvisionalView).where(
            ProvisionalView.case_id == case.id, ProvisionalView.member_id == viewer.id
        )
    ).first()


def views_for(viewer: Person, case: Case) -> Sequence[ProvisionalView]:
    """What members think: nobody reads another's before giving their own, or before the case is
    decided; who may not judge the resident reads none."""
    mine = aliased(ProvisionalView)
    has_given = exists().where(mine.case_id == case.id, mine.member_id == viewer.id)
    is_decided = exists().where(Decision.case_id == case.id)
    may_read = exists().where(Case.id == case.id, _may_read(viewer))
    return db.session.scalars(
        select(ProvisionalView)
        .where(
            ProvisionalView.case_id == case.id,
            or_(ProvisionalView.member_id == viewer.id, has_given, is_decided),
            may_read,
        )
        .options(joinedload(ProvisionalView.member), joinedload(ProvisionalView.packet))
        .order_by(ProvisionalView.given_at, ProvisionalView.id)
    ).all()


def views_counted(case: Case) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ProvisionalView)
            .where(ProvisionalView.case_id == case.id)
        )
        or 0
    )


def decision_of(case: Case) -> Decision | None:
    return db.session.scalars(
        select(Decision)
        .where(Decision.case_id == case.id)
        .options(joinedload(Decision.signature), joinedload(Decision.decided_by))
    ).first()
