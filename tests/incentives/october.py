"""Rates as the county's workbook sets them, and a quiet October for the cast."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.cast import LONG_AGO, add, person
from trainingbase.db import db
from trainingbase.incentives import actions
from trainingbase.incentives.models import Budget, FundingSource, Rate
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.training.models import Activity

OCTOBER = date(2026, 10, 1)
OCTOBER_IS_OVER = datetime(2026, 11, 3, 2, tzinfo=UTC)

RATES = (
    # kind, item, amount, source, cap, and what it applies to
    ("stipend", "生活补助", 3600, "政府财政", None,
     {"programme_kind": "GP33", "trainee_type": "social", "training_year": 1}),
    ("stipend", "生活补助", 3900, "政府财政", None,
     {"programme_kind": "GP33", "trainee_type": "social", "training_year": 2}),
    ("community", "基层实践生活补贴", 800, "政府财政", None, {"site_level": "township"}),
    ("community", "交通补贴", 200, "社会资本", None, {"site_level": "township"}),
    ("teaching", "小讲课", 100, "医疗收入", 400, {}),
    ("teaching", "临床带教", 300, "政府财政", 600, {}),
    ("teaching", "基层带教", 400, "政府财政", 800, {}),
    ("teaching", "责任导师", 50, "政府财政", 300, {}),
    ("teaching", "出科考核主考", 60, "医疗收入", None, {}),
    ("conduct", "评价及时奖励", 20, None, None, {"condition": "48小时内完成"}),
    ("conduct", "评价及时奖励", 10, None, None, {"condition": "7天内完成"}),
    ("conduct", "评价逾期扣减", -20, None, None, {"condition": "超过14天"}),
    ("conduct", "迟到早退", -50, None, None, {"condition": "每次"}),
)  # fmt: skip


def make_sources() -> dict[str, FundingSource]:
    names = ("政府财政", "社会资本", "医疗收入")
    made = {name: add(FundingSource(name=name)) for name in names}
    add(Budget(source=made["政府财政"], year=2026, amount=Decimal(100000)))
    return made


def set_rates(sources: dict[str, FundingSource]) -> None:
    for kind, item, amount, source, cap, more in RATES:
        db.session.add(
            Rate(
                kind=kind,
                item=item,
                amount=Decimal(amount),
                unit="元",
                monthly_cap=None if cap is None else Decimal(cap),
                source=sources[source] if source else None,
                starts_on=date(2026, 9, 1),
                **more,
            )
        )
    db.session.commit()


def lecture(speaker, day=date(2026, 10, 8), kind="小讲课", **more) -> Activity:
    given = {"approved_at": LONG_AGO, "topic": f"Talk of {day}", **more}
    return add(Activity(held_on=day, kind=kind, speaker=speaker, hours=Decimal(1), **given))


def play_october(alice_resident, bob_resident, mei_member, county, placed) -> None:
    """Alice is in Medicine with Mei; Bob half a month there, then at the township centre, where
    nobody is named; Mei gives five lectures and is Alice's tutor."""
    placed(alice_resident, county.medicine, OCTOBER, date(2026, 12, 1), mei_member)
    placed(bob_resident, county.medicine, date(2026, 9, 1), date(2026, 10, 16), mei_member)
    placed(bob_resident, county.village_team, date(2026, 10, 16), date(2027, 1, 1))
    alice_resident.tutor_id = mei_member.person_id
    for day in range(5, 10):
        lecture(mei_member.person, date(2026, 10, day))
    lecture(mei_member.person, date(2026, 10, 20), approved_at=None)
    lecture(mei_member.person, date(2026, 10, 21), cancelled_at=LONG_AGO)
    db.session.commit()


def lock(run, *, at=OCTOBER_IS_OVER) -> None:
    """By the office, then by the leader."""
    for role in (Role.OFFICE, Role.LEADER):
        who = next(iter(holders_of(role)), None) or person(f"Some {role}", role)
        actions.approve_run(run, by=who, at=at)
