"""Early warning and the competence committee: a meeting held with decisions, one coming whose
packets are read, and what the resident plans and thinks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from trainingbase import clock
from trainingbase.accounts.models import Account
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.judging.actions import committee, deciding, letters, own, reading, watching
from trainingbase.judging.models import Case, Decision, LearningPlan, Meeting, WatchRule
from trainingbase.judging.queries import cases
from trainingbase.judging.rules.verdicts import COMPETENCIES
from trainingbase.people.models import Person
from trainingbase.signatures.rules import Proof

HELD_BEFORE, COMES_AFTER = 12, 8
"""Days before and after today."""
CASES = 6
SPEAKING = ("few_forms", "late_log", "short_comments")
VIEWS = (
    "病史采集和沟通进步明显，评语前后一致；操作类表单偏少，下阶段补上。",
    "各科评语总体良好，慢病管理扎实；心电图判读仍需练习。",
    "按期完成日志，反馈能落实到下一次观察；建议继续。",
)
CATCH_UP = (
    ("在门诊独立接诊10例并请带教直接观察", "每周2例，观察后当天填写Mini-CEX", "patient_care"),
    ("完成无菌操作训练并通过DOPS", "技能中心练习3次，带教观察2次", "knowledge_skills"),
)


def play(
    resident: Resident,
    *,
    office: Person,
    accounts: Mapping[str, Mapping[str, str]],
    today: date,
    say: Callable[[str], None],
) -> None:
    chair, members = _members(resident, office, today)
    _watch(office, today)
    held = _meeting(today - timedelta(days=HELD_BEFORE), resident, office)
    password = accounts["leader"]["password"]
    _hold(held, chair, members, resident, password, office)
    _answer(resident, today)
    _own(resident, today)
    coming = _meeting(today + timedelta(days=COMES_AFTER), resident, office)
    reading.freeze(coming, today=today, by=office, at=_at(today, 8))
    for case in cases.cases_of(coming):
        _view(case, members[-1], "progress", _at(today, 8, 30))
    say(f"  Committee: {len(cases.cases_of(held))} decided, {len(cases.cases_of(coming))} to read")


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.LOCAL)


def _members(resident: Resident, office: Person, today: date) -> tuple[Person, list[Person]]:
    """The leader leads, the faculty account is deputy; three more sit."""
    chair = _account("leader")
    deputy = _account("faculty")
    others = db.session.scalars(
        select(Person)
        .join(FacultyMember, FacultyMember.person_id == Person.id)
        .where(
            FacultyMember.id.in_(select(Post.faculty_member_id)),
            Person.id.not_in([deputy.id, resident.tutor_id or 0]),
            FacultyMember.title.in_(("主任医师", "副主任医师")),
        )
        .order_by(Person.id)
        .limit(3)
    ).all()
    since, at = today - timedelta(days=80), _at(today - timedelta(days=80), 10)
    for someone, duty in ((chair, "chair"), (deputy, "deputy"), *((p, "member") for p in others)):
        committee.name_member(someone, duty=duty, starts_on=since, ends_on=None, by=office, at=at)
    return chair, [deputy, *others]


def _account(login: str) -> Person:
    return db.session.scalars(
        select(Person).join(Account, Account.person_id == Person.id).where(Account.login == login)
    ).one()


def _watch(office: Person, today: date) -> None:
    """The rules looked in silence first, then three of them were switched on."""
    silent = today - timedelta(days=40)
    watching.watch(today=silent, at=_at(silent, 6))
    for rule in db.session.scalars(select(WatchRule).where(WatchRule.code.in_(SPEAKING))).all():
        watching.switch_on(
            rule,
            valid_from=today - timedelta(days=20),
            because="已对照科教科名单核对静默期结果，误报在可接受范围内。",
            version=rule.version,
            by=office,
            at=_at(today - timedelta(days=21), 15),
        )
    for day in (today - timedelta(days=18), today):
        watching.watch(today=day, at=_at(day, 6))


def _meeting(held_on: date, resident: Resident, office: Person) -> Meeting:
    """With those who weigh most, and the resident of the demonstration."""
    called = _at(held_on - timedelta(days=20), 9)
    made = committee.call_meeting(held_on=held_on, place="行政楼301", by=office, at=called)
    on = cases.cases_of(made)
    kept = [one for one in on if one.resident_id == resident.id] + [
        one for one in on if one.resident_id != resident.id
    ]
    for one in kept[CASES:]:
        committee.remove_case(one, by=office, at=called)
    if all(one.resident_id != resident.id for one in kept):
        committee.add_case(made, resident, why="导师建议评议", by=office, at=called)
    return made


def _hold(
    meeting: Meeting,
    chair: Person,
    members: Sequence[Person],
    resident: Resident,
    password: str,
    office: Person,
) -> None:
    day = meeting.held_on
    reading.freeze(meeting, today=day - timedelta(days=7), by=office, at=_at(day, 8))
    for n, case in enumerate(cases.cases_of(meeting)):
        for member in (chair, *members):
            _view(case, member, _outcome(case, resident, n), _at(day, 8, 10))
    everybody = [one.person_id for one in meeting.sittings]
    deciding.open_meeting(meeting, everybody, by=chair, at=_at(day, 14))
    for n, case in enumerate(cases.cases_of(meeting)):
        _decide(case, _outcome(case, resident, n), chair, password, _at(day, 14, 10 + n))
    deciding.close_meeting(
        meeting, minutes="逐一评议，材料会前已读；下次会议复议学习计划。",
        version=meeting.version, by=chair, at=_at(day, 16),
    )  # fmt: skip


def _outcome(case: Case, resident: Resident, n: int) -> str:
    if case.resident_id == resident.id:
        return "remediate"
    if any(name == "graduation" for name, _facts in case.reasons):
        return "graduate"
    return "extend" if n == CASES - 1 else "progress"


def _view(case: Case, member: Person, outcome: str, at: datetime) -> None:
    chance = Random(case.id * 31 + member.id)  # noqa: S311 (a play, not a secret)
    given = outcome if chance.random() < 0.8 else "progress"
    try:
        reading.give_view(
            case, cases.packet_now(case), outcome=given, judged=_levels(given),
            word=chance.choice(VIEWS), by=member, at=at,
        )  # fmt: skip
    except reading.Barred:  # the tutor
        db.session.rollback()


def _levels(outcome: str) -> dict[str, str]:
    below = ("patient_care",) if outcome in ("remediate", "extend") else ()
    return {
        code: "below" if code in below else "unknown" if code == "teaching" else "meets"
        for code in COMPETENCIES
    }


def _decide(case: Case, outcome: str, chair: Person, password: str, at: datetime) -> None:
    why = {"patient_care": "接诊评语多次提到处理先后顺序"}
    voters = len(deciding.voters_of(case))
    plans = []
    if outcome in ("remediate", "extend"):
        owner = case.resident.tutor_id or chair.id
        plans = [
            deciding.Planned(goal, owner, at.date() + timedelta(days=18 + 7 * n), steps, code)
            for n, (goal, steps, code) in enumerate(CATCH_UP)
        ]
    deciding.decide(
        case,
        cases.packet_now(case),
        deciding.Decided(
            outcome=outcome,
            judged={
                code: [level, why.get(code, "") if level == "below" else ""]
                for code, level in _levels(outcome).items()
            },
            reason="评语、评分和日志一致；会前意见基本相同。",
            advice="沟通和人文关怀做得好，请继续保持。有困难随时找导师商量。",
            votes_for=voters,
            votes_against=0,
            abstained=0,
            plans=plans,
        ),
        proof=Proof(password, "", clock.real_now()),
        by=chair,
        at=at,
    )


def _answer(resident: Resident, today: date) -> None:
    decision = db.session.scalars(
        select(Decision).join(Decision.case).where(Case.resident_id == resident.id)
    ).first()
    if decision is not None:
        letters.read(
            decision, answer="明白，会按计划补上。", version=None, by=resident.person,
            at=_at(today - timedelta(days=HELD_BEFORE - 1), 20),
        )  # fmt: skip
    plan = db.session.scalars(
        select(LearningPlan).where(LearningPlan.resident_id == resident.id)
    ).first()
    if plan is not None:
        own.report(
            plan, result="已完成4例，带教直接观察2例。", is_done=False, version=plan.version,
            by=plan.owner, at=_at(today - timedelta(days=2), 17),
        )  # fmt: skip


def _own(resident: Resident, today: date) -> None:
    at = _at(today - timedelta(days=5), 21)
    plan = {
        "goal": "熟练判读常见心电图", "steps": "每天读3份，周末与带教核对", "competency": None,
        "due_on": today + timedelta(days=40),
    }  # fmt: skip
    own.make_plan(resident, plan, share=True, by=resident.person, at=at)
    own.make_plan(
        resident, {**plan, "goal": "准备下一轮科室的病例汇报"}, share=False, by=resident.person,
        at=at,
    )  # fmt: skip
    shared = {
        "title": "一次没有及时汇报的心电图",
        "text": "先自己反复看，耽误了时间。以后拿不准就先汇报，再学习。",
        "competency": "professionalism",
    }
    own.write(resident, shared, share=True, by=resident.person, at=at)
    own.write(
        resident, {**shared, "title": "值夜班后的想法", "text": "还没有想清楚，先记下来。"},
        share=False, by=resident.person, at=at,
    )  # fmt: skip
