"""Those who apply to be trained, with the scores of their examinations."""

from __future__ import annotations

from trainingbase.sheets import numbers
from trainingbase.sheets.kinds.people import ID_NO, NAME
from trainingbase.sheets.kinds.residents import (
    RESIDENT_FIELDS,
    judge_identity,
    programme_named,
)
from trainingbase.sheets.rowdraft import RowDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec

AS_OF_RESIDENTS = (
    "phone", "education", "degree", "school", "major", "graduated", "licence_no", "trainee_type",
    "sponsor",
)  # fmt: skip

FIELDS = (
    NUMBER_COLUMN,
    NAME,
    next(one for one in RESIDENT_FIELDS if one.key == "sex"),
    ID_NO,
    *(one for one in RESIDENT_FIELDS if one.key in AS_OF_RESIDENTS),
    Field("programme", (
        "报考专业", "报名专业", "志愿专业", "申请专业", "报考方案", "第一志愿", "招录专业",
        "programme applied for", "applied programme",
    )),
    Field("year", (
        "招录年度", "招录年份", "报名年度", "报名年份", "招生年度", "intake year",
        "year of intake",
    ), numbers.year),
    Field("written", (
        "笔试成绩", "笔试", "笔试分数", "笔试得分", "written score", "written test",
        "written examination",
    ), numbers.score),
    Field("interview", (
        "面试成绩", "面试", "面试分数", "面试得分", "interview score", "interview",
    ), numbers.score),
    NOTE_COLUMN,
)  # fmt: skip


def judge_applicant(draft: RowDraft) -> None:
    judge_identity(draft)
    written = draft.record["programme"]
    if written and not draft.faulty("programme"):
        code = programme_named(written, draft.known)
        if code is None:
            draft.refuse("programme", "programme_unknown")
        else:
            draft.corrected_to("programme", code)


SPECS = (
    Spec(
        "applicant",
        FIELDS,
        (("name",), ("id_no",), ("programme", "year", "written", "interview")),
        hint="报名|招录|考生|applicant",
        judge=judge_applicant,
    ),
)
