"""What residents still lack for graduation; the same number of statements for ten and for all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import ExamResult
from trainingbase.courses.queries import training
from trainingbase.courses.rules.graduating import Exam, Lack, Limits, Record, lacking
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Leave, Resident
from trainingbase.enrolment.queries import IN_TRAINING, seen_by
from trainingbase.enrolment.suspension import Suspension
from trainingbase.leave.queries.rules import kind_rules
from trainingbase.leaving.queries import verdicts_of
from trainingbase.logbook.queries.completion import completions
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.thresholds.queries import values
from trainingbase.training.models import Activity, attendances
from trainingbase.training.queries import COUNTED


@dataclass(frozen=True)
class Candidate:
    resident: Resident
    lacks: tuple[Lack, ...]

    @property
    def is_ready(self) -> bool:
        return not self.lacks


def limits() -> Limits:
    base = values()
    return Limits(
        exits=bool(base["graduation_exits"]),
        leave_days=int(base["leave_exam_later_days"]),
        annual_tests=int(base["graduation_annual_tests"]),
        examination=bool(base["graduation_examination"]),
        licence=bool(base["graduation_licence"]),
        activities=int(base["graduation_activities"]),
        log=base["graduation_log"],
    )


def candidates(
    viewer: Person, *, today: date, cohort_id: int = 0, search: str = "", lack: str = "",
    sort: str = "",
) -> list[Candidate]:  # fmt: skip
    """Residents in training with what each lacks.  `lack`: ready, missing, or a kind of lack."""
    rows = (
        select(Resident)
        .join(Resident.person)
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .where(IN_TRAINING, seen_by(viewer))
    )
    if cohort_id:
        rows = rows.where(Resident.cohort_id == cohort_id)
    if search:
        rows = rows.where(called(search))
    found = [one for one in checked(db.session.scalars(rows).all(), today) if _is(one, lack)]
    keys = {
        "name": lambda one: one.resident.name,
        "cohort": lambda one: one.resident.cohort_id,
        "lacks": lambda one: len(one.lacks),
    }
    key = keys.get(sort.lstrip("-"), lambda one: one.resident.ends_on or date.max)
    found.sort(key=lambda one: (one.resident.cohort_id, one.resident.id))
    return sorted(found, key=key, reverse=sort.startswith("-"))


def _is(one: Candidate, lack: str) -> bool:
    if not lack:
        return True
    if lack in ("ready", "missing"):
        return one.is_ready == (lack == "ready")
    return any(each.kind == lack for each in one.lacks)


def checked(residents: Sequence[Resident], day: date) -> list[Candidate]:
    """Each resident with everything that is missing on that day; in as many statements for all as
    for one."""
    asked = limits()
    records = records_of(residents, day)
    return [Candidate(one, tuple(lacking(records[one.id], asked, day))) for one in residents]


def candidate_for(viewer: Person, resident_id: int, *, today: date) -> Candidate:
    """Raises `NoResultFound` for a foreign or missing one."""
    resident = db.session.scalars(
        select(Resident)
        .where(Resident.id == resident_id, seen_by(viewer))
        .options(joinedload(Resident.person), joinedload(Resident.cohort))
    ).one()
    return checked([resident], today)[0]


def lacks_as_data(resident: Resident, day: date) -> list[dict]:
    """What is missing, as it is kept with a graduation."""
    known = training.standards()
    return [lack_as_data(one, known) for one in checked([resident], day)[0].lacks]


def lack_as_data(one: Lack, known: dict[int, Any]) -> dict:
    return {
        "kind": one.kind,
        "names": training.names_of(one.standards, known),
        "wanted": training.plain(one.wanted),
        "found": training.plain(one.found),
        "rows": [list(row) for row in one.rows],
    }


def records_of(residents: Sequence[Resident], day: date) -> dict[int, Record]:
    ids = [one.id for one in residents]
    wanted = training.wanted_by(one.programme_id for one in residents)
    earned, stays = training.earned_by(ids), training.stays_of(ids)
    verdicts, leaves, exams = verdicts_of(ids), _leaves(ids, day), _exams(ids)
    resting, attended, logs = _resting(ids), _attended(ids), completions(ids)
    return {
        one.id: Record(
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            is_training=one.is_in_training and one.id not in resting,
            wanted=wanted.get(one.programme_id, []),
            earned=earned.get(one.id, []),
            stays=stays.get(one.id, []),
            verdicts=verdicts.get(one.id, {}),
            leaves=leaves.get(one.id, []),
            exams=exams.get(one.id, []),
            has_licence=bool(one.licence_number),
            activities=attended.get(one.id, 0),
            log=logs[one.id].percent,
        )
        for one in residents
    }


def _leaves(ids: list[int], day: date) -> dict[int, list[tuple[int, int]]]:
    """Granted leave before that day, of the kinds that count together: (id, days)."""
    together = [kind for kind, rule in kind_rules().items() if rule.in_total]
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = db.session.execute(
        select(Leave.resident_id, Leave.id, Leave.starts_on, Leave.ends_on, Leave.returned_on)
        .where(
            Leave.resident_id.in_(ids),
            Leave.granted.is_(True),
            Leave.starts_on < day,
            Leave.kind.in_(together),
        )
        .order_by(Leave.starts_on)
    )
    for resident_id, key, starts_on, ends_on, returned_on in rows:
        end = min(one for one in (ends_on, returned_on, day) if one is not None)
        if end > starts_on:
            found[resident_id].append((key, (end - starts_on) // timedelta(days=1)))
    return found


def _exams(ids: list[int]) -> dict[int, list[Exam]]:
    found: dict[int, list[Exam]] = defaultdict(list)
    rows = db.session.scalars(
        select(ExamResult).where(ExamResult.resident_id.in_(ids)).order_by(ExamResult.id)
    )
    for one in rows:
        found[one.resident_id].append(
            Exam(
                one.id, one.kind, one.year, one.attended, one.theory_passed, one.skills_passed,
                one.passed,
            )
        )  # fmt: skip
    return found


def _resting(ids: list[int]) -> set[int]:
    rows = select(Suspension.resident_id).where(
        Suspension.resident_id.in_(ids),
        Suspension.returned_on.is_(None),
        Suspension.cancelled_at.is_(None),
    )
    return set(db.session.scalars(rows))


def _attended(ids: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(attendances.c.resident_id, func.count())
        .join(Activity, Activity.id == attendances.c.activity_id)
        .where(attendances.c.resident_id.in_(ids), COUNTED)
        .group_by(attendances.c.resident_id)
    )
    return dict(rows.all())


def residents_for(viewer: Person, ids: Iterable[int]) -> Sequence[Resident]:
    return db.session.scalars(
        select(Resident)
        .join(Resident.person)
        .where(Resident.id.in_(list(ids)), IN_TRAINING, seen_by(viewer))
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .order_by(Resident.id)
    ).all()


def without_certificate(*, cohort_id: int = 0) -> Sequence[Resident]:
    """Those who have finished and have no certificate number yet, the newest first."""
    rows = (
        select(Resident)
        .join(Resident.person)
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .where(Resident.finished_on.is_not(None), Resident.certificate_number.is_(None))
    )
    if cohort_id:
        rows = rows.where(Resident.cohort_id == cohort_id)
    return db.session.scalars(rows.order_by(Resident.finished_on.desc(), Resident.id)).all()


def certified(numbers: Iterable[str]) -> set[str]:
    """Which of the numbers somebody has already."""
    rows = select(Resident.certificate_number).where(Resident.certificate_number.in_(list(numbers)))
    return {one for one in db.session.scalars(rows) if one is not None}


def cohorts_in_training() -> Sequence[Cohort]:
    there = select(Resident.cohort_id).where(IN_TRAINING)
    return db.session.scalars(
        select(Cohort).where(Cohort.id.in_(there)).order_by(Cohort.year, Cohort.id)
    ).all()
