"""Who is due at a meeting, by the rules of the base."""

from collections import defaultdict
from datetime import date

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries.residents import IN_TRAINING
from trainingbase.judging.models import Case, Decision, LearningPlan, Meeting, Signal
from trainingbase.judging.rules.agenda import Numbers, Reason, Standing, by_weight, due
from trainingbase.thresholds.queries import values, whole


def numbers() -> Numbers:
    kept = values()
    return Numbers(
        int(kept["committee_every_months"]),
        int(kept["committee_year_end_days"]),
        int(kept["committee_graduation_days"]),
    )


def due_on(held_on: date) -> dict[int, list[Reason]]:
    """By resident in training, the weightiest reasons first; whoever is on the agenda of another
    meeting that is not over is left out.  Six statements."""
    busy = set(
        db.session.scalars(
            select(Case.resident_id)
            .join(Meeting, Meeting.id == Case.meeting_id)
            .where(Meeting.state.in_(("called", "reading", "open")))
        )
    )
    limits = numbers()
    found = {
        one.resident_id: reasons
        for one in standings()
        if one.resident_id not in busy and (reasons := due(one, held_on, limits))
    }
    return dict(sorted(found.items(), key=lambda pair: (by_weight(pair[1]), pair[0])))


def room_on(meeting: Meeting | None) -> int | None:
    """How many more a meeting has time for; None: no limit."""
    most = whole("committee_most_cases")
    if not most:
        return None
    have = (
        db.session.scalar(
            select(func.count()).select_from(Case).where(Case.meeting_id == meeting.id)
        )
        if meeting is not None
        else 0
    )
    return max(0, most - (have or 0))


def standings(resident_id: int | None = None) -> list[Standing]:
    """Of everybody in training, or of one."""
    which = [
        IN_TRAINING,
        Resident.starts_on.is_not(None),
        *([Resident.id == resident_id] if resident_id else []),
    ]
    residents = db.session.execute(
        select(Resident.id, Resident.starts_on, Resident.ends_on).where(*which)
    ).all()
    met = dict(
        db.session.execute(
            select(Case.resident_id, func.max(Meeting.held_on))
            .join(Meeting, Meeting.id == Case.meeting_id)
            .join(Decision, Decision.case_id == Case.id)
            .group_by(Case.resident_id)
        ).all()
    )
    last: dict[int, str] = {}
    for one, outcome in db.session.execute(
        select(Case.resident_id, Decision.outcome)
        .join(Decision, Decision.case_id == Case.id)
        .order_by(Decision.decided_at, Decision.id)
    ):
        last[one] = outcome
    plans: dict[int, list[int]] = defaultdict(list)
    for one, plan_id in db.session.execute(
        select(LearningPlan.resident_id, LearningPlan.id)
        .where(LearningPlan.origin == "committee", LearningPlan.closed_at.is_(None))
        .order_by(LearningPlan.id)
    ):
        plans[one].append(plan_id)
    signals: dict[int, list[int]] = defaultdict(list)
    for one, signal_id in db.session.execute(
        select(Signal.resident_id, Signal.id)
        .where(Signal.is_silent.is_(False), Signal.over_on.is_(None))
        .order_by(Signal.id)
    ):
        signals[one].append(signal_id)
    return [
        Standing(
            one.id,
            one.starts_on,
            one.ends_on,
            met_on=met.get(one.id),
            graduated=last.get(one.id) == "graduate",
            plans=tuple(plans.get(one.id, ())),
            signals=tuple(signals.get(one.id, ())),
        )
        for one in residents
    ]
