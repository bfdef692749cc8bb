"""All figures on one page, each on its own, and each as CSV."""

from flask import abort, make_response, render_template, request

from trainingbase.access import allow
from trainingbase.quality.figures import FIGURES
from trainingbase.quality.routes.blueprint import READERS, asked_for, quality
from trainingbase.quality.tiles import tiles


def kept() -> dict:
    """The filter, for links to the rows."""
    names = ("first", "last", "cohort", "department")
    return {name: request.args[name] for name in names if request.args.get(name)}


@quality.get("/")
@allow(*READERS)
def figures():
    form, asking = asked_for()
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
    from trainingbase.sheets import write

    if name not in FIGURES:
        abort(404)
    _form, asking = asked_for()
    made = FIGURES[name](asking)
    response = make_response(write.csv_text(write.Table(made.title, made.columns, made.rows)))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
