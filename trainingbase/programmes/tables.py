"""Programmes as workbooks: in the shape in which they are brought in, and lists to take away."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.i18n import named
from trainingbase.programmes.models import Competency, CompetencyLink, Programme, StandardDepartment
from trainingbase.programmes.rules.content import Content, Least, Order, Rotation
from trainingbase.programmes.words import STATES
from trainingbase.sheets.write import Table

HEADER = (
    "序号",
    "标准科室",
    "轮转时间（月）",
    "必轮/选轮",
    "选轮组",
    "组内应选（月）",
    "可否拆分",
    "最短连续时间（月）",
    "可否在基层完成",
    "顺序要求",
)
MINIMUM_HEADER = ("序号", "标准科室", "类别", "项目", "最低例数（次）", "备注")
CATEGORIES = {
    "disease": "病种",
    "case": "病例",
    "procedure": "操作",
    "community": "社区工作",
    "workload": "每日工作量",
    "activity": "教学活动",
}
LINK_HEADER = ("kind", "subject", "framework", "competency", "title")
SHEET_NAME = 31


def of_version(code: str, name: str, content: Content) -> list[Table]:
    """What brought in again changes nothing: the rotations, and the minimums."""
    tables = [
        Table(
            title(name, code),
            HEADER,
            [_rotation(n, one, content) for n, one in enumerate(content.rotations, 1)],
        )
    ]
    if content.leasts:
        order = {one.standard: n for n, one in enumerate(content.rotations)}
        kinds = list(CATEGORIES)
        rows = sorted(
            content.leasts,
            key=lambda one: (
                order.get(one.standard, len(order)),
                one.standard,
                kinds.index(one.category),
                one.item,
            ),
        )
        tables.append(
            Table("最低要求", MINIMUM_HEADER, [_least(n, one) for n, one in enumerate(rows, 1)])
        )
    return tables


def title(name: str, code: str) -> str:
    """The sheet's name, which says the version's own code."""
    mark = f"〔{code}〕"
    return f"{name[: SHEET_NAME - len(mark)]}{mark}"


def _plain(months: Decimal) -> int | float:
    return int(months) if months == int(months) else float(months)


def _rotation(number: int, one: Rotation, content: Content) -> list:
    groups = dict(content.groups)
    rules = sorted((o for o in content.orders if o.standard == one.standard), key=lambda o: o.kind)
    return [
        number,
        one.standard,
        _plain(one.months),
        "选轮" if one.group else "必轮",
        one.group,
        _plain(groups[one.group]) if one.group else None,
        one.may_split,
        _plain(one.shortest),
        one.at_primary,
        "\n".join(_order(rule) for rule in rules) or None,
    ]


def _order(rule: Order) -> str:
    if rule.kind == "first":
        months = _plain(rule.months or Decimal(1))
        return f"{rule.standard}先行{months}个月（入培后前{rule.within}个月内）"
    if rule.kind == "within_last":
        return f"{rule.standard}安排在最后{rule.within}个月内"
    return f"{rule.standard}在（{'、'.join(rule.after)}）均完成后"


def _least(number: int, one: Least) -> list:
    return [number, one.standard, CATEGORIES[one.category], one.item, one.count, one.note]


def of_programmes(rows: Iterable[Programme]) -> Table:
    header = [_("Called"), _("Code"), _("Version"), _("Months"), _("State"), _("For intakes from")]
    header.append(_("Sample, not official"))
    return Table(
        _("Programmes"),
        header,
        [
            [
                named(one),
                one.code,
                one.edition,
                _plain(one.months),
                str(STATES[one.state]),
                one.from_year,
                one.is_sample,
            ]
            for one in rows
        ],
    )


def of_standards(rows: Iterable[StandardDepartment], uses: dict[int, int]) -> Table:
    header = [_("Called"), _("English name"), _("Primary care"), _("Versions that ask for it")]
    return Table(
        _("Standard departments"),
        header,
        [[one.name, one.name_en, one.is_primary_care, uses.get(one.id, 0)] for one in rows],
    )


def of_framework(rows: Sequence[Competency]) -> Table:
    """In the shape in which frameworks are loaded."""
    header = ["authority", "framework", "version", "framework_zh", "framework_en", "kind", "whole"]
    header += ["code", "parent", "title", "title_en", "level", "source", "verification"]
    by_id = {one.id: one for one in rows}
    return Table(
        _("Framework"),
        header,
        [
            [
                one.framework.authority,
                one.framework.code.split("/")[1],
                one.framework.edition,
                one.framework.name,
                one.framework.name_en,
                one.framework.kind,
                one.framework.whole,
                one.code,
                by_id[one.parent_id].code if one.parent_id else None,
                one.name,
                one.name_en,
                one.level,
                one.source,
                one.verification,
            ]
            for one in rows
        ],
    )


def of_links(rows: Iterable[CompetencyLink]) -> Table:
    """In the shape in which the mapping is brought in."""
    return Table(
        _("Competencies"),
        LINK_HEADER,
        [
            [
                "department" if one.standard_department else "instrument",
                one.standard_department.name if one.standard_department else one.instrument,
                one.competency.framework.code,
                one.competency.code,
                one.competency.name,
            ]
            for one in rows
        ],
    )
