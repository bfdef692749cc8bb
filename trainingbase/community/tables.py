"""What is known of the community, as a list."""

from datetime import date

from flask_babel import gettext as _

from trainingbase.community.queries import Known
from trainingbase.i18n import language, number
from trainingbase.sheets.write import Table


def said(row, name: str) -> str:
    """A field in the viewer's language."""
    return (language() == "en" and getattr(row, f"{name}_en")) or getattr(row, name) or ""


def value(one: Known) -> str:
    if one.worth.value is None:
        return "—"
    return f"{number(one.worth.value)} {one.dimension.unit}".strip()


def table(found: list[Known], month_on: date) -> Table:
    header = [
        _("Number"), _("Dimension"), _("Indicator"), _("Numerator"), _("Denominator"), _("Value"),
        _("Unit"), _("Entered by sites"), _("Source"), _("Confidence"),
    ]  # fmt: skip
    rows = [
        [
            one.dimension.number, said(one.dimension, "dimension"), said(one.dimension, "name"),
            one.worth.numerator, one.worth.denominator, one.worth.value, one.dimension.unit,
            _("computed") if one.dimension.computed_as else f"{one.given}/{one.wanted}",
            one.dimension.source, one.dimension.confidence,
        ]
        for one in found
    ]  # fmt: skip
    return Table(_("Medical community, %(month)s", month=f"{month_on:%Y-%m}"), header, rows)
