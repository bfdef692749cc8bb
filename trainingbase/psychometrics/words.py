"""Reasons and notes in Chinese and English."""

from collections.abc import Mapping

REASONS: dict[str, tuple[str, str]] = {
    # the file
    "empty": ("文件是空的", "the file is empty"),
    "no_scores": ("没有任何评分", "there is no score in it"),
    "not_text": (
        "不是 CSV 文本文件（应为 UTF-8 或 GB18030 编码）",
        "is not a CSV text file (in UTF-8 or GB18030)",
    ),
    "broken_row": (
        "第 {row} 行有 {found} 列，表头有 {expected} 列",
        "row {row} has {found} columns, the header has {expected}",
    ),
    "repeated_column": ("列 {column} 出现了两次", "column {column} stands there twice"),
    "missing_columns": (
        "缺少列 {columns}；文件中有 {found}",
        "lacks the columns {columns}; it has {found}",
    ),
    "unknown_columns": (
        "设计 {design} 里没有列 {columns}；请删去，或在设计中写上",
        "has columns {columns} that the design {design} does not name; drop them, or name them",
    ),
    "bad_cells": ("{cells}", "{cells}"),
    "duplicates": (
        "第 {first} 行和第 {second} 行是同一格（{cell}）；共有 {count} 个重复",
        "rows {first} and {second} are the same cell ({cell}); {count} such repetitions in all",
    ),
    "too_large": (
        "{found} 个评分，超过了 {most} 个的上限",
        "has {found} scores, more than the {most} that can be held",
    ),
    "too_wide": (
        "{people} 人和 {judges} 位评委，太多，无法一并计算",
        "{people} people and {judges} judges are too many to be computed together",
    ),
    # the design
    "no_design": (
        "请用 --design 写明设计：文件中有 {found}",
        "say the design with --design: the file has {found}",
    ),
    "bad_design": (
        "看不懂设计 {design!r}；例如：p x i，i:p，p x (r:t)，p x i x o",
        "the design {design!r} cannot be read; for example: p x i, i:p, p x (r:t), p x i x o",
    ),
    "unknown_facet": (
        "设计 {design} 里没有 {facet}",
        "the design {design} has no {facet}",
    ),
    "object_nested": (
        "评价对象 {facet} 不能嵌套在别的因素里",
        "what is measured, {facet}, cannot stand within another facet",
    ),
    "object_fixed": (
        "评价对象 {facet} 不能是固定的",
        "what is measured, {facet}, cannot be fixed",
    ),
    "object_alone": (
        "除 {facet} 外没有别的因素",
        "there is nothing beside {facet} to generalise over",
    ),
    "not_two_facets": (
        "只适用于两个交叉的因素（如 p x i），不适用于 {design}",
        "works on two crossed facets (such as p x i), not on {design}",
    ),
    # too little
    "few_people": (
        "只有 {found} 个 {facet}：少于 {needed} 个就什么也说明不了",
        "only {found} of {facet}: fewer than {needed} can say nothing",
    ),
    "few_complete": (
        "只有 {found} 个 {facet} 的评分是齐全的，至少需要 {needed} 个",
        "only {found} of {facet} have all their scores; {needed} are needed",
    ),
    "few_conditions": (
        "只有 {found} 个 {facet}：至少需要 {needed} 个才能比较",
        "only {found} of {facet}: {needed} are needed to compare",
    ),
    "constant": ("所有评分都一样，无从区分", "every score is the same: nothing can be told apart"),
    "nothing_found": (
        "没有测到任何差异：所有方差分量都是零或为负",
        "no difference was found: every variance component is zero or negative",
    ),
    "not_separable": (
        "{one} 和 {other} 无法分开：每个 {other} 里只有一个观察值，或数据缺失太多",
        "{one} and {other} cannot be told apart: each {one} goes with one {other},"
        " or too much is missing",
    ),
    "few_links": (
        "几乎没有人由两个以上的 {raters} 评过，无法判断谁宽谁严",
        "hardly anybody was judged by two of {raters}: who is lenient cannot be told",
    ),
    "exact": (
        "模型没有剩余误差，无法估计不确定性",
        "the model leaves no error: uncertainty cannot be estimated",
    ),
    # standards
    "few_judges": (
        "只有 {found} 位评委，至少需要 {needed} 位",
        "only {found} judges; {needed} are needed",
    ),
    "few_borderline": (
        "只有 {found} 名考生被评为边缘，至少需要 {needed} 名",
        "only {found} candidates were judged borderline; {needed} are needed",
    ),
    "few_candidates": (
        "只有 {found} 名考生，至少需要 {needed} 名",
        "only {found} candidates; {needed} are needed",
    ),
    "one_global": (
        "总体评级都一样，无法回归",
        "every candidate has the same global rating: no line can be drawn",
    ),
    "contradicting": (
        "总体评级越高得分反而不高，合格线没有意义",
        "scores do not rise with the global rating: a pass mark would mean nothing",
    ),
    "unequal_items": (
        "评委 {judge} 没有评完同样的题目",
        "judge {judge} did not judge the same items as the others",
    ),
    "outside": (
        "评委 {judge} 的估计不在 0 到 {most} 之间",
        "an estimate of judge {judge} is not between 0 and {most}",
    ),
    "no_spread": ("目标的标准差必须大于零", "the standard deviation must be above zero"),
    # staying
    "few_followed": (
        "只随访到 {found} 人：少于 {needed} 人不作估计",
        "only {found} people were followed: of fewer than {needed} nothing is estimated",
    ),
    "bad_times": ("时间不能为负", "a time cannot be negative"),
    "nobody_left": ("没有人离开，无从比较", "nobody left: there is nothing to compare"),
}

NOTES: dict[str, tuple[str, str]] = {
    "set_to_zero": (
        "{effects} 的估计为负（即：没有测到），计算系数时按零处理",
        "the estimate of {effects} is negative (none was found); it counts as zero in coefficients",
    ),
    "unbalanced": (
        "数据不平衡或有缺失：用 Henderson 方法一估计，条件数取调和平均",
        "cells are missing or unequal: estimated by Henderson's Method 1,"
        " numbers of conditions are harmonic means",
    ),
    "not_alike": (
        "并非人人遇到同样的 {facets}：G 假定人人相同，以 Φ 为准",
        "not everybody met the same {facets}: G assumes they did, go by Phi",
    ),
    "residual_is_error": (
        "固定了所有因素：最高阶交互与误差分不开，按误差计",
        "every facet is fixed: the highest interaction cannot be told from error and counts as it",
    ),
    "left_out": (
        "{count} 个 {facet} 的评分不齐，未计入",
        "{count} of {facet} lack a score and were left out",
    ),
}


def reason_in_words(reason: str, facts: Mapping[str, object], language: str) -> str:
    zh, en = REASONS[reason]
    shown = {key: _shown(value, language) for key, value in facts.items()}
    return (zh if language == "zh" else en).format(**shown)


def note_in_words(note: str, facts: Mapping[str, object], language: str) -> str:
    zh, en = NOTES[note]
    shown = {key: _shown(value, language) for key, value in facts.items()}
    return (zh if language == "zh" else en).format(**shown)


def _shown(value: object, language: str) -> object:
    if isinstance(value, tuple | list):
        mark = "、" if language == "zh" else ", "
        return mark.join(str(_shown(one, language)) for one in value)
    if isinstance(value, Mapping):
        return value[language]
    return value
