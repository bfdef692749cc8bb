"""Rates of pay and where the money comes from."""

from __future__ import annotations

import re

from trainingbase.sheets import cells, numbers, periods
from trainingbase.sheets.kinds.residents import RESIDENT_FIELDS, programme_named
from trainingbase.sheets.rowdraft import RowDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec, plain_header

ITEM = Field(
    "item",
    ("项目", "项目名称", "绩效项目", "补贴项目", "奖惩项目", "名称", "内容", "item", "name"),
    cells.reference,
    must=True,
    down=True,
)
AMOUNT = Field("amount", (
    "标准", "金额（元）", "金额", "标准（元）", "补贴标准", "奖惩金额", "标准金额", "绩效标准",
    "单价", "补助标准", "发放标准", "amount", "rate",
), numbers.amount, must=True)  # fmt: skip
UNIT = Field(
    "unit",
    ("单位", "计量单位", "计算单位", "计价单位", "发放单位", "unit", "per"),
    cells.reference,
    down=True,
)
VALID_FROM = Field("valid_from", (
    "执行日期", "执行时间", "生效日期", "起执行", "开始执行", "生效时间", "执行起始日期",
    "开始执行日期", "valid from", "effective from", "from", "effective date",
), periods.day, down=True)  # fmt: skip
SOURCE = Field("source", (
    "经费来源", "资金来源", "来源", "经费渠道", "列支渠道", "资金渠道", "source", "funding",
    "funding source", "paid by",
), cells.reference, down=True)  # fmt: skip

STIPEND_FIELDS = (
    NUMBER_COLUMN,
    Field("programme", ("类别", "培训类别", "培训专业", "培训方案", "培训项目", "项目",
        "programme", "program", "category"), down=True),
    next(one for one in RESIDENT_FIELDS if one.key == "trainee_type"),
    Field("y1", ("第1年", "第一年", "一年级", "1年级", "第1学年", "首年", "year 1", "first year",
        "1st year"), numbers.amount),
    Field("y2", ("第2年", "第二年", "二年级", "2年级", "第2学年", "year 2", "second year",
        "2nd year"), numbers.amount),
    Field("y3", ("第3年", "第三年", "三年级", "3年级", "第3学年", "year 3", "third year",
        "3rd year"), numbers.amount),
    UNIT,
    VALID_FROM,
    SOURCE,
)  # fmt: skip
PRIMARY_FIELDS = (
    NUMBER_COLUMN,
    ITEM,
    Field("applies", ("适用机构", "适用范围", "机构类型", "适用机构类型", "机构类别", "适用",
        "applies to", "institution", "applies"), cells.reference, must=True),
    AMOUNT,
    UNIT,
    VALID_FROM,
    SOURCE,
)  # fmt: skip
TEACHING_FIELDS = (
    NUMBER_COLUMN,
    ITEM,
    AMOUNT,
    UNIT,
    Field("cap", ("每月上限（元）", "每月上限", "上限", "月上限", "封顶", "每月封顶",
        "月封顶（元）", "最高", "cap", "monthly cap", "most a month"), numbers.amount),
    VALID_FROM,
    SOURCE,
)  # fmt: skip
REWARD_FIELDS = (
    NUMBER_COLUMN,
    ITEM,
    Field("target", ("对象", "适用对象", "奖惩对象", "人员", "target", "who",
        "for whom"), cells.reference, down=True),
    Field("condition", ("条件", "标准条件", "适用条件", "情形", "具体条件", "触发条件",
        "condition", "when")),
    AMOUNT,
    UNIT,
    VALID_FROM,
)  # fmt: skip
FUND_FIELDS = (
    NUMBER_COLUMN,
    Field("source", SOURCE.headers, cells.reference, must=True),
    Field("use", ("用途", "使用方向", "支出方向", "资金用途", "主要用途", "use", "purpose",
        "spent on")),
    NOTE_COLUMN,
)  # fmt: skip


def budget_columns(texts: dict[int, list[str]], title: str) -> dict[int, Field]:
    """Columns headed by a year's budget: b2026."""
    found = {}
    for column, words in texts.items():
        whole = plain_header("".join(words))
        year = re.search(r"(20\d\d)", whole)
        if year and re.search(r"预算|经费|金额|budget|年", whole):
            found[column] = Field(f"b{year.group(1)}", (words[-1],), numbers.amount)
    return found


def judge_stipend(draft: RowDraft) -> None:
    written = draft.record["programme"]
    if not draft.has("programme") or not written:
        if not draft.faulty("programme"):
            draft.refuse("programme", "missing_value")
    elif draft.taken_over("programme"):
        code = programme_named(written, draft.known)
        if code is None:
            draft.refuse("programme", "programme_unknown")
        else:
            draft.corrected_to("programme", code)
    if not draft.record["trainee_type"] and not draft.faulty("trainee_type"):
        draft.refuse("trainee_type", "missing_value")


SPECS = (
    Spec(
        "stipend",
        STIPEND_FIELDS,
        (("trainee_type",), ("y1",), ("programme",)),
        hint="补助|stipend",
        judge=judge_stipend,
    ),
    Spec(
        "primary_subsidy",
        PRIMARY_FIELDS,
        (("item",), ("applies",), ("amount",)),
        hint="基层|subsid",
    ),
    Spec(
        "reward",
        REWARD_FIELDS,
        (("item",), ("amount",), ("target", "condition")),
        hint="奖惩|评价|reward",
    ),
    Spec("teaching_pay", TEACHING_FIELDS, (("item",), ("amount",)), hint="绩效|带教|teaching"),
    Spec(
        "fund",
        FUND_FIELDS,
        (("source",),),
        hint="来源|预算|fund",
        dynamic=budget_columns,
        least_dynamic=1,
    ),
)
