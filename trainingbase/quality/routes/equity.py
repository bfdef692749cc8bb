"""How evenly things are spread over the sites."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow
from trainingbase.downloads import download
from trainingbase.quality.figures.equity import WEIGHTS, equity
from trainingbase.quality.routes.blueprint import READERS, asked_for, kept, quality
from trainingbase.sheets.write import Table


@quality.get("/equity")
@allow(*READERS)
def spread():
    form, asking = asked_for()
    weight = _weight()
    return render_template(
        "quality/equity.html",
        form=form,
        kept=kept(),
        figures=equity(asking, weight),
        weight=weight,
        sees_names=asking.sees_names,
    )


@quality.get("/equity/export/<string:kind>")
@allow(*READERS)
def export_spread(kind: str):
    _form, asking = asked_for()
    tables = [Table(one.title, one.columns, one.rows) for one in equity(asking, _weight())]
    return download([Table(_("Gini"), *_of(tables[0])), tables[1]], kind, "equity")


def _of(table: Table):
    return table.header, table.rows


def _weight() -> str:
    asked = request.args.get("weight", "")
    return asked if asked in WEIGHTS else WEIGHTS[0]
