"""A past year of teaching activities, one that runs today, and what waits to be decided."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import insert, select, update

from trainingbase import clock
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.training.actions import approving, planning, yearly
from trainingbase.training.models import Activity, Attendance, Rating, Score
from trainingbase.training.queries.choices import faculty_by_department
from trainingbase.training.queries.kept import departments, kinds_with_rules, place_of, rules_of
from trainingbase.training.queries.yearly import preview
from trainingbase.training.rules.holidays import is_working
from trainingbase.training.rules.keeping import rule_for
from trainingbase.training.rules.periods import days_of, periods_touching
from trainingbase.training.rules.times import begins
from trainingbase.training.sheets import newest

DAY = timedelta(days=1)
SETTLED = 10 * DAY
"""What was held longer ago has been approved."""
KEPT_SHARE = 0.86
TOPICS = (
    "高血压急症的处理", "2型糖尿病的全科管理", "慢阻肺急性加重", "胸痛的鉴别诊断",
    "社区获得性肺炎", "腹痛待查", "头晕的诊断思路", "抗菌药物合理使用", "心电图判读",
    "心肺复苏", "贫血的诊断", "水肿的鉴别", "儿童发热", "妊娠期高血压", "急性脑卒中识别与转诊",
    "家庭医生签约服务", "老年综合评估", "双向转诊规范",
)  # fmt: skip
WORDS = ("病例很典型", "讲得清楚，有收获", "希望多一些练习", "互动很好", None, None, None)


def play_year(*, today: date, office: Person, say: Callable[[str], None]) -> None:
    """What the departments held since a year ago, a few periods left out; nearly all approved."""
    chance = Random(2026)  # noqa: S311 (a play, not a secret)
    stays, kinds = _stays(today), kinds_with_rules()
    faculty = faculty_by_department(list(stays), today)
    held = [
        (activity, listeners)
        for department in departments()
        for activity, listeners in _held_at(department, kinds, stays, faculty, today, chance)
    ]
    ids = db.session.scalars(
        insert(Activity).returning(Activity.id, sort_by_parameter_order=True),
        [activity for activity, _listeners in held],
    ).all()
    came = [
        _came(number, resident_id, activity, chance)
        for number, (activity, listeners) in zip(ids, held, strict=True)
        for resident_id in listeners
    ]
    db.session.execute(insert(Attendance), came)
    scores = _scores(ids, held, kinds, office, chance)
    db.session.execute(insert(Score), scores)
    db.session.execute(insert(Rating), _ratings(came, chance))
    db.session.commit()
    say(f"  Teaching activities of a year: {len(held)} held, {len(scores)} scored")


def _stays(today: date) -> dict[int, list[tuple[int, date, date]]]:
    """Who was where since a year ago, by department."""
    rows = db.session.execute(
        select(
            Placement.department_id, Placement.resident_id, Placement.starts_on, Placement.ends_on
        ).where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today - 365 * DAY,
        )
    )
    found = defaultdict(list)
    for department_id, *stay in rows:
        found[department_id].append(tuple(stay))
    return found


def _held_at(department: Department, kinds, stays, faculty, today: date, chance: Random):
    place, span = place_of(department), (today - 364 * DAY, today)
    speakers = faculty.get(department.id) or [None]
    for kind in kinds:
        rule = rule_for(place, rules_of(kind))
        if rule is None:
            continue
        for number, period in enumerate(periods_touching(rule.period, *span)):
            days = [day for day in days_of(period) if span[0] <= day < span[1] and is_working(day)]
            if not days or chance.random() > KEPT_SHARE:
                continue
            day = chance.choice(days)
            here = [r for r, a, b in stays[department.id] if a <= day < b]
            if here:
                yield _activity(kind, department, day, speakers[number % len(speakers)],
                                today, chance), here  # fmt: skip


def _activity(kind, department, day: date, speaker_id, today: date, chance: Random) -> dict:
    at = begins(day, "18:00")
    settled = day < today - SETTLED
    return {
        "held_on": day,
        "starts_at": chance.choice(("08:30", "14:30", "15:30", "16:00")),
        "hours": (Decimal(kind.minutes) / 60).quantize(Decimal("0.0001")),
        "kind": kind.name,
        "topic": chance.choice(TOPICS),
        "department_id": department.id,
        "speaker_id": speaker_id,
        "room": "示教室",
        "audience": "department",
        "submitted_at": at if settled or chance.random() < 0.7 else None,
        "approved_at": at + 2 * DAY if settled else None,
        "reminded_at": at - DAY,
        "score": None,
        "version": 3 if settled else 1,
    }


def _came(activity_id: int, resident_id: int, activity: dict, chance: Random) -> dict:
    late = chance.random() < 0.06
    first = begins(activity["held_on"], activity["starts_at"])
    by_hand = chance.random() < 0.05 and activity["speaker_id"] is not None
    return {
        "activity_id": activity_id,
        "resident_id": resident_id,
        "how": "speaker" if by_hand else "code",
        "signed_in_at": first + timedelta(minutes=9 if late else -3),
        "is_late": late,
        "counts": True,
        "reason": "手机没电" if by_hand else None,
        "by_id": activity["speaker_id"] if by_hand else None,
    }


def _scores(ids, held, kinds, office: Person, chance: Random) -> list[dict]:
    sheets = {kind.name: newest()[kind.sheet] for kind in kinds if kind.sheet}
    rows, means = [], []
    for number, (activity, _listeners) in zip(ids, held, strict=True):
        sheet = sheets.get(activity["kind"])
        if sheet is None or chance.random() > 0.12:
            continue
        points = {
            one.code: max(Decimal(1), one.points - chance.choice((0, 0, 1, 1, 2)))
            for one in sheet.items
        }
        total = sum(points.values())
        rows.append(
            {
                "activity_id": number,
                "scorer_id": office.id,
                "sheet": sheet.code,
                "edition": sheet.edition,
                "points": {code: str(value) for code, value in points.items()},
                "total": total,
                "highest": sheet.highest,
                "note": "目标明确，互动可再加强" if chance.random() < 0.4 else None,
                "scored_at": begins(activity["held_on"], "17:00"),
                "version": 1,
            }
        )
        means.append({"id": number, "score": total})
    db.session.execute(update(Activity), means)
    return rows


def _ratings(came: list[dict], chance: Random) -> list[dict]:
    return [
        {
            "activity_id": row["activity_id"],
            "resident_id": row["resident_id"],
            "stars": chance.choice((3, 4, 4, 5, 5, 5)),
            "text": chance.choice(WORDS),
            "rated_at": row["signed_in_at"] + DAY,
        }
        for row in came
        if chance.random() < 0.2
    ]


def play_now(
    resident: Resident, *, today: date, office: Person, say: Callable[[str], None]
) -> None:
    """Today's sessions where the resident shown is, months planned there, and one returned."""
    now = clock.now()
    place = db.session.scalar(
        select(Placement).where(
            Placement.resident_id == resident.id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today,
        )
    )
    if place is None:
        return
    speaker = _speaker(place, today)
    for number, minutes in enumerate((-5, 40, 85, 130)):
        starts = (now + timedelta(minutes=minutes)).astimezone(clock.LOCAL)
        if starts.date() == today:
            _session(place, speaker, starts, TOPICS[number], by=office, at=now - 2 * DAY)
    _return_one(office, at=now)
    here = [one for one in departments() if one.id == place.department_id]
    plan = preview(
        here, (today + DAY, today + 120 * DAY), kind_id=0, starts_at="15:30", today=today + DAY
    )
    yearly.save_plan(
        plan.outcome.proposed, span=(today + DAY, today + 120 * DAY), key="demo", by=office, at=now
    )
    say(f"  Teaching activities: one runs now, {len(plan.outcome.proposed)} planned ahead")


def _speaker(place: Placement, today: date) -> Person | None:
    if place.supervisor is not None:
        return place.supervisor.person
    return db.session.scalar(
        select(Person)
        .join(FacultyMember, FacultyMember.person_id == Person.id)
        .join(Post, Post.faculty_member_id == FacultyMember.id)
        .where(Post.department_id == place.department_id)
        .limit(1)
    )


def _session(place, speaker, starts: datetime, topic: str, *, by: Person, at: datetime) -> None:
    answers = {
        "kind": "教学查房",
        "topic": topic,
        "department_id": place.department_id,
        "starts_at": f"{starts:%H:%M}",
        "hours": Decimal("0.75"),
        "room": "三楼示教室",
        "link": None,
        "speaker_id": speaker.id if speaker else None,
        "audience": "department",
        "audience_year": None,
        "note": "请提前阅读病历。",
        "others": [],
        "joint": [],
    }
    planning.make(answers, [starts.date()], [], key=f"demo-{starts:%H%M}", by=by, at=at)


def _return_one(office: Person, *, at: datetime) -> None:
    waiting = db.session.scalars(
        select(Activity)
        .where(Activity.submitted_at.is_not(None), Activity.approved_at.is_(None),
               Activity.cancelled_at.is_(None), Activity.speaker_id.is_not(None))
        .order_by(Activity.held_on.desc())
        .limit(1)
    ).first()  # fmt: skip
    if waiting is not None:
        approving.give_back(
            waiting, "请补充签到名单中缺席学员的说明", version=waiting.version, by=office, at=at
        )
