"""Every category and file fault in Chinese and English; sheets cannot use the portal's catalogue.

A sentence may name ``{raw}`` (what the cell holds), ``{value}`` (what it becomes) and the
parameters of its category; a ``{why_…}`` parameter is looked up in ``DETAILS`` first.
"""

from __future__ import annotations

from typing import Any

# category -> (zh, en)
CATEGORIES: dict[str, tuple[str, str]] = {
    # corrected
    "trimmed": ("去掉首尾空格", "spaces at either end taken off"),
    "space_in_name": ("去掉姓名中的空格", "space inside a name removed"),
    "space_in_number": ("去掉号码中的空格", "spaces inside a number removed"),
    "fullwidth": ("全角字符改为半角", "full-width characters made half-width"),
    "number_as_text": ("数字与文本格式互换", "a number kept as text, or the other way round"),
    "phone_format": ("去掉电话中的符号", "signs taken out of a phone number"),
    "date_text": ("文字日期改为日期", "a date written as text"),
    "date_serial": ("表格日期序号改为日期", "a bare spreadsheet day number"),
    "date_short_year": ("两位年份补全", "a two-digit year completed"),
    "unit_text": ("去掉数字后的单位", "a number with its unit in the cell"),
    "months_text": ("文字月份改为月份列表", "months in words turned into a list"),
    "open_ended": ("“长期”表示没有终止日期", "open-ended means no end date"),
    "empty_mark": ("表示“空”的符号按空处理", "a mark that means empty"),
    "title_short": ("职称简称补全", "short title turned into the full one"),
    "dash_variant": ("统一连接号", "another kind of dash"),
    "separator": ("统一名单分隔符", "another separator in a list"),
    "count_recomputed": ("名单只有{value}人", "the list has {value} names"),
    "days_recomputed": ("按起止日期应为{value}天", "the dates make {value} days"),
    "absent_mark": ("表示没有成绩", "a mark that means no score"),
    "letter_case": ("字母改为大写", "letter made upper case"),
    "control_characters": ("去掉不可见的控制字符", "control characters removed"),
    # refused
    "id_checksum": ("身份证号有误：{why}", "wrong ID number: {why}"),
    "sex_conflicts_id": (
        "身份证第17位为{digit}，表中写“{raw}”，须由人判断哪一处错",
        "the 17th digit of the ID number is {digit}, the sheet says “{raw}”: a person must decide",
    ),
    "date_impossible": ("没有这一天：{raw}", "no such day: {raw}"),
    "date_unreadable": ("读不出日期：{raw}", "no date can be read: {raw}"),
    "programme_unknown": ("没有培训专业“{raw}”", "no programme “{raw}”"),
    "duplicate_in_file": ("与第{row}行重复", "the same as row {row}"),
    "standard_department_unknown": (
        "方案中没有标准科室“{name}”",
        "no standard department “{name}” in the programme",
    ),
    "department_unknown": ("图例或科室表中没有“{name}”", "“{name}” is not in the legend"),
    "institution_unknown": ("机构表中没有“{name}”", "no institution “{name}”"),
    "min_above_max": (
        "最少{least}人大于最多{most}人",
        "the minimum of {least} is above the maximum of {most}",
    ),
    "end_before_start": ("结束日期早于开始日期", "ends before it starts"),
    "person_unknown": ("花名册中没有“{name}”", "nobody named “{name}” in the roster"),
    "person_ambiguous": (
        "花名册中有多位“{name}”，请写明年级",
        "several people are named “{name}”: give the cohort",
    ),
    "leave_overlaps_leave": (
        "与同一人的另一次请假（{start} 至 {end}）重叠",
        "overlaps another leave of the same person ({start} to {end})",
    ),
    "score_out_of_range": ("成绩应在0到{most}之间：{raw}", "a score must be 0 to {most}: {raw}"),
    "score_conflicts_result": (
        "成绩{score}与结果“{raw}”不符",
        "the score {score} contradicts the result “{raw}”",
    ),
    "speaker_unknown": ("主讲人“{raw}”不在师资名册", "speaker “{raw}” is not in the faculty list"),
    "number_unreadable": ("读不出数字：{raw}", "no number in the cell: {raw}"),
    "missing_value": ("必填项为空", "this cell must be filled in"),
    "formula": ("数据格里是公式：{raw}", "a data cell holds a formula: {raw}"),
    "cell_error": ("单元格是错误值：{raw}", "the cell holds an error: {raw}"),
    "value_unknown": ("不认识的取值：{raw}", "unknown value: {raw}"),
    "phone_unreadable": ("不是电话号码：{raw}", "not a phone number: {raw}"),
    "too_long": ("超过{most}个字", "longer than {most} characters"),
    "number_conflicts_name": (
        "工号与第{row}行的“{name}”相同",
        "row {row} has the same number for “{name}”",
    ),
    # refused or warned of by the base, when rows are compared with what it has
    "same_name_other_id": (
        "库中同年级已有{name}，但身份证号不同（末四位 {tail}）。"
        "若是同一人，请更正表中或库中的号码；"
        "若确是两人，请放在同一个工作簿里一起导入",
        "the base has {name} of this cohort with another ID number (ending {tail}); if it is the"
        " same person, correct the number here or there; if these are two people, bring both in"
        " with one workbook",
    ),
    "same_name_other_number": (
        "库中该科室已有{name}，工号为 {number}。若是同一人，请更正表中或库中的工号；"
        "若确是两人，请放在同一个工作簿里一起导入",
        "the base has {name} in this department with staff number {number}; if it is the same"
        " person, correct the number here or there; if these are two people, bring both in with"
        " one workbook",
    ),
    "programme_in_use": (
        "已有{count}名学员按“{name}”培训：使用中的方案版本不能更改",
        "{count} residents train by “{name}”: a version in use is not changed",
    ),
    "stretch_above_months": (
        "月数须大于0，且最短连续时间不得超过月数",
        "the months must be more than 0 and the shortest stretch no longer than them",
    ),
    "level_unknown": (
        "从“{name}”看不出机构级别",
        "no level of institution can be read from “{name}”",
    ),
    "department_not_here": (
        "库中没有科室“{name}”，请先导入机构与科室",
        "the base has no department “{name}”: bring in the sites first",
    ),
    "standard_not_here": (
        "库中没有标准科室“{name}”，请先导入培训方案",
        "the base has no standard department “{name}”: bring in the programme first",
    ),
    "leave_kind_unknown": ("不认识的请假类型“{name}”", "unknown kind of leave “{name}”"),
    "speaker_ambiguous": (
        "有多位指导医师叫“{name}”",
        "several faculty members are named “{name}”",
    ),
    "tutor_unknown": (
        "师资名册中还没有“{name}”；导入名册后会自动关联责任导师",
        "“{name}” is not on the faculty roster yet; the tutor is linked when the roster comes",
    ),
    "tutor_ambiguous": (
        "有多位指导医师叫“{name}”，请人工指定责任导师",
        "several faculty members are named “{name}”: choose the tutor by hand",
    ),
    "intake_unknown": (
        "没有这一年度、这一方案的招录计划，请先建立",
        "no intake of this year and programme: open it first",
    ),
    "intake_ambiguous": (
        "有几个招录计划：请写明报考专业和招录年度",
        "several intakes: name the programme applied for and the year",
    ),
    # warnings
    "applicant_enrolled": (
        "已转为学员，报名信息不再更改",
        "a resident by now: the application is not changed any more",
    ),
    "credit_unspecified": (
        "没有写明认定的是哪些科室，方案不能自动扣减",
        "credit months without the departments: nothing is taken off the programme",
    ),
    "certificate_expired": (
        "证书{years}年有效，{until}到期",
        "the certificate is valid for {years} years and ended on {until}",
    ),
    "no_certificate": ("无师资证书，按规定不得带教", "no certificate: may not teach"),
    "title_below_required": ("带教须主治及以上", "below attending physician"),
    "not_counted": ("未审核或已取消，不计入", "not approved or cancelled: not counted"),
    "date_outside_sheet_month": (
        "{sheet_month}的表里写了{month}",
        "a date in {month} on the sheet of {sheet_month}",
    ),
    "total_differs": ("合计{raw}与各行之和{sum}不符", "the total {raw} is not the sum {sum}"),
}

DETAILS: dict[str, tuple[str, str]] = {
    "id_check_character": ("第18位校验码不符", "the 18th character does not fit"),
    "id_length": ("应为18位", "it must have 18 characters"),
    "id_birth": ("出生日期不存在", "there is no such day of birth"),
    "id_rounded": ("存成了数字，末位已丢失", "kept as a number, its last digits are lost"),
}

FILE_FAULTS: dict[str, tuple[str, str]] = {
    "not_a_table": (
        "这不是 .xlsx 或 .csv 文件：{found}",
        "this is neither an .xlsx nor a .csv file: {found}",
    ),
    "old_excel": (
        "这是旧版 .xls 文件或加密的工作簿：请取消密码并另存为 .xlsx",
        "this is an old .xls file or an encrypted workbook: save it as .xlsx without a password",
    ),
    "damaged": ("工作簿已损坏，打不开：{why}", "the workbook is damaged: {why}"),
    "encoding": ("CSV 不是 UTF-8 也不是 GB18030", "the CSV is neither UTF-8 nor GB18030"),
    "empty": ("文件里没有内容", "the file is empty"),
    "too_large": (
        "文件 {size} MB，超过 {most} MB",
        "the file has {size} MB, more than {most} MB",
    ),
    "too_large_inside": (
        "解压后 {size} MB，超过 {most} MB 或压缩比异常，拒绝读取",
        "unpacked it has {size} MB, more than {most} MB or packed too tightly: refused",
    ),
    "too_many_rows": ("超过 {most} 行", "more than {most} rows"),
    "too_many_cells": (
        "超过 {most} 个单元格（空的和合并的也算）",
        "more than {most} cells, empty and merged ones counted",
    ),
    "too_many_columns": ("超过 {most} 列", "more than {most} columns"),
    "no_table": (
        "没有找到可读的表。最接近的是工作表“{sheet}”，缺少列：{missing}；找到的表头：{found}",
        "no table found. Nearest is sheet “{sheet}”; missing columns: {missing}; headers found:"
        " {found}",
    ),
    "kind_unknown": ("没有这种导入：{kind}", "there is no import of {kind}"),
}

IGNORED_SHEETS: dict[str, tuple[str, str]] = {
    "no_table": ("不是可导入的表", "no table to import"),
    "hidden": ("隐藏的工作表", "hidden sheet"),
    "empty": ("空表", "empty sheet"),
    "column_missing": ("缺少列：{missing}", "missing columns: {missing}"),
}


def _text(pair: tuple[str, str], language: str, params: dict[str, Any]) -> str:
    english = language.startswith("en")
    shown = {
        name: DETAILS[value][english] if isinstance(value, str) and value in DETAILS else value
        for name, value in params.items()
    }
    try:
        return pair[english].format(**shown)
    except (KeyError, IndexError):
        return pair[english]


def reason(category: str, language: str = "zh", **params: Any) -> str:
    return _text(CATEGORIES.get(category, (category, category)), language, params)


def about(category: str, language: str = "zh") -> str:
    """A category by itself, without a cell."""
    sentence = CATEGORIES.get(category, (category, category))[language.startswith("en")]
    return category if "{" in sentence else sentence


def file_fault(code: str, language: str = "zh", **params: Any) -> str:
    return _text(FILE_FAULTS[code], language, params)


def ignored_sheet(code: str, language: str = "zh", **params: Any) -> str:
    return _text(IGNORED_SHEETS[code], language, params)
