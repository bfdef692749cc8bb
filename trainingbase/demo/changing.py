"""Changes of course in the county: one has left, one is extended, one rests, some graduate."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.assessments.models import ExamResult
from trainingbase.courses import actions
from trainingbase.courses.actions import Terms
from trainingbase.courses.models import Reason
from trainingbase.courses.queries import graduating, training
from trainingbase.courses.queries.effects import digest, effect_of
from trainingbase.courses.rules.months import done_by_standard, owed
from trainingbase.courses.rules.states import later
from trainingbase.db import db
from trainingbase.enrolment.models import Credit, Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.people.models import Person

NEAR_GRADUATION = 4
"""So many of the oldest cohort have done everything; the others of it lack something."""


def play(
    office: Person, shown: Resident, *, today: date, at: datetime, say: Callable[[str], None]
) -> None:
    """`shown` is the resident of the demonstration's account, who goes on as before."""
    there = [one for one in _residents() if one.id != shown.id and one.starts_on is not None]
    oldest = there[0].cohort_id
    finishing = [one for one in there if one.cohort_id == oldest]
    for number, resident in enumerate(finishing[:NEAR_GRADUATION]):
        _has_done_everything(resident, today, but=None if number < NEAR_GRADUATION - 1 else "exam")
    others = [one for one in there if one.cohort_id != oldest and one.ends_on is not None]
    leaving, resting, staying = others[-1], others[-3], others[-5]
    _done(
        leaving,
        Terms("withdrawal", today - timedelta(days=5), manner=_reason("manner", "agreed"),
              reason=_reason("withdrawal", "studies"), word="考取硕士研究生，双方协议退培。"),
        office, today, at,
    )  # fmt: skip
    _done(
        resting,
        Terms("suspension", today + timedelta(days=8), later(today, 4),
              reason=_reason("suspension", "illness"), word="需住院治疗，预计四个月。"),
        office, today, at,
    )  # fmt: skip
    _done(
        staying,
        Terms("extension", staying.ends_on, later(staying.ends_on, 3),
              reason=_reason("extension", "exam"), word="结业理论考核未通过，延期三个月。"),
        office, today, at,
    )  # fmt: skip
    say(f"  Changes of course: 3, and {NEAR_GRADUATION - 1} ready to graduate")


def _residents() -> list[Resident]:
    rows = (
        select(Resident)
        .where(IN_TRAINING)
        .options(joinedload(Resident.person), joinedload(Resident.cohort))
        .order_by(Resident.cohort_id, Resident.id)
    )
    return list(db.session.scalars(rows))


def _reason(of: str, code: str) -> Reason:
    return db.session.scalars(select(Reason).where(Reason.of == of, Reason.code == code)).one()


def _done(resident: Resident, terms: Terms, office: Person, today: date, at: datetime) -> None:
    course = actions.propose(resident, terms, by=office, at=at)
    seen = digest(effect_of(course, resident, today=today))
    actions.decide(course, seen=seen, by=office, at=at)


def _has_done_everything(resident: Resident, today: date, *, but: str | None) -> None:
    """Months accepted, tests sat, examination passed; `but` names what is still missing."""
    _credit_what_is_owed(resident, today)
    resident.licence_number = resident.licence_number or f"2026{resident.id:06d}"
    found = graduating.records_of([resident], today)[resident.id]
    have = {(one.kind, one.year) for one in found.exams}
    years = [(resident.starts_on or today).year + n for n in range(3)]
    for year in years:
        if ("annual", year) not in have:
            db.session.add(
                ExamResult(resident_id=resident.id, kind="annual", year=year,
                           is_first_attempt=True, theory=Decimal(78), passed=True)
            )  # fmt: skip
    if ("graduation", today.year) not in have:
        db.session.add(
            ExamResult(resident_id=resident.id, kind="graduation", year=today.year,
                       is_first_attempt=True, theory=Decimal(81), skills=Decimal(84),
                       theory_passed=True, skills_passed=but != "exam", passed=but != "exam")
        )  # fmt: skip
    db.session.commit()


def _credit_what_is_owed(resident: Resident, today: date) -> None:
    wanted = training.wanted_by([resident.programme_id])[resident.programme_id]
    earned = training.earned_by([resident.id]).get(resident.id, [])
    stays = training.stays_of([resident.id]).get(resident.id, [])
    for one in owed(wanted, done_by_standard(earned, stays, today)):
        standard, months = one.standards[0], one.missing
        kept = next(
            (c for c in resident.credits
             if c.standard_department_id == standard and c.kind == "accepted"), None,
        )  # fmt: skip
        if kept is not None:
            kept.months += months
        else:
            credit = Credit(standard_department_id=standard, months=months, kind="accepted")
            resident.credits.append(credit)
    db.session.flush()
