"""The meeting itself: opening with a quorum, deciding, closing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.judging.actions.committee import NotNow
from trainingbase.judging.models import Appeal, Case, Decision, LearningPlan, Meeting, Packet
from trainingbase.judging.queries import appeals, own
from trainingbase.judging.queries import cases as queries
from trainingbase.judging.queries.committee import abstaining
from trainingbase.judging.queries.watching import open_signals
from trainingbase.judging.rules.verdicts import may_vote, needs_plan, quorum_of
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.signatures.actions import sign
from trainingbase.signatures.rules import Proof
from trainingbase.thresholds.queries import whole

KIND = "committee-decision"


class NoQuorum(Exception):
    """Too few are there, or may judge; `present` of `needed`."""

    def __init__(self, present: int, needed: int):
        super().__init__(present, needed)
        self.present, self.needed = present, needed


class NotTheChair(Exception):
    """Only chair or deputy, present and not barred, decides."""


class WrongVotes(Exception):
    """The votes are not as many as those who may vote; `voters` are these."""

    def __init__(self, voters: int):
        super().__init__(voters)
        self.voters = voters


class NoPlan(Exception):
    """Who is to catch up needs a plan with an owner and a day."""


class OtherPacket(Exception):
    """A newer packet was frozen meanwhile."""


@dataclass(frozen=True)
class Planned:
    """One line of the learning plan; `due_on` is the last day."""

    goal: str
    owner_id: int
    due_on: date
    steps: str | None = None
    competency: str | None = None


@dataclass(frozen=True)
class Decided:
    """What the chair enters.  `judged` is `{competency: [level, why]}`; `returning` says of plans
    that came back, by id, what became of them: goes_on, reached or given_up; `appeal` is stands
    or changed where an appeal is heard."""

    outcome: str
    judged: Mapping[str, Sequence[str]]
    reason: str
    advice: str
    votes_for: int
    votes_against: int
    abstained: int
    plans: Sequence[Planned] = ()
    returning: Mapping[int, str] = field(default_factory=dict)
    appeal: str | None = None


def open_meeting(meeting: Meeting, present: Collection[int], *, by: Person, at: datetime) -> None:
    """Note who is there.  Raises `NotNow` and `NoQuorum`."""
    hold(meeting)
    if meeting.state != "reading":
        db.session.rollback()
        raise NotNow
    there = {one.person_id for one in meeting.sittings} & set(present)
    needed = quorum_of(len(meeting.sittings), whole("committee_quorum_percent"))
    if len(there) < needed:
        db.session.rollback()
        raise NoQuorum(len(there), needed)
    for one in meeting.sittings:
        one.was_present = one.person_id in there
    meeting.state, meeting.opened_at, meeting.quorum = "open", at, needed
    record("open-committee", meeting, by=by, at=at, present=sorted(there), quorum=needed)
    db.session.commit()


def voters_of(case: Case) -> set[int]:
    """Who may vote on this resident: present, and not barred."""
    sittings = case.meeting.sittings
    barred = abstaining([case.resident_id])[case.resident_id]
    present = {one.person_id for one in sittings if one.was_present}
    return may_vote({one.person_id for one in sittings}, present, barred)


def may_decide(case: Case, person: Person) -> bool:
    leads = any(
        one.person_id == person.id and one.duty in ("chair", "deputy")
        for one in case.meeting.sittings
    )
    return leads and person.id in voters_of(case)


def decide(
    case: Case, packet: Packet, given: Decided, *, proof: Proof, by: Person, at: datetime
) -> Decision:
    """Sign the decision on the packet that was read; the same again is the same.

    Raises `NotNow`, `NotTheChair`, `NoQuorum`, `WrongVotes`, `NoPlan`, `OtherPacket`,
    `WrongPassword` and `TooManyTries`.
    """
    hold(case)
    hold(case.meeting)
    before = queries.decision_of(case)
    if before is not None:
        db.session.rollback()
        return before
    _check(case, packet, given, by)
    appeal = appeals.heard_by(case)
    signature = sign(
        KIND, case.id, "decides", _content(case, packet, given), by=by, at=at, role="chair",
        **asdict(proof),
    )  # fmt: skip
    until = case.meeting.held_on
    made = Decision(
        case_id=case.id, packet_id=packet.id, outcome=given.outcome,
        judged={key: list(value) for key, value in given.judged.items()}, reason=given.reason,
        advice=given.advice, votes_for=given.votes_for, votes_against=given.votes_against,
        abstained=given.abstained, decided_at=at, decided_by_id=by.id, signature_id=signature.id,
        appeal_until=max(until, at.astimezone(LOCAL).date())
        + timedelta(days=whole("committee_appeal_days") + 1),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    _follow(case, made, given, appeal, by=by, at=at)
    record("decide-case", made, by=by, at=at, outcome=given.outcome, packet=packet.digest)
    db.session.commit()
    return made


def _check(case: Case, packet: Packet, given: Decided, by: Person) -> None:
    try:
        if case.meeting.state != "open":
            raise NotNow
        if not may_decide(case, by):
            raise NotTheChair
        newest = queries.packet_now(case)
        if newest is None or newest.id != packet.id:
            raise OtherPacket
        sits = {one.person_id for one in case.meeting.sittings}
        barred = abstaining([case.resident_id])[case.resident_id]
        voters = voters_of(case)
        needed = quorum_of(len(sits - barred), whole("committee_quorum_percent"))
        if len(voters) < needed:
            raise NoQuorum(len(voters), needed)
        if given.votes_for + given.votes_against + given.abstained != len(voters):
            raise WrongVotes(len(voters))
        if needs_plan(given.outcome) and not given.plans:
            raise NoPlan
    except Exception:
        db.session.rollback()
        raise


def _content(case: Case, packet: Packet, given: Decided) -> dict:
    return {
        "case": case.id,
        "resident": case.resident_id,
        "name": case.resident.person.name,
        "held_on": case.meeting.held_on,
        "packet": packet.digest,
        "outcome": given.outcome,
        "judged": {key: list(value) for key, value in given.judged.items()},
        "reason": given.reason,
        "advice": given.advice,
        "votes": [given.votes_for, given.votes_against, given.abstained],
        "plans": [asdict(one) for one in given.plans],
        "returning": {str(key): value for key, value in given.returning.items()},
        "appeal": given.appeal,
    }


def _follow(
    case: Case,
    made: Decision,
    given: Decided,
    appeal: Appeal | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Plans made and closed, signals talked about, the appeal, the letter."""
    for plan in own.returning_plans(case.resident_id):
        became = given.returning.get(plan.id, "goes_on")
        if became != "goes_on":
            plan.closed_at, plan.closed_by_id = at, by.id
            plan.result = plan.result or became
            plan.version += 1
    for line in given.plans:
        db.session.add(
            LearningPlan(
                resident_id=case.resident_id, decision_id=made.id, origin="committee",
                competency=line.competency, goal=line.goal, steps=line.steps,
                owner_id=line.owner_id, due_on=line.due_on, made_at=at, made_by_id=by.id,
                shared_at=at,
            )
        )  # fmt: skip
    for signal in open_signals(case.resident_id):
        signal.over_on = case.meeting.held_on
    if appeal is not None:
        appeal.outcome, appeal.decided_at = given.appeal or "stands", at
        appeal.version += 1
    _tell(case, made, given, by=by, at=at)


def _tell(case: Case, made: Decision, given: Decided, *, by: Person, at: datetime) -> None:
    person = case.resident.person
    leave("committee-letter", to_ids={person.id}, at=at, path=f"/judging/letters/{made.id}",
          day=case.meeting.held_on.isoformat())  # fmt: skip
    owners = {one.owner_id for one in given.plans} - {by.id, person.id}
    leave("committee-plan", to_ids=owners, at=at, path="/judging/plans", resident=person.name)


def close_meeting(
    meeting: Meeting, *, minutes: str | None, version: int | None, by: Person, at: datetime
) -> None:
    """Who was not decided comes back by the rules.  Raises `NotNow` and `Stale`."""
    meeting.expect(version)
    if meeting.state != "open":
        db.session.rollback()
        raise NotNow
    meeting.state, meeting.closed_at, meeting.minutes = "closed", at, minutes or None
    record("close-committee", meeting, by=by, at=at)
    db.session.commit()
