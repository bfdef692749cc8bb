"""One cell to one date: value, how it was read, or why it cannot be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

FIRST_YEAR, LAST_YEAR = 1920, 2099
# Day numbers of spreadsheets that are dates of living people: 1927 to 2119.
FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000
EPOCH = date(1899, 12, 30)
# Two-digit years up to here belong to this century. Below 13 they may be months: unreadable.
LAST_SHORT_YEAR = 60


@dataclass(frozen=True, slots=True)
class ReadDate:
    """``value``: YYYY-MM-DD or YYYY-MM; ``category``: the correction, if any; ``fault``: the
    refusal, then there is no value."""

    value: str | None = None
    category: str | None = None
    fault: str | None = None


UNREADABLE = ReadDate(fault="date_unreadable")
IMPOSSIBLE = ReadDate(fault="date_impossible")

_CHINESE = {sign: str(i) for i, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_MONTHS = {
    name: i
    for i, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?$")
_PLAIN_IN_CSV = re.compile(r"(\d{4})([-/])(\d{1,2})(?:\2(\d{1,2}))?(?:[ T]0?0:00(?::00)?)?$")
_PARTS = re.compile(r"(\d{4}|\d{2})[-./年\\,、](\d{1,2})(?:[-./月\\,、](\d{1,2}))?[日号月.]?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?$")


def read_date(raw: Any, *, csv: bool = False) -> ReadDate:
    """``raw`` is a cell with content. In a CSV 2026/9/1 is plain, in a workbook it is a text."""
    if isinstance(raw, datetime):
        return _plain(raw.date())
    if isinstance(raw, date):
        return _plain(raw)
    if isinstance(raw, bool):
        return UNREADABLE
    if isinstance(raw, int | float):
        return _number(raw)
    return _text(str(raw), csv) if isinstance(raw, str) else UNREADABLE


def _plain(day: date) -> ReadDate:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return UNREADABLE
    return ReadDate(day.isoformat())


def _number(raw: int | float) -> ReadDate:
    if raw != raw or abs(raw) > 1e9:
        return UNREADABLE
    if float(raw).is_integer():
        if FIRST_SERIAL <= raw <= LAST_SERIAL:
            return _serial(int(raw))
        compact = _COMPACT.match(str(int(raw)))
        return _made(compact[1], compact[2], compact[3], "date_text") if compact else UNREADABLE
    text = repr(float(raw))
    if re.search(r"\.1$", text):
        # 2024.1 typed as a number may have been 2024.10: nobody can tell
        return UNREADABLE
    return _text(text, csv=False)


def _serial(days: int) -> ReadDate:
    return ReadDate((EPOCH + timedelta(days=days)).isoformat(), "date_serial")


def _text(raw: str, csv: bool) -> ReadDate:
    trimmed = raw.strip()
    iso = _ISO.match(trimmed) or (_PLAIN_IN_CSV.match(trimmed) if csv else None)
    if iso:
        groups = [part for part in iso.groups() if part not in ("-", "/")]
        return _made(groups[0], groups[1], groups[2], "trimmed" if trimmed != raw else None)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", trimmed)).lower()
    text = re.sub(r"[–—―－~]", "-", text)
    if re.search(r"[〇一二三四五六七八九零]", text):
        text = _from_chinese(text)
    text = re.sub(r"(?<=\d)[t]?0?0:00(:00)?$", "", text)
    text = text.replace("年份", "年").replace("月份", "月").removesuffix("起").removesuffix("止")
    if re.fullmatch(r"\d{5}", text):
        return _serial(int(text)) if FIRST_SERIAL <= int(text) <= LAST_SERIAL else UNREADABLE
    return _parts(text) or _english(trimmed) or UNREADABLE


def _parts(text: str) -> ReadDate | None:
    if compact := _COMPACT.match(text):
        return _made(compact[1], compact[2], compact[3], "date_text")
    if not (found := _PARTS.match(text)):
        return None
    year, month, day = found.groups()
    if len(year) == 4:
        return _made(year, month, day, "date_text")
    if int(year) <= 12:
        return UNREADABLE
    century = 2000 if int(year) <= LAST_SHORT_YEAR else 1900
    return _made(str(century + int(year)), month, day, "date_short_year")


def _english(text: str) -> ReadDate | None:
    words = re.findall(r"[A-Za-z]+|\d+", text)
    if not re.fullmatch(r"[\w\s,./-]+", text):
        return None
    named = [w for w in words if w[:3].lower() in _MONTHS and w.isalpha()]
    numbers = [w for w in words if w.isdigit()]
    years = [n for n in numbers if len(n) == 4]
    if len(named) == 1 and len(years) == 1 and len(words) == len(named) + len(numbers):
        days = [n for n in numbers if len(n) < 4]
        if len(days) <= 1:
            month = str(_MONTHS[named[0][:3].lower()])
            return _made(years[0], month, days[0] if days else None, "date_text")
    if not named and len(numbers) == 3 and len(numbers[2]) == 4:
        return _day_and_month(*numbers)
    if not named and len(numbers) == 2 and len(numbers[1]) == 4 and re.fullmatch(r"[\d/.-]+", text):
        return _made(numbers[1], numbers[0], None, "date_text")
    return None


def _day_and_month(first: str, second: str, year: str) -> ReadDate:
    """9/25/2026 and 25/9/2026 tell which is the day; 9/10/2026 does not."""
    a, b = int(first), int(second)
    if a > 12 >= b:
        return _made(year, second, first, "date_text")
    if b > 12 >= a or a == b:
        return _made(year, first, second, "date_text")
    return UNREADABLE


def _from_chinese(text: str) -> str:
    text = re.sub(
        r"(?<![〇零一二三四五六七八九\d])十(?=[一二三四五六七八九])|"
        r"(?<=[^〇零一二三四五六七八九\d])十(?=[一二三四五六七八九])",
        "1",
        text,
    )
    text = re.sub(r"([二三])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub(r"([二三])十", r"\g<1>0", text)
    text = text.replace("十", "10")
    return "".join(_CHINESE.get(sign, sign) for sign in text)


def _made(year: str, month: str, day: str | None, category: str | None) -> ReadDate:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return UNREADABLE
    if not 1 <= int(month) <= 12:
        return IMPOSSIBLE if day else UNREADABLE
    if day is None:
        return ReadDate(f"{int(year):04}-{int(month):02}", category)
    try:
        return ReadDate(date(int(year), int(month), int(day)).isoformat(), category)
    except ValueError:
        return IMPOSSIBLE


def last_day(text: str) -> date:
    """The last day an ISO date or month means."""
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:7])
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def first_day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def years_later(day: date, years: int) -> date:
    """29 February becomes the 28th where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def read_months(raw: Any, *, csv: bool = False) -> tuple[list[str] | None, bool]:
    """Months of a list in words, and whether it was plain.

    2026年10-12月, 2026.12、2027.1, 2027年7月, 2027-02; None where something cannot be read.
    """
    if isinstance(raw, datetime | date):
        return [f"{raw.year:04}-{raw.month:02}"], True
    if isinstance(raw, int | float):
        one = read_date(raw)
        return ([one.value[:7]], False) if one.value else (None, False)
    text = str(raw).strip()
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])([、,]\d{4}-(0[1-9]|1[0-2]))*", text):
        return re.split("[、,]", text), True
    if csv and re.fullmatch(r"\d{4}/\d{1,2}", text) and (month := read_date(text, csv=True).value):
        return [month], True
    months: list[str] = []
    year = None
    text = unicodedata.normalize("NFKC", text)
    for piece in re.split(r"[、,;,\s和及]+", text):
        if not piece:
            continue
        found, year = _month_piece(piece, year)
        if found is None:
            return None, False
        months += found
    return (list(dict.fromkeys(months)) or None), False


_RANGE = re.compile(
    r"(?:(\d{4}|\d{2})[年./-])?(\d{1,2})月?份?(?:[-~–—―至到]+(?:(\d{4}|\d{2})[年./-])?(\d{1,2}))?月?份?$"
)


def _month_piece(piece: str, year: int | None) -> tuple[list[str] | None, int | None]:
    found = _RANGE.match(piece)
    if not found:
        return None, year
    start_year, start, end_year, end = found.groups()
    first_year = _full_year(start_year) if start_year else year
    if first_year is None:
        return None, year
    until_year = _full_year(end_year) if end_year else first_year
    first = first_year * 12 + int(start) - 1
    last = until_year * 12 + int(end) - 1 if end else first
    sound = 1 <= int(start) <= 12 and (not end or 1 <= int(end) <= 12)
    if not sound or not first <= last < first + 60:
        return None, year
    return [f"{m // 12:04}-{m % 12 + 1:02}" for m in range(first, last + 1)], until_year


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
