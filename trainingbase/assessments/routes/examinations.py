"""Results of examinations, and the figures of the province beside them."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.assessments import tables
from trainingbase.assessments.forms import ResultListForm
from trainingbase.assessments.queries import exams
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.filters import chosen
from trainingbase.assessments.words import EXAMINATIONS
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import value_of

NAMED = (Role.OFFICE, Role.AUDITOR)


@assessments.get("/examinations")
@allow(*NAMED, Role.LEADER)
def examinations():
    """A leader gets figures only, no results of named people."""
    form, page, fewest = None, None, exams.fewest_for(viewer())
    if viewer().holds(*NAMED):
        form, rows = _results()
        page = page_of(rows)
    every = exams.figures()
    shown = [one for one in every if one.people >= fewest]
    return render_template(
        "assessments/examinations.html",
        figures=shown,
        hidden={one.kind == "annual" for one in every if one not in shown},
        fewest=fewest,
        target=value_of("first_pass_target"),
        names=EXAMINATIONS,
        form=form,
        page=page,
    )


@assessments.get("/examinations/export/<string:kind>")
@allow(*NAMED)
def export_results(kind: str):
    return download(tables.results(_results()[1]), kind, "examinations")


def _results():
    form = ResultListForm()
    form.year.choices = options({0: _("All")} | {year: str(year) for year in exams.years()})
    return form, exams.results(
        kind=chosen(form.kind),
        year=chosen(form.year),
        search=form.search.data or "",
        sort=request.args.get("sort", ""),
    )
