"""Assessments as the county's faculty would have made them: most in time, some late, some never.

The same county comes out every time: chance is drawn from the number of the request.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase import clock
from trainingbase.assessments import actions, asking
from trainingbase.assessments.models import Instrument, Item, Request, Submission
from trainingbase.assessments.rules import NOT_OBSERVED
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.rotations.models import Placement

COMMENTS = (
    "病史采集条理清楚，但未追问用药史；建议按“现病史—既往史—用药史”顺序复核一遍。",
    "体格检查手法规范，腹部触诊时先询问了疼痛部位，做得好；下次注意保护隐私，拉好围帘。",
    "能说出主要诊断和两个鉴别诊断，依据充分；处理措施的先后顺序还要再想一想。",
    "与患者沟通耐心，用通俗的话解释了血压控制目标；建议让患者复述一遍以确认理解。",
    "心电图判读准确；遇到异常结果时应及时向上级医师汇报，这次晚了约二十分钟。",
    "慢病随访记录完整，能发现足背动脉搏动减弱并提出转诊，很好；健康教育可再具体些。",
    "操作前核对到位，无菌观念强；进针角度偏大，课后在模型上再练习三次。",
    "接诊节奏合适，能兼顾患者的担忧；时间把握稍欠，建议先处理最急的问题。",
)


def play(*, first: date, today: date, say: Callable[[str], None]) -> None:
    """Day by day: the portal asks, faculty answer, residents read."""
    day, answered = first, 0
    while day < today:
        asking.ask_and_remind(today=day, at=_at(day, 7))
        answered += answer_due(day)
        day += timedelta(days=1)
        if day.day == 1:
            say(f"  Played to {day}: {answered} assessments")
    asking.ask_and_remind(today=today, at=_at(today, 7))
    acknowledge(today)
    say(f"  Played to {today}: {answered} assessments")


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.LOCAL)


def delay_of(request_id: int) -> int | None:
    """After how many days this request is answered; None: never."""
    chance = Random(request_id)  # noqa: S311 (a play, not a secret)
    return chance.choices(
        [0, 1, 2, 3, 5, 8, 12, 18, None], weights=[22, 26, 14, 10, 9, 7, 4, 3, 5]
    )[0]


def answer_due(day: date) -> int:
    """Answer what its assessor would answer on this day."""
    waiting = db.session.scalars(
        select(Request)
        .where(
            Request.answered_at.is_(None),
            Request.cancelled_at.is_(None),
            Request.asked_on > day - timedelta(days=20),
        )
        .options(
            joinedload(Request.instrument).selectinload(Instrument.items),
            joinedload(Request.placement),
            joinedload(Request.assessor),
        )
        .order_by(Request.id)
    ).all()
    due = [
        request
        for request in waiting
        if delay_of(request.id) is not None
        and request.asked_on + timedelta(days=delay_of(request.id)) == day
        and request.is_open(day)
    ]
    for request in due:
        answer(request, day)
    return len(due)


def answer(request: Request, day: date) -> Submission:
    chance = Random(request.id * 7919)  # noqa: S311
    last_day = request.placement.ends_on - timedelta(days=1)
    return actions.submit(
        instrument=request.instrument,
        placement=request.placement,
        by=request.assessor,
        at=_at(day, chance.randint(8, 20), chance.randint(0, 59)),
        observed_on=min(day, last_day),
        answers=answers(request.instrument.items, request.resident_id, request.assessor_id, chance),
        form_key=f"played-{request.id}",
        request=request,
    )


def answers(
    items: list[Item], resident_id: int, assessor_id: int, chance: Random
) -> dict[str, object]:
    """Plausible answers; residents differ from each other, and assessors in how mild they are."""
    ability = Random(resident_id).gauss(0, 0.6)  # noqa: S311
    mildness = Random(assessor_id * 31).gauss(0, 0.35)  # noqa: S311
    return {item.code: _answer(item, ability + mildness, chance) for item in items}


def _answer(item: Item, ability: float, chance: Random) -> object:
    lowest, highest = int(item.lowest or 0), int(item.highest or 30)
    if item.kind == "rating":
        if item.may_be_unobserved and chance.random() < 0.05:
            return NOT_OBSERVED
        middle = lowest + (highest - lowest) * 0.68
        return Decimal(max(lowest, min(highest, round(chance.gauss(middle + ability, 0.8)))))
    if item.kind == "score":
        if item.options:
            values = sorted(Decimal(str(option[0])) for option in item.options)
            return values[-1] if chance.random() < 0.82 + 0.1 * ability else values[-2]
        share = max(0.55, min(1.0, 0.84 + 0.06 * ability + chance.gauss(0, 0.05)))
        return Decimal(round(highest * share))
    if item.kind == "choice":
        return Decimal(str(chance.choice(item.options)[0]))
    if item.kind == "minutes":
        return Decimal(chance.choice([5, 10, 10, 15, 15, 20]))
    if item.kind == "count":
        return Decimal(0 if "假" in item.name else 12)
    if item.kind == "boolean":
        return Decimal(0)
    return chance.choice(COMMENTS)


def acknowledge(today: date) -> None:
    """Residents have read what is older than a week, but for every fifth."""
    old = db.session.scalars(
        select(Submission)
        .where(Submission.submitted_at < _at(today - timedelta(days=7), 0))
        .options(
            joinedload(Submission.resident).joinedload(Resident.person),
            joinedload(Submission.placement).joinedload(Placement.department),
            selectinload(Submission.amendments),
        )
    ).all()
    for submission in old:
        if submission.id % 5:
            actions.acknowledge(
                submission, by=submission.resident.person, at=_at(today - timedelta(days=5), 19)
            )
