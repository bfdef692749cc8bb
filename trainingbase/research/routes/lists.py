"""Lists of work: one's own, and what one may see."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.paging import page_of
from trainingbase.research import queries, tables
from trainingbase.research.forms import WorkListForm
from trainingbase.research.queries.works import Filter
from trainingbase.research.routes.blueprint import EVERY_READER, READERS, WORKERS, research
from trainingbase.research.words import FIELDS, KINDS, LEVELS, STATE_KINDS, STATES, role_of


def words() -> dict:
    return {
        "kinds": KINDS,
        "levels": LEVELS,
        "states": STATES,
        "state_kinds": STATE_KINDS,
        "fields": FIELDS,
        "role_of": role_of,
    }


def _listed(*, only_own: bool):
    form = WorkListForm()
    form.validate()
    which = Filter(
        search=form.search.data or "",
        kind=form.kind.data or "",
        state=form.state.data or "",
        year=form.year.data if form.year.data and not form.year.errors else 0,
        only_own=only_own,
        sort=request.args.get("sort", ""),
    )
    return form, queries.works(viewer(), which)


@research.get("/mine")
@allow(*WORKERS)
def mine():
    form, rows = _listed(only_own=True)
    return render_template("research/mine.html", form=form, page=page_of(rows), **words())


@research.get("/", strict_slashes=False)
@allow(*READERS)
def works():
    form, rows = _listed(only_own=False)
    return render_template("research/works.html", form=form, page=page_of(rows), **words())


@research.get("/export/<string:kind>")
@allow(*EVERY_READER)
def export(kind: str):
    """What one sees: the whole list, or with `own` one's own."""
    _form, rows = _listed(only_own=bool(request.args.get("own")))
    table = tables.of_works(queries.all_of(rows))
    return download(table, kind, _("Research and scholarship"))
