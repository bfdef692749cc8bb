"""ID and telephone numbers: the one rule for workbooks and forms alike."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from trainingbase.sheets.cells import EMPTY_MARK, NOTHING, Clean, bare, content, half_width
from trainingbase.sheets.dates import read_date


def phone(raw: Any, csv: bool = False) -> Clean:
    value, category = bare(content(raw))
    if EMPTY_MARK.fullmatch(value) or NOTHING.fullmatch(value):
        return Clean(None, "empty_mark")
    half = half_width(value)
    digits = re.sub(r"[\s()\-‐‑‒–—―─.·'+]", "", half)
    if re.fullmatch(r"(?:00)?86(1\d{10})", digits):
        digits = digits[-11:]
    if not re.fullmatch(r"\d{7,12}", digits):
        return Clean(fault="phone_unreadable")
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Clean(digits, "number_as_text")
    if digits == value:
        return Clean(digits, category)
    return Clean(digits, "fullwidth" if half != value and digits == half else "phone_format")


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(raw: Any, csv: bool = False) -> Clean:
    """An 18-character ID number of the mainland, by the checksum of GB 11643."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Clean(fault="id_checksum", params={"why": "id_rounded"})
    value, category = bare(content(raw).strip().removeprefix("'"))
    if value != content(raw):
        category = category or "trimmed"
    half = half_width(value)
    joined = re.sub(r"[\s\-]", "", half)
    result = joined.upper()
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", result):
        return Clean(fault="id_checksum", params={"why": "id_rounded"})
    if not re.fullmatch(r"\d{17}[\dX]", result, re.ASCII):
        return Clean(fault="id_checksum", params={"why": "id_length"})
    check = sum(int(digit) * weight for digit, weight in zip(result, _WEIGHTS, strict=False)) % 11
    if "10X98765432"[check] != result[17]:
        return Clean(fault="id_checksum", params={"why": "id_check_character"})
    if read_date(f"{result[6:10]}-{result[10:12]}-{result[12:14]}").fault:
        return Clean(fault="id_checksum", params={"why": "id_birth"})
    if half != value:
        category = "fullwidth"
    elif joined != half:
        category = "space_in_number"
    elif result != joined:
        category = "letter_case"
    return Clean(result, category)


def sex_of(number: str) -> str:
    """男 or 女, by the 17th digit of a number that `id_number` took."""
    return "男" if int(number[16]) % 2 else "女"


def birth_of(number: str) -> date:
    """The day of birth in a number that `id_number` took."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
