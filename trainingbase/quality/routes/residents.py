"""Residents' means beside the same freed of who judged; for those who see names."""

from flask import render_template
from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.access import allow
from trainingbase.assessments.trusting import Freed, freed
from trainingbase.downloads import download
from trainingbase.paging import page_of
from trainingbase.quality.figures import Asking
from trainingbase.quality.queries import assessing
from trainingbase.quality.routes.blueprint import SEE_NAMES, asked_for, kept, quality
from trainingbase.sheets.write import Table


@quality.get("/residents")
@allow(*SEE_NAMES)
def residents():
    form, asking = asked_for()
    return render_template(
        "quality/residents.html",
        form=form,
        kept=kept(),
        page=page_of(assessing.rated_residents(asking.scope)),
        freed=_freed(asking),
        columns=_columns(),
        cells=_cells,
    )


@quality.get("/residents/export/<string:kind>")
@allow(*SEE_NAMES)
def export_residents(kind: str):
    _form, asking = asked_for()
    found, everybody = _freed(asking), assessing.all_of(assessing.rated_residents(asking.scope))
    table = Table(_title(), _columns(), [_cells(one, found) for one in everybody])
    return download(table, kind, "mini-cex-by-resident")


def _freed(asking: Asking) -> Freed:
    return freed(
        assessing.judgements(asking.scope),
        fewest_residents=int(asking.limits["trust_residents"]),
    )


def _title() -> str:
    return _("Mini-CEX by resident")


def _columns() -> list[str]:
    return [
        _("Resident"), _("Cohort"), _("Forms submitted"), _("Mean"), _("Freed mean"),
        _("Standard error"), _("Shrinkage in per cent"),
    ]  # fmt: skip


def _cells(resident, found: Freed) -> list:
    about = [resident.name, i18n.named(resident.cohort), found.forms.get(resident.id, 0)]
    mean = found.means.get(resident.id)
    if mean is None:
        return [*about, *["—"] * 4]
    return [
        *about, round(mean.raw, 2), round(mean.adjusted, 2), round(mean.standard_error, 2),
        round(100 * mean.shrinkage),
    ]  # fmt: skip
