"""Institutions, and their departments with the places residents have there."""

from __future__ import annotations

import re
from typing import Any

from trainingbase.sheets import cells, numbers, periods
from trainingbase.sheets import standards as builtin
from trainingbase.sheets.cells import Clean, bare, comparable, content, half_width
from trainingbase.sheets.dates import first_day, last_day
from trainingbase.sheets.rowdraft import RowDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec

INSTITUTION_HEADERS = (
    "机构名称", "机构", "单位名称", "医疗机构名称", "医疗机构", "基地名称", "所在机构", "所属机构",
    "医院",
    "医院名称", "单位", "所属医院", "基层机构名称", "所属单位", "所在单位", "实践基地", "基地",
    "institution", "institution name", "site", "site name", "hospital", "facility",
)  # fmt: skip
DEPARTMENT_HEADERS = (
    "科室名称", "科室", "轮转科室", "科室全称", "本院科室", "本院科室名称", "实际科室", "接收科室",
    "department", "department name", "ward", "unit",
)  # fmt: skip

EQUIPMENT = (
    ("ct", ("ct", "ct机", "有无ct")),
    ("dr", ("dr", "dr机", "x光机", "x线机", "数字化x线", "x-ray", "有无dr")),
    ("us", ("b超", "超声", "彩超", "b超机", "超声设备", "ultrasound", "us")),
    ("ecg", ("心电图机", "心电图", "心电", "ecg", "ekg")),
    (
        "rehab",
        ("康复设备", "康复", "康复器材", "rehabilitation", "rehab", "rehabilitation equipment"),
    ),
)


def standards(raw: Any, csv: bool = False) -> Clean:
    """One own department may stand for several standard ones."""
    found = cells.names(raw, csv)
    if found.fault or not found.value:
        return Clean(fault="missing_value")
    pieces = [piece for name in found.value for piece in re.split(r"[+＋&]", name)]
    value = [half_width(piece) for piece in pieces]
    same = bare(content(raw))[0] == "、".join(value)
    category = found.category or (None if same else "fullwidth")
    if category == "space_in_name":
        category = "trimmed"
    return Clean(value, category)


def equipment_list(raw: Any, csv: bool = False) -> Clean:
    """All equipment in one cell: the keys of what is named."""
    value = comparable(raw)
    return Clean([key for key, names in EQUIPMENT if any(name in value for name in names)])


INSTITUTION_FIELDS = (
    NUMBER_COLUMN,
    Field("name", INSTITUTION_HEADERS, cells.reference, must=True),
    Field("level", (
        "机构级别", "级别", "机构类别", "类别", "机构类型", "类型", "机构性质", "等级", "医院等级",
        "level",
        "type", "kind", "category",
    )),
    Field("address", ("地址", "机构地址", "详细地址", "所在地", "通讯地址", "单位地址", "address",
        "location")),
    Field("beds", (
        "编制床位", "核定床位", "建制床位", "床位数（张）", "床位数", "床位", "编制床位数",
        "实有床位", "开放床位", "床位（张）", "beds",
        "number of beds",
    ), numbers.whole),
    Field("catchment", (
        "服务人口", "辖区人口", "常住人口", "服务居民数", "服务人口数",
        "覆盖人口", "辖区人口", "服务人口（人）", "辖区常住人口",
        "catchment",
        "population", "population served",
    ), numbers.whole),
    Field("start", (
        "协议起始", "协议起始日期", "协议开始", "协议开始日期", "起始日期", "协议生效日期",
        "签约日期", "合作起始",
        "协议起", "协议签订日期", "协议起始时间", "合作开始时间", "agreement start",
        "agreement from", "start",
        "start date", "valid from",
    ), periods.day),
    Field("end", (
        "协议终止", "协议终止日期", "协议结束", "协议到期", "协议到期日", "终止日期", "到期日期",
        "协议止", "合作终止",
        "协议截止", "协议截止日期", "协议终止时间", "协议到期时间", "协议到期日期",
        "agreement end", "end", "end date", "valid until",
        "agreement until",
    ), periods.day),
    Field("_term", (
        "协议期限", "协议有效期", "协议起止", "协议起止日期", "合作期限", "协议时间", "起止日期",
        "有效期",
        "协议期", "协议起止时间", "agreement", "agreement period", "term",
    ), periods.day_range),
    *(Field(key, headers, numbers.has, empty=False) for key, headers in EQUIPMENT),
    Field("_equipment", ("设备", "主要设备", "设备配置", "设备情况", "仪器设备",
        "equipment"), equipment_list),
    NOTE_COLUMN,
)  # fmt: skip

DEPARTMENT_FIELDS = (
    NUMBER_COLUMN,
    Field("institution", INSTITUTION_HEADERS, cells.reference, must=True, down=True),
    Field("department", DEPARTMENT_HEADERS, cells.reference, must=True),
    Field("standard", (
        "对应标准科室", "标准科室", "对应的标准科室", "标准科室名称", "方案科室", "对应方案科室",
        "对应轮转科室",
        "standard department", "standard", "standard departments",
    ), standards, must=True, empty=()),
    Field("max", (
        "每月最多人数", "最多可接收", "最大容量（人/月）", "可容纳人数", "接收上限", "最多人数",
        "容量", "最大容量", "每月容量", "接收人数上限", "名额",
        "每月名额", "最多", "上限",
        "最大接收人数", "可接收人数", "每月最多", "月容量", "人数上限", "最多接收人数", "max",
        "maximum",
        "places", "capacity", "max per month", "most residents a month",
    ), numbers.whole, must=True),
    Field("min", (
        "每月最少人数", "最少人数", "最少", "下限", "人数下限", "每月最少", "最低人数",
        "最少接收人数", "min",
        "minimum", "min per month", "fewest residents a month",
    ), numbers.whole, empty=0),
    Field("closed", (
        "停收月份", "停止接收", "不收月份", "停收学员月份", "停止接收月份", "停收", "不接收月份",
        "关闭月份", "停收时间", "暂停接收月份",
        "暂停月份",
        "closed", "closed months", "months closed",
    ), periods.months, empty=()),
    Field("secretary", (
        "教学秘书", "秘书", "科室教学秘书", "教学秘书姓名", "联系人", "secretary",
        "teaching secretary",
        "contact",
    ), cells.name),
    NOTE_COLUMN,
)  # fmt: skip


def judge_institution(draft: RowDraft) -> None:
    record, seen = draft.record, draft.table.reading.seen
    _spread_term(draft)
    _spread_equipment(draft)
    start, end = record["start"], record["end"]
    if start and end and last_day(end) < first_day(start):
        draft.refuse("end", "end_before_start")
    name = comparable(record["name"] or "")
    earlier = seen.get(("institution", name))
    if name and earlier is not None and earlier.taken:
        draft.refuse("name", "duplicate_in_file", row=earlier.row)
    seen.setdefault(("institution", name), draft.row)


def _spread_term(draft: RowDraft) -> None:
    if draft.has("_term"):
        draft.spread("_term", ("start", "end"))


def _spread_equipment(draft: RowDraft) -> None:
    if draft.has("_equipment"):
        found = equipment_list(draft.raw("_equipment") or "").value
        for key in found:
            draft.record[key] = True


def judge_department(draft: RowDraft) -> None:
    record, seen = draft.record, draft.table.reading.seen
    record["closed"], record["standard"] = list(record["closed"]), list(record["standard"])
    _judge_standards(draft)
    if record["institution"]:
        _judge_institution(draft)
    most, least = record["max"], record["min"]
    if most is not None and least is not None and least > most:
        draft.refuse("min", "min_above_max", least=least, most=most)
    key = ("department", record["institution"], record["department"])
    if all(key) and key in seen and seen[key].taken:
        draft.refuse("department", "duplicate_in_file", row=seen[key].row)
    seen.setdefault(key, draft.row)


def _judge_standards(draft: RowDraft) -> None:
    known = {comparable(one): one for one in draft.known.standards or builtin.STANDARDS}
    for name in draft.record["standard"]:
        if comparable(name) not in known:
            draft.refuse("standard", "standard_department_unknown", name=name)
            return


def _judge_institution(draft: RowDraft) -> None:
    known = draft.known.institutions
    if known is None:
        return
    name = draft.record["institution"]
    full = {comparable(one): one for one in known}.get(comparable(name))
    if full is None:
        draft.refuse("institution", "institution_unknown", name=name)
    elif full != name:
        draft.correct("institution", full, "fullwidth")


SPECS = (
    Spec(
        "institution",
        INSTITUTION_FIELDS,
        (
            ("name",),
            ("level", "address", "beds", "catchment"),
            ("beds", "start", "_term", "address"),
        ),
        hint="机构|institution|site",
        judge=judge_institution,
    ),
    Spec(
        "department",
        DEPARTMENT_FIELDS,
        (("institution",), ("department",), ("standard",), ("max",)),
        hint="科室|容量|department|places",
        judge=judge_department,
    ),
)
