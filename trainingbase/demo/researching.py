"""Research of the county's residents and teachers, and one issued handbook.

The same county comes out every time: chance is drawn from the number of the person.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.files.rules import PDF, Upload
from trainingbase.handbook import actions as handbooks
from trainingbase.handbook import making
from trainingbase.paper import Document, Text, pdf
from trainingbase.people.models import Person
from trainingbase.research import actions
from trainingbase.research.models import Work
from trainingbase.research.queries import points_for
from trainingbase.research.rules import NEEDS_EVIDENCE

POINTS = {
    ("project", ""): 3, ("project", "provincial"): 8, ("project", "municipal"): 5,
    ("paper", ""): 4, ("award", ""): 2, ("award", "provincial"): 6, ("patent", ""): 3,
    ("conference", ""): 1, ("teaching", ""): Decimal("0.5"), ("improvement", ""): 2,
}  # fmt: skip
"""Of this fictional base; no base need take them over."""
WORKS = (
    ("paper", "first", "{place}老年高血压患者随访依从性分析", "中国乡村医药", None),
    ("improvement", "leader", "缩短{place}慢病复诊等候时间的质量改进", "全科医学科", "base"),
    ("teaching", "speaker", "吸入装置的正确使用（{place}家医团队）", "家庭医生团队", None),
    ("project", "member", "{place}2型糖尿病分级管理效果研究", "县科技局", "county"),
    ("award", "member", "{place}全科技能竞赛二等奖", "市卫生健康委", "municipal"),
    ("conference", "speaker", "{place}双向转诊现状：口头报告", "省全科医学年会", "provincial"),
    ("paper", "member", "{place}签约居民健康素养调查", "中华全科医学", None),
)
PLACES = ("青禾县", "柳溪乡", "桃源镇", "河口社区", "东山镇", "白沙乡")
SHARE = 3
"""One resident of so many hands something in."""


def play(
    shown: Resident, *, office: Person, today: date, at: datetime, say: Callable[[str], None]
) -> None:
    actions.set_points({key: Decimal(value) for key, value in POINTS.items()}, by=office, at=at)
    others = db.session.scalars(
        select(Resident).where(IN_TRAINING, Resident.id % SHARE == 0, Resident.id != shown.id)
    ).all()
    first_page = _first_page(at)
    number = 0
    for resident in others[:20]:
        person, dice = resident.person, Random(resident.id)  # noqa: S311 - no secret
        kind, *what = dice.choice(WORKS)
        days = dice.randrange(20, 200)
        work = _handed_in(person, kind, what, dice, today - timedelta(days=days), first_page, at)
        number += 1
        if dice.random() < 0.7:
            _approve(work, office, at)
    for kind, *what in WORKS[:3]:
        dice = Random(number)  # noqa: S311
        work = _handed_in(
            shown.person, kind, what, dice, today - timedelta(days=30), first_page, at
        )
        number += 1
        if kind == "improvement":
            reason = "请补充改进前后的数据对比。"
            actions.give_back(work, reason, version=work.version, by=office, at=at)
        elif kind == "paper":
            _approve(work, office, at)
    order = handbooks.order(
        [shown],
        title=shown.name,
        language="zh",
        address="http://127.0.0.1:8000/handbooks/verify",
        by=shown.person,
        at=at,
    )
    making.make(order.id)
    say(f"  {number} scholarly works handed in, one handbook issued")


def _first_page(at: datetime) -> Upload:
    text = Text("演示用证明材料，内容均为虚构。")
    content = pdf(Document("证明材料（演示）", "zh", [text], made_at=at))
    return Upload("证明材料.pdf", PDF, content)


def _handed_in(
    person: Person,
    kind: str,
    what: list,
    dice: Random,
    done_on: date,
    first_page: Upload,
    at: datetime,
) -> Work:
    role, title, venue, level = what
    answers = {
        "kind": kind,
        "title": title.format(place=dice.choice(PLACES)),
        "role": role,
        "author_order": dice.choice((2, 3)) if role == "member" and kind == "paper" else None,
        "venue": venue,
        "level": level,
        "done_on": done_on,
        "hours": Decimal("1.5") if kind == "teaching" else None,
    }
    shown = [first_page] if kind in NEEDS_EVIDENCE else []
    return actions.hand_in(person, answers, shown, by=person, at=at)


def _approve(work: Work, office: Person, at: datetime) -> None:
    points = points_for(work.kind, work.level)
    actions.approve(work, points, version=work.version, by=office, at=at)
