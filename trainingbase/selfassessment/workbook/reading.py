"""A workbook read as an official form."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from trainingbase.selfassessment.rules import fits
from trainingbase.selfassessment.workbook.layout import ABOUT, SHEETS, both
from trainingbase.selfassessment.workbook.sheet import Fault, Sheet
from trainingbase.sheets.book import Limits, grids
from trainingbase.sheets.grid import Grid

LIMITS = Limits(size=2 * 1024 * 1024, rows=2_000, columns=40, cells=40_000, cell=1_000)
YES = ("是", "yes", "y", "1", "true", "√", "✓")
NO = ("", "否", "no", "n", "0", "false")


@dataclass
class Read:
    """What a workbook says, ready to be entered where there are no `faults`."""

    about: dict[str, Any] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    conditions: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(book: bytes, filename: str, known: dict[str, list[dict]], departments: set[str]) -> Read:
    """`known`: by what computes parts, numbers it is asked with.  Raises `FileFault` for what is no
    workbook."""
    found = Read()
    sheets = {
        key: Sheet(key, grid, found.faults)
        for key, grid in _by_key(grids(book, filename, LIMITS)).items()
    }
    for key in ("form", "items", "parts", "verdicts"):
        if key not in sheets:
            said = _("This sheet is missing: download a form and change that.")
            found.faults.append(Fault(str(SHEETS[key][0]), "", said))
    if not found.faults:
        _read_about(found, sheets["form"])
        _read_items(found, sheets["items"])
        _read_parts(found, sheets["parts"], known)
        _read_verdicts(found, sheets["verdicts"])
        if "conditions" in sheets:
            _read_conditions(found, sheets["conditions"], departments)
    return found


def _by_key(found: list[Grid]) -> dict[str, Grid]:
    titles = {name: key for key, (title, _columns) in SHEETS.items() for name in both(title)}
    return {titles[grid.title]: grid for grid in found if grid.title in titles}


def _read_about(found: Read, sheet: Sheet) -> None:
    keys = {name: key for key, label in ABOUT.items() for name in both(label)}
    rows = {keys[said]: row for row in sheet.rows() if (said := sheet.text(row, "what")) in keys}
    given = {key: sheet.text(row, "value") for key, row in rows.items()}
    for key in ("code", "name", "source"):
        if key in rows:
            given[key] = sheet.text(rows[key], "value", most=20 if key == "code" else 200)
        else:
            sheet.note(1, 0, _("The row “%(name)s” is missing.", name=str(ABOUT[key])))
    share = Decimal(1)
    if given.get("core_met_share"):
        share = sheet.number(rows["core_met_share"], "value", most=1, above=True)
    name, failed = given.get("name", ""), given.get("failed_name") or None
    found.about = {
        "code": given.get("code", ""),
        "name": name,
        "name_en": given.get("name_en") or name,
        "source": given.get("source", ""),
        "quality_section": given.get("quality_section") or None,
        "core_met_share": share,
        "failed_name": failed,
        "failed_name_en": given.get("failed_name_en") or failed,
    }


def _read_items(found: Read, sheet: Sheet) -> None:
    seen: set[str] = set()
    for row in sheet.rows():
        code = sheet.text(row, "code", most=20)
        if code in seen:
            sheet.note(row, "code", _("This number stands above already."))
        seen.add(code)
        core = sheet.text(row, "is_core").casefold()
        if core not in YES + NO:
            sheet.note(row, "is_core", _("Enter yes or no."))
        section = sheet.text(row, "section", most=100)
        found.items.append(
            {
                "code": code,
                "section": section,
                "section_en": sheet.text(row, "section_en")[:100] or section,
                **sheet.named(row),
                "is_core": core in YES,
                "source": sheet.text(row, "source") or found.about["source"],
                "confidence": sheet.sureness(row),
                "parts": [],
            }
        )
    if not found.items:
        sheet.note(1, 0, _("There is no indicator in this sheet."))


def _read_parts(found: Read, sheet: Sheet, known: dict[str, list[dict]]) -> None:
    items = {one["code"]: one for one in found.items}
    for row in sheet.rows():
        item = items.get(sheet.text(row, "code"))
        if item is None:
            sheet.note(row, "code", _("No indicator has this number."))
        part = {
            **sheet.named(row),
            "points": sheet.number(row, "points", most=100, above=True),
            "finding": sheet.text(row, "finding") or None,
            "settings": _settings(sheet, row, known),
        }
        if item is not None:
            item["parts"].append(part)
    for code, one in items.items():
        if not one["parts"]:
            said = _("Indicator %(code)s has no part: give it one with all its points.", code=code)
            sheet.note(1, 0, said)


def _settings(sheet: Sheet, row: int, known: dict[str, list[dict]]) -> dict[str, str]:
    finding = sheet.text(row, "finding")
    words = sheet.text(row, "settings").split()
    if any("=" not in one for one in words):
        sheet.note(row, "settings", _("Write each as name=value, with blanks between them."))
        return {}
    settings = dict(one.split("=", 1) for one in words)
    if finding and finding not in known:
        said = _("Nothing is computed under this name: leave it empty, and enter the points.")
        sheet.note(row, "finding", said)
    elif finding and not any(fits(settings, before) for before in known[finding]):
        said = _("These numbers do not fit: take them over from a form that has them.")
        sheet.note(row, "settings", said)
    return settings if finding else {}


def _read_verdicts(found: Read, sheet: Sheet) -> None:
    last: Decimal | None = None
    for row in sheet.rows():
        total = sheet.number(row, "total", most=10_000)
        if last is not None and total >= last:
            sheet.note(row, "total", _("The best verdict comes first: enter fewer points here."))
        last = total
        found.verdicts.append(
            {
                **sheet.named(row, 50),
                "total": total,
                "quality": sheet.number(row, "quality", most=10_000),
                "core": int(sheet.number(row, "core", most=1_000)),
            }
        )
    if not found.verdicts:
        sheet.note(1, 0, _("There is no verdict in this sheet."))


def _read_conditions(found: Read, sheet: Sheet, departments: set[str]) -> None:
    for row in sheet.rows():
        needed = sheet.text(row, "needs_department")
        if needed and needed not in departments:
            sheet.note(row, "needs_department", _("No standard department is called so."))
        found.conditions.append(
            {
                **sheet.named(row),
                "source": sheet.text(row, "source") or found.about["source"],
                "confidence": sheet.sureness(row),
                "needs_department": needed or None,
            }
        )
