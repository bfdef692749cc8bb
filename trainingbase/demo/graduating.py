"""Earlier cohorts, where they went to work, what some of them owe, and who was honoured.

The people, the rules and their amounts are invented: no base's documents say this.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from trainingbase.careers.actions import bonds, breaches, choices, following, milestones, promotion
from trainingbase.careers.actions import employment as employments
from trainingbase.careers.models import BondRule, Employment, FollowUp
from trainingbase.careers.queries import bonds as cases
from trainingbase.db import db
from trainingbase.enrolment.models import Obligation, Resident
from trainingbase.enrolment.queries import cohort_of
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme
from trainingbase.sites.models import PRIMARY_LEVELS, Institution

FIRST, LAST = 2018, 2023
EACH = 9
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安邦博川德恩枫歌航恒嘉健俊凯岚乐林宁培强然蓉珊涛婷薇晓欣雅妍远哲"
COUNTIES = (("990101", "青禾县", "Qinghe County"), ("990102", "柏原县", "Boyuan County"))
OUTSIDE = ("市第一人民医院", "省立医院", "邻县人民医院", "某民营体检中心")
WHY = ("pay", "family", "career", "workload", "studies", "career", "family")
TYPES = ("rural", "rural", "rural", "rural", "sent", "own", "social", "social", "social")
LEAVE = {"rural": 0.3, "sent": 0.15, "own": 0.2, "social": 0.55}
"""How many leave in the end, by trainee type."""


def play(*, office: Person, today: date, at: datetime, say: Callable[[str], None]) -> None:
    programme = db.session.scalars(select(Programme).where(Programme.code.startswith("GP"))).first()
    if programme is None:
        return
    chance = Random(20181)  # noqa: S311 (a play, not a secret)
    for code, name, name_en in COUNTIES:
        choices.add_choice("county", code, name, name_en, by=office, at=at)
    before = _finished()
    people = _people(programme, chance)
    _work([*before, *people], chance, office=office, today=today, at=at)
    _promise(people, at)
    _rules(office, at)
    _break(today=today, office=office, at=at)
    _follow(today=today, office=office, at=at, chance=chance)
    _claim(today=today, at=at)
    _honour(people, office=office, today=today, at=at)
    milestones.tell_of_milestones(today=today, at=at)
    say(f"  {len(people)} graduates of {FIRST}–{LAST}, their work and what they owe")


def _finished() -> Sequence[Resident]:
    """Those of the county's workbooks, of whom no trainee type is known."""
    return db.session.scalars(
        select(Resident).where(Resident.finished_on.is_not(None)).order_by(Resident.id)
    ).all()


def _people(programme: Programme, chance: Random) -> list[Resident]:
    made = []
    for year in range(FIRST, LAST + 1):
        cohort = cohort_of(year, programme)
        db.session.flush()
        for n, kind in enumerate(TYPES[:EACH]):
            born = date(year - 23, chance.randint(1, 12), chance.randint(1, 28))
            county = chance.choice(("990101", "990101", "990102", "990103"))
            made.append(
                Resident(
                    person=Person(name=_name(chance), language="zh"),
                    cohort_id=cohort.id,
                    programme_id=programme.id,
                    id_number=_id_number(county, born, year * 10 + n),
                    sex="女" if n % 2 else "男",
                    education="本科",
                    school="省医科大学",
                    trainee_type=kind,
                    starts_on=date(year, 9, 1),
                    ends_on=date(year + 3, 9, 1),
                    finished_on=date(year + 3, 8, 31),
                    certificate_number=f"ZY{year + 3}{n + 1:03}",
                    licence_number=f"示例{year}{n + 1:03}",
                )
            )
    db.session.add_all(made)
    db.session.commit()
    return made


def _name(chance: Random) -> str:
    given = "".join(chance.sample(GIVEN, chance.choice((1, 2))))
    return chance.choice(SURNAMES) + given


def _id_number(county: str, born: date, serial: int) -> str:
    """Of no place there is, with a right check character."""
    digits = f"{county}{born:%Y%m%d}{serial % 1000:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


def _work(
    people: Sequence[Resident], chance: Random, *, office: Person, today: date, at: datetime
) -> None:
    sites = db.session.scalars(select(Institution).order_by(Institution.id)).all()
    primary = [one for one in sites if one.level in PRIMARY_LEVELS]
    others = [one for one in sites if one.level not in PRIMARY_LEVELS]
    rows = []
    for number, one in enumerate(people):
        if number % 17 == 16:  # nobody has found out
            continue
        kind = one.trainee_type
        first = chance.choice(primary if kind in ("rural", "sent") else [*primary, *others])
        begins = one.left_on + timedelta(days=chance.randint(0, 60))
        begins = min(begins, today)
        leaves = chance.random() < LEAVE.get(kind, 0.25)
        ends = begins + timedelta(days=chance.randint(150, 1300)) if leaves else None
        if ends is not None and ends >= today:
            ends = None
        common = {
            "resident_id": one.id, "share": Decimal(1), "source": "office", "entered_at": at,
            "entered_by_id": office.id, "approved": True, "decided_at": at,
            "decided_by_id": office.id,
        }  # fmt: skip
        rows.append(
            Employment(
                institution_id=first.id, post="全科医师", starts_on=begins, ends_on=ends,
                left_why=chance.choice(WHY) if ends else None,
                confirmed_on=ends or today - timedelta(days=chance.randint(0, 200)), **common,
            )
        )  # fmt: skip
        if ends is not None:
            rows.append(
                Employment(
                    employer=chance.choice(OUTSIDE), post="医师", starts_on=ends,
                    confirmed_on=today - timedelta(days=chance.randint(0, 90)), **common,
                )
            )  # fmt: skip
    db.session.add_all(rows)
    db.session.commit()


def _promise(people: Sequence[Resident], at: datetime) -> None:
    db.session.add_all(
        Obligation(
            resident_id=one.id,
            years=Decimal(6),
            place="本县乡镇卫生院",
            counts="培训合格的三年计入六年服务期（示例）。",
            agreed_at=at.replace(year=one.starts_on.year, month=8, day=20),
        )
        for one in people
        if one.trainee_type == "rural"
    )
    db.session.commit()


def _rules(office: Person, at: datetime) -> None:
    """The older counts the training, the newer one does not, as the agreements say."""
    common = {
        "trainee_type": "rural", "levels": ["community", "township", "village"],
        "institution_ids": [], "outside_counts": False, "part_time": "share",
        "begin_days": 90, "gap_days": 60, "step": Decimal(1),
    }  # fmt: skip
    items = [
        {"kind": "repayment", "name": "退还培养费", "name_en": "Fees repaid",
         "amount": Decimal(12000), "per": "training_year", "by_unserved": True},
        {"kind": "penalty", "name": "违约金", "name_en": "Penalty",
         "amount": Decimal(30), "per": "percent", "by_unserved": False},
    ]  # fmt: skip
    older = {"name": "订单定向六年服务期（示例）", "name_en": "Six years, order-oriented (sample)",
             "source": "虚构的协议范本第七条", "starts_on": date(2015, 1, 1),
             "ends_on": date(2026, 1, 1), "training_counts": True}  # fmt: skip
    newer = {"name": "订单定向六年服务期（2026年起，示例）",
             "name_en": "Six years after training, from 2026 (sample)",
             "source": "虚构的协议范本（2026）第七条", "starts_on": date(2026, 1, 1),
             "ends_on": None, "training_counts": False}  # fmt: skip
    for one in (older, newer):
        bonds.make_rule({**common, **one}, items, by=office, at=at)
    assert db.session.scalar(select(BondRule.id)) is not None


def _break(*, today: date, office: Person, at: datetime) -> None:
    """Three who left: one has paid half, of one a waiver waits, one has only been told."""
    late = [one for one in cases.cases(office, today=today) if one.state == "late" and one.since]
    for number, case in enumerate(late[:3]):
        made = breaches.declare(
            case.obligation, kind="left_early", noted_on=min(case.since, today),
            due_on=today + timedelta(days=60), note="到医共体外单位工作（示例）。", file=None,
            by=office, at=at,
        )  # fmt: skip
        if number == 0:
            half = (made.total / 2).quantize(Decimal(1))
            breaches.receive(made, half, today - timedelta(days=5), "SJ-0001", by=office, at=at)
        elif number == 1:
            part = (made.total / 4).quantize(Decimal(1))
            breaches.propose_waiver(made, part, "本人患病，家庭困难（示例）。", file=None,
                                    by=office, at=at)  # fmt: skip


def _follow(*, today: date, office: Person, at: datetime, chance: Random) -> None:
    """The tasks of this autumn; the office has reached some."""
    autumn = date(today.year, 9, 2)
    following.make_tasks(today=autumn if autumn <= today else today, at=at)
    tasks = db.session.scalars(select(FollowUp).order_by(FollowUp.id)).all()
    working = set(
        db.session.scalars(select(Employment.resident_id).where(Employment.ends_on.is_(None)))
    )
    for one in tasks[::2]:
        answer = "still" if one.resident_id in working else "unreached"
        following.answer_by_office(one, following.Told(answer), by=office, at=at)
    for one in tasks[1::4]:
        following.keep_address_of(one, f"graduate{one.id}@example.org", version=None, by=office,
                                  at=at)  # fmt: skip


def _claim(*, today: date, at: datetime) -> None:
    """Two graduates of whom nothing was known say where they work; the office has not decided."""
    known = select(Employment.resident_id)
    unknown = db.session.scalars(
        select(Resident)
        .where(Resident.finished_on.is_not(None), Resident.id.not_in(known))
        .order_by(Resident.id)
        .limit(2)
    ).all()
    for one in unknown:
        answers = {"institution_id": None, "employer": "市第二人民医院", "post": "全科医师",
                   "starts_on": one.left_on, "ends_on": None,
                   "share": Decimal(1)}  # fmt: skip
        employments.enter(one, answers, file=None, source="graduate", by=one.person, at=at)


def _honour(people: Sequence[Resident], *, office: Person, today: date, at: datetime) -> None:
    schemes = (
        ({"name": "副主任医师推荐（示例）", "name_en": "Associate senior title (sample)",
          "people": "faculty", "source": "虚构的职称推荐办法"},
         (("teaching_hours", 2, 12), ("certificate_days", 1, None), ("forms_answered", 5, 12),
          ("research_points", 2, 60))),
        ({"name": "优秀住院医师（示例）", "name_en": "Resident of the year (sample)",
          "people": "residents", "source": "虚构的评优办法"},
         (("log_percent", 20, None), ("hours_attended", 10, 12), ("rating", 60, 12))),
        ({"name": "基层贡献奖（示例）", "name_en": "Award for primary care (sample)",
          "people": "graduates", "source": "虚构的评优办法"},
         (("grassroots_months", 36, None),)),
    )  # fmt: skip
    for values, asked in schemes:
        conditions = [
            {"figure": figure, "operator": ">=", "threshold": Decimal(threshold),
             "window_months": window}
            for figure, threshold, window in asked
        ]  # fmt: skip
        values = {**values, "starts_on": date(today.year, 1, 1), "ends_on": None}
        promotion.make_scheme(values, conditions, by=office, at=at)
    teachers = db.session.scalars(select(FacultyMember).order_by(FacultyMember.id).limit(3)).all()
    given = [
        *((one.person, "优秀带教老师", "base") for one in teachers),
        *((one.person, "优秀住院医师", "county") for one in people[::11]),
    ]
    for person, name, level in given:
        answers = {"name": name, "level": level, "given_on": today.replace(month=5, day=4),
                   "given_by": "示例单位"}  # fmt: skip
        promotion.give_award(person, answers, file=None, by=office, at=at)
