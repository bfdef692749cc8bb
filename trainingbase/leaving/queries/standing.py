"""How far a placement is: the one answer for resident, supervisor, secretary, office and paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from trainingbase.assessments.rules import months_between
from trainingbase.attendance.queries.days import Days, days_of
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.leaving.models import Appraisal, ExitExam, Gate
from trainingbase.leaving.queries import gates, sources
from trainingbase.leaving.rules import gate as rules
from trainingbase.leaving.rules.gate import NOTHING, Line, Measured, Score
from trainingbase.logbook.queries.completion import placement_completions
from trainingbase.logbook.rules.completion import Completion, share
from trainingbase.programmes.models import Programme
from trainingbase.rotations.models import Placement

PERSONAL, SICK = "personal", "sick"
LOG_OF = {"cases": "case", "procedures": "procedure"}
TIMES_OF = {"mini_cex": "mini_cex", "dops": "dops", "department_360": "resident_on_department"}
"""Items that count forms sent about a placement, and the codes of these forms."""


@dataclass(frozen=True)
class Standing:
    """Of one placement: a line for each thing its gate asks, and what these are reckoned from."""

    placement_id: int
    gate: Gate
    lines: tuple[Line, ...]
    measured: Mapping[str, Measured]
    score: Score
    months: Decimal
    completion: Completion
    days: Days
    activities: Mapping[str, int]
    exams: Mapping[str, ExitExam]
    exit_form: sources.ExitForm | None
    appraisal: Appraisal | None
    theory: Decimal | None
    skill: Decimal | None

    @property
    def missing(self) -> tuple[str, ...]:
        return rules.missing(self.lines)

    @property
    def unentered(self) -> tuple[str, ...]:
        return rules.unentered(self.lines)

    @property
    def vetoes(self) -> tuple[str, ...]:
        return rules.vetoes(self.lines)

    @property
    def proposed(self) -> str:
        return rules.proposed(self.lines)

    @property
    def done(self) -> int:
        return sum(one.state == rules.OK for one in self.lines)


def standing_of(placement_ids: Iterable[int]) -> dict[int, Standing]:
    """By placement, in as many statements however many they are."""
    rows = {
        placement_id: (resident_id, starts_on, ends_on, family, standard_id)
        for placement_id, resident_id, starts_on, ends_on, family, standard_id in _rows(
            list(placement_ids)
        )
    }
    wanted = list(rows)
    if not wanted:
        return {}
    versions = gates.all_gates()
    log = placement_completions(wanted)
    days = days_of(wanted)
    attended, forms = sources.activities(wanted), sources.forms_done(wanted)
    exams, sheets = sources.exams(wanted), sources.exit_forms(wanted)
    appraisals = sources.appraisals(wanted)
    found = {}
    for key, (_resident, starts_on, ends_on, family, standard_id) in rows.items():
        in_force = gates.in_force(versions, ends_on)
        found[key] = _standing(
            key,
            gates.holding(in_force, family, standard_id),
            months=months_between(starts_on, ends_on),
            completion=log[key],
            days=days[key],
            activities=attended.get(key, {}),
            forms=forms.get(key, {}),
            exams=exams.get(key, {}),
            exit_form=sheets.get(key),
            appraisal=appraisals.get(key),
        )
    return found


def _rows(placement_ids: list[int]) -> Iterable[Any]:
    return db.session.execute(
        select(
            Placement.id,
            Placement.resident_id,
            Placement.starts_on,
            Placement.ends_on,
            Programme.family,
            Placement.standard_department_id,
        )
        .join(Resident, Resident.id == Placement.resident_id)
        .join(Programme, Programme.id == Resident.programme_id)
        .where(Placement.id.in_(placement_ids))
    )


def _standing(
    placement_id: int,
    gate: Gate,
    *,
    months: Decimal,
    forms: Mapping[str, int],
    exit_form: sources.ExitForm | None,
    exams: Mapping[str, ExitExam],
    **known: Any,
) -> Standing:
    theory = _mark("theory", exams, exit_form)
    skill = _mark("skill", exams, exit_form)
    score = rules.score_of(
        gate, daily=exit_form.daily if exit_form else None, theory=theory, skill=skill
    )
    measured = {
        **_of_days(known["days"], months),
        **_of_log(known["completion"]),
        **{item: Measured(Decimal(forms.get(code, 0))) for item, code in TIMES_OF.items()},
        "activities": _per_month(sum(known["activities"].values()), months),
        "exit_form": Measured(
            Decimal(1 if exit_form else 0), broken=bool(exit_form and exit_form.passed is False)
        ),
        "appraisal": Measured(Decimal(1 if known["appraisal"] else 0)),
        "c_records": Measured(Decimal(exit_form.c_records)) if exit_form else NOTHING,
        "theory": Measured(theory),
        "skill": Measured(skill),
        "score": Measured(score.total),
    }
    return Standing(
        placement_id=placement_id,
        gate=gate,
        lines=rules.judged(gate.items, measured),
        measured=measured,
        score=score,
        months=months,
        exams=exams,
        exit_form=exit_form,
        theory=theory,
        skill=skill,
        **known,
    )


def _mark(
    kind: str, exams: Mapping[str, ExitExam], exit_form: sources.ExitForm | None
) -> Decimal | None:
    """The exam's own mark; where none was entered, what the supervisor gave in the exit form."""
    if kind in exams:
        return exams[kind].score
    return getattr(exit_form, kind) if exit_form else None


def _of_days(days: Days, months: Decimal) -> dict[str, Measured]:
    """By the base's rule of counting; while nothing is confirmed nothing is known."""
    off = days.of(PERSONAL) + days.of(SICK)
    found = {"leave_days": Measured(rules.tenth(off / months), off, months)}
    if days.known > 0:
        part = rules.tenth(days.present * 100 / days.known)
        found["attendance"] = Measured(part, days.present, days.known)
        found["absence"] = Measured(days.unexcused)
    return found


def _of_log(completion: Completion) -> dict[str, Measured]:
    found = {"log": _part(completion.counted, completion.target)}
    diseases = [one for one in completion.lines if one.category == "disease" and one.target > 0]
    found["diseases"] = _part(sum(one.counted > 0 for one in diseases), len(diseases))
    for item, category in LOG_OF.items():
        lines = [one for one in completion.lines if one.category == category]
        found[item] = _part(sum(one.counted for one in lines), sum(one.target for one in lines))
    return found


def _part(counted: int, target: int) -> Measured:
    return Measured(share(counted, target), Decimal(counted), Decimal(target))


def _per_month(number: int, months: Decimal) -> Measured:
    return Measured(rules.tenth(number / months), Decimal(number), months)
