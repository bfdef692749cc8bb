"""Residents in training, and those who have finished."""

from __future__ import annotations

import re
from typing import Any

from trainingbase.sheets import cells, identity, numbers, periods
from trainingbase.sheets import standards as builtin
from trainingbase.sheets.cells import Clean, comparable
from trainingbase.sheets.grid import number
from trainingbase.sheets.kinds.people import COHORT, ID_NO, NAME, PHONE_HEADERS
from trainingbase.sheets.known import Known
from trainingbase.sheets.rowdraft import RowDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec

TRAINEE_TYPES = {
    "本单位人": ("本单位人", "单位人", "本院", "本单位", "本院职工", "own staff"),
    "委培单位人": ("委培单位人", "委培", "委托培训", "外单位委培", "委派", "外单位委托培训",
    "sponsored"),
    "社会人": ("社会人", "面向社会招收", "社会学员", "行业人", "self-funded", "social"),
    "订单定向": (
        "订单定向", "定向", "订单定向生", "订单定向免费医学生", "农村订单定向", "农村订单定向生",
        "定向生", "rural-oriented",
    ),
    "在校专硕": ("在校专硕", "专硕", "专业硕士", "专硕研究生", "并轨研究生", "四证合一",
    "专硕并轨", "postgraduate"),
}  # fmt: skip
_TYPE_OF = {comparable(name): kind for kind, names in TRAINEE_TYPES.items() for name in names}

# Longer wordings by the one word that tells them apart, the surest first.
_TYPE_SIGNS = (
    ("定向", "订单定向"),
    ("专硕|研究生", "在校专硕"),
    ("委培|委派|委托|外单位|外院", "委培单位人"),
    ("社会", "社会人"),
    ("本单位|本院|单位人", "本单位人"),
)


def trainee_type(raw: Any, csv: bool = False) -> Clean:
    found = cells.text(raw, csv)
    if found.fault or found.value is None:
        return found
    kind = _TYPE_OF.get(comparable(found.value)) or next(
        (one for pattern, one in _TYPE_SIGNS if re.search(pattern, found.value)), None
    )
    if kind is None:
        return Clean(fault="value_unknown")
    return Clean(kind, found.category)


def programme_named(name: str, known: Known) -> str | None:
    """The code of the programme an office means; a length after the name is no part of it."""
    wanted = re.sub(r"\(?\d+(个月|月|年制?|months?|years?)\)?$", "", comparable(name))
    wanted = wanted or comparable(name)
    if known.programmes is None:
        for code, names in (("AGP24", builtin.ASSISTANT_NAMES), ("GP33", builtin.GENERAL_NAMES)):
            if wanted in {comparable(code), *map(comparable, names)}:
                return code
        return None
    for programme in reversed(known.programmes):
        its_names = {comparable(programme.code), *map(comparable, programme.names)}
        if its_names & {wanted, comparable(name)}:
            return programme.code
    return None


RESIDENT_FIELDS = (
    NUMBER_COLUMN,
    NAME,
    Field("sex", ("性别", "男/女", "sex", "gender"), cells.sex),
    ID_NO,
    Field("phone", PHONE_HEADERS, identity.phone),
    Field("education", ("学历", "最高学历", "文化程度", "学历层次", "education",
        "education level")),
    Field("degree", ("学位", "最高学位", "学位类型", "degree")),
    Field("school", (
        "毕业院校", "毕业学校", "毕业院校名称", "院校", "学校", "就读院校", "school", "university",
        "medical school", "graduated from",
    )),
    Field("major", ("毕业专业", "所学专业", "本科专业", "专业名称", "major", "field of study")),
    Field("graduated", (
        "毕业时间", "毕业年月日", "毕业日期", "毕业年月", "毕业年份", "graduated",
        "graduation date",
        "date of graduation", "graduated on",
    ), periods.day),
    Field("licence_no", (
        "医师资格证号", "医师资格证书编码", "医师资格编号", "医师资格证书编号", "医师资格证编号",
        "医师资格证书号", "医师资格证",
        "资格证编号",
        "执业医师资格证号", "资格证书编号", "医师资格证书编码", "资格证号", "licence no",
        "license no",
        "licence", "license", "licence number", "license number",
    ), cells.code),
    Field("trainee_type", (
        "人员类型", "人员身份", "学员来源", "培训对象类型", "身份类别", "学员性质", "学员类型",
        "人员类别", "学员类别", "身份类型", "人员性质", "培训身份",
        "学员身份",
        "trainee type", "type", "category",
    ), trainee_type),
    Field("sponsor", (
        "委派单位", "选送医院", "派出医院", "委派/选送单位", "委培/选送单位", "送培医院",
        "选送单位", "工作单位", "委托单位", "派出单位", "委培单位", "送培单位",
        "所在单位",
        "单位名称", "定向单位", "sponsor", "employer", "sending unit", "seconding unit",
    ), cells.reference),
    Field("programme", (
        "培训专业", "住培专业", "培训专业名称", "规培专业", "培训方案", "培训项目", "培训类别",
        "专业",
        "programme", "program", "training programme", "specialty",
    )),
    Field("years", (
        "培训年限", "培训年数", "年限（年）", "培训年制", "学制", "年限", "培训时长", "培训期限",
        "years", "length",
        "training years",
        "duration",
    ), numbers.years),
    Field("start", (
        "入培时间", "入培年月日", "规培开始时间", "入基地日期", "培训起始年月", "入培",
        "住培开始时间", "入培开始时间", "培训开始年月", "入培日期", "开始时间", "入培年月",
        "入基地时间", "培训开始时间",
        "培训起始时间",
        "开始日期", "起始时间", "培训开始日期", "报到时间", "入院时间", "进入基地时间", "入站时间",
        "start",
        "start date", "starts on", "training start", "entry date", "enrolled on", "enrolment date",
    ), periods.day, must=True),
    Field("tutor", (
        "责任导师", "带教老师", "指导教师", "责任指导老师", "导师", "导师姓名", "指导老师",
        "责任导师姓名", "带教导师", "职业导师", "tutor",
        "mentor", "supervisor", "tutor name",
    ), cells.name),
    NOTE_COLUMN,
)  # fmt: skip

GRADUATE_FIELDS = (
    NUMBER_COLUMN,
    NAME,
    RESIDENT_FIELDS[2],
    ID_NO,
    COHORT,
    Field("finished", (
        "结业时间", "结业日期", "结业年月", "毕业时间", "结束时间", "finished", "completed",
        "completion date", "finished on",
    ), periods.day),
    Field("certificate", (
        "结业证书编号", "结业证书号", "结业证号", "合格证书编号", "证书编号", "合格证编号",
        "结业证编号",
        "certificate", "certificate no", "certificate number",
    ), cells.code),
    Field("employer", (
        "去向单位", "就业单位", "工作单位", "去向", "就业去向", "现工作单位", "employer",
        "destination",
        "current employer",
    ), cells.reference),
    Field("programme", ("培训专业", "培训方案", "专业", "programme", "program")),
)  # fmt: skip


def judge_resident(draft: RowDraft) -> None:
    record = draft.record
    judge_identity(draft)
    _judge_programme(draft)
    record["cohort"] = int(record["start"][:4]) if record["start"] else None
    record["state"] = "在培"
    record["credit_months"], record["credit_detail"] = 0, {}
    if record["note"]:
        _judge_credit(draft)


def judge_graduate(draft: RowDraft) -> None:
    judge_identity(draft)
    if draft.has("programme"):
        _judge_programme(draft)
    if not draft.record["programme"] and not draft.faulty("programme"):
        about = " ".join(draft.table.names)
        draft.record["programme"] = programme_named(
            "助理全科" if "助理" in about else "全科", draft.known
        )
    draft.record["state"] = "结业"


def judge_identity(draft: RowDraft) -> None:
    id_no, sex = draft.record["id_no"], draft.record["sex"]
    if not id_no or draft.faulty("id_no"):
        return
    by_number = identity.sex_of(id_no)
    if sex is None and not draft.faulty("sex"):
        draft.record["sex"] = by_number
    elif sex and sex != by_number:
        draft.refuse("sex", "sex_conflicts_id", digit=int(id_no[16]))
    seen = draft.table.reading.seen
    earlier = seen.get(("resident", id_no))
    if earlier is not None and earlier.taken:
        draft.refuse("id_no", "duplicate_in_file", row=earlier.row)
    else:
        seen["resident", id_no] = draft.row


def _judge_programme(draft: RowDraft) -> None:
    written = draft.record["programme"]
    if draft.faulty("programme"):
        return
    if not written:
        about = " ".join(draft.table.names)
        if draft.has("programme"):
            draft.refuse("programme", "missing_value")
            return
        written = "助理全科" if "助理" in about else "全科"
    code = programme_named(written, draft.known)
    if code is None:
        draft.refuse("programme", "programme_unknown")
    else:
        draft.corrected_to("programme", code)


_CREDIT_TOTAL = re.compile(r"(?:认定|减免|免|折抵|抵扣|计)\D{0,4}?(\d+(?:\.\d+)?)\s*个?月")
_CREDIT_PART = re.compile(
    r"([\u4e00-\u9fff]{2,12}?)\s*(\d+(?:\.\d+)?)\s*(?:个?月)?(?=[、,，;；)）\s]|$)"
)
_BEFORE = re.compile(r".*(?:完成|转入|认定|轮转|减免|已|其中)")


def _judge_credit(draft: RowDraft) -> None:
    """Months of earlier training the base recognises, by department where the note names them."""
    note = draft.record["note"]
    total = _CREDIT_TOTAL.search(note)
    if not total:
        return
    known = draft.known.standards or builtin.STANDARDS
    detail: dict[str, int | float] = {}
    for written, length in _CREDIT_PART.findall(note):
        name = builtin.standard_in(_BEFORE.sub("", written), known)
        if name:
            detail[name] = number(detail.get(name, 0) + float(length))
    months = number(float(total.group(1)))
    draft.record["credit_months"] = months
    if detail and sum(detail.values()) == months:
        draft.record["credit_detail"] = detail
    else:
        draft.warn("note", "credit_unspecified")


SPECS = (
    Spec(
        "resident",
        RESIDENT_FIELDS,
        (("name",), ("id_no",), ("start",)),
        hint="学员|住培|助理|resident",
        judge=judge_resident,
    ),
    Spec(
        "graduate",
        GRADUATE_FIELDS,
        (("name",), ("id_no",), ("finished", "certificate"), ("cohort", "finished")),
        hint="结业|往届|graduate",
        judge=judge_graduate,
    ),
)
