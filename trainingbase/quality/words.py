"""Names in figures, in the viewer's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language
from trainingbase.quality.rules import Place

PARTS = {
    "passed": _l("Done: exit assessment passed"),
    "failed": _l("Ended, exit assessment not passed"),
    "unassessed": _l("Ended, and not left yet"),
    "ahead": _l("Still to end"),
    "in_time": _l("Done in time"),
    "done_late": _l("Done late"),
    "late": _l("Late, open"),
    "expired": _l("Expired"),
    "waiting": _l("Not due yet"),
}
KINDS = {
    "passed": "good",
    "failed": "bad",
    "unassessed": "warning",
    "ahead": "neutral",
    "in_time": "good",
    "done_late": "info",
    "late": "warning",
    "expired": "bad",
    "waiting": "neutral",
}
PATTERNS = {
    "passed": "",
    "failed": "x",
    "unassessed": "/",
    "ahead": ".",
    "in_time": "",
    "done_late": "/",
    "late": "\\",
    "expired": "x",
    "waiting": ".",
}
SOURCE_PATTERNS = ("", "/", "x", ".", "-", "\\", "|", "+")


def department(place: Place | None) -> str:
    """A name for charts: what the grid calls it, or a department of the lead hospital by its own
    name, another with its institution."""
    if place is None:
        return "—"
    if place.short and not (language() == "en" and place.name_en):
        return place.short
    own = (language() == "en" and place.name_en) or place.name
    return (
        own if place.is_lead else _("%(department)s · %(site)s", department=own, site=site(place))
    )


def site(place: Place) -> str:
    return (language() == "en" and place.institution_en) or place.institution


def in_full(place: Place | None) -> str:
    """Department and institution, for tables."""
    if place is None:
        return "—"
    own = (language() == "en" and place.name_en) or place.name
    return _("%(department)s · %(site)s", department=own, site=site(place))
