"""What the committee sees of residents: the one content of picture, preview and packet.

Plain values only, names in both languages, so that it can be kept, signed and shown years later.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from statistics import fmean
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.assessments.queries.figures import Judgement
from trainingbase.assessments.trusting import freed, measured, rounded
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.judging.queries import before, evidence, records
from trainingbase.judging.queries.evidence import Facts, Line, both
from trainingbase.judging.rules.verdicts import COMPETENCIES
from trainingbase.signatures.rules import plain
from trainingbase.thresholds.queries import values

SCHEMA = 2
"""2 says of each form what the plan demands and what is missing, and which are confidential."""


def content_of(resident_id: int, *, today: date) -> Facts:
    return contents_of([resident_id], today=today)[resident_id]


def contents_of(resident_ids: Sequence[int], *, today: date) -> dict[int, Facts]:
    """By resident, in as many statements however many they are."""
    wanted = sorted(set(resident_ids))
    residents = db.session.scalars(
        select(Resident)
        .where(Resident.id.in_(wanted))
        .options(
            joinedload(Resident.person),
            joinedload(Resident.cohort),
            joinedload(Resident.programme),
            joinedload(Resident.tutor),
        )
    ).all()
    limits = values()
    forms = evidence.forms_of(wanted, today)
    evidence.put_words(forms, wanted)
    asked, log = evidence.asked_of(wanted, today), records.log_of(wanted)
    exams, (exits, days) = records.exams_of(wanted), records.stays_of(wanted, today)
    rated = _competencies(residents, limits, today)
    own, earlier = before.shared_of(wanted, today), before.judged_of(wanted)
    return {
        one.id: plain(
            {
                "schema": SCHEMA,
                "as_of": today,
                "resident": about(one),
                "forms": forms.get(one.id, []),
                "competencies": rated.get(one.id, []),
                "asked": asked.get(one.id, []),
                "log": log.get(one.id, {}),
                "exams": exams.get(one.id, []),
                "exits": exits.get(one.id, []),
                "attendance": days.get(one.id, {}),
                **own[one.id],
                **earlier[one.id],
            }
        )
        for one in residents
    }


def about(one: Resident) -> Facts:
    return {
        "id": one.id,
        "name": both(one.person.name, one.person.name_en),
        "cohort": both(one.cohort.name, one.cohort.name_en),
        "programme": both(one.programme.name, one.programme.name_en),
        "tutor": both(one.tutor.name, one.tutor.name_en) if one.tutor else None,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
    }


def _competencies(
    residents: Sequence[Resident], limits: dict[str, Decimal], today: date
) -> dict[int, list[Facts]]:
    """By resident: each competency and scale they were rated on, beside the same freed of who
    judged, reckoned within their cohort."""
    members: dict[int, list[int]] = defaultdict(list)
    for one in residents:
        members[one.cohort_id].append(one.id)
    found: dict[int, list[Facts]] = defaultdict(list)
    for cohort_id, lines in evidence.ratings_of_cohorts(list(members), today).items():
        for line in sorted(lines.values(), key=_order):
            for resident_id, facts in _of_line(line, members[cohort_id], limits).items():
                found[resident_id].append(facts)
    return found


def _order(line: Line) -> tuple[int, str]:
    return COMPETENCIES.index(line.code) if line.code in COMPETENCIES else 99, line.scale[0]


def _of_line(
    line: Line, resident_ids: Sequence[int], limits: dict[str, Decimal]
) -> dict[int, Facts]:
    wanted = set(resident_ids)
    mine: dict[int, list[evidence.Rated]] = defaultdict(list)
    for row in line.rows:
        if row.resident_id in wanted:
            mine[row.resident_id].append(row)
    if not mine:
        return {}
    judgements = [Judgement(row.resident_id, row.assessor_id, row.mean) for row in line.rows]
    fewest = int(limits["trust_residents"])
    trust = measured(judgements, fewest_residents=fewest, target=float(limits["trust_target"]))
    free = freed(judgements, fewest_residents=fewest).means
    return {
        resident_id: _rated(line, rows, trust, free.get(resident_id), limits)
        for resident_id, rows in mine.items()
    }


def _rated(
    line: Line,
    rows: Sequence[evidence.Rated],
    trust: Facts,
    free: Any,
    limits: dict[str, Decimal],
) -> Facts:
    enough = len(rows) >= int(limits["judging_forms_for_a_mean"])
    mean = rounded(sum(one.mean for one in rows) / len(rows)) if enough else None
    return {
        "code": line.code,
        "scale": [line.scale[0], line.scale[1], line.scale[2]],
        "forms": len(rows),
        "assessors": len({one.assessor_id for one in rows}),
        "fewest": int(limits["judging_forms_for_a_mean"]),
        "mean": mean,
        "adjusted": rounded(free.adjusted) if free is not None and enough else None,
        "error": rounded(free.standard_error) if free is not None and enough else None,
        "shrinkage": rounded(free.shrinkage) if free is not None and enough else None,
        "trust": trust,
        "points": [[one.submission_id, one.observed_on, rounded(one.mean)] for one in rows],
    }


def without_names(content: Facts) -> Facts:
    """As its resident may read it: what was given confidentially is read together elsewhere, and
    is in no point and no mean, since two means on two days would say what came between them."""
    secret = {one["submission"] for one in content["forms"] if one.get("confidential")}
    forms = [one for one in content["forms"] if one["submission"] not in secret]
    authors = {one["submission"]: one["assessor"]["zh"] for one in forms}
    lines = [_open_part(one, secret, authors) for one in content["competencies"]]
    return content | {
        "forms": forms,
        "competencies": [one for one in lines if one["forms"]],
        "withheld": len(secret),
    }


def _open_part(line: Facts, secret: Set[int], authors: Mapping[int, str]) -> Facts:
    points = [one for one in line["points"] if one[0] not in secret]
    if len(points) == len(line["points"]):
        return line
    means = [float(mean) for _form, _day, mean in points]
    enough = len(points) >= line["fewest"]
    return line | {
        "forms": len(points),
        "assessors": len({authors[form] for form, _day, _mean in points}),
        "mean": plain(rounded(fmean(means))) if enough else None,
        "adjusted": None,
        "error": None,
        "shrinkage": None,
        "points": points,
    }
