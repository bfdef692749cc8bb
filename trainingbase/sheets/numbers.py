"""Cells that hold a number, a length or a score, with or without their unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

from trainingbase.sheets.cells import (
    EMPTY_MARK,
    NOTHING,
    SPACE,
    Clean,
    bare,
    comparable,
    half_width,
    yes_no,
)
from trainingbase.sheets.grid import number

_NUMERALS = {sign: i for i, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?|[+-]?\.\d+)(万|千|百|亿|%)?(\D*)$")
_SCALE = {"万": 10_000, "千": 1_000, "百": 100, "亿": 100_000_000}


def chinese_numeral(text: str) -> int | None:
    """一 to 九十九."""
    if text in _NUMERALS:
        return _NUMERALS[text]
    found = re.fullmatch(r"([一二两三四五六七八九]?)十([一二三四五六七八九]?)", text)
    if not found:
        return None
    tens, ones = found.groups()
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def amount(raw: Any, csv: bool = False) -> Clean:
    """A number, with or without its unit; 5.2万 is 52000 and 85.5% is 0.855."""
    if isinstance(raw, bool | datetime | date | time):
        return Clean(fault="number_unreadable")
    if isinstance(raw, int | float | Decimal):
        return Clean(number(raw)) if isfinite(raw) else Clean(fault="number_unreadable")
    whole, trimmed = bare(str(raw))
    if EMPTY_MARK.fullmatch(whole) or NOTHING.fullmatch(whole):
        return Clean(None, "empty_mark")
    half = half_width(whole)
    joined = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", half)
    found = _NUMBER.match(SPACE.sub("", joined.lstrip("¥￥").lstrip("'")))
    if not found:
        return _numeral(SPACE.sub("", half))
    digits, scale, unit = found.groups()
    if unit and not _is_unit(unit):
        return Clean(fault="number_unreadable")
    exact = Decimal(digits) * _SCALE.get(scale, 1) / (100 if scale == "%" else 1)
    if not isfinite(float(exact)):
        return Clean(fault="number_unreadable")
    value = number(exact)
    if unit or scale or joined.startswith(("¥", "￥")):
        return Clean(value, "unit_text")
    if half != whole:
        return Clean(value, "fullwidth")
    return Clean(value, trimmed if csv and joined == half else "number_as_text")


def _is_unit(unit: str) -> bool:
    """One short word, not a second number, a sentence or 左右."""
    if re.search(
        r"左右|上下|以上|以下|以内|余|多|约|近|不等|待|未|[零一二三四五六七八九十百千万亿]", unit
    ):
        return False
    return bool(
        re.fullmatch(
            r"[^\W\d_]{1,4}|[元月年人次份科天张个/·.\-()]{1,8}|(?i:months?|years?|days?|weeks?|hours?|beds?|yuan|rmb|cny)",
            unit,
        )
    )


def _numeral(text: str) -> Clean:
    found = re.fullmatch(r"([零〇一二两三四五六七八九十]+)(\D{0,3})", text)
    if not found or (found.group(2) and not _is_unit(found.group(2))):
        return Clean(fault="number_unreadable")
    value = chinese_numeral(found.group(1))
    return Clean(fault="number_unreadable") if value is None else Clean(value, "unit_text")


def hours(raw: Any, csv: bool = False) -> Clean:
    """A length in hours; 90分钟 is 1.5."""
    if isinstance(raw, str):
        found = re.fullmatch(r"(\d{1,6})(分钟?|min(ute)?s?)", comparable(raw))
        if found:
            return Clean(number(Decimal(found.group(1)) / 60), "unit_text")
    return amount(raw, csv)


# cleaner -> (what a header in brackets may say, what the number is then multiplied by)
SCALES = {
    "amount": (r"[(（]\s*万", Decimal(10_000)),
    "whole": (r"[(（]\s*万", Decimal(10_000)),
    "month_length": (r"[(（]\s*周", Decimal("0.25")),
    "hours": (r"[(（]\s*分", 1 / Decimal(60)),
    "years": (r"[(（]\s*个?月", 1 / Decimal(12)),
}


def scaled(clean: Callable[..., Clean], header: str, raw: Any, csv: bool) -> Clean | None:
    """What a cell means where its header gives the unit: 服务人口（万人）, 时长（分钟）.

    None where the header gives none or the cell has a unit of its own.
    """
    pattern, factor = SCALES.get(clean.__name__, (None, Decimal(1)))
    if pattern is None or not re.search(pattern, header):
        return None
    found = amount(raw, csv)
    if found.fault or found.value is None or found.category == "unit_text":
        return None
    return Clean(number(round(Decimal(str(found.value)) * factor, 4)), found.category)


def whole(raw: Any, csv: bool = False) -> Clean:
    """A count: a whole number, not negative."""
    found = amount(raw, csv)
    if found.fault or found.value is None:
        return found
    if not isinstance(found.value, int) or found.value < 0:
        return Clean(fault="number_unreadable")
    return found


def years(raw: Any, csv: bool = False) -> Clean:
    """A length in years; 36个月 is 3."""
    if isinstance(raw, str):
        found = re.fullmatch(r"(\d{1,4})(个月|月|months?)", comparable(raw))
        if found and int(found.group(1)) % 12 == 0:
            return Clean(int(found.group(1)) // 12, "unit_text")
    return amount(raw, csv)


def month_length(raw: Any, csv: bool = False) -> Clean:
    """A length in months: 2周 is half a month, 1年 is 12, 半个月 is 0.5."""
    if isinstance(raw, str):
        plain = comparable(raw)
        if re.fullmatch(r"半个?月", plain):
            return Clean(0.5, "unit_text")
        if found := re.fullmatch(
            r"(\d{1,4}|[一二两三四五六七八九十]+)个?半个?月?|(\d{1,4}|[一二两三四五六七八九十]+)个月半",
            plain,
        ):
            base = found.group(1) or found.group(2)
            return Clean(
                (int(base) if base.isdigit() else chinese_numeral(base) or 0) + 0.5, "unit_text"
            )
        found = re.fullmatch(
            r"(\d{1,6}(?:\.\d+)?|[一二两三四五六七八九十]+)(周|星期|年|weeks?|years?)", plain
        )
        if found:
            base, unit = found.groups()
            count = chinese_numeral(base) if not base[0].isdigit() else Decimal(base)
            if count is not None:
                factor = Decimal(12) if unit[0] in "年y" else Decimal("0.25")
                return Clean(number(Decimal(count) * factor), "unit_text")
    return amount(raw, csv)


ABSENT = re.compile(r"缺考|缺席|未考|免考?|免试|缓考|未参加|请假|弃考|absent|exempt", re.I)


def score(raw: Any, csv: bool = False) -> Clean:
    if isinstance(raw, str):
        value = bare(raw)[0]
        if ABSENT.fullmatch(value) or EMPTY_MARK.fullmatch(value) or NOTHING.fullmatch(value):
            return Clean(None, "absent_mark")
    return amount(raw, csv)


def year(raw: Any, csv: bool = False) -> Clean:
    if isinstance(raw, datetime | date):
        return Clean(raw.year)
    found = amount(raw, csv)
    if found.fault:
        return found
    if found.value is not None and not 1990 <= found.value <= 2099:
        return Clean(fault="number_unreadable")
    return found


def has(raw: Any, csv: bool = False) -> Clean:
    """Equipment: also a number of pieces (2台) and a model name say that it is there."""
    found = yes_no(raw, csv)
    if not found.fault:
        return found
    counted = amount(raw, csv)
    if not counted.fault and counted.value is not None:
        return Clean(counted.value > 0)
    return Clean(True)
