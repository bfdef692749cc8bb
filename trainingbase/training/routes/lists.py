"""Lists of activities: searched, of one month, and for download."""

from datetime import date

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.i18n import month, named
from trainingbase.months import first_of_month, months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries.network import institutions
from trainingbase.training import tables
from trainingbase.training.forms.lists import ActivityListForm, AgendaForm
from trainingbase.training.queries import activities as queries
from trainingbase.training.queries import kinds, opinions
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import NAMED, SEEING, chosen, namer, words


def _departments() -> dict[int, str]:
    return {
        department.id: f"{named(institution)} {named(department)}"
        for institution in institutions()
        for department in institution.departments
    }


def _form() -> ActivityListForm:
    form, name_of = ActivityListForm(), namer()
    months = {one.isoformat(): month(one) for one in queries.months(viewer())}
    form.month.choices = options({"": _("All")} | months)
    form.department.choices = options({0: _("All")} | _departments())
    form.kind.choices = options({"": _("All")} | {one: name_of(one) for one in kinds.names()})
    return form


def _wanted(form: ActivityListForm) -> queries.Filter:
    first = chosen(form.month)
    return queries.Filter(
        search=form.search.data or "",
        month=date.fromisoformat(first) if first else None,
        department_id=chosen(form.department),
        kind=chosen(form.kind),
        state=chosen(form.state),
        sort=request.args.get("sort", ""),
        first=form.first.data,
        last=form.last.data,
        today=clock.today(),
    )


@training.get("/activities")
@allow(*SEEING)
def activities():
    form = _form()
    which = _wanted(form)
    number, hours = queries.totals(viewer(), which)
    page = page_of(queries.activities(viewer(), which))
    scored = viewer().holds(*NAMED)
    return render_template(
        "training/activities.html",
        form=form,
        page=page,
        number=number,
        hours=hours,
        in_bulk=which.state == "waiting" and viewer().holds(Role.OFFICE) and page.items,
        scorers=opinions.scorers([one.id for one in page.items]) if scored else {},
        with_scores=scored,
        **words(),
    )


@training.get("/activities/export/<string:kind>")
@allow(*SEEING)
def export(kind: str):
    rows = queries.activities(viewer(), _wanted(_form()))
    table = tables.activities(rows, with_score=viewer().holds(*NAMED), name_of=namer())
    return download(table, kind, "activities")


@training.get("/agenda")
@allow(*SEEING)
def agenda():
    """One month, day by day, to look at and to print."""
    form = AgendaForm()
    form.department.choices = options({0: _("All")} | _departments())
    shown = form.month.data or first_of_month(clock.today())
    form.month.data = shown
    which = queries.Filter(month=shown, department_id=chosen(form.department), sort="held")
    days: dict[date, list] = {}
    for one in queries.listed(viewer(), which):
        days.setdefault(one.held_on, []).append(one)
    return render_template(
        "training/agenda.html",
        form=form,
        shown=shown,
        days=days,
        before=f"{months_later(shown, -1):%Y-%m}",
        after=f"{months_later(shown, 1):%Y-%m}",
        **words(),
    )
