"""Forms as tables for a file, in the viewer's language."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from trainingbase.clock import LOCAL
from trainingbase.i18n import named
from trainingbase.instruments.models import Instrument
from trainingbase.instruments.words import ASSESSORS, KINDS, MISSING, STATES, SUBJECTS, version
from trainingbase.sheets.write import Table


def of_forms(forms: Iterable[Instrument], counts: Mapping[int, tuple[int, int]]) -> Table:
    header = [
        _("Form"), _("Identity"), _("Version"), _("Filled in by"), _("About"), _("Items"),
        _("Not defined yet"), _("State"), _("In use since"), _("Source"), _("How sure"),
    ]  # fmt: skip
    return Table(
        _("Forms"),
        header,
        [
            [
                named(one),
                one.identity,
                version(one.version),
                str(ASSESSORS[one.assessor]),
                str(SUBJECTS[one.subject]),
                *counts.get(one.id, (0, 0)),
                str(STATES[one.state]),
                one.published_at.astimezone(LOCAL) if one.published_at else None,
                one.source,
                one.confidence,
            ]
            for one in forms
        ],
    )


def of_items(form: Instrument) -> Table:
    header = [
        _("Code"), _("Section"), _("Item"), _("Kind"), _("Scale"), _("Lowest"), _("Highest"),
        _("Most points"), _("Weight"), _("Must be answered"), _("Veto"), _("Not defined yet"),
    ]  # fmt: skip
    return Table(
        named(form)[:28],
        header,
        [
            [
                one.code,
                one.section,
                named(one),
                str(KINDS["signature" if one.is_signature else one.kind]),
                one.scale,
                one.lowest,
                one.highest,
                one.points,
                one.weight,
                one.is_required,
                one.is_veto,
                str(MISSING[one.missing]) if one.missing else None,
            ]
            for one in form.items
        ],
    )
