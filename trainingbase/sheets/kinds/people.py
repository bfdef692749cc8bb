"""What several kinds say about people: columns, and whom a name means."""

from __future__ import annotations

from trainingbase.sheets import cells, identity
from trainingbase.sheets.cells import comparable
from trainingbase.sheets.known import Known, Resident
from trainingbase.sheets.rowdraft import RowDraft
from trainingbase.sheets.spec import Field

NAME_HEADERS = (
    "姓名", "学员姓名", "住院医师姓名", "住培学员", "学员", "住院医师", "名字", "医师姓名",
    "人员姓名",
    "考生姓名", "请假人", "申请人", "name", "full name", "resident", "resident name", "trainee",
)  # fmt: skip
ID_HEADERS = (
    "身份证号", "身份证", "身份证号码", "证件号", "证件号码", "公民身份号码", "居民身份证号",
    "身份证件号",
    "身份证件号码", "id", "id no", "id no.", "id number", "id card", "national id",
    "identity number",
)  # fmt: skip
COHORT_HEADERS = (
    "年级", "届", "级", "届别", "级别", "届次", "入培年级", "入培年份", "入培届", "入学年级",
    "培训年级",
    "入培年度", "cohort", "class", "entry year", "year of entry", "grade",
)  # fmt: skip
PHONE_HEADERS = (
    "手机", "手机号", "手机号码", "联系电话", "电话", "联系方式", "电话号码", "移动电话",
    "本人手机",
    "phone", "mobile", "telephone", "tel", "phone number",
)  # fmt: skip

NAME = Field("name", NAME_HEADERS, cells.name, must=True)
ID_NO = Field("id_no", ID_HEADERS, identity.id_number, must=True)
COHORT = Field("cohort", COHORT_HEADERS, cells.cohort)


def residents_named(known: Known, name: str, cohort: int | None) -> list[Resident]:
    """Everyone the roster has by that name; where the cohort is told, of that cohort only."""
    found = [one for one in known.residents or () if comparable(one.name) == comparable(name)]
    if cohort is not None:
        found = [one for one in found if one.cohort in (cohort, None)]
    return list({(one.name, one.id_no): one for one in found}.values())


def find_resident(draft: RowDraft, cohort: int | None) -> Resident | None:
    """Judges the name of a row by the roster and notes the tail of the ID number."""
    draft.record["id_tail"] = None
    name = draft.record.get("name")
    if draft.known.residents is None or not name or draft.faulty("name"):
        return None
    found = residents_named(draft.known, name, cohort)
    if not found:
        draft.refuse("name", "person_unknown", name=name)
    elif len(found) > 1:
        draft.refuse("name", "person_ambiguous", name=name)
    else:
        draft.record["id_tail"] = (found[0].id_no or "")[-6:] or None
        return found[0]
    return None
