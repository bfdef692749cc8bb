"""All figures on one page, each on its own, and their numbers and charts as files."""

from flask import abort, render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow
from trainingbase.downloads import as_file, download
from trainingbase.quality import report
from trainingbase.quality.figures import FIGURES
from trainingbase.quality.routes.blueprint import READERS, asked_for, quality
from trainingbase.quality.tiles import tiles
from trainingbase.sheets.write import Table


def kept() -> dict:
    """The filter, for links to the rows."""
    names = ("first", "last", "cohort", "department")
    return {name: request.args[name] for name in names if request.args.get(name)}


@quality.get("/")
@allow(*READERS)
def figures():
    """With `part` the key figures alone."""
    form, asking = asked_for()
    if request.args.get("part"):
        return render_template("quality/_tiles.html", tiles=tiles(asking), kept=kept())
    return render_template(
        "quality/figures.html",
        form=form,
        kept=kept(),
        tiles=tiles(asking),
        figures=[make(asking) for make in FIGURES.values()],
    )


@quality.get("/figures/<string:name>")
@allow(*READERS)
def figure(name: str):
    """The page, or for htmx only the figure."""
    if name not in FIGURES:
        abort(404)
    form, asking = asked_for()
    template = "quality/_figure.html" if "HX-Request" in request.headers else "quality/figure.html"
    return render_template(template, form=form, kept=kept(), figure=FIGURES[name](asking))


@quality.get("/figures/<string:name>/numbers.csv")
@allow(*READERS)
def numbers(name: str):
    figure = _figure_or_404(name)
    return download(Table(figure.title, figure.columns, figure.rows), "csv", name)


@quality.get("/figures/<string:name>/chart.html")
@allow(*READERS)
def chart(name: str):
    figure = _figure_or_404(name)
    if figure.chart is None:
        abort(404)
    return as_file(report.chart_page(figure).encode(), "html", name)


@quality.get("/report.xlsx")
@allow(*READERS)
def workbook():
    _form, asking = asked_for()
    return download(report.tables_of(asking), "xlsx", _("Training quality"))


def _figure_or_404(name: str):
    if name not in FIGURES:
        abort(404)
    _form, asking = asked_for()
    return FIGURES[name](asking)
