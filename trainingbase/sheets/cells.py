"""One cell to one value: what it means, how it was corrected, or why it cannot be taken.

Every cleaner takes a cell's content (never None) and whether it comes from a CSV, where all
content is text, and gives a ``Clean``. None of them raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from trainingbase.sheets.dates import first_day, last_day, read_date, read_months
from trainingbase.sheets.grid import number


@dataclass(frozen=True, slots=True)
class Clean:
    """``category`` names the correction, ``fault`` the refusal, ``params`` what its reason says."""

    value: Any = None
    category: str | None = None
    fault: str | None = None
    params: dict[str, Any] = field(default_factory=dict)


Cleaner = Callable[[Any, bool], Clean]

_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
DASHES = re.compile(r"[‐‑‒–—―─－﹣−一]+")
EMPTY_MARK = re.compile(
    r"[-‐‑‒–—―─－/／\\.。*]+|n/?a|none|null|空|暂无|未取得|未获得|尚未取得|未考取|待定|未定", re.I
)
NOTHING = re.compile(r"无|没有|未填|未有")
MOST_TEXT = 1000


def content(raw: Any) -> str:
    """The text of a cell as a person reads it; whole floats without their point."""
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, time):
        return f"{raw.hour}:{raw.minute:02}"
    if isinstance(raw, float | Decimal | int) and not isinstance(raw, bool):
        return str(number(raw))
    return str(raw)


def bare(text: str) -> tuple[str, str | None]:
    """Without control characters and outer blanks, and the category of what was taken off."""
    clean = _CONTROLS.sub("", text)
    trimmed = clean.strip()
    if clean != text:
        return trimmed, "control_characters"
    return trimmed, "trimmed" if trimmed != text else None


def is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not bare(raw)[0])


def half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def comparable(text: Any) -> str:
    """For looking names up: half-width, lower case, no blanks, one kind of dash and quote."""
    plain = half_width(bare(content(text))[0]).lower()
    plain = re.sub(r"[‐‑‒–—―─−]+", "-", plain).replace("_", "-")
    return _SPACE.sub("", plain)


def text(raw: Any, csv: bool = False) -> Clean:
    value, category = bare(content(raw))
    if EMPTY_MARK.fullmatch(value):
        return Clean(None, "empty_mark")
    if len(value) > MOST_TEXT:
        return Clean(fault="too_long", params={"most": MOST_TEXT})
    return Clean(value, category)


def reference(raw: Any, csv: bool = False) -> Clean:
    """Text that names something or somebody: 无 means nothing, line breaks are no part of it."""
    found = text(raw, csv)
    if found.value and NOTHING.fullmatch(found.value):
        return Clean(None, "empty_mark")
    if found.value and "\n" in found.value:
        return Clean(re.sub(r"\s*\n\s*", "", found.value), "trimmed")
    return found


def code(raw: Any, csv: bool = False) -> Clean:
    """Certificate and licence numbers: text, half-width, no blanks."""
    found = reference(raw, csv)
    if found.fault or not found.value:
        return found
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Clean(found.value, "number_as_text")
    half = half_width(found.value).lstrip("'")
    if half != found.value:
        return Clean(_SPACE.sub("", half), "fullwidth")
    return _unspaced(found, "space_in_number")


def _unspaced(found: Clean, category: str) -> Clean:
    joined = _SPACE.sub("", found.value)
    return Clean(joined, category) if joined != found.value else found


def is_chinese(value: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" or "\u3400" <= sign <= "\u4dbf" for sign in value)


def name(raw: Any, csv: bool = False) -> Clean:
    found = reference(raw, csv)
    if found.fault or not found.value:
        return found
    if is_chinese(found.value):
        return _unspaced(found, "space_in_name")
    single = _SPACE.sub(" ", found.value)
    return Clean(single, "space_in_name") if single != found.value else found


def names(raw: Any, csv: bool = False) -> Clean:
    """A list of names; 、 is the usual separator, any other is a correction."""
    whole, category = bare(content(raw))
    if EMPTY_MARK.fullmatch(whole) or NOTHING.fullmatch(whole):
        return Clean([], "empty_mark")
    pieces = re.split(r"[、,，;；/／|\n\r]+", whole)
    if len(pieces) == 1 and (split := _split_by_blanks(whole)):
        return Clean(list(dict.fromkeys(split)), "separator")
    cleaned = [name(piece) for piece in pieces if piece.strip()]
    found = [one.value for one in cleaned if one.value]
    kinds = {one.category for one in cleaned} - {None}
    if re.search(r"[,，;；/／|\n\r]|[、\s]$|^、|、、", whole):
        category = "separator"
    elif "space_in_name" in kinds:
        category = "space_in_name"
    else:
        category = category or next(iter(sorted(kinds)), None)
    return Clean(list(dict.fromkeys(found)), category)


def _split_by_blanks(whole: str) -> list[str]:
    """张三 李四 王五 without any sign; 张　三 is one name."""
    pieces = whole.split()
    if len(pieces) > 1 and is_chinese(whole) and all(len(piece) >= 2 for piece in pieces):
        return pieces
    return []


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
    value, category = bare(content(raw))
    half = half_width(value).lstrip("'")
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


def employee_number(raw: Any, csv: bool = False) -> Clean:
    return code(raw, csv)


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
        raw = _CONTROLS.sub("", raw)
    found = read_date(raw, csv=csv)
    return Clean(found.value, found.category, found.fault)


def day_range(raw: Any, csv: bool = False) -> Clean:
    """Two dates of one cell as ``start..end``; a single one is both its own first and last day."""
    value, _ = bare(content(raw))
    plain = day(raw, csv)
    if plain.category in ("empty_mark", "open_ended"):
        return plain
    for sign in (r"\s*(?:至|到|~|～|—+|–|――)\s*", r"\s+-\s+", r"(?<=[日号\d])\s*-\s*(?=\d{4})"):
        pieces = re.split(sign, value)
        if len(pieces) == 2:
            return _two_days(pieces[0], pieces[1], csv)
    return Clean(f"{plain.value}..{plain.value}", "date_text") if plain.value else plain


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
    if isinstance(raw, bool) or isinstance(raw, datetime | date | time):
        return Clean(fault="number_unreadable")
    if isinstance(raw, int | float | Decimal):
        value = number(raw)
        return Clean(fault="number_unreadable") if isinstance(value, str) else Clean(value)
    whole, trimmed = bare(str(raw))
    if EMPTY_MARK.fullmatch(whole) or NOTHING.fullmatch(whole):
        return Clean(None, "empty_mark")
    half = half_width(whole)
    joined = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", half)
    found = _NUMBER.match(_SPACE.sub("", joined.lstrip("¥￥").lstrip("'")))
    if not found:
        return _numeral(_SPACE.sub("", half))
    digits, scale, unit = found.groups()
    if unit and not _is_unit(unit):
        return Clean(fault="number_unreadable")
    exact = Decimal(digits) * _SCALE.get(scale, 1) / (100 if scale == "%" else 1)
    value = number(exact)
    if isinstance(value, str):
        return Clean(fault="number_unreadable")
    if unit or scale or joined.startswith(("¥", "￥")):
        return Clean(value, "unit_text")
    if half != whole:
        return Clean(value, "fullwidth")
    return Clean(value, trimmed if csv and joined == half else "number_as_text")


def _is_unit(unit: str) -> bool:
    """One short word, not a second number or a sentence."""
    return bool(
        re.fullmatch(
            r"[^\W\d_]{1,4}|[元月年人次份科天张个/·.\-()]{1,8}|(?i:months?|years?|days?|weeks?|hours?|beds?|yuan|rmb|cny)",
            unit,
        )
    )


def _numeral(text: str) -> Clean:
    found = re.fullmatch(r"([零〇一二两三四五六七八九十]+)(\D{0,3})", text)
    value = chinese_numeral(found.group(1)) if found else None
    return Clean(fault="number_unreadable") if value is None else Clean(value, "unit_text")


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
        found = re.fullmatch(r"(\d+)(个月|月|months?)", comparable(raw))
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
            r"(\d+|[一二两三四五六七八九十]+)个?半个?月?|(\d+|[一二两三四五六七八九十]+)个月半",
            plain,
        ):
            base = found.group(1) or found.group(2)
            return Clean(
                (int(base) if base.isdigit() else chinese_numeral(base) or 0) + 0.5, "unit_text"
            )
        found = re.fullmatch(
            r"(\d+(?:\.\d+)?|[一二两三四五六七八九十]+)(周|星期|年|weeks?|years?)", plain
        )
        if found:
            base, unit = found.groups()
            count = chinese_numeral(base) if not base[0].isdigit() else Decimal(base)
            if count is not None:
                factor = Decimal(12) if unit[0] in "年y" else Decimal("0.25")
                return Clean(number(Decimal(count) * factor), "unit_text")
    return amount(raw, csv)


_YES = re.compile(
    r"是|有|√|✓|✔|☑|对|可|可以|能|y|yes|true|1|○|●|v|首次|初次|第一次|参加|已参加|通过|合格|已通过|pass(ed)?|具备|配备",
    re.I,
)
_NO = re.compile(
    r"否|无|×|✗|✘|✕|x|不|不可|不可以|不能|没有|未|n|no|false|0|非首次|补考|再次|第[二三]次|未参加|缺考|未通过|不通过|不合格|fail(ed)?|不具备|未配备|[-—－–/]+",
    re.I,
)


def yes_no(raw: Any, csv: bool = False) -> Clean:
    """True or False; a dash or a cross is no. Never a correction: signs are how people say yes."""
    value = half_width(bare(content(raw))[0])
    if isinstance(raw, bool):
        return Clean(raw)
    if _YES.fullmatch(value):
        return Clean(True)
    if _NO.fullmatch(value):
        return Clean(False)
    return Clean(fault="value_unknown")


def has(raw: Any, csv: bool = False) -> Clean:
    """Equipment: also a number of pieces (2台) and a model name say that it is there."""
    found = yes_no(raw, csv)
    if not found.fault:
        return found
    counted = amount(raw, csv)
    if not counted.fault and counted.value is not None:
        return Clean(counted.value > 0)
    return Clean(True)


ABSENT = re.compile(r"缺考|缺席|未考|免考?|免试|缓考|未参加|请假|弃考|absent|exempt", re.I)


def score(raw: Any, csv: bool = False) -> Clean:
    if isinstance(raw, str):
        value = bare(raw)[0]
        if ABSENT.fullmatch(value) or EMPTY_MARK.fullmatch(value) or NOTHING.fullmatch(value):
            return Clean(None, "absent_mark")
    return amount(raw, csv)


def cohort(raw: Any, csv: bool = False) -> Clean:
    """2024级, 2024届, 2025级助理, 24级 or 2024: the year training began. Not a correction."""
    if isinstance(raw, datetime | date):
        return Clean(raw.year)
    found = re.match(r"((?:19|20)\d\d|\d\d)(?!\d)", comparable(raw))
    if not found:
        return Clean(fault="value_unknown")
    year = int(found.group(1))
    return Clean(year if year > 99 else 2000 + year)


def year(raw: Any, csv: bool = False) -> Clean:
    if isinstance(raw, datetime | date):
        return Clean(raw.year)
    found = amount(raw, csv)
    if found.fault:
        return found
    if found.value is not None and not 1990 <= found.value <= 2099:
        return Clean(fault="number_unreadable")
    return found


def sex(raw: Any, csv: bool = False) -> Clean:
    value = comparable(raw)
    if value in ("男", "男性", "m", "male"):
        return Clean("男")
    if value in ("女", "女性", "f", "female"):
        return Clean("女")
    return Clean(fault="value_unknown")


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
    if found.group(1) and found.group(1).lower() in ("下午", "晚", "晚上", "pm") and hour < 12:
        hour += 12
    minute = f"{int(found.group(3) or 0):02}"
    shown = f"{hour}:{minute}"
    same = shown == value or f"0{shown}" == value
    return Clean(value if same else shown)


__all__ = ["Clean", "Cleaner", "first_day", "last_day"]
