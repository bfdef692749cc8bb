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
from typing import Any

from trainingbase.sheets.grid import shown


@dataclass(frozen=True, slots=True)
class Clean:
    """``category`` names the correction, ``fault`` the refusal, ``params`` what its reason says."""

    value: Any = None
    category: str | None = None
    fault: str | None = None
    params: dict[str, Any] = field(default_factory=dict)


Cleaner = Callable[[Any, bool], Clean]

CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]"
)
SPACE = re.compile(r"\s+")
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
    return str(shown(raw))


def bare(text: str) -> tuple[str, str | None]:
    """Without control characters and outer blanks, and the category of what was taken off."""
    clean = CONTROLS.sub("", text)
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
    return SPACE.sub("", plain)


def is_empty_mark(value: str) -> bool:
    """Whether it only marks that nothing stands here, however wide or spaced."""
    return bool(EMPTY_MARK.fullmatch(SPACE.sub("", half_width(value))))


def text(raw: Any, csv: bool = False) -> Clean:
    value, category = bare(content(raw))
    if is_empty_mark(value):
        return Clean(None, "empty_mark")
    if len(value) > MOST_TEXT:
        return Clean(fault="too_long", params={"most": MOST_TEXT})
    return Clean(value, category)


def reference(raw: Any, csv: bool = False) -> Clean:
    """Text that names something or somebody: 无 means nothing, line breaks are no part of it."""
    found = text(raw, csv)
    if not found.value:
        return found
    if NOTHING.fullmatch(SPACE.sub("", found.value)):
        return Clean(None, "empty_mark")
    joined = re.sub(r"\s*\n\s*", "", found.value)
    return found if joined == found.value else Clean(joined, "trimmed")


def code(raw: Any, csv: bool = False) -> Clean:
    """Certificate and licence numbers: text, half-width, no blanks."""
    found = reference(raw, csv)
    if found.fault or not found.value:
        return found
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Clean(found.value, "number_as_text")
    half = half_width(found.value).lstrip("'")
    # taking a blank out may leave an accent that belongs to the letter before it
    joined = half_width(SPACE.sub("", half)).strip().lstrip("'")
    if is_empty_mark(joined) or NOTHING.fullmatch(joined):
        return Clean(None, "empty_mark")
    if half != found.value:
        return Clean(joined, "fullwidth")
    return _unspaced(found, "space_in_number")


def _unspaced(found: Clean, category: str) -> Clean:
    joined = SPACE.sub("", found.value)
    return Clean(joined, category) if joined != found.value else found


def is_chinese(value: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" or "\u3400" <= sign <= "\u4dbf" for sign in value)


def name(raw: Any, csv: bool = False) -> Clean:
    found = reference(raw, csv)
    if found.fault or not found.value:
        return found
    if is_chinese(found.value):
        return _unspaced(found, "space_in_name")
    single = SPACE.sub(" ", found.value)
    return Clean(single, "space_in_name") if single != found.value else found


def names(raw: Any, csv: bool = False) -> Clean:
    """A list of names; 、 is the usual separator, any other is a correction."""
    whole, category = bare(content(raw))
    if is_empty_mark(whole) or NOTHING.fullmatch(whole):
        return Clean([], "empty_mark")
    pieces = re.split(r"[、,，;；/／|\n\r]+", whole)
    if len(pieces) == 1 and (split := _split_by_blanks(whole)):
        return Clean(list(dict.fromkeys(split)), "separator")
    cleaned = [name(piece) for piece in pieces if piece.strip()]
    found = [one.value for one in cleaned if one.value]
    kinds = sorted({one.category for one in cleaned if one.category})
    if re.search(r"[,，;；/／|\n\r]|[、\s]$|^、|、、", whole):
        category = "separator"
    elif "space_in_name" in kinds:
        category = "space_in_name"
    else:
        category = category or next(iter(kinds), None)
    return Clean(list(dict.fromkeys(found)), category)


def _split_by_blanks(whole: str) -> list[str]:
    """张三 李四 王五 without any sign; 张　三 is one name."""
    pieces = whole.split()
    if len(pieces) > 1 and is_chinese(whole) and all(len(piece) >= 2 for piece in pieces):
        return pieces
    return []


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


def cohort(raw: Any, csv: bool = False) -> Clean:
    """2024级, 2024届, 2025级助理, 24级 or 2024: the year training began. Not a correction."""
    if isinstance(raw, datetime | date):
        return Clean(raw.year)
    found = re.match(r"((?:19|20)\d\d|\d\d)(?!\d)", comparable(raw))
    if not found:
        return Clean(fault="value_unknown")
    year = int(found.group(1))
    return Clean(year if year > 99 else 2000 + year)


def sex(raw: Any, csv: bool = False) -> Clean:
    value = comparable(raw)
    if value in ("男", "男性", "m", "male"):
        return Clean("男")
    if value in ("女", "女性", "f", "female"):
        return Clean("女")
    return Clean(fault="value_unknown")
