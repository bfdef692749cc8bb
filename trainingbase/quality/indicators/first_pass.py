"""Graduation examination passed at the first attempt."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.quality.indicators.indicator import COHORT, Indicator
from trainingbase.quality.rules.facts import Fact

PAPERS = ("theory", "skills")


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """Of a year; `theory` and `skills` are those who passed that paper."""
    rows = db.session.execute(
        select(ExamResult, Resident.cohort_id)
        .join(ExamResult.resident)
        .where(
            ExamResult.kind == "graduation",
            ExamResult.is_first_attempt,
            ExamResult.attended,
            ExamResult.year >= starts_on.year,
            ExamResult.year < ends_on.year,
        )
        .order_by(ExamResult.id)
    )
    for one, cohort_id in rows:
        where = (date(one.year, 1, 1), None, cohort_id, one.resident_id)
        yield Fact(*where, "passed" if one.passed else "failed", Decimal(1))
        for paper in PAPERS:
            if getattr(one, f"{paper}_passed"):
                yield Fact(*where, paper, Decimal(1))


INDICATOR = Indicator(
    key="first-pass",
    group="outcome",
    name=_l("First-attempt graduation pass rate"),
    definition=_l(
        "Of the residents who sat the graduation examination for the first time in the year: who "
        "passed theory and skills."
    ),
    numerator=_l("first attempts passed in both parts"),
    denominator=_l("first attempts sat"),
    facts=facts,
    parts={
        "passed": _l("passed"),
        "failed": _l("not passed"),
        "theory": _l("theory"),
        "skills": _l("skills"),
    },
    shown=("passed", "failed"),
    kinds={"passed": "good", "failed": "bad"},
    top=("passed",),
    bottom=("passed", "failed"),
    splits=(COHORT,),
    target="first_pass_target",
    cases=True,
    yearly=True,
    source="E21 4.1.2",
    confidence="H",
)
