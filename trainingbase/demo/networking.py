"""The county's sites as the office keeps them: places on the map, agreements, visits, experts,
staff sent up, equipment and figures.  All of it is fictional, and the same every time."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from trainingbase import clock
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.files.rules import PDF, Upload
from trainingbase.months import first_of_month, months_later
from trainingbase.network import actions as network
from trainingbase.network.models import WORK, Posting, Proposal
from trainingbase.network.queries.posting import experts
from trainingbase.network.rules.posting import days_of
from trainingbase.people.models import Person
from trainingbase.sites import actions, queries
from trainingbase.sites.models import Department, Institution

MAP = {
    "青禾县人民医院": (50, 48),
    "青禾县中医院": (40, 30),
    "青禾县人民医院城东分院": (72, 42),
    "青禾县人民医院北关分院": (54, 14),
    "城西社区卫生服务中心": (24, 46),
    "南湖社区卫生服务中心": (46, 76),
    "柳林镇中心卫生院": (6, 18),
    "石桥镇卫生院": (92, 14),
    "白鹭湾镇卫生院": (90, 82),
    "大槐树乡卫生院": (10, 86),
}
VOLUMES = {
    "lead": (860, 512_000, 41_000, 32_600),
    "partner": (320, 186_000, 6_200, 8_900),
    "branch": (150, 94_000, 3_800, 4_100),
    "community": (25, 46_000, 900, 420),
    "township": (60, 38_000, 1_300, 1_500),
}
FOUND = (
    "教学查房未按计划开展，缺2次记录",
    "全科诊室未设独立教学空间",
    "健康档案书写质控不到位",
    "带教师资未参加当年培训",
    "急救设备检查记录不全",
)
DONE = ("已补齐计划并落实责任人", "已腾出教学诊室并配齐设备", "已开展专项质控并复查")
EQUIPMENT = (
    ("ecg", "十二导联心电图机", 2),
    ("ultrasound", "彩色多普勒超声诊断仪", 1),
    ("dr", "数字化X线摄影系统", 1),
    ("other", "全自动生化分析仪", 1),
    ("other", "除颤仪", 2),
)
STAFF = {
    ("associate", "bachelor"): 3,
    ("intermediate", "bachelor"): 8,
    ("intermediate", "college"): 5,
    ("junior", "bachelor"): 9,
    ("junior", "college"): 12,
}


def play(*, office: Person, today: date, say: Callable[[str], None]) -> None:
    chance = Random(len(MAP))  # noqa: S311 (a play, not a secret)
    sites = queries.institutions()
    morning = _at(today - timedelta(days=1))
    for site in sites:
        _describe(site, chance, today=today, by=office, at=morning)
        if site.level in ("community", "township"):
            _agree(site, by=office, at=morning)
            _visit(site, chance, today=today, by=office)
    sent = _send(sites, chance, today=today, by=office)
    _learn(sites, chance, today=today, by=office, at=morning)
    _change(sites, today=today, by=office, at=morning)
    say(f"  Sites: {len(sites)} described, {sent} experts sent")


def _at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.LOCAL)


def _describe(site: Institution, chance: Random, *, today: date, by: Person, at: datetime) -> None:
    x, y = MAP.get(site.name, (None, None))
    said = {
        "map_x": x,
        "map_y": y,
        "contact": chance.choice(("办公室 赵老师", "科教科 孙老师", "办公室 周老师")),
        "telephone": f"0000-{chance.randrange(6_000_000, 7_000_000)}",
    }
    actions.edit_institution(site, said, version=site.version, by=by, at=at)
    beds, outpatients, emergencies, admissions = VOLUMES[site.level]
    for year in (today.year - 2, today.year - 1):
        grown = 1 + (year - today.year + 2) * 0.04 + chance.uniform(-0.08, 0.08)
        numbers = {
            "beds": site.beds or beds,
            "outpatients": int(outpatients * grown),
            "emergencies": int(emergencies * grown),
            "admissions": int(admissions * grown),
        }
        actions.keep_figures(site, None, year, numbers, by=by, at=at)
    if site.level == "lead":
        for department in site.departments[:2]:
            ward = department is site.departments[0]
            said = {
                "beds": 28 if ward else None,
                "outpatients": None if ward else 23_400,
                "emergencies": None,
                "admissions": 640 if ward else None,
            }
            actions.keep_figures(site, department.id, today.year - 1, said, by=by, at=at)
    scale = {"lead": 14, "partner": 6, "branch": 3}.get(site.level, 1)
    counts = {key: count * scale for key, count in STAFF.items()}
    actions.keep_staff(site, today.year - 1, counts, by=by, at=at)
    for kind, name, number in EQUIPMENT:
        if kind == "other" or getattr(site, f"has_{kind}"):
            said = {"kind": kind, "name": name, "count": number, "department_id": None}
            actions.add_equipment(site, said, by=by, at=at)


def _agree(site: Institution, *, by: Person, at: datetime) -> None:
    """The workbook's term gets its number, its people and its file."""
    if site.agreement_starts_on is None:
        return
    paper = Upload("联合培养协议.pdf", PDF, _paper(site.id))
    actions.add_agreement(
        site,
        {
            "number": f"青全科协〔{site.agreement_starts_on.year}〕{site.id}号",
            "starts_on": site.agreement_starts_on,
            "ends_on": site.agreement_ends_on,
            "ours": "科教科 王老师",
            "theirs": site.contact,
        },
        upload=paper,
        by=by,
        at=at,
    )


def _paper(number: int) -> bytes:
    """A small PDF that says it is a sample."""
    text = f"BT /F1 18 Tf 72 720 Td (Sample agreement {number}, fictional) Tj ET".encode()
    return b"\n".join(
        (
            b"%PDF-1.4",
            b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj",
            b"4 0 obj<</Length %d>>stream" % len(text),
            text,
            b"endstream endobj",
            b"trailer<</Root 1 0 R>>",
            b"%%EOF",
        )
    )


def _visit(site: Institution, chance: Random, *, today: date, by: Person) -> None:
    for days in (200, 40):
        on = today - timedelta(days=days + chance.randrange(12))
        findings = [(what, on + timedelta(days=30)) for what in chance.sample(FOUND, 2)]
        visit = actions.add_visit(
            site,
            {
                "visited_on": on,
                "kind": "guidance" if days > 100 else "assessment",
                "visitors": "科教科 王老师、全科教研室 陈主任",
                "summary": "查看教学记录，访谈住院医师与带教老师，现场参加一次病例讨论。",
            },
            findings,
            upload=None,
            by=by,
            at=_at(on, 16),
        )
        for number, finding in enumerate(visit.findings):
            if days > 100 or (number == 0 and chance.random() < 0.7):
                done = on + timedelta(days=14 + number)
                actions.put_right(
                    finding,
                    done_on=done,
                    remedy=chance.choice(DONE),
                    upload=None,
                    by=by,
                    at=_at(done, 15),
                )


def _send(sites, chance: Random, *, today: date, by: Person) -> int:
    """Two experts to each primary site; the site has confirmed most sessions."""
    ours = [one for one in experts() if _from_lead(one)]
    primary = [one for one in sites if one.is_primary_care]
    for number, site in enumerate(primary):
        for turn in range(2):
            member = ours[(number * 5 + turn * 3) % len(ours)]
            posting = network.add_posting(
                {
                    "person_id": member.person_id,
                    "department_id": member.posts[0].department_id,
                    "institution_id": site.id,
                    "kind": WORK[(number + turn) % len(WORK)],
                    "weekday": (number + 2 * turn) % 5,
                    "hours": Decimal(4),
                    "starts_on": date(today.year, 3, 1),
                    "ends_on": None if turn else date(today.year + 1, 3, 1),
                },
                by=by,
                at=_at(date(today.year, 2, 20)),
            )
            _confirm(posting, chance, today=today, by=by)
    return 2 * len(primary)


def _from_lead(member: FacultyMember) -> bool:
    return bool(member.posts) and member.posts[0].department.institution.level == "lead"


def _confirm(posting: Posting, chance: Random, *, today: date, by: Person) -> None:
    first = today - timedelta(days=70)
    for day in days_of(
        posting.weekday, posting.starts_on, posting.ends_on, first=first, after=today
    ):
        if chance.random() < 0.85:
            hours = Decimal(0) if chance.random() < 0.06 else posting.hours
            network.confirm_session(
                posting,
                held_on=day,
                hours=hours,
                note=None if hours else "因门诊调整未到岗",
                today=today,
                by=by,
                at=_at(day, 17),
            )


def _learn(sites, chance: Random, *, today: date, by: Person, at: datetime) -> None:
    learning = ("李晓禾", "周若溪", "王思远", "陈安歌", "徐知夏", "林予安")
    lead = next(one for one in sites if one.level == "lead")
    months = (6, 3, 3, 2, 6, 3)
    primary = [one for one in sites if one.is_primary_care]
    for number, (name, long) in enumerate(zip(learning, months, strict=True)):
        first = months_later(first_of_month(today), -3 * number - 2)
        network.add_course(
            {
                "institution_id": primary[number % len(primary)].id,
                "name": name,
                "department_id": chance.choice(lead.departments).id,
                "starts_on": first,
                "ends_on": months_later(first, long),
                "certificate": f"进修结业证第{100 + number}号" if number > 1 else None,
            },
            upload=None,
            by=by,
            at=at,
        )


def _change(sites, *, today: date, by: Person, at: datetime) -> None:
    """One department takes one more from spring on, and one site waits for an answer."""
    lead = next(one for one in sites if one.level == "lead")
    more: Department = next(one for one in lead.departments if one.most >= 3)
    spring = months_later(first_of_month(today), 4)
    network.change_places(
        more,
        from_on=spring,
        most=more.most + 1,
        fewest=more.fewest,
        why="新增教学诊室",
        seen=None,
        today=today,
        by=by,
        at=at,
    )
    asking = [one for one in sites if one.level == "township"]
    if asking:
        first = months_later(first_of_month(today), 5)
        db.session.add(
            Proposal(
                department=asking[-1].departments[0],
                starts_on=first,
                ends_on=months_later(first, 1),
                why="病区改造，暂停接收一个月",
                proposed_at=at,
                proposed_by_id=by.id,
            )
        )
        db.session.commit()
