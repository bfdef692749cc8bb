"""What was written about residents: forms, ratings by competency, words.

Forms about a teacher or a department are none of the resident's, whoever of them filled them in.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from trainingbase.assessments.models import Amendment, Answer, Instrument, Item, Submission
from trainingbase.assessments.queries.demands import demands_of
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.signatures.rules import plain
from trainingbase.sites.models import Department

ABOUT_RESIDENTS = Instrument.subject.in_(("resident", "record"))

Facts = dict[str, Any]


def both(name: str | None, name_en: str | None) -> Facts | None:
    """A name in both languages; the English one may be missing."""
    return {"zh": name, "en": name_en} if name is not None else None


def forms_of(resident_ids: Sequence[int], today: date) -> dict[int, list[Facts]]:
    """By resident, the newest first; what was observed by that day."""
    rows = db.session.execute(
        select(
            Submission.id,
            Submission.resident_id,
            Submission.observed_on,
            Submission.total,
            Submission.passed,
            Submission.acknowledged_at,
            Instrument.code,
            Instrument.name,
            Instrument.name_en,
            Instrument.is_confidential,
            Department.name.label("place"),
            Department.name_en.label("place_en"),
            Person.name.label("assessor"),
            Person.name_en.label("assessor_en"),
        )
        .select_from(Submission)
        .join(Submission.instrument)
        .join(Submission.placement)
        .join(Placement.department)
        .join(Submission.assessor)
        .where(
            Submission.resident_id.in_(resident_ids),
            Submission.observed_on <= today,
            ABOUT_RESIDENTS,
        )
        .order_by(Submission.observed_on.desc(), Submission.id.desc())
    )
    found: dict[int, list[Facts]] = defaultdict(list)
    for one in rows:
        found[one.resident_id].append(_form(one))
    return found


def _form(one: Row) -> Facts:
    return {
        "submission": one.id,
        "confidential": one.is_confidential,
        "code": one.code,
        "form": both(one.name, one.name_en),
        "observed_on": one.observed_on,
        "department": both(one.place, one.place_en),
        "assessor": both(one.assessor, one.assessor_en),
        "total": one.total,
        "passed": one.passed,
        "acknowledged": one.acknowledged_at is not None,
        "amendments": 0,
        "words": [],
    }


def put_words(forms: dict[int, list[Facts]], resident_ids: Sequence[int]) -> None:
    """Add to each form what was written in words, amendments included."""
    by_id = {one["submission"]: one for some in forms.values() for one in some}
    written = db.session.execute(
        select(Answer.submission_id, Item.name, Item.name_en, Answer.text)
        .join(Answer.item)
        .join(Answer.submission)
        .where(
            Submission.resident_id.in_(resident_ids),
            Item.kind == "text",
            func.coalesce(Item.scale, "") != "signature",
            Answer.text.is_not(None),
            Answer.text != "",
        )
        .order_by(Item.position)
    )
    for submission_id, name, name_en, text in written:
        if submission_id in by_id:
            by_id[submission_id]["words"].append({"item": both(name, name_en), "text": text})
    added = db.session.execute(
        select(Amendment.submission_id, Amendment.text)
        .join(Amendment.submission)
        .where(Submission.resident_id.in_(resident_ids))
        .order_by(Amendment.id)
    )
    for submission_id, text in added:
        if submission_id in by_id:
            by_id[submission_id]["words"].append({"item": None, "text": text})
            by_id[submission_id]["amendments"] += 1


@dataclass
class Line:
    """Ratings of one competency on one scale, in the order of time."""

    code: str
    scale: tuple[str, Decimal, Decimal]
    rows: list["Rated"] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Plain values, to be kept."""
        name, lowest, highest = self.scale
        return self.code, name, plain(lowest), plain(highest)


@dataclass(frozen=True)
class Rated:
    submission_id: int
    resident_id: int
    assessor_id: int
    observed_on: date
    mean: float


def ratings_of(which: ColumnElement[bool], today: date) -> dict[int, dict[tuple, Line]]:
    """Of these residents by cohort, then by competency and scale: scales are not mixed, and
    entrustment looking forward and back are kept apart."""
    rows = db.session.execute(
        select(
            Resident.cohort_id,
            Item.competency,
            Item.scale,
            Item.lowest,
            Item.highest,
            Submission.id,
            Submission.resident_id,
            Submission.assessor_id,
            Submission.observed_on,
            func.sum(Answer.number),
            func.count(),
        )
        .select_from(Answer)
        .join(Answer.item)
        .join(Item.instrument)
        .join(Answer.submission)
        .join(Submission.resident)
        .where(
            which,
            Submission.observed_on <= today,
            ABOUT_RESIDENTS,
            Item.kind == "rating",
            Item.competency.is_not(None),
            Answer.number.is_not(None),
        )
        .group_by(
            Resident.cohort_id,
            Item.competency,
            Item.scale,
            Item.lowest,
            Item.highest,
            Submission.id,
            Submission.resident_id,
            Submission.assessor_id,
            Submission.observed_on,
        )
        .order_by(Submission.observed_on, Submission.id)
    )
    found: dict[int, dict[tuple, Line]] = defaultdict(dict)
    for cohort_id, code, scale, lowest, highest, form, resident, assessor, day, total, n in rows:
        key = (code, scale or "", lowest, highest)
        line = found[cohort_id].setdefault(key, Line(code, key[1:]))
        line.rows.append(Rated(form, resident, assessor, day, float(total) / n))
    return found


def asked_of(resident_ids: Sequence[int], today: date) -> dict[int, list[Facts]]:
    """By resident and form: what the plan demands by today, and what was asked, done, waits, is
    late, has expired, is missing; what was sent unasked beside."""
    return {
        resident_id: [
            {"code": code, "form": both(found.forms[code].name, found.forms[code].name_en), **some}
            for code, some in found.totals().items()
            if any(some.values())
        ]
        for resident_id, found in demands_of(resident_ids, today=today).items()
    }
