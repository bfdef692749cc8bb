"""Who leaves, how far it is, and how late."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.leaving import tables
from trainingbase.leaving.forms import SearchForm
from trainingbase.leaving.queries import lists as queries
from trainingbase.leaving.queries import standing_of
from trainingbase.leaving.routes.blueprint import SEEING, leaving
from trainingbase.leaving.words import STATE_KINDS, STATES
from trainingbase.months import first_of_month
from trainingbase.paging import PER_PAGE, page_number, page_of_rows


def _listed():
    """This month, where nothing else is asked for."""
    form, today = SearchForm(), clock.today()
    departments = queries.departments_of(viewer(), today=today)
    names = {one.id: f"{named(one.institution)} · {named(one)}" for one in departments}
    form.department.choices = options({0: _("All")} | names)
    valid = form.validate()
    if not request.args:
        form.month.data = first_of_month(today)
    which = queries.Filter(
        search=form.search.data or "",
        month=first_of_month(form.month.data) if valid and form.month.data else None,
        state=form.state.data or "",
        department_id=form.department.data or 0,
        sort=request.args.get("sort", ""),
    )
    return form, queries.listed(viewer(), which, today=today)


@leaving.get("/", strict_slashes=False)
@allow(*SEEING)
def all():
    form, rows = _listed()
    found, total = queries.page(rows, page_number(), PER_PAGE)
    shown = queries.rows_of(found, today=clock.today())
    return render_template(
        "leaving/all.html",
        form=form,
        page=page_of_rows(shown, total),
        standings=standing_of([one.placement.id for one in shown]),
        states=STATES,
        state_kinds=STATE_KINDS,
    )


@leaving.get("/export/<string:kind>")
@allow(*SEEING)
def export(kind: str):
    _form, rows = _listed()
    shown = queries.rows_of(queries.all_rows(rows), today=clock.today())
    standings = standing_of([one.placement.id for one in shown])
    return download(tables.of_leavings(shown, standings), kind, _("Leaving"))
