"""The rotation grid, residents by months; its legend; and what was done before it begins."""

from __future__ import annotations

import re
from typing import Any

from trainingbase.sheets import cells, numbers
from trainingbase.sheets import standards as builtin
from trainingbase.sheets.cells import Clean, bare, comparable, content
from trainingbase.sheets.dates import read_date
from trainingbase.sheets.grid import number
from trainingbase.sheets.kinds.people import COHORT, COHORT_HEADERS, NAME, find_resident
from trainingbase.sheets.kinds.places import find_place
from trainingbase.sheets.kinds.residents import RESIDENT_FIELDS
from trainingbase.sheets.kinds.sites import DEPARTMENT_HEADERS, INSTITUTION_HEADERS
from trainingbase.sheets.rowdraft import RowDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec, plain_header

TUTOR = next(one for one in RESIDENT_FIELDS if one.key == "tutor")
HALVES = " || "


def untouched(raw: Any, csv: bool = False) -> Clean:
    """Cells that only the legend can explain are read with their row."""
    return Clean(raw)


def month_columns(texts: dict[int, list[str]], title: str) -> dict[int, Field]:
    """Columns headed by a month, also 9月 alone, counted on from the year of the title."""
    found: dict[int, Field] = {}
    years = re.findall(r"(20\d\d)\s*年(?!级|度)", title) or re.findall(r"20\d\d(?!级|届)", title)
    last = int(years[0]) * 12 if years else None
    for column, words in texts.items():
        whole, half = _half(plain_header("".join(words)), plain_header(words[-1]))
        month = _month(whole)
        bare_month = re.fullmatch(r"(\d{1,2})月(?:份)?", whole)
        if month is None and bare_month and last is not None and int(bare_month.group(1)) <= 12:
            serial = last // 12 * 12 + int(bare_month.group(1)) - 1
            serial += 12 if serial < last else 0
            month = f"{serial // 12:04}-{serial % 12 + 1:02}"
        if month is None:
            continue
        last = int(month[:4]) * 12 + int(month[5:]) - 1
        found[column] = Field(f"@{month}{half}", (words[-1],), untouched)
    return found


def _half(whole: str, last: str) -> tuple[str, str]:
    """A header without the half of the month it is for, and the mark of the half."""
    for pattern, mark in ((r"\(?上(半月)?\)?$", "/1"), (r"\(?下(半月)?\)?$", "/2")):
        if re.search(pattern, last):
            return re.sub(pattern, "", whole), mark
    return whole, ""


def _month(text: str) -> str | None:
    if re.fullmatch(r"\d{4,6}|\d{1,3}(\.\d)?", text) and not re.fullmatch(r"20\d{4}", text):
        return None
    found = read_date(text, csv=True).value
    return found[:7] if found else None


def standard_columns(texts: dict[int, list[str]], title: str) -> dict[int, Field]:
    """Columns headed by a standard department."""
    found = {}
    for column, words in texts.items():
        name = re.sub(r"\s+", "", cells.half_width(words[-1]))
        if name in builtin.STANDARDS or re.search(r"(科|室|实践|中心|病区)$", name):
            found[column] = Field(f"@{name}", (words[-1],), numbers.month_length)
    return found


def _dynamic_values(draft: RowDraft) -> dict[str, Any]:
    """Takes the values of the columns found by their headers out of the record."""
    return {key[1:]: draft.record.pop(key) for key in list(draft.record) if key.startswith("@")}


def cohort_of(draft: RowDraft) -> int | None:
    """From its own column, else from the sheet's name or title (2024级)."""
    if draft.record.get("cohort"):
        return draft.record["cohort"]
    found = re.search(r"(20\d\d|\d\d)\s*[级届]", " ".join(draft.table.names))
    if not found:
        return None
    year = int(found.group(1))
    return year if year > 99 else 2000 + year


def judge_plan(draft: RowDraft) -> None:
    months: dict[str, str] = {}
    halves: dict[str, dict[str, str]] = {}
    for key, raw in _dynamic_values(draft).items():
        if cells.is_blank(raw):
            continue
        value = _place_of(draft, f"@{key}", raw)
        month, _, half = key.partition("/")
        if value and half:
            halves.setdefault(month, {})[half] = value
        elif value:
            months[month] = value
    for month, parts in halves.items():
        one, two = parts.get("1", ""), parts.get("2", "")
        months[month] = one if one == two else f"{one}{HALVES}{two}"
    cohort = cohort_of(draft)
    draft.record["months"] = dict(sorted(months.items()))
    draft.record["cohort"] = cohort
    draft.record["programme_hint"] = "助理" in " ".join(draft.table.names)
    find_resident(draft, cohort)
    _judge_twice(draft, "plan", cohort)


def _place_of(draft: RowDraft, key: str, raw: Any) -> str | None:
    text, trimmed = bare(content(raw))
    if cells.EMPTY_MARK.fullmatch(text):
        draft.correct_cell(key, None, "empty_mark")
        return None
    found = find_place(draft.known, text)
    if found is None:
        draft.refuse(key, "department_unknown", name=text)
        return None
    value, category = found
    if category := category or trimmed:
        draft.correct_cell(key, value, category)
    return value


def _judge_twice(draft: RowDraft, what: str, cohort: int | None) -> None:
    name, seen = draft.record["name"], draft.table.reading.seen
    key = (what, name, cohort)
    if name and key in seen and seen[key].taken:
        draft.refuse("name", "duplicate_in_file", row=seen[key].row)
    seen.setdefault(key, draft.row)


def judge_done(draft: RowDraft) -> None:
    done = {name: value for name, value in _dynamic_values(draft).items() if value not in (None, 0)}
    draft.record["done"] = done
    total = number(sum(done.values()))
    if draft.record["total"] is None:
        draft.record["total"] = total
    elif draft.record["total"] != total:
        draft.warn("total", "total_differs", sum=total)
    cohort = draft.record["cohort"]
    find_resident(draft, cohort)
    _judge_twice(draft, "done", cohort)


def legend_part(raw: Any, csv: bool = False) -> Clean:
    """A name of the legend; （不计轮转） says that there is none."""
    found = cells.reference(raw, csv)
    if found.value and re.search(r"不计|非轮转|不属|not a rotation", found.value):
        return Clean(None)
    return found


def judge_legend(draft: RowDraft) -> None:
    short, seen = draft.record["short"], draft.table.reading.seen
    key = ("legend", comparable(short or ""))
    if short and key in seen and seen[key].taken:
        draft.refuse("short", "duplicate_in_file", row=seen[key].row)
    seen.setdefault(key, draft.row)


LEGEND_FIELDS = (
    NUMBER_COLUMN,
    Field("short", ("简称", "缩写", "代号", "科室简称", "代码", "轮转表简称", "short name",
        "short", "code", "abbreviation"), cells.reference, must=True),
    Field("standard", ("对应标准科室", "标准科室", "standard department", "standard"), legend_part),
    Field("institution", INSTITUTION_HEADERS, legend_part),
    Field("department", ("科室全称", "全称", *DEPARTMENT_HEADERS), legend_part),
    Field("_c", ("颜色", "颜色标识", "底色", "图例", "colour", "color")),
)  # fmt: skip

SPECS = (
    Spec(
        "legend",
        LEGEND_FIELDS,
        (("short",), ("department", "standard")),
        hint="图例|简称|legend",
        judge=judge_legend,
    ),
    Spec(
        "plan",
        (NUMBER_COLUMN, NAME, TUTOR, NOTE_COLUMN, Field("cohort", COHORT_HEADERS, cells.cohort)),
        (("name",),),
        hint="级|轮转|安排|plan|rotation",
        dynamic=month_columns,
        least_dynamic=2,
        judge=judge_plan,
    ),
    Spec(
        "done",
        (
            NUMBER_COLUMN,
            NAME,
            COHORT,
            Field(
                "total",
                ("已完成合计（月）", "已完成合计", "合计", "合计（月）", "总计", "已完成月数",
                    "total", "total (months)"),
                numbers.month_length,
                computed=True,
            ),
        ),
        (("name",),),
        hint="完成|done",
        dynamic=standard_columns,
        least_dynamic=3,
        judge=judge_done,
    ),
)  # fmt: skip
