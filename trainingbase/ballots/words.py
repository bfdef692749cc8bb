"""Fixed words of ballots, in the viewer's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language, named

KINDS = {
    "teacher": _l("Teacher"),
    "department": _l("Department"),
    "activity": _l("Teaching activities"),
    "base": _l("The base as a whole"),
}
STATES = {
    "open": _l("Not answered yet"),
    "answered": _l("You have answered"),
    "left_out": _l("Left out"),
}
STATE_KINDS = {"open": "waiting", "answered": "good", "left_out": "neutral"}
STATES_OF_SUBJECTS = {
    "released": _l("Released"),
    "waiting": _l("Nothing released yet"),
}


def subject_name(row: Any) -> str:
    """Of a row of `queries.own.SUBJECT`."""
    english = language() == "en"

    def said(column: str) -> str:
        return (english and getattr(row, f"{column}_en")) or getattr(row, column)

    if row.kind == "teacher":
        return said("teacher")
    if row.kind == "base":
        return _("The base as a whole")
    place = f"{said('department')} ({said('institution')})"
    return place if row.kind == "department" else f"{said('activity_kind')} · {place}"


def option_names(item: Any) -> dict[str, str]:
    """The values of an item in words, as they stand in `BatchFigure.counts`."""
    if item.kind == "boolean":
        return {"0": _("no"), "1": _("yes")}
    at = 2 if language() == "en" else 1
    return {f"{option[0]:g}": option[at] for option in item.options or ()}


def item_section(item: Any) -> str:
    return (language() == "en" and item.section_en) or item.section or ""


def item_name(item: Any) -> str:
    return named(item)
