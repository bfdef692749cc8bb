"""The office looks at any measure by any split; who sees no names reads the indicators instead."""

from flask import render_template
from flask_babel import gettext as _

from trainingbase.access import allow
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.quality import words
from trainingbase.quality.exploring import VALUE, explored
from trainingbase.quality.figures import Figure
from trainingbase.quality.forms import ExploreForm
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.routes.blueprint import SEE_NAMES, asked_for, kept, quality
from trainingbase.sheets.write import Table


@quality.get("/explore")
@allow(*SEE_NAMES)
def explore():
    form, figure = _asked()
    return render_template("quality/explore.html", form=form, kept=kept(), figure=figure)


@quality.get("/explore/export/<string:kind>")
@allow(*SEE_NAMES)
def export_explored(kind: str):
    _form, figure = _asked()
    return download(Table(figure.title, figure.columns, figure.rows), kind, "explore")


def _asked() -> tuple[ExploreForm, Figure]:
    """Whatever is not offered is taken for the first that is."""
    scope_form, asking = asked_for()
    form = ExploreForm()
    for name in ("first", "last", "site", "department", "cohort"):
        form[name].choices, form[name].data = scope_form[name].choices, scope_form[name].data
    form.measure.choices = [(key, str(one.name)) for key, one in INDICATORS.items()]
    if form.measure.data not in INDICATORS:
        form.measure.data = next(iter(INDICATORS))
    indicator = INDICATORS[form.measure.data]
    splits = {split: str(words.SPLITS[split]) for split in indicator.splits}
    form.split.choices = [("", _("None: the whole")), *options(splits)]
    if form.split.data not in splits:
        form.split.data = ""
    parts = {name: str(label) for name, label in indicator.parts.items()}
    form.part.choices = [(VALUE, _("The indicator itself")), *options(parts)]
    if form.part.data not in parts:
        form.part.data = VALUE
    return form, explored(asking, indicator, form.split.data, form.part.data)
