"""Cells that hold a date, two dates, months or a time of day."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from trainingbase.sheets.cells import (
    CONTROLS,
    EMPTY_MARK,
    NOTHING,
    Clean,
    bare,
    content,
    half_width,
)
from trainingbase.sheets.dates import read_date, read_months


def day(raw: Any, csv: bool = False) -> Clean:
    """A date or month as ISO text; marks and 长期 mean none."""
    if isinstance(raw, str):
        value, _ = bare(raw)
        if EMPTY_MARK.fullmatch(value) or NOTHING.fullmatch(value):
            return Clean(None, "empty_mark")
        if re.fullmatch(
            r"长期(有效)?|永久|不限|无固定期限|无期限|至今|open.?ended|long.?term", value, re.I
        ):
            return Clean(None, "open_ended")
        raw = CONTROLS.sub("", raw)
    found = read_date(raw, csv=csv)
    return Clean(found.value, found.category, found.fault)


def day_range(raw: Any, csv: bool = False) -> Clean:
    """Two dates of one cell as ``start..end``; a single one is both its own first and last day."""
    value, _ = bare(content(raw))
    plain = day(raw, csv)
    if plain.category in ("empty_mark", "open_ended"):
        return plain
    if plain.value:
        return Clean(f"{plain.value}..{plain.value}", "date_text")
    # the least likely inside of a date first
    for sign in (
        r"\s*(?:至|到|~|～|—+|–|――)\s*",
        r"\s+-\s+",
        r"(?<=[日号\d])\s*-\s*(?=\d{4})",
        r"\s*-\s*",
    ):
        pieces = re.split(sign, value)
        if len(pieces) == 2:
            return _two_days(pieces[0], pieces[1], csv)
    return plain


def _two_days(start: str, end: str, csv: bool) -> Clean:
    first = day(start, csv)
    if first.fault or not first.value:
        return Clean(fault=first.fault or "date_unreadable")
    if not re.match(r"\D*(\d{4}|\d{2}年)", end) and (
        short := re.fullmatch(r"(\d{1,2})(?:[月./-](\d{1,2}))?[日号]?", end)
    ):
        one, two = short.groups()
        end = (
            f"{first.value[:4]}.{one}.{two}"
            if two
            else f"{first.value[:7].replace('-', '.')}.{one}"
        )
    last = day(end, csv)
    if last.category == "open_ended":
        return Clean(f"{first.value}..", "open_ended")
    if last.fault or not last.value:
        return Clean(fault=last.fault or "date_unreadable")
    return Clean(f"{first.value}..{last.value}", "date_text")


def months(raw: Any, csv: bool = False) -> Clean:
    """A list of months, 2026年10-12月 and the like."""
    if isinstance(raw, str):
        value, _ = bare(raw)
        if EMPTY_MARK.fullmatch(value) or NOTHING.fullmatch(value):
            return Clean([], "empty_mark")
        raw = value
    found, plain = read_months(raw, csv=csv)
    if found is None:
        return Clean(fault="date_unreadable")
    return Clean(found, None if plain else "months_text")


def clock_time(raw: Any, csv: bool = False) -> Clean:
    """When it starts, as H:MM; of 9:00-10:30 the first."""
    if isinstance(raw, datetime | time):
        return Clean(f"{raw.hour}:{raw.minute:02}")
    if isinstance(raw, float) and 0 <= raw < 1:
        minutes = round(raw * 1440)
        return Clean(f"{minutes // 60}:{minutes % 60:02}", "number_as_text")
    value = half_width(bare(content(raw))[0])
    found = re.match(r"(上午|下午|晚上?|am|pm)?\s*(\d{1,2})(?:[:时点h](\d{2})?)?", value, re.I)
    if not found or int(found.group(2)) > 23 or int(found.group(3) or 0) > 59:
        return Clean(fault="value_unknown")
    hour = int(found.group(2))
    half = found.group(1) or next(iter(re.findall(r"(?i)\b[ap]m\b", value)), "")
    if half.lower() in ("下午", "晚", "晚上", "pm") and hour < 12:
        hour += 12
    minute = f"{int(found.group(3) or 0):02}"
    shown = f"{hour}:{minute}"
    same = shown == value or f"0{shown}" == value
    return Clean(value if same else shown)
