"""Every indicator with its definition, each with its charts, and their numbers as files."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import as_file, download
from trainingbase.quality import actions, defining, listing
from trainingbase.quality.charts.page import chart_page
from trainingbase.quality.figures import VIEWS, Figure
from trainingbase.quality.figures.finding import finding
from trainingbase.quality.indicators import INDICATORS, Indicator
from trainingbase.quality.routes.blueprint import READERS, asked_for, kept, quality
from trainingbase.quality.words import GROUPS
from trainingbase.roles import Role
from trainingbase.sheets.write import Table
from trainingbase.thresholds import queries as thresholds
from trainingbase.thresholds.models import Threshold


@quality.get("/indicators")
@allow(*READERS)
def indicators():
    form, asking = asked_for()
    return render_template(
        "quality/indicators.html",
        form=form,
        kept=kept(),
        groups=listing.by_group(asking),
        names=GROUPS,
        counts=asking.book.kept.values(),
        columns=listing.columns(),
    )


@quality.get("/indicators/export/<string:kind>")
@allow(*READERS)
def export_indicators(kind: str):
    _form, asking = asked_for()
    rows = listing.rows(asking)
    return download(Table(_("Indicators"), listing.columns(), rows), kind, "indicators")


@quality.get("/definitions")
@allow(*READERS)
def definitions():
    """Every indicator in both languages, and where it comes from."""
    found = defining.definitions(_targets())
    return render_template(
        "quality/definitions.html", definitions=found, kept=kept(), groups=GROUPS
    )


@quality.get("/definitions/export/<string:kind>")
@allow(*READERS)
def export_definitions(kind: str):
    found = defining.definitions(_targets())
    return download(defining.table(found), kind, "definitions")


@quality.post("/indicators/count")
@allow(Role.OFFICE)
def count_anew():
    actions.ask_anew(by=viewer(), at=clock.now())
    flash(_("The worker counts all figures anew."), "success")
    return redirect(url_for("quality.indicators"))


@quality.get("/indicators/<string:key>")
@allow(*READERS)
def indicator(key: str):
    """All charts of one indicator."""
    found = _indicator(key)
    form, asking = asked_for()
    return render_template(
        "quality/indicator.html",
        form=form,
        kept=kept(),
        indicator=found,
        finding=finding(found, asking),
        figures=[make(found, asking) for make in VIEWS[key].values()],
    )


@quality.get("/indicators/<string:key>/<string:view>")
@allow(*READERS)
def figure(key: str, view: str):
    """The page, or for htmx only the figure."""
    made, form = _figure(key, view)
    template = "quality/_figure.html" if "HX-Request" in request.headers else "quality/figure.html"
    return render_template(template, form=form, kept=kept(), figure=made, indicator=INDICATORS[key])


@quality.get("/indicators/<string:key>/<string:view>/figure.json")
@allow(*READERS)
def figure_json(key: str, view: str):
    made, _form = _figure(key, view)
    return jsonify(
        title=made.title, figure=made.chart, columns=made.columns, rows=made.rows, of=made.of
    )


@quality.get("/indicators/<string:key>/<string:view>/numbers.<string:kind>")
@allow(*READERS)
def numbers(key: str, view: str, kind: str):
    made, _form = _figure(key, view)
    return download(Table(made.title, made.columns, made.rows), kind, made.name)


@quality.get("/indicators/<string:key>/<string:view>/chart.html")
@allow(*READERS)
def chart(key: str, view: str):
    made, _form = _figure(key, view)
    if made.chart is None:
        abort(404)
    return as_file(chart_page(made.chart, made.title).encode(), "html", made.name)


@quality.get("/workbook.xlsx")
@allow(*READERS)
def workbook():
    """Every figure of every indicator, for this filter."""
    _form, asking = asked_for()
    return download(listing.workbook(asking), "xlsx", _("Training quality"))


def _targets() -> dict[str, Threshold]:
    return {one.key: one for one in thresholds.all_thresholds()}


def _indicator(key: str) -> Indicator:
    if key not in INDICATORS:
        abort(404)
    return INDICATORS[key]


def _figure(key: str, view: str) -> tuple[Figure, object]:
    found = _indicator(key)
    if view not in VIEWS[key]:
        abort(404)
    form, asking = asked_for()
    return VIEWS[key][view](found, asking), form
