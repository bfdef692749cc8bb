"""What items, rules, rates and sources are called, in the viewer's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language
from trainingbase.incentives.models import Rate
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
    "paper": _l("Research papers"),
    "correction": _l("Correction"),
    "failed-exit": _l("Exit assessment not passed"),
    "absence": _l("Absence without leave"),
    "above-mean": _l("Annual test above the provincial mean"),
}
PLACE_KINDS = {"department": _l("Department"), "site": _l("Site")}
PAYEE_KINDS = {"person": _l("Person")} | PLACE_KINDS
PAYOUT_STATES = {
    "paid": _l("in the bank file"),
    "no-account": _l("no bank account is known"),
    "nothing": _l("nothing to pay"),
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


def account_names() -> dict[str, str]:
    """The accounts of a source, in the order in which money moves through them."""
    return {
        "appropriation": _("Appropriation"),
        "available": _("Available"),
        "committed": _("Committed"),
        "spent": _("Spent"),
    }
