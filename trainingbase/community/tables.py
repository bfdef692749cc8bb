"""What is known of the community, as a list."""

from datetime import date

from flask_babel import gettext as _

from trainingbase.community.queries import Known
from trainingbase.community.words import CONFIDENCE
from trainingbase.i18n import language, number
from trainingbase.sheets.write import Table


def said(row, name: str) -> str:
    """A field in the viewer's language."""
    return (language() == "en" and getattr(row, f"{name}_en")) or getattr(row, name) or ""


def value(one: Known) -> str:
    if one.worth.value is None:
        return "—"
    return f"{number(one.worth.value)} {one.dimension.unit}".strip()


def sureness(row) -> str:
    """How sure the list is that the indicator is as it says."""
    return str(CONFIDENCE.get(row.confidence, row.confidence))


def growth(one: Known) -> str:
    """Against the same month of the year before, in percent; empty where that is not known."""
    if one.worth.value is None or not one.year_before:
        return ""
    return f"{(one.worth.value / one.year_before - 1) * 100:+.1f} %"


def table(found: list[Known], month_on: date) -> Table:
    header = [
        _("Number"), _("Dimension"), _("Indicator"), _("Numerator"), _("Denominator"), _("Value"),
        _("Unit"), _("Against the year before"), _("Entered by sites"), _("Source"),
        _("Confidence"),
    ]  # fmt: skip
    rows = [
        [
            one.dimension.number, said(one.dimension, "dimension"), said(one.dimension, "name"),
            one.worth.numerator, one.worth.denominator, one.worth.value, one.dimension.unit,
            growth(one),
            _("computed") if one.dimension.computed_as else f"{one.given}/{one.wanted}",
            one.dimension.source, sureness(one.dimension),
        ]
        for one in found
    ]  # fmt: skip
    return Table(_("Medical community, %(month)s", month=f"{month_on:%Y-%m}"), header, rows)
