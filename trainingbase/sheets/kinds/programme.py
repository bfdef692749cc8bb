"""Programmes: what is to be done how long, in which order, and the minimums of each department."""

from __future__ import annotations

import re
from typing import Any

from trainingbase.sheets import cells, numbers
from trainingbase.sheets import standards as builtin
from trainingbase.sheets.cells import Clean, comparable
from trainingbase.sheets.grid import number
from trainingbase.sheets.rowdraft import RowDraft, TableDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec

STANDARD_HEADERS = (
    "标准科室", "轮转科室", "科室", "对应标准科室", "标准科室名称", "轮转科室名称", "科室名称",
    "专业科室",
    "standard department", "department", "rotation", "discipline",
)  # fmt: skip


OWN_CODE = re.compile(r"〔([A-Za-z0-9][A-Za-z0-9._-]*)〕\s*$")
"""A version's own code at the end of the sheet's name: 全科住培33个月〔GP33-2〕."""


def obligation(raw: Any, csv: bool = False) -> Clean:
    """必轮 or 选轮."""
    value = comparable(raw)
    if value in (
        "必轮",
        "必选",
        "必修",
        "必须",
        "必转",
        "required",
        "mandatory",
        "core",
        "compulsory",
    ):
        return Clean("必轮")
    if value in ("选轮", "选修", "可选", "任选", "选转", "elective", "optional"):
        return Clean("选轮")
    return Clean(fault="value_unknown")


REQUIREMENT_FIELDS = (
    NUMBER_COLUMN,
    Field("standard", STANDARD_HEADERS, cells.reference, must=True),
    Field("months", (
        "轮转时间（月）", "轮转时间", "时间", "月数", "轮转月数", "时长", "轮转时长", "培训时间",
        "轮转时间（月数）",
        "时间（月）", "months", "length", "duration", "length (months)",
    ), numbers.month_length, must=True),
    Field("kind", (
        "必轮/选轮", "必轮或选轮", "轮转类别", "类别", "性质", "轮转性质", "必选", "类型",
        "必修/选修",
        "required/elective", "kind", "type",
    ), obligation),
    Field("group", ("选轮组", "选轮分组", "选修组", "组别", "分组", "elective group",
        "group"), cells.reference),
    Field("group_months", (
        "组内应选（月）", "组内应选", "应选月数", "组内应选月数", "选轮月数", "应选（月）",
        "group months",
        "months to choose",
    ), numbers.month_length),
    Field("split", (
        "可否拆分", "是否可拆分", "能否拆分", "可拆分", "是否拆分", "拆分", "may be split",
        "split", "splittable",
    ), cells.yes_no),
    Field("min_stretch", (
        "最短连续时间（月）", "最短连续时间", "最短连续月数", "最少连续", "最短连续", "每段最短",
        "最小连续月数",
        "shortest stretch", "minimum stretch", "min stretch",
    ), numbers.month_length),
    Field("primary", (
        "可否在基层完成", "是否可在基层完成", "能否在基层完成", "可在基层", "可在基层完成",
        "基层可完成",
        "primary care", "at a primary site", "may be primary",
    ), cells.yes_no),
    Field("order", (
        "顺序要求", "轮转顺序", "先后顺序", "顺序", "次序要求", "时间要求", "order", "order rule",
        "sequence",
    )),
)  # fmt: skip

MINIMUM_FIELDS = (
    NUMBER_COLUMN,
    Field("standard", STANDARD_HEADERS, cells.reference, must=True, down=True),
    Field("category", ("类别", "项目类别", "分类", "类型", "种类", "category", "kind",
        "type"), down=True),
    Field("item", (
        "项目", "项目名称", "病种/操作", "名称", "内容", "病种", "病种（操作）名称", "要求项目",
        "item", "name",
    ), must=True),
    Field("minimum", (
        "最低例数（次）", "最低例数", "最低要求", "最低数量", "例数", "最少例数", "最低次数",
        "要求例数", "数量要求",
        "最低例次", "minimum", "least", "min count",
    ), numbers.whole, must=True),
    NOTE_COLUMN,
)  # fmt: skip


def judge_requirement(draft: RowDraft) -> None:
    record, seen = draft.record, draft.table.reading.seen
    if record["kind"] is None and not draft.faulty("kind"):
        record["kind"] = "选轮" if record["group"] else "必轮"
    if not record["standard"]:
        return
    key = ("requirement", draft.row.sheet, record["standard"])
    if key in seen and seen[key].taken:
        draft.refuse("standard", "duplicate_in_file", row=seen[key].row)
    seen.setdefault(key, draft.row)


def judge_minimum(draft: RowDraft) -> None:
    record, seen = draft.record, draft.table.reading.seen
    known = draft.known.standards
    if known and record["standard"] and record["standard"] not in known:
        draft.refuse("standard", "standard_department_unknown", name=record["standard"])
    programme = draft.row.sheet
    key = ("minimum", programme, record["standard"], record["category"], record["item"])
    if all(key) and key in seen and seen[key].taken:
        draft.refuse("item", "duplicate_in_file", row=seen[key].row)
    seen.setdefault(key, draft.row)


def close_requirements(table: TableDraft) -> None:
    """The programme's code and name, its length, its order rules and elective groups."""
    facts, records = table.preview.facts, [draft.record for draft in table.taken()]
    sheet, title = table.names[0], table.table.title
    name = sheet if re.search(r"全科|住培|方案|月", sheet) or not title else title
    months = _length(records)
    code = builtin.programme_code(f"{sheet} {title}")
    if not re.search(r"\d+\s*(个月|months?)", f"{sheet} {title}") and months:
        code = re.sub(r"\d+$", str(months), code)
    if own := OWN_CODE.search(sheet):
        code, name = own.group(1), OWN_CODE.sub("", sheet).strip()
        facts["own_code"] = code
    facts["code"], facts["name"], facts["total_months"] = code, name, months
    facts["elective_groups"] = _groups(records)
    standards = tuple(record["standard"] for record in records)
    facts["rules"] = _rules(records, standards)
    for total in facts.get("totals", []):
        if total.get("months") not in (None, months) and table.drafts:
            table.drafts[-1].warn(
                "months", "total_differs", total=total["months"], sum=months, row=total["row"]
            )


def _length(records: list[dict[str, Any]]) -> int | float:
    required = sum(record["months"] for record in records if not record["group"])
    return number(required + sum(group["months"] for group in _groups(records)))


def _groups(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        if not record["group"]:
            continue
        months = record["group_months"] or 0
        group = found.setdefault(
            record["group"], {"group": record["group"], "months": months, "options": []}
        )
        group["months"] = max(group["months"], months)
        group["options"].append(record["standard"])
    return list(found.values())


_FIRST = re.compile(r"(?:先行|先轮转?|首先)\D*(\d+(?:\.\d+)?)?\D*?月?.*?前\D*(\d+)\D*月")
_LAST = re.compile(r"最后\D{0,3}(\d+)\s*个?月")
_AFTER = re.compile(r"在(.+?)(?:全部)?(?:完成|结束|轮完|之)?后")


def _rules(records: list[dict[str, Any]], standards: tuple[str, ...]) -> list[dict[str, Any]]:
    """Order rules that the office wrote in words, in the order first, last, after."""
    first, last, after = [], [], []
    lines = (
        (line, record["standard"])
        for record in records
        for line in (record["order"] or "").splitlines()
    )
    for line, name in lines:
        text = cells.half_width(line)
        if found := _FIRST.search(text):
            length = number(float(found.group(1) or 1))
            within = int(found.group(2))
            first.append(
                {"rule": "first", "standard": name, "months": length, "within_first_months": within}
            )
        elif found := _LAST.search(text):
            months = int(found.group(1))
            last.append({"rule": "within_last_months", "standard": name, "months": months})
        elif re.search(r"之?后", text) and (named := _named_in(text, standards, name)):
            after.append({"rule": "after", "standard": name, "after": named})
    return first + last + after


def _named_in(text: str, standards: tuple[str, ...], own: str) -> list[str]:
    """The departments a text lists; those in brackets say more than the words before them."""
    inside = re.search(r"\(([^)]*)\)", text)
    before = _AFTER.search(text)
    listed = inside.group(1) if inside else before.group(1) if before else text
    found = []
    for piece in _pieces(listed, standards):
        word = re.sub(r"(均|都|全部|已|轮完|完成|结束|之后|后).*$", "", piece).strip()
        name = builtin.standard_in(word, standards)
        if name and name != own:
            found.append(name)
    return list(dict.fromkeys(found))


def _pieces(listed: str, standards: tuple[str, ...]) -> list[str]:
    """Split at 、 first: a name may itself hold 与."""
    found: list[str] = []
    for piece in re.split(r"[、,;/]", listed):
        found += [piece] if piece in standards else re.split(r"[和与及]", piece)
    return found


SPECS = (
    Spec(
        "requirement",
        REQUIREMENT_FIELDS,
        (("standard",), ("months",), ("kind", "split", "min_stretch", "group", "order", "primary")),
        hint="住培|助理|方案|programme",
        judge=judge_requirement,
        close=close_requirements,
    ),
    Spec(
        "minimum",
        MINIMUM_FIELDS,
        (("standard",), ("item",), ("minimum",)),
        hint="最低|要求|minimum",
        judge=judge_minimum,
    ),
)
