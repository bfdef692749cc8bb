"""Examinations of the county: a released annual test, a theory examination half entered, an OSCE
with its results, and one that runs today.

The same county comes out every time: chance is drawn from the number of the resident.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from trainingbase import paths
from trainingbase.accounts.actions import grant, welcome
from trainingbase.db import db
from trainingbase.demo import osce_day
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.exams.actions import appeals, entering, importing, releasing, sittings
from trainingbase.exams.models import ExamCandidate, ExamSitting
from trainingbase.exams.queries import mine
from trainingbase.exams.queries import sittings as queries
from trainingbase.people.models import Person
from trainingbase.roles import Role

WORKBOOK = "exam_results.xlsx"
APPEAL_DAYS = 30
GOES_ROUND = 14


def play(
    shown: Resident,
    *,
    teacher: Person,
    office: Person,
    today: date,
    at: datetime,
    say: Callable[[str], None],
) -> None:
    colleague = welcome("科教科 赵老师", at=at)
    grant(colleague, Role.OFFICE, by=None, at=at)
    kinds = {one.code: one for one in queries.kinds()}
    test = _sitting(kinds["annual"], "年度业务水平测试", today - timedelta(days=12), office, at)
    content = (paths.DEMO_COUNTY / WORKBOOK).read_bytes()
    importing.take_in(test, content, WORKBOOK, on=today, by=office, at=at)
    _enter_twice(test, (office, colleague), at=at)
    number = releasing.release(
        test,
        version=test.version,
        today=today - timedelta(days=2),
        appeal_days=APPEAL_DAYS,
        by=office,
        at=at,
    )
    _appeal(shown, today=today, at=at)
    theory = _sitting(kinds["graduation_theory"], None, today - timedelta(days=3), office, at)
    for one in list(_in_training())[:4]:
        if all(each.resident_id != one.id for each in queries.all_candidates(theory)):
            sittings.add_one(theory, one.id, by=office, at=at)
    _enter(theory, colleague, at=at)
    round_ = [shown, *(one for one in _in_training() if one.id != shown.id)][:GOES_ROUND]
    marked = osce_day.play(round_, teacher=teacher, office=office, today=today, at=at)
    say(f"  {number} results of the annual test released, {marked} marks of two OSCEs")


def _in_training() -> Sequence[Resident]:
    return db.session.scalars(select(Resident).where(IN_TRAINING).order_by(Resident.id)).all()


def _sitting(kind, title: str | None, day: date, office: Person, at: datetime) -> ExamSitting:
    answers = {
        "title": title,
        "held_on": day,
        "place": "临床技能中心",
        "pass_theory": Decimal(60),
        "pass_skills": Decimal(60),
    }
    return sittings.make(kind, answers, form_key=f"demo-{kind.code}-{day}", by=office, at=at)


def _figures(candidate: ExamCandidate, parts: Sequence[str]) -> dict[str, object]:
    dice = Random(candidate.resident_id)  # noqa: S311 - no secret
    scores = {part: Decimal(dice.randrange(58, 93)) for part in ("theory", "skills")}
    return {
        "attended": True,
        **{part: score if part in parts else None for part, score in scores.items()},
        "passed": None,
    }


def _enter(sitting: ExamSitting, by: Person, *, at: datetime, slip: bool = False) -> None:
    """With a `slip` two digits of one score change places."""
    people = queries.to_enter(sitting)
    given = {one.id: _figures(one, sitting.kind.parts) for one in people}
    if slip and people:
        theory = given[people[0].id]["theory"]
        given[people[0].id]["theory"] = Decimal(str(theory)[::-1])
    entering.keep(sitting, given, is_done=True, by=by, at=at)


def _enter_twice(sitting: ExamSitting, both: tuple[Person, Person], *, at: datetime) -> None:
    _enter(sitting, both[0], at=at)
    _enter(sitting, both[1], at=at, slip=True)
    for one in queries.to_enter(sitting):
        entering.decide(
            one,
            _figures(one, sitting.kind.parts),
            because="核对原始答题卡。",
            version=one.version,
            by=both[0],
            at=at,
        )


def _appeal(shown: Resident, *, today: date, at: datetime) -> None:
    for one in mine.released(shown.person)[:1]:
        appeals.appeal(
            one,
            text="请复核我的理论成绩：答题卡最后一页似乎没有计分。",
            form_key="demo-exam-appeal",
            today=today,
            by=shown.person,
            at=at,
        )
