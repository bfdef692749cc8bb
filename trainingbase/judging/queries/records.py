"""What the other parts of the portal know of residents, each by its one function."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.judging.queries.evidence import Facts, both
from trainingbase.leaving.models import CURRENT, Leaving
from trainingbase.leaving.queries import standing_of
from trainingbase.leaving.queries.standing import Standing
from trainingbase.logbook.queries.completion import completions
from trainingbase.logbook.rules.completion import share
from trainingbase.programmes.models import StandardDepartment
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department


def log_of(resident_ids: Sequence[int]) -> dict[int, Facts]:
    """How complete the log is, as a whole and by standard department."""
    names = {
        key: both(name, name_en)
        for key, name, name_en in db.session.execute(
            select(StandardDepartment.id, StandardDepartment.name, StandardDepartment.name_en)
        )
    }
    found = {}
    for resident_id, whole in completions(resident_ids).items():
        sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for line in whole.lines:
            sums[line.standard_department_id][0] += line.counted
            sums[line.standard_department_id][1] += line.target
        found[resident_id] = {
            "counted": whole.counted,
            "target": whole.target,
            "percent": whole.percent,
            "waiting": whole.waiting,
            "departments": [
                {"name": names[key], "counted": counted, "target": target,
                 "percent": share(counted, target)}
                for key, (counted, target) in sums.items()
                if target
            ],
        }  # fmt: skip
    return found


def exams_of(resident_ids: Sequence[int]) -> dict[int, list[Facts]]:
    """The newest first."""
    found: dict[int, list[Facts]] = defaultdict(list)
    for one in db.session.scalars(
        select(ExamResult)
        .where(ExamResult.resident_id.in_(resident_ids))
        .order_by(ExamResult.year.desc(), ExamResult.kind, ExamResult.id)
    ):
        found[one.resident_id].append(
            {
                "kind": one.kind,
                "year": one.year,
                "first": one.is_first_attempt,
                "attended": one.attended,
                "theory": one.theory,
                "skills": one.skills,
                "passed": one.passed,
            }
        )
    return found


def stays_of(
    resident_ids: Sequence[int], today: date
) -> tuple[dict[int, list[Facts]], dict[int, Facts]]:
    """By resident: the stays begun, the last one first, with their exit results; and the days of
    attendance over them."""
    rows = db.session.execute(
        select(
            Placement.id,
            Placement.resident_id,
            Placement.starts_on,
            Placement.ends_on,
            Department.name,
            Department.name_en,
            Leaving.state,
            Leaving.verdict,
            Leaving.round,
        )
        .join(Placement.department)
        .outerjoin(Leaving, (Leaving.placement_id == Placement.id) & CURRENT)
        .where(
            Placement.resident_id.in_(resident_ids),
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
        )
        .order_by(Placement.starts_on.desc(), Placement.id)
    ).all()
    standings = standing_of([one.id for one in rows])
    exits: dict[int, list[Facts]] = defaultdict(list)
    days: dict[int, Facts] = defaultdict(lambda: dict.fromkeys(DAYS, Decimal(0)))
    for one in rows:
        standing = standings[one.id]
        exits[one.resident_id].append(
            {
                "placement": one.id,
                "department": both(one.name, one.name_en),
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "verdict": one.verdict if one.state in ("passed", "failed") else None,
                "round": one.round,
                "score": standing.score.total,
            }
        )
        _add(days[one.resident_id], standing)
    return exits, days


DAYS = ("expected", "present", "leave", "unexcused", "unknown")


def _add(sums: Facts, standing: Standing) -> None:
    for key in DAYS:
        sums[key] += getattr(standing.days, key)
