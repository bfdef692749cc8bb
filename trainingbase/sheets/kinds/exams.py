"""Yearly tests, final examinations and licence examinations; provincial means are no people."""

from __future__ import annotations

import re
from typing import Any

from trainingbase.sheets import cells, identity, numbers
from trainingbase.sheets.cells import comparable
from trainingbase.sheets.kinds.people import COHORT, ID_HEADERS, NAME, find_resident
from trainingbase.sheets.rowdraft import RowDraft, TableDraft
from trainingbase.sheets.spec import NOTE_COLUMN, NUMBER_COLUMN, Field, Spec

YEAR = Field("year", (
    "测试年度", "年份", "年度", "考试年度", "考试年份", "考核年度", "考核年份", "参考年份",
    "考试时间", "测试年份", "year",
    "exam year", "test year",
), numbers.year)  # fmt: skip
THEORY = Field("theory", (
    "理论成绩", "专业理论", "理论", "理论分", "理论分数", "专业理论成绩", "理论考核成绩",
    "理论考试成绩", "理论考试",
    "理论考核", "专业理论分数", "theory", "theory score", "written", "knowledge",
), numbers.score)  # fmt: skip
SKILLS = Field("skills", (
    "技能成绩", "临床实践能力", "技能", "技能分", "技能分数", "临床实践能力成绩", "实践能力",
    "技能考核成绩", "实践技能成绩",
    "技能考核", "实践技能", "临床技能", "临床技能成绩", "技能考试成绩", "临床实践能力分数",
    "实践能力成绩", "skills", "skills score", "clinical", "practical",
    "clinical skills",
), numbers.score)  # fmt: skip
FIRST = Field("first_attempt", (
    "是否首次", "是否初次", "首考/补考", "是否首次参考", "首次", "是否首考", "首考", "首次参加",
    "是否首次参加", "是否首次考试", "考试性质",
    "首次/补考", "first attempt", "first",
    "first time",
), cells.yes_no)  # fmt: skip

ANNUAL_FIELDS = (
    NUMBER_COLUMN, YEAR, NAME, COHORT, THEORY, SKILLS,
    Field("attended", (
        "是否参加", "参加情况", "是否参考", "参考情况", "是否参加考试", "是否到考", "参加",
        "attended", "sat",
        "took part",
    ), cells.yes_no),
    NOTE_COLUMN,
)  # fmt: skip
FINAL_FIELDS = (
    NUMBER_COLUMN, YEAR, NAME,
    Field("id_no", ID_HEADERS, identity.id_number),
    FIRST, THEORY,
    Field("theory_pass", (
        "理论结果", "理论是否合格", "理论合格", "专业理论结果", "理论结论", "专业理论是否合格",
        "理论考核结果", "理论是否通过",
        "理论考试结果", "theory result", "theory passed",
    ), cells.yes_no),
    SKILLS,
    Field("skills_pass", (
        "技能结果", "技能是否合格", "技能合格", "临床实践能力结果", "技能结论", "实践能力结果",
        "临床实践能力是否合格",
        "技能考核结果", "技能是否通过", "技能考试结果", "skills result", "skills passed",
        "clinical result", "practical result",
    ), cells.yes_no),
    NOTE_COLUMN,
)  # fmt: skip
LICENCE_FIELDS = (
    NUMBER_COLUMN, YEAR, NAME, COHORT, FIRST,
    Field("passed", (
        "是否通过", "通过情况", "考试结果", "结果", "是否合格", "通过", "综合笔试结果", "最终结果",
        "passed", "result",
        "pass",
    ), cells.yes_no, must=True),
)  # fmt: skip


def judge_annual(draft: RowDraft) -> None:
    record = draft.record
    _judge_year(draft)
    _judge_score(draft, "theory")
    _judge_score(draft, "skills")
    if not draft.has("attended"):
        record["attended"] = record["theory"] is not None or record["skills"] is not None
    find_resident(draft, record["cohort"])
    _judge_twice(
        draft, ("annual", record["year"], comparable(record["name"] or ""), record["cohort"])
    )


def judge_final(draft: RowDraft) -> None:
    record = draft.record
    _judge_year(draft)
    for score in ("theory", "skills"):
        _judge_score(draft, score)
        _judge_result(draft, score, f"{score}_pass")
    if record["first_attempt"] is None and not draft.has("first_attempt"):
        record["first_attempt"] = not re.search("补考|重考|二次", record["note"] or "")
    _judge_candidate(draft)
    person = record["id_no"] or comparable(record["name"] or "")
    key = ["final", record["year"], person, record["first_attempt"]]
    if record["first_attempt"] is False:
        key += [record["theory"], record["skills"]]
    _judge_twice(draft, tuple(key))


def _judge_candidate(draft: RowDraft) -> None:
    """By the ID number where there is one, else by the name."""
    record, known = draft.record, draft.known.residents
    if not record["id_no"]:
        if not draft.faulty("id_no"):
            find_resident(draft, None)
        return
    record["id_tail"] = record["id_no"][-6:]
    if known is not None and record["id_no"] not in {one.id_no for one in known}:
        draft.refuse("name", "person_unknown", name=record["name"])


def judge_licence(draft: RowDraft) -> None:
    record = draft.record
    _judge_year(draft)
    find_resident(draft, record["cohort"])
    person = (comparable(record["name"] or ""), record["cohort"])
    _judge_twice(draft, ("licence", record["year"], person, record["first_attempt"]))


def _judge_year(draft: RowDraft) -> None:
    if draft.record["year"] is not None or draft.faulty("year"):
        return
    found = re.search(r"(20\d\d)\s*年", " ".join(reversed(draft.table.names)))
    if found:
        draft.record["year"] = int(found.group(1))
    else:
        draft.refuse("year", "missing_value")


def _judge_score(draft: RowDraft, key: str) -> None:
    value, most = draft.record[key], draft.known.highest_score
    if value is not None and not 0 <= value <= most:
        draft.refuse(key, "score_out_of_range", most=most)


def _judge_result(draft: RowDraft, score: str, result: str) -> None:
    value, passed = draft.record[score], draft.record[result]
    if value is None or draft.faulty(score):
        return
    by_score = value >= draft.known.pass_mark
    if passed is None and not draft.faulty(result):
        draft.record[result] = by_score
    elif passed is not None and passed != by_score:
        draft.refuse(result, "score_conflicts_result", score=value)


def _judge_twice(draft: RowDraft, key: tuple[Any, ...]) -> None:
    seen = draft.table.reading.seen
    if not draft.record["name"] or draft.row.refusals:
        return
    if key in seen:
        draft.refuse("name", "duplicate_in_file", row=seen[key].row)
    seen.setdefault(key, draft.row)


def close(table: TableDraft) -> None:
    """Keeps the provincial lines, under ``licence`` where the table has one result only."""
    means = []
    for line in table.preview.facts.pop("means", []):
        if not re.search("省|provin", line.get("label", ""), re.I):
            continue
        names = {"passed": "licence"}
        keys = ("row", "year", "theory", "skills", "passed")
        means.append({names.get(key, key): line[key] for key in keys if key in line})
    if means:
        table.preview.facts["provincial_means"] = means


def close_final(table: TableDraft) -> None:
    """How many sat and passed for the first time by year, by their scores: a row refused because
    its result contradicts the score counts as well."""
    close(table)
    mark = table.known.pass_mark
    found: dict[str, dict[str, int]] = {}
    for draft in table.drafts:
        record = draft.record
        if not record["year"] or not record["first_attempt"]:
            continue
        passed = [(record[key] or 0) >= mark for key in ("theory", "skills")]
        keys = ("sat", "theory_passed", "skills_passed", "both_passed")
        line = found.setdefault(str(record["year"]), dict.fromkeys(keys, 0))
        for key, one in zip(keys, (True, *passed, all(passed)), strict=True):
            line[key] += one
    table.preview.facts["first_attempt"] = found


SPECS = (
    Spec(
        "final_exam",
        FINAL_FIELDS,
        (("name",), ("theory", "skills"), ("theory_pass", "skills_pass", "id_no")),
        hint="结业|final",
        judge=judge_final,
        close=close_final,
        means=True,
    ),
    Spec(
        "annual_test",
        ANNUAL_FIELDS,
        (("name",), ("theory", "skills")),
        hint="年度|水平|annual",
        judge=judge_annual,
        close=close,
        means=True,
    ),
    Spec(
        "licence_exam",
        LICENCE_FIELDS,
        (("name",), ("passed",)),
        hint="执业|资格|licen",
        judge=judge_licence,
        close=close,
        means=True,
    ),
)
