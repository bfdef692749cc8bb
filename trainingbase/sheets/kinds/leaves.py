"""Leaves of residents, first and last day included."""

from __future__ import annotations

import re
from datetime import date

from trainingbase.sheets import cells, numbers, periods
from trainingbase.sheets.cells import comparable
from trainingbase.sheets.dates import first_day, last_day
from trainingbase.sheets.kinds.people import COHORT, NAME, find_resident
from trainingbase.sheets.preview import Row
from trainingbase.sheets.rowdraft import RowDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec

FIELDS = (
    NUMBER_COLUMN,
    NAME,
    COHORT,
    Field("kind", (
        "请假类型", "请假类别", "假别", "类型", "类别", "假期类型", "假种", "请假种类", "休假类型",
        "kind",
        "type", "leave type", "kind of leave", "type of leave",
    ), cells.reference),
    Field("start", (
        "开始日期", "请假起始", "请假自", "离岗日期", "休假开始日期", "开始时间", "起始日期",
        "请假开始", "起始时间", "请假开始日期", "请假开始时间",
        "开始", "起", "自",
        "请假起始日期", "from", "start", "start date", "first day", "starts on",
    ), periods.day, must=True),
    Field("end", (
        "结束日期", "请假截止", "请假至", "休假结束日期", "请假截止日期", "结束时间", "终止日期",
        "截止日期", "请假结束", "截止时间", "请假结束日期",
        "请假结束时间", "结束",
        "止", "至", "until", "to", "end", "end date", "last day", "ends on",
    ), periods.day, must=True),
    Field("_term", (
        "起止日期", "请假时间", "请假日期", "起止时间", "请假起止", "请假起止日期", "休假时间",
        "请假起止时间", "dates",
        "period",
    ), periods.day_range),
    Field("days", (
        "天数", "请假天数", "天", "合计天数", "共计天数", "请假天数（天）", "休假天数", "days",
        "number of days",
    ), numbers.amount, computed=True),
    Field("reason", ("事由", "请假事由", "原因", "请假原因", "理由", "reason")),
    Field("_t", ("带教意见", "带教老师意见", "导师意见", "指导医师意见", "tutor's opinion")),
    Field("_d", ("科主任意见", "科室意见", "科室主任意见", "department's opinion")),
    Field("_o", ("科教科意见", "教学办意见", "管理部门意见", "office's opinion")),
    Field("status", (
        "状态", "审批情况", "审批意见", "当前状态", "审批状态", "审批结果", "审核状态", "批准情况",
        "流程状态", "status", "state",
        "decision",
    )),
    Field("returned", (
        "销假日期", "销假时间", "实际返岗日期", "返岗日期", "销假", "returned", "returned on",
        "back on",
    ), periods.day),
    NOTE_COLUMN,
)  # fmt: skip

NOT_TAKEN = re.compile(
    r"驳回|不同意|拒绝|撤销|撤回|取消|未批准|不批准|作废|refused|rejected|withdrawn|cancel", re.I
)


def judge(draft: RowDraft) -> None:
    record = draft.record
    if draft.has("_term"):
        draft.spread("_term", ("start", "end"))
    find_resident(draft, record["cohort"])
    if not record["start"] or not record["end"]:
        if not draft.row.refusals:
            draft.refuse("end" if record["start"] else "start", "missing_value")
        return
    first, last = first_day(record["start"]), last_day(record["end"])
    if last < first:
        draft.refuse("end", "end_before_start")
        return
    _judge_days(draft, (last - first).days + 1)
    if draft.row.taken and not NOT_TAKEN.search(record["status"] or ""):
        _judge_overlap(draft, first, last)


def _judge_days(draft: RowDraft, count: int) -> None:
    """The dates count; half a day less than they make is meant."""
    given = draft.record["days"]
    if draft.faulty("days"):
        draft.forgive("days")
        draft.correct("days", count, "days_recomputed")
    elif given is None:
        draft.record["days"] = count
    elif given != count and not count - 1 < given < count:
        draft.correct("days", count, "days_recomputed")


def _person(draft: RowDraft) -> tuple[str, str | int | None]:
    record = draft.record
    return comparable(record["name"]), record["id_tail"] or record["cohort"]


def _judge_overlap(draft: RowDraft, first: date, last: date) -> None:
    record, seen = draft.record, draft.table.reading.seen
    earlier: list[tuple[date, date, Row]] = seen.setdefault(("leaves", _person(draft)), [])
    for begins, ends, row in earlier:
        if first <= ends and begins <= last:
            same = (begins, ends, row.record["kind"]) == (first, last, record["kind"])
            if same:
                draft.refuse("name", "duplicate_in_file", row=row.row)
            else:
                _overlap(draft, row.record["start"], row.record["end"])
            return
    for leave in draft.known.leaves:
        if comparable(leave.name) != comparable(record["name"]) or (
            record["cohort"] and leave.cohort and record["cohort"] != leave.cohort
        ):
            continue
        begins, ends = date.fromisoformat(leave.start), date.fromisoformat(leave.end)
        same = (begins, ends, leave.kind) == (first, last, record["kind"])
        if not same and first <= ends and begins <= last:
            _overlap(draft, leave.start, leave.end)
            return
    earlier.append((first, last, draft.row))


def _overlap(draft: RowDraft, start: str, end: str) -> None:
    draft.refuse("start", "leave_overlaps_leave", start=start, end=end)


SPECS = (
    Spec(
        "leave",
        FIELDS,
        (("name",), ("start", "_term"), ("end", "_term")),
        hint="请假|休假|leave",
        judge=judge,
    ),
)
