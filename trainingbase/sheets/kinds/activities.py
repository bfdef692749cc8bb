"""Teaching activities with those who attended them."""

from __future__ import annotations

import re

from trainingbase.sheets import cells, numbers, periods
from trainingbase.sheets import standards as builtin
from trainingbase.sheets.cells import comparable
from trainingbase.sheets.kinds.people import residents_named
from trainingbase.sheets.kinds.places import find_place
from trainingbase.sheets.rowdraft import RowDraft
from trainingbase.sheets.spec import NUMBER_COLUMN, Field, Spec

FIELDS = (
    NUMBER_COLUMN,
    Field("date", (
        "日期", "教学日期", "上课日期", "讲课日期", "活动日期", "时间", "活动时间", "开展日期",
        "授课日期", "举办日期", "date",
        "activity date", "day", "held on",
    ), periods.day, must=True),
    Field("start", (
        "开始时间", "活动开始时间", "起始时间", "时刻", "时段", "具体时间", "开始", "start",
        "start time", "starts at", "time",
    ), periods.clock_time),
    Field("hours", (
        "学时", "学时数", "课时", "时长", "时长（小时）", "学时（小时）", "活动学时", "hours",
        "duration", "credit hours",
    ), numbers.hours),
    Field("kind", (
        "活动类型", "类型", "活动形式", "教学活动类型", "形式", "活动类别", "类别", "kind", "type",
        "activity", "activity type",
    ), cells.reference, must=True),
    Field("topic", (
        "题目", "活动名称", "讲课题目", "教学内容", "讲座题目", "题目/内容", "主题", "活动主题",
        "活动题目", "内容", "活动内容", "授课题目", "课题", "topic",
        "title", "subject",
    ), must=True),
    Field("department", (
        "科室", "开展科室", "组织科室", "承办科室", "主办科室", "所在科室", "活动科室",
        "department", "organised by", "unit",
    ), cells.reference),
    Field("speaker", (
        "主讲人", "讲课人", "主讲/主持", "主讲（主持）人", "主持", "主讲人/主持人", "主持人",
        "授课老师", "带教老师", "主讲", "主讲老师", "授课人", "主讲教师",
        "主讲医师", "讲者", "speaker", "teacher",
        "presenter", "lecturer",
    ), cells.name),
    Field("attendees", (
        "参加学员", "签到人员", "参训学员", "听课学员", "参会人员", "参与人员", "参加人", "参加者",
        "学员姓名", "参加人员", "学员名单", "参加住院医师", "参加学员名单", "参与学员", "签到名单",
        "参加人员名单", "学员", "出席学员",
        "attendees", "participants", "residents", "attended by",
    ), cells.names, empty=()),
    Field("count", (
        "人数", "听课人数", "到课人数", "签到人数", "参训人数", "参加人数", "学员人数", "实到人数",
        "出席人数", "参与人数", "count", "number",
        "head count", "headcount",
        "number of attendees",
    ), numbers.whole, computed=True),
    Field("status", ("状态", "审核结果", "审核情况", "审核状态", "活动状态", "完成情况",
        "完成状态", "status", "state")),
    Field("score", (
        "督导评分", "评分", "督导得分", "督导分数", "得分", "质量评分", "score", "rating",
        "supervision score",
    ), numbers.score),
)  # fmt: skip

NOT_COUNTED = re.compile(
    r"待审|未审|审核中|取消|未完成|未开展|驳回|退回|不通过|未通过|延期|作废|草稿|待完成|计划|pending|cancel|draft|refused|rejected|planned",
    re.I,
)


def judge(draft: RowDraft) -> None:
    record = draft.record
    record["attendees"] = list(record["attendees"])
    _judge_date(draft)
    _judge_department(draft)
    _judge_speaker(draft)
    _judge_attendees(draft)
    if record["status"] and NOT_COUNTED.search(record["status"]):
        draft.warn("status", "not_counted")
    if record["score"] is not None and not 0 <= record["score"] <= draft.known.highest_score:
        draft.refuse("score", "score_out_of_range", most=draft.known.highest_score)
    if draft.row.taken:
        _judge_twice(draft)


def _judge_date(draft: RowDraft) -> None:
    day = draft.record["date"]
    if not day:
        return
    if len(day) < 10:
        draft.refuse("date", "date_unreadable")
        return
    for name in draft.table.names:
        found = re.search(r"(20\d\d)\s*[年.\-/]\s*(\d{1,2})\s*(?:月|$|\D)", name)
        if found:
            month = f"{int(found.group(1)):04}-{int(found.group(2)):02}"
            if month != day[:7]:
                draft.warn("date", "date_outside_sheet_month", sheet_month=month, month=day[:7])
            return


def _judge_department(draft: RowDraft) -> None:
    """The place's key; None is the whole base."""
    written = draft.record["department"]
    if not written:
        return
    if comparable(written) in {comparable(name) for name in builtin.WHOLE_BASE}:
        draft.record["department"] = None
        return
    found = find_place(draft.known, written)
    if found is None:
        draft.refuse("department", "department_unknown", name=written)
        return
    key, category = found
    draft.record["department"] = key
    if category and not any(c.column == draft.label("department") for c in draft.row.corrections):
        draft.correct("department", key, category)
    else:
        draft.corrected_to("department", key)


def _judge_speaker(draft: RowDraft) -> None:
    speaker, faculty = draft.record["speaker"], draft.known.faculty
    if not speaker or faculty is None:
        return
    if comparable(speaker) not in {comparable(one.name) for one in faculty}:
        draft.refuse("speaker", "speaker_unknown")


def _judge_attendees(draft: RowDraft) -> None:
    names = draft.record["attendees"]
    if draft.known.residents is not None:
        for name in names:
            if not residents_named(draft.known, name, None):
                draft.refuse("attendees", "person_unknown", name=name)
                break
    if not draft.has("attendees") or (not names and draft.record["count"] is None):
        return
    if draft.faulty("count"):
        draft.forgive("count")
        draft.correct("count", len(names), "count_recomputed")
    elif draft.record["count"] is None:
        draft.record["count"] = len(names)
    elif draft.record["count"] != len(names) and not draft.faulty("attendees"):
        draft.correct("count", len(names), "count_recomputed")


def _judge_twice(draft: RowDraft) -> None:
    record, seen = draft.record, draft.table.reading.seen
    key = (
        "activity", record["date"], record["start"], record["kind"], record["topic"],
        record["department"], record["speaker"], tuple(sorted(record["attendees"])),
    )  # fmt: skip
    if key in seen:
        draft.refuse("topic", "duplicate_in_file", row=seen[key].row)
    seen.setdefault(key, draft.row)


SPECS = (
    Spec(
        "activity",
        FIELDS,
        (("date",), ("topic",), ("kind", "speaker"), ("attendees", "speaker", "count")),
        hint="活动|月|activit",
        judge=judge,
    ),
)
