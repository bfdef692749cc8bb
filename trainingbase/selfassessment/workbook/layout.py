"""What the sheets and their columns are called, and a form written into them."""

from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from trainingbase.selfassessment.models import OfficialForm
from trainingbase.sheets.write import Table

ABOUT = {
    "code": _l("Code of the form"),
    "name": _l("Its name"),
    "name_en": _l("English name"),
    "source": _l("Source"),
    "quality_section": _l("Section of quality"),
    "core_met_share": _l("Share of its points with which a core item is met"),
    "failed_name": _l("What a base is called that fails"),
    "failed_name_en": _l("The same in English"),
}
SHEETS = {
    "form": (_l("Official form"), {"what": _l("What"), "value": _l("What is written there")}),
    "items": (
        _l("Indicators"),
        {
            "code": _l("Number"),
            "section": _l("Section"),
            "section_en": _l("Section in English"),
            "name": _l("Indicator"),
            "name_en": _l("English name"),
            "is_core": _l("Core"),
            "source": _l("Source"),
            "confidence": _l("How sure"),
        },
    ),
    "parts": (
        _l("Scored parts"),
        {
            "code": _l("Number"),
            "points": _l("Score"),
            "name": _l("What is scored"),
            "name_en": _l("English name"),
            "finding": _l("Computed by"),
            "settings": _l("Numbers"),
        },
    ),
    "verdicts": (
        _l("Verdicts"),
        {
            "name": _l("Verdict"),
            "name_en": _l("English name"),
            "total": _l("Points at least"),
            "quality": _l("Points of quality at least"),
            "core": _l("Core items met at least"),
        },
    ),
    "conditions": (
        _l("Basic conditions"),
        {
            "name": _l("Basic condition"),
            "name_en": _l("English name"),
            "source": _l("Source"),
            "confidence": _l("How sure"),
            "needs_department": _l("Department it needs"),
        },
    ),
}


def tables_of(edition: OfficialForm) -> list[Table]:
    """What can be read again."""
    rows = {
        "form": [[str(label), getattr(edition, key)] for key, label in ABOUT.items()],
        "items": [
            [getattr(item, key) for key in SHEETS["items"][1]] for item in edition.items
        ],
        "parts": [
            [item.code, part.points, part.name, part.name_en, part.finding,
             " ".join(f"{key}={value}" for key, value in part.settings.items())]
            for item in edition.items
            for part in item.parts
        ],
        "verdicts": [
            [getattr(one, key) for key in SHEETS["verdicts"][1]] for one in edition.verdicts
        ],
        "conditions": [
            [getattr(one, key) for key in SHEETS["conditions"][1]]
            for one in edition.conditions
            if one.in_use
        ],
    }  # fmt: skip
    return [
        Table(str(title), [str(label) for label in columns.values()], rows[key])
        for key, (title, columns) in SHEETS.items()
    ]


def both(label: Any) -> set[str]:
    """In either language."""
    said = set()
    for tongue in ("zh", "en"):
        with force_locale(tongue):
            said.add(str(label))
    return said
