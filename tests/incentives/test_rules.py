"""Each rule with sums made by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trainingbase.incentives import rules
from trainingbase.incentives.rules import (
    Absence,
    Answer,
    Asked,
    Book,
    Exam,
    Facts,
    Paper,
    Price,
    Stay,
    Taught,
    Trainee,
)
from trainingbase.incentives.rules.doings import shares
from trainingbase.incentives.rules.lines import to_fen
from trainingbase.incentives.rules.months import months_within, training_year
from trainingbase.incentives.rules.pricing import Limit, limit_in
from trainingbase.incentives.rules.shipped import shipped
from trainingbase.months import months_later

OCTOBER = date(2026, 10, 1)
ANN, BEN, TEACHER, OTHER = 1, 2, 11, 12


def computed(facts, prices, kinds):
    """By the shipped rules; lines in the order of payee, rule and key."""
    book = Book(shipped(), tuple(prices))
    drafts, findings = rules.computed(replace(facts, activity_kinds=tuple(kinds)), book)
    return sorted(drafts, key=lambda one: (one.payee_id, one.rule, one.key)), findings


def unusable(prices, kinds):
    return rules.unusable(kinds, Book(shipped(), tuple(prices)))


def october(**happened) -> Facts:
    return Facts(month_on=OCTOBER, known_until=date(2026, 11, 1), **happened)


def trainee(person_id=ANN, starts_on=date(2025, 9, 1), ends_on=date(2028, 9, 1), **more) -> Trainee:
    given = {"programme_code": "GP33", "programme_name": "全科住培33个月", "trainee_type": "social"}
    return Trainee(
        id=100 + person_id, person_id=person_id, starts_on=starts_on, ends_on=ends_on,
        **{**given, **more},
    )  # fmt: skip


def stay(number=1, starts_on=OCTOBER, ends_on=date(2026, 11, 1), level="lead", by=TEACHER, who=ANN):
    primary = level in ("community", "township", "village")
    return Stay(number, who, level, primary, starts_on, ends_on, by)


def price(number, kind, item, amount, **more) -> Price:
    return Price(id=number, kind=kind, item=item, amount=Decimal(amount), **more)


STIPEND_1 = price(
    1, "stipend", "生活补助", 3600, programme_kind="GP33", trainee_type="social", training_year=1
)
STIPEND_2 = price(
    2, "stipend", "生活补助", 3900, programme_kind="GP33", trainee_type="social", training_year=2
)
TOWNSHIP = price(3, "community", "基层实践生活补贴", 800, level="township")
TRAVEL = price(4, "community", "交通补贴", 200, level="township")
LECTURE = price(5, "teaching", "小讲课", 100, cap=Decimal(400))
CLINICAL = price(6, "teaching", "临床带教", 300, cap=Decimal(600))
PRIMARY = price(7, "teaching", "基层带教", 400, cap=Decimal(800))
TUTOR = price(8, "teaching", "责任导师", 50, cap=Decimal(300))
EXIT = price(9, "teaching", "出科考核主考", 60)
QUICK = price(10, "conduct", "评价及时奖励", 20, condition="48小时内完成")
SOON = price(11, "conduct", "评价及时奖励", 10, condition="7天内完成")
LATE = price(12, "conduct", "评价逾期扣减", -20, condition="超过14天")
FAILED = price(13, "conduct", "出科考核不合格", -300, condition="每科")
ABSENT = price(14, "conduct", "旷工", -200, condition="每天")
ABOVE = price(15, "conduct", "年度测试达标", 600, condition="高于全省平均")
TARDY = price(16, "conduct", "迟到早退", -50, condition="每次")


def amounts(facts, *prices):
    drafts, _findings = computed(facts, prices, ())
    return {(d.payee_id, d.rule): (d.quantity, d.amount) for d in drafts}


def test_a_stipend_goes_by_the_year_of_training():
    facts = october(trainees=(trainee(ANN), trainee(BEN, starts_on=date(2026, 9, 1))))
    assert amounts(facts, STIPEND_1, STIPEND_2) == {
        (ANN, "stipend"): (Decimal(1), Decimal("3900.00")),
        (BEN, "stipend"): (Decimal(1), Decimal("3600.00")),
    }


def test_who_leaves_in_mid_month_gets_half_a_stipend():
    facts = october(trainees=(trainee(ends_on=date(2026, 10, 16)),))
    assert amounts(facts, STIPEND_2) == {(ANN, "stipend"): (Decimal("0.5"), Decimal("1950.00"))}


def test_who_is_not_in_training_gets_no_stipend():
    facts = october(trainees=(trainee(starts_on=date(2026, 11, 1)), trainee(BEN, ends_on=OCTOBER)))
    assert amounts(facts, STIPEND_1, STIPEND_2) == {}


def test_a_year_that_turns_in_mid_month_is_paid_half_by_half():
    drafts, _ = computed(
        october(trainees=(trainee(starts_on=date(2025, 10, 16)),)), [STIPEND_1, STIPEND_2], ()
    )
    assert [(d.key, d.quantity, d.amount) for d in drafts] == [
        ("GP33/social/1", Decimal("0.5"), Decimal("1800.00")),
        ("GP33/social/2", Decimal("0.5"), Decimal("1950.00")),
    ]


def test_the_assistants_get_their_own_programmes_stipend():
    assistant = trainee(programme_code="AGP24", programme_name="助理全科24个月")
    by_name = price(1, "stipend", "生活补助", 3000, programme_kind="助理全科",
                    trainee_type="social", training_year=2)  # fmt: skip
    assert amounts(october(trainees=(assistant,)), STIPEND_2, by_name) == {
        (ANN, "stipend"): (Decimal(1), Decimal("3000.00"))
    }


def test_a_half_month_at_a_township_centre_brings_half_the_allowances():
    facts = october(stays=(stay(1, date(2026, 10, 16), level="township", by=None),))
    drafts, _ = computed(facts, [TOWNSHIP, TRAVEL], ())
    assert {d.key: d.amount for d in drafts} == {
        "基层实践生活补贴/township": Decimal("400.00"),
        "交通补贴/township": Decimal("100.00"),
    }


def test_two_stays_in_one_month_never_pay_for_more_than_a_month():
    facts = october(
        stays=(
            stay(1, ends_on=date(2026, 10, 9), level="township", by=None),
            stay(2, starts_on=date(2026, 10, 9), level="township", by=None),
        )
    )
    assert amounts(facts, TOWNSHIP) == {(ANN, "allowance"): (Decimal(1), Decimal("800.00"))}


def test_a_hospital_month_brings_no_community_allowance():
    assert amounts(october(stays=(stay(by=None),)), TOWNSHIP, TRAVEL) == {}


def test_lectures_are_paid_up_to_the_cap_of_the_month():
    taught = tuple(Taught(n, "小讲课", TEACHER) for n in range(5))
    drafts, _ = computed(october(taught=taught), [LECTURE], ())
    (line,) = drafts
    assert (line.quantity, line.amount) == (Decimal(5), Decimal("400.00"))
    assert line.evidence == tuple(("activities", n) for n in range(5))


def test_several_speakers_share_what_a_lecture_is_worth():
    taught = (Taught(1, "小讲课", TEACHER, beside=(OTHER, ANN)),)
    drafts, _ = computed(october(taught=taught), [LECTURE], ())
    found = {one.payee_id: one.quantity for one in drafts}
    assert found == {TEACHER: Decimal("0.34"), OTHER: Decimal("0.33"), ANN: Decimal("0.33")}
    assert sum(shares(7)) == 1 and len(shares(7)) == 7


def test_supervision_is_paid_by_resident_month_up_to_the_cap():
    facts = october(
        stays=(
            stay(1, by=TEACHER),
            stay(2, ends_on=date(2026, 10, 16), by=TEACHER, who=BEN),
            stay(3, by=OTHER),
            stay(4, by=OTHER, who=BEN),
            stay(5, by=OTHER, who=3),
            stay(6, level="community", by=TEACHER, who=4),
        )
    )
    assert amounts(facts, CLINICAL, PRIMARY) == {
        (TEACHER, "clinical-teaching"): (Decimal("1.5"), Decimal("450.00")),
        (TEACHER, "primary-teaching"): (Decimal(1), Decimal("400.00")),
        (OTHER, "clinical-teaching"): (Decimal(3), Decimal("600.00")),
    }


def test_a_tutor_is_paid_for_each_tutee_in_training():
    tutees = tuple(trainee(number, tutor_id=TEACHER) for number in range(20, 27))
    gone = trainee(30, tutor_id=TEACHER, ends_on=date(2026, 8, 1))
    facts = october(trainees=(*tutees[:2], gone))
    assert amounts(facts, TUTOR) == {(TEACHER, "tutoring"): (Decimal(2), Decimal("100.00"))}
    assert amounts(october(trainees=tutees), TUTOR) == {
        (TEACHER, "tutoring"): (Decimal(7), Decimal("300.00"))
    }


def answer(number, hours, form="mini_cex", **more):
    hours = None if hours is None else Decimal(hours)
    return Answer(number, form, TEACHER, ANN, number, hours, **more)


def test_a_form_is_rewarded_once_at_the_shortest_limit_it_keeps():
    given = (answer(1, 3), answer(2, 48), answer(3, "48.01"), answer(4, 168), answer(5, 169),
             answer(6, None))  # fmt: skip
    drafts, _ = computed(october(answers=given), [QUICK, SOON], ())
    assert {d.key: (d.quantity, d.amount) for d in drafts} == {
        "评价及时奖励/48小时内完成": (Decimal(2), Decimal("40.00")),
        "评价及时奖励/7天内完成": (Decimal(2), Decimal("20.00")),
    }


def test_exit_assessments_are_paid_without_a_cap():
    given = tuple(answer(n, 500, form="exit_assessment") for n in range(11))
    assert amounts(october(answers=given), EXIT) == {
        (TEACHER, "exit-assessment"): (Decimal(11), Decimal("660.00"))
    }


@pytest.mark.parametrize(
    ("asked_on", "closed_on", "is_late"),
    [
        (date(2026, 10, 1), date(2026, 10, 15), False),  # on the fourteenth day
        (date(2026, 10, 1), date(2026, 10, 16), True),
        (date(2026, 10, 1), None, True),
        (date(2026, 9, 16), None, True),  # late from 1 October
        (date(2026, 9, 15), None, False),  # late from 30 September: the month before
        (date(2026, 10, 18), None, False),  # late from 2 November
    ],
)
def test_a_request_costs_in_the_month_in_which_it_becomes_late(asked_on, closed_on, is_late):
    facts = october(asked=(Asked(1, TEACHER, asked_on, closed_on),))
    expected = {(TEACHER, "late"): (Decimal(1), Decimal("-20.00"))} if is_late else {}
    assert amounts(facts, LATE) == expected


def test_nothing_is_late_before_its_day_has_come():
    asked = (Asked(1, TEACHER, date(2026, 10, 10), None),)  # late from 25 October
    early = Facts(month_on=OCTOBER, known_until=date(2026, 10, 25), asked=asked)
    assert amounts(early, LATE) == {}


def test_a_failed_exit_assessment_costs_once_whatever_the_retakes():
    given = (answer(1, 1, form="exit_assessment", fails_first=True),
             answer(2, 1, form="exit_assessment"))  # fmt: skip
    assert amounts(october(answers=given), FAILED) == {
        (ANN, "failed-exit"): (Decimal(1), Decimal("-300.00"))
    }


def test_absence_costs_by_the_day_within_the_month():
    away = Absence(1, ANN, date(2026, 9, 29), date(2026, 10, 4))
    assert amounts(october(absences=(away,)), ABSENT) == {
        (ANN, "absence"): (Decimal(3), Decimal("-600.00"))
    }


def test_the_annual_test_is_rewarded_above_the_mean_in_every_part():
    means = {"theory": Decimal("69.7"), "skills": Decimal("76.4")}
    both = Exam(1, ANN, {"theory": Decimal(70), "skills": Decimal(77)})
    one = Exam(2, BEN, {"theory": Decimal(90), "skills": Decimal("76.4")})
    facts = october(exams=(both, one), means=means)
    assert amounts(facts, ABOVE) == {(ANN, "above-mean"): (Decimal(1), Decimal("600.00"))}
    assert amounts(october(exams=(both,)), ABOVE) == {}


def test_half_a_fen_is_rounded_up_once():
    assert to_fen(Decimal("0.005")) == Decimal("0.01")
    assert to_fen(Decimal("-0.005")) == Decimal("-0.01")
    odd = price(1, "community", "基层实践生活补贴", "333.33", level="township")
    facts = october(stays=(stay(1, date(2026, 10, 16), level="township"),))
    assert amounts(facts, odd)[ANN, "allowance"] == (Decimal("0.5"), Decimal("166.67"))


def test_rates_whose_facts_nobody_records_are_named():
    paper = price(17, "conduct", "科研论文", 800, condition="SCI一区")
    best = price(18, "conduct", "优秀住院医师", 1500, condition="年度考核前10%")
    strange = price(19, "teaching", "夜间带教", 90)
    usable = [STIPEND_1, TOWNSHIP, LECTURE, CLINICAL, QUICK, LATE, FAILED, ABSENT, ABOVE]
    assert unusable([*usable, TARDY, paper, best, strange], ()) == [TARDY, paper, best, strange]
    assert unusable([strange], ["夜间带教"]) == []


@pytest.mark.parametrize(
    ("condition", "paid"),
    [
        ("省级及以上期刊", [1, 2]),
        ("国家级", [1]),
        ("市级", [3]),
        ("每篇", [1, 2, 3, 4]),
        (None, [1, 2, 3, 4]),
        ("SCI一区", []),
    ],
)
def test_a_paper_is_paid_to_who_leads_it_by_the_level_of_its_journal(condition, paid):
    levels = ("national", "provincial", "municipal", None)
    led = [Paper(n, ANN, level, True) for n, level in enumerate(levels, 1)]
    facts = october(papers=(*led, Paper(9, BEN, "national", False)))
    rate = price(17, "conduct", "科研论文", 800, condition=condition)
    found = computed(facts, [rate], ())[0]
    assert [one.evidence for one in found] == (
        [tuple(("research_works", n) for n in paid)] if paid else []
    )
    assert [one.amount for one in found] == ([Decimal(800) * len(paid)] if paid else [])


def kinds_found(facts, *prices):
    return [(f.kind, f.facts.get("count")) for f in computed(facts, prices, ())[1]]


def test_cases_without_a_rate_are_named():
    facts = october(
        trainees=(trainee(), trainee(BEN, trainee_type=None), trainee(3, starts_on=None)),
        stays=(stay(1, level="community", by=None), stay(2, level="township")),
        taught=(Taught(1, "入院教育", TEACHER), Taught(2, "小讲课", None)),
    )
    assert kinds_found(facts, STIPEND_1, TOWNSHIP, LECTURE) == [
        ("no-stipend", None),
        ("trainee-unclear", None),
        ("trainee-unclear", None),
        ("no-allowance", 1),
        ("no-activity-rate", 1),
        ("no-speaker", 1),
        ("no-supervisor", 1),
    ]


@pytest.mark.parametrize(
    ("condition", "limit"),
    [
        ("48小时内完成", Limit(48, True)),
        ("7天内完成", Limit(168, True)),
        ("超过14天", Limit(336, False)),
        ("within 24 hours", Limit(24, True)),
        ("over 10 days", Limit(240, False)),
        ("每次", None),
        (None, None),
    ],
)
def test_limits_are_read_from_the_words_of_a_condition(condition, limit):
    assert limit_in(condition) == limit


def test_half_months_count_where_their_middle_day_falls():
    february = date(2027, 2, 1)
    assert months_within(date(2027, 1, 1), None, february) == 1
    assert months_within(february, date(2027, 2, 8), february) == 0
    assert months_within(february, date(2027, 2, 9), february) == Decimal("0.5")
    assert months_within(date(2027, 2, 24), None, february) == 0
    assert months_later(date(2026, 12, 1), 1) == date(2027, 1, 1)


def test_the_second_year_begins_on_the_anniversary():
    start = date(2025, 9, 16)
    assert training_year(start, date(2026, 9, 15)) == 1
    assert training_year(start, date(2026, 9, 16)) == 2
    assert training_year(start, date(2028, 10, 1)) == 4
