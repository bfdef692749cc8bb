"""A month of a county by chance, always the same: everything a rule may ask about."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from trainingbase.incentives.rules import (
    Absence,
    Answer,
    Asked,
    Exam,
    Facts,
    Paper,
    Price,
    Stay,
    Taught,
    Trainee,
)
from trainingbase.months import months_later

TYPES = ("social", "unit", "oriented", None)
LEVELS = ("lead", "community", "township", "village", "county")
KINDS = ("小讲课", "教学查房", "病例讨论", "入院教育", "夜间带教")
PROGRAMMES = (("GP33", "全科住培33个月"), ("AGP24", "助理全科24个月"))


def prices() -> list[Price]:
    rows: list[tuple] = []
    for base, programme in ((3000, "全科住培"), (2600, "助理全科")):
        for n, trainee in enumerate(TYPES[:3]):
            for year in (1, 2, 3):
                said = {"programme_kind": programme, "trainee_type": trainee, "training_year": year}
                rows.append(("stipend", "生活补助", base + 300 * year + 50 * n, None, said))
    for level in LEVELS[1:4]:
        rows.append(("community", "基层实践生活补贴", "800.33", None, {"level": level}))
    rows.append(("community", "交通补贴", 200, None, {"level": "township"}))
    for item, amount, cap in (
        ("小讲课", 100, 400), ("教学查房", 80, None), ("病例讨论", "66.67", 300),
        ("临床带教", 300, 600), ("基层带教", 400, 800), ("责任导师", 50, 300),
        ("出科考核主考", 60, None), ("夜间带教", 90, None), ("出海带教", 90, None),
    ):  # fmt: skip
        rows.append(("teaching", item, amount, cap, {}))
    for item, amount, condition in (
        ("评价及时奖励", 20, "48小时内完成"), ("评价及时奖励", 10, "7天内完成"),
        ("评价逾期扣减", -20, "超过14天"), ("出科考核不合格", -300, "每科"),
        ("旷工", -200, "每天"), ("年度测试达标", 600, "高于全省平均"),
        ("科研论文", 800, "省级及以上期刊"), ("科研论文", 300, "市级"), ("迟到早退", -50, "每次"),
    ):  # fmt: skip
        rows.append(("conduct", item, amount, None, {"condition": condition}))
    return [
        Price(id=n, kind=kind, item=item, amount=Decimal(amount), source_id=n % 3 or None,
              cap=None if cap is None else Decimal(cap), **more)
        for n, (kind, item, amount, cap, more) in enumerate(rows, 1)
    ]  # fmt: skip


def month(month_on: date, *, seed: int = 7, people: int = 60) -> Facts:
    pick = Random(seed)

    def day(spread: int = 50) -> date:
        return month_on + timedelta(days=pick.randint(-spread, spread))

    def trainee(n: int) -> Trainee:
        code, name = pick.choice(PROGRAMMES)
        starts = pick.choice((None, *[month_on - timedelta(days=d) for d in (5, 200, 380, 730)]))
        rests = ((day(), day(3) + timedelta(days=20)),) if pick.random() < 0.1 else ()
        ends = day() if pick.random() < 0.2 else None
        return Trainee(n, 1000 + n, code, name, pick.choice(TYPES), starts, ends,
                       pick.choice((None, 1, 2, 3)), rests)  # fmt: skip

    def stay(n: int) -> Stay:
        level = pick.choice(LEVELS)
        starts = day(40)
        who = 1000 + pick.randrange(people)
        ends = starts + timedelta(days=pick.randint(10, 70))
        by = pick.choice((None, 1, 2, 3, 4))
        return Stay(n, who, level, level in LEVELS[1:4], starts, ends, by)

    def answer(n: int) -> Answer:
        form = pick.choice(("exit_assessment", "mini_cex"))
        hours = pick.choice(
            (None, Decimal(0), Decimal(48), Decimal("48.01"), Decimal(168), Decimal(200))
        )
        return Answer(n, form, pick.randrange(1, 9), 1000 + pick.randrange(people), n, hours,
                      pick.random() < 0.2)  # fmt: skip

    def asked(n: int) -> Asked:
        on = month_on + timedelta(days=pick.randint(-30, 30))
        closed = on + timedelta(days=pick.randint(0, 30)) if pick.random() < 0.7 else None
        return Asked(n, pick.randrange(1, 9), on, closed)

    def absence(n: int) -> Absence:
        on = month_on + timedelta(days=pick.randint(0, 27))
        return Absence(
            n, 1000 + pick.randrange(people), on, on + timedelta(days=pick.randint(1, 6))
        )

    def exam(n: int) -> Exam:
        scores = {"theory": Decimal(pick.randint(50, 90))}
        if pick.random() < 0.7:
            scores["skills"] = Decimal(pick.randint(50, 90))
        return Exam(n, 1000 + n, scores)

    papers = ("national", "provincial", "municipal", "county", None)
    return Facts(
        month_on=month_on,
        known_until=months_later(month_on, 1),
        trainees=tuple(trainee(n) for n in range(people)),
        stays=tuple(stay(n) for n in range(people * 2)),
        taught=tuple(
            Taught(n, pick.choice(KINDS), pick.choice((None, 1, 2, 3, 5))) for n in range(90)
        ),
        answers=tuple(answer(n) for n in range(120)),
        asked=tuple(asked(n) for n in range(120)),
        absences=tuple(absence(n) for n in range(12)),
        exams=tuple(exam(n) for n in range(30)),
        means={"theory": Decimal("69.7"), "skills": Decimal("71")},
        papers=tuple(
            Paper(n, 1000 + n, pick.choice(papers), pick.random() < 0.7) for n in range(20)
        ),
    )
