"""Faculty members, one row for each department they teach in."""

from __future__ import annotations

import re
from typing import Any

from trainingbase.sheets import cells, numbers, periods
from trainingbase.sheets.cells import Clean, comparable
from trainingbase.sheets.dates import last_day, years_later
from trainingbase.sheets.kinds.people import NAME_HEADERS, PHONE_HEADERS
from trainingbase.sheets.kinds.sites import DEPARTMENT_HEADERS, INSTITUTION_HEADERS
from trainingbase.sheets.rowdraft import RowDraft, TableDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec

# Short and full titles of doctors, nurses, pharmacists and technicians; others are taken as they
# stand. The rank tells who is below the attending physician.
TITLES = {
    "主任医师": ("主任", "正高", "主任医生", "正高级", "chief physician", "chief"),
    "副主任医师": ("副主任", "副高", "副主任医生", "副高级", "associate chief physician"),
    "主治医师": ("主治", "中级", "主治医生", "attending", "attending physician"),
    "住院医师": ("住院", "初级", "医师", "住院医生", "resident physician"),
    "主任中医师": ("主任中医",),
    "副主任中医师": ("副主任中医",),
    "主治中医师": ("主治中医",),
    "助理医师": ("助理", "执业助理医师", "助理执业医师"),
}
_TITLE_OF = {comparable(short): full for full, shorts in TITLES.items() for short in shorts}
BELOW_ATTENDING = re.compile(r"^(住院|助理|医士|见习|初级|技士|护士$|护师$|药师$|技师$)")


def title(raw: Any, csv: bool = False) -> Clean:
    found = cells.reference(raw, csv)
    if found.fault or not found.value:
        return found
    joined = re.sub(r"\s+", "", found.value)
    full = _TITLE_OF.get(comparable(joined))
    if full:
        return Clean(full, "title_short")
    return Clean(joined, found.category or ("trimmed" if joined != found.value else None))


FIELDS = (
    NUMBER_COLUMN,
    Field("name", ("姓名", "教师姓名", "带教老师", "师资姓名", "指导医师", "指导医师姓名",
        "医师姓名", *NAME_HEADERS), cells.name, must=True),
    Field("emp_no", (
        "工号", "职工号", "员工号", "职工编号", "人员编号", "员工编号", "教工号", "职工工号",
        "employee no",
        "employee number", "staff no", "staff number", "staff id", "employee id",
    ), cells.code, must=True),
    Field("institution", INSTITUTION_HEADERS, cells.reference, down=True),
    Field("department", ("科室", "所属科室", "任职科室", "工作科室", "所在科室",
        "带教科室", *DEPARTMENT_HEADERS), cells.reference, must=True),
    Field("title", (
        "职称", "现任职称", "聘任职称", "职称等级", "专业技术职称", "技术职称", "职称名称",
        "专业技术职务", "卫生技术职称", "title",
        "professional title", "rank",
    ), title),
    Field("degree", (
        "学历/学位", "学历学位", "学历", "学位", "最高学历", "最高学位", "degree", "education",
    )),
    Field("scope", ("执业范围", "执业专业", "执业类别", "专业", "scope", "scope of practice",
        "practice scope")),
    Field("cert_no", (
        "师资证编号", "证书号", "合格证编号", "师资合格证编号", "师资证", "师资证书编号",
        "师资证号", "师资培训证书编号", "师资证书号", "证书编号",
        "培训证书编号", "师资培训证号",
        "certificate no", "certificate", "certificate number",
    ), cells.code),
    Field("cert_level", (
        "证书级别", "师资证级别", "证书等级", "培训级别", "师资级别", "师资证书级别",
        "certificate level", "level",
    ), cells.reference),
    Field("cert_date", (
        "取证日期", "师资证取证日期", "师资证书取得时间", "发证年月", "取证年月", "师资培训日期",
        "取证时间", "发证日期", "发证时间", "证书日期", "获证日期", "师资证取得时间",
        "培训日期",
        "取得时间", "certificate date", "certified on", "issued on", "date of certificate",
    ), periods.day),
    Field("primary_years", (
        "基层工作年限", "从事基层工作年限", "基层工作时间（年）", "基层工作年数（年）", "基层年限",
        "基层工作年数", "基层工作经历（年）", "years in primary care",
        "primary care years",
    ), numbers.amount),
    Field("max_residents", (
        "同时带教人数上限", "可带人数", "最多带教", "带教名额", "可带学员数", "带教学员上限",
        "最大带教人数", "带教人数上限", "带教上限", "最多带教人数", "同时带教人数", "带教人数",
        "可带教人数",
        "max residents", "most residents", "maximum residents",
    ), numbers.whole),
    Field("_phone", PHONE_HEADERS),
    NOTE_COLUMN,
)  # fmt: skip


def judge(draft: RowDraft) -> None:
    record = draft.record
    _judge_duplicate(draft)
    _judge_place(draft)
    record["second_department"] = bool(re.search(r"兼", record["note"] or ""))
    valid = _certificate_valid(draft)
    record[f"certificate_valid_on_{draft.table.reading.on.isoformat()}"] = valid
    if record["title"] and BELOW_ATTENDING.match(record["title"]):
        draft.warn("title", "title_below_required")


def _judge_duplicate(draft: RowDraft) -> None:
    record, seen = draft.record, draft.table.reading.seen
    number, name = record["emp_no"], record["name"]
    if not number or not name:
        return
    holder = seen.get(("emp_no", number))
    if holder is not None and holder.taken and holder.record["name"] != name:
        draft.refuse("emp_no", "number_conflicts_name", row=holder.row, name=holder.record["name"])
        return
    seen.setdefault(("emp_no", number), draft.row)
    key = ("faculty", number, record["institution"], record["department"])
    if key in seen and seen[key].taken:
        draft.refuse("name", "duplicate_in_file", row=seen[key].row)
    seen.setdefault(key, draft.row)


def _judge_place(draft: RowDraft) -> None:
    known, record = draft.known, draft.record
    if known.institutions is None or not record["institution"]:
        return
    wanted = comparable(record["institution"])
    if wanted not in {comparable(name) for name in known.institutions}:
        draft.refuse("institution", "institution_unknown", name=record["institution"])
        return
    here = {
        comparable(one.name)
        for one in known.departments or ()
        if comparable(one.institution) == wanted
    }
    if here and record["department"] and comparable(record["department"]) not in here:
        draft.refuse("department", "department_unknown", name=record["department"])


def _certificate_valid(draft: RowDraft) -> bool:
    record, years = draft.record, draft.known.certificate_years
    if not record["cert_no"]:
        key = "cert_no" if draft.has("cert_no") else "cert_date"
        if draft.has("cert_no") or not record["cert_date"]:
            draft.warn(key, "no_certificate")
            return False
    if not record["cert_date"]:
        return False
    until = years_later(last_day(record["cert_date"]), years)
    if until < draft.table.reading.on:
        draft.warn("cert_date", "certificate_expired", years=years, until=until.isoformat())
        return False
    return True


def close(table: TableDraft) -> None:
    """How many people there are; refused rows are people too."""
    people: dict[tuple[Any, Any], set[Any]] = {}
    for draft in table.drafts:
        person = (draft.record["emp_no"], draft.record["name"])
        people.setdefault(person, set()).add(
            (draft.record["institution"], draft.record["department"])
        )
    table.preview.facts["distinct_persons"] = len(people)
    table.preview.facts["persons_in_two_departments"] = sorted(
        name for (_, name), places in people.items() if name and len(places) > 1
    )


SPECS = (
    Spec(
        "faculty",
        FIELDS,
        (("name",), ("emp_no",), ("department",)),
        hint="师资|带教|指导|faculty",
        judge=judge,
        close=close,
    ),
)
