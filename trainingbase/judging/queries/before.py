"""What residents share of their own, what warned of them, and what was decided before."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.judging.models import (
    Case,
    Decision,
    LearningPlan,
    Meeting,
    Packet,
    Reflection,
    Signal,
)
from trainingbase.judging.queries.evidence import Facts, both


def shared_of(resident_ids: Sequence[int], today: date) -> dict[int, Facts]:
    """Plans and reflections that are not private drafts."""
    plans: dict[int, list[Facts]] = defaultdict(list)
    for one in db.session.scalars(
        select(LearningPlan)
        .where(LearningPlan.resident_id.in_(resident_ids), LearningPlan.shared_at.is_not(None))
        .options(joinedload(LearningPlan.owner))
        .order_by(LearningPlan.due_on.desc(), LearningPlan.id.desc())
    ):
        plans[one.resident_id].append(
            {
                "id": one.id,
                "origin": one.origin,
                "competency": one.competency,
                "goal": one.goal,
                "steps": one.steps,
                "owner": both(one.owner.name, one.owner.name_en),
                "due_on": one.due_on,
                "state": one.state(today),
                "result": one.result,
            }
        )
    thoughts: dict[int, list[Facts]] = defaultdict(list)
    for text in db.session.scalars(
        select(Reflection)
        .where(Reflection.resident_id.in_(resident_ids), Reflection.shared_at.is_not(None))
        .order_by(Reflection.written_at.desc(), Reflection.id.desc())
    ):
        thoughts[text.resident_id].append(
            {"id": text.id, "title": text.title, "text": text.text, "competency": text.competency,
             "written_at": text.written_at}
        )  # fmt: skip
    return {
        key: {"plans": plans.get(key, []), "reflections": thoughts.get(key, [])}
        for key in resident_ids
    }


def judged_of(resident_ids: Sequence[int]) -> dict[int, Facts]:
    """Signals that were not silent, with what the resident said to them, and earlier decisions."""
    signals: dict[int, list[Facts]] = defaultdict(list)
    for one in db.session.scalars(
        select(Signal)
        .where(Signal.resident_id.in_(resident_ids), Signal.is_silent.is_(False))
        .options(joinedload(Signal.contest), joinedload(Signal.rule))
        .order_by(Signal.fired_on.desc(), Signal.id.desc())
    ):
        signals[one.resident_id].append(
            {
                "id": one.id,
                "rule": one.rule_code,
                "kind": one.rule.kind,
                "facts": one.facts,
                "fired_on": one.fired_on,
                "over_on": one.over_on,
                "contest": one.contest.because if one.contest else None,
                "answer": one.contest.answer if one.contest else None,
                "upheld": one.contest.upheld if one.contest else None,
            }
        )
    decisions: dict[int, list[Facts]] = defaultdict(list)
    for decision, resident_id, held_on, digest in db.session.execute(
        select(Decision, Case.resident_id, Meeting.held_on, Packet.digest)
        .join(Case, Case.id == Decision.case_id)
        .join(Meeting, Meeting.id == Case.meeting_id)
        .join(Packet, Packet.id == Decision.packet_id)
        .where(Case.resident_id.in_(resident_ids))
        .order_by(Decision.decided_at.desc())
    ):
        decisions[resident_id].append(
            {"id": decision.id, "held_on": held_on, "outcome": decision.outcome,
             "reason": decision.reason, "packet": digest}
        )  # fmt: skip
    return {
        key: {"signals": signals.get(key, []), "decisions": decisions.get(key, [])}
        for key in resident_ids
    }
