"""Why an amount is what it is, in the viewer's language: the rule's sentence, filled with facts."""

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language, money, number
from trainingbase.incentives.models import Line, Rate
from trainingbase.words import LEVELS, TRAINEE_TYPES

RULES = {
    "stipend": _l("Living stipend"),
    "allowance": _l("Primary-care allowance"),
    "activity": _l("Teaching activities"),
    "clinical-teaching": _l("Clinical teaching"),
    "primary-teaching": _l("Primary-care teaching"),
    "exit-assessment": _l("Exit assessments conducted"),
    "tutoring": _l("Tutoring"),
    "timely": _l("Timely assessments"),
    "late": _l("Late assessments"),
    "failed-exit": _l("Exit assessment not passed"),
    "absence": _l("Absence without leave"),
    "above-mean": _l("Annual test above the provincial mean"),
}
ITEMS = {
    "生活补助": _l("Living stipend"),
    "基层实践生活补贴": _l("Allowance for practice in primary care"),
    "交通补贴": _l("Travel allowance"),
    "教学查房": _l("Teaching round"),
    "小讲课": _l("Mini-lecture"),
    "病例讨论": _l("Case discussion"),
    "技能床旁教学": _l("Bedside skill teaching"),
    "入院教育": _l("Hospital induction"),
    "出科考核主考": _l("Conducting exit assessments"),
    "临床带教": _l("Clinical teaching"),
    "基层带教": _l("Primary-care teaching"),
    "责任导师": _l("Tutor"),
    "评价及时奖励": _l("Reward for timely assessments"),
    "评价逾期扣减": _l("Deduction for late assessments"),
    "优秀住院医师": _l("Excellent resident"),
    "年度测试达标": _l("Annual test above the mean"),
    "迟到早退": _l("Late arrival or early leaving"),
    "旷工": _l("Absence without leave"),
    "出科考核不合格": _l("Exit assessment not passed"),
    "科研论文": _l("Research paper"),
    "48小时内完成": _l("within 48 hours"),
    "7天内完成": _l("within 7 days"),
    "超过14天": _l("over 14 days"),
    "年度考核前10%": _l("best 10% of the annual appraisal"),
    "高于全省平均": _l("above the provincial mean"),
    "每次": _l("each time"),
    "每天": _l("each day"),
    "每科": _l("each department"),
    "省级及以上期刊": _l("provincial journal or higher"),
    "政府财政": _l("Government"),
    "社会资本": _l("Social capital"),
    "慈善捐赠": _l("Donations"),
    "医疗收入": _l("Service income"),
}
"""Names that workbooks commonly give to items, conditions and sources; others stand as written."""


def item(name: str | None) -> str:
    return str(ITEMS.get(name or "", name or "—"))


def source_name(source) -> str:
    if source is None:
        return _("No source named")
    return source.name_en if language() == "en" and source.name_en else item(source.name)


def rate_name(rate: Rate) -> str:
    """The item with what it applies to."""
    about = [
        rate.programme_kind,
        TRAINEE_TYPES.get(rate.trainee_type, rate.trainee_type),
        _("year %(year)s", year=rate.training_year) if rate.training_year else None,
        LEVELS.get(rate.site_level, rate.site_level),
        item(rate.condition) if rate.condition else None,
    ]
    told = _(", ").join(str(part) for part in about if part)
    return _("%(item)s (%(told)s)", item=item(rate.item), told=told) if told else item(rate.item)


SENTENCES = {
    "stipend": lambda f: _(
        "In training for %(quantity)s month(s) as “%(trainee_type)s”, year %(year)s of training",
        **f,
    ),
    "allowance": lambda f: _("%(quantity)s month(s) at: %(level)s", **f),
    "activity": lambda f: _("%(item)s, approved: %(quantity)s", **f),
    "clinical-teaching": lambda f: _(
        "Supervised residents in hospital departments for %(quantity)s resident-month(s)", **f
    ),
    "primary-teaching": lambda f: _(
        "Supervised residents in primary care for %(quantity)s resident-month(s)", **f
    ),
    "exit-assessment": lambda f: _("Exit assessments conducted: %(quantity)s", **f),
    "tutoring": lambda f: _("Tutor of residents in training, %(quantity)s tutee-month(s)", **f),
    "timely": lambda f: _("Forms submitted %(condition)s of being asked: %(quantity)s", **f),
    "late": lambda f: _("Requests not answered, %(condition)s: %(quantity)s", **f),
    "failed-exit": lambda f: _("Exit assessments not passed: %(quantity)s", **f),
    "absence": lambda f: _("Days of absence without leave: %(quantity)s", **f),
    "paper": lambda f: _("Papers approved as first or corresponding author: %(quantity)s", **f),
    "above-mean": lambda f: _("Annual test of %(year)s above the provincial mean", **f),
}


def _shown(facts: dict, quantity: Decimal) -> dict:
    """The facts as words of the viewer's language."""
    return {
        **facts,
        "quantity": number(quantity),
        "item": item(facts.get("item")),
        "condition": item(facts.get("condition")),
        "level": str(LEVELS.get(facts.get("level"), facts.get("level"))),
        "trainee_type": str(
            TRAINEE_TYPES.get(facts.get("trainee_type"), facts.get("trainee_type"))
        ),
    }


def reason(line: Line) -> str:
    """What the line is for, without the sum."""
    return SENTENCES[line.rule](_shown(line.facts, line.quantity))


def arithmetic(line: Line) -> str:
    """The sum as one would check it on paper."""
    full = line.quantity * line.unit_amount
    said = f"{number(line.quantity)} × {money(line.unit_amount)} = {money(full)}"
    if line.cap is not None and full > line.cap:
        return _("%(sum)s, capped at %(cap)s a month", sum=said, cap=money(line.cap))
    return said


FINDINGS = {
    "trainee-unclear": lambda f: {
        "start": _("In training, but it is not known since when: no stipend."),
        "trainee_type": _("In training, but the trainee type is not known: no stipend."),
    }[f["missing"]],
    "no-stipend": lambda f: _(
        "No stipend is set for: %(programme)s, %(trainee_type)s, year %(year)s.", **f
    ),
    "no-allowance": lambda f: _(
        "No allowance is set for months at: %(level)s. Placements: %(count)s.", **f
    ),
    "no-activity-rate": lambda f: _(
        "No rate is set for activities of the kind “%(activity)s”: %(count)s.", **f
    ),
    "no-speaker": lambda f: _(
        "Activities of the kind “%(activity)s” without a known speaker: %(count)s.", **f
    ),
    "no-supervisor": lambda f: _(
        "Placements without a supervisor, so that nobody gets teaching credit: %(count)s.", **f
    ),
}


def finding(kind: str, facts: dict) -> str:
    """A case that no rate pays for."""
    shown = {**_shown(facts, Decimal(0)), "activity": item(facts.get("activity"))}
    return FINDINGS[kind]({**shown, "missing": facts.get("missing")})
