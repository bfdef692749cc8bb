"""Means over departments, sites and the base, of released batches only."""

from datetime import date

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow
from trainingbase.ballots.forms import TotalFilter
from trainingbase.ballots.queries import figures
from trainingbase.ballots.routes.blueprint import OVERSEERS, ballots
from trainingbase.ballots.tables import of_totals
from trainingbase.ballots.words import GROUPS, KINDS
from trainingbase.downloads import download
from trainingbase.i18n import named


def _found(form: TotalFilter):
    """Kind, way of grouping, and (name, total) of each group."""
    kind, by, year = form.wanted(clock.today().year)
    starts_on, ends_on = date(year, 1, 1), date(year + 1, 1, 1)
    totals = figures.totals(kind, by, starts_on=starts_on, ends_on=ends_on)
    names = figures.group_names(by, [one.group_id for one in totals])
    base = _("The base as a whole")
    rows = [(named(names[one.group_id]) if one.group_id in names else base, one) for one in totals]
    return kind, by, rows


@ballots.get("/totals")
@allow(*OVERSEERS)
def totals():
    form = TotalFilter()
    kind, by, rows = _found(form)
    return render_template(
        "ballots/totals.html",
        form=form,
        kind=str(KINDS[kind]),
        by=str(GROUPS[by]),
        rows=rows,
        fewest=figures.FEWEST_TEACHERS if kind == "teacher" else 1,
    )


@ballots.get("/totals/export/<string:kind>")
@allow(*OVERSEERS)
def totals_file(kind: str):
    _kind, _by, rows = _found(TotalFilter())
    return download(of_totals(rows), kind, "totals-of-opinions")
