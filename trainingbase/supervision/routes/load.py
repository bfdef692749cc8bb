"""The workload by month, and the placements behind a number."""

from datetime import date, timedelta

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.faculty.queries import member_for
from trainingbase.i18n import month
from trainingbase.months import months_from, months_later
from trainingbase.paging import page_of, page_of_list
from trainingbase.supervision import tables
from trainingbase.supervision.forms import AHEAD, LoadForm
from trainingbase.supervision.queries import desk
from trainingbase.supervision.queries import load as queries
from trainingbase.supervision.routes.blueprint import LOAD, OWN, supervision


def _load():
    form, today = LoadForm(), clock.today()
    form.choose_from(desk.departments(viewer()))
    first = form.month.data = form.first(today)
    ends_on = months_later(first, AHEAD)
    found = queries.load(
        viewer(),
        months_from(first, ends_on),
        ends_on=ends_on,
        department_id=form.department.data or 0,
        institution_id=form.institution.data or 0,
        search=form.search.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, found


@supervision.get("/load")
@allow(*LOAD)
def load():
    form, found = _load()
    return render_template(
        "supervision/load.html",
        form=form,
        load=found,
        part=page_of_list(found.lines),
        labels=[(f"{one:%Y-%m}", month(one)) for one in found.months],
    )


@supervision.get("/load/export/<string:kind>")
@allow(*LOAD)
def export_load(kind: str):
    _form, found = _load()
    return download(tables.of_load(found), kind, _("Workload by month"))


def _month() -> dict:
    """Of one month when the address says which, else of all time; `begun` leaves out what has
    not."""
    said = request.args.get("month", "")
    if not said:
        begun = {"starts_on": date.min, "ends_on": clock.today() + timedelta(days=1)}
        return begun if request.args.get("begun") else {}
    try:
        first = date.fromisoformat(f"{said}-01")
        return {"starts_on": first, "ends_on": months_later(first, 1)}
    except ValueError:
        raise NotFound from None


@supervision.get("/members/<int:member_id>/placements")
@allow(*OWN)
def placements(member_id: int):
    member, when = member_for(viewer(), member_id), _month()
    return render_template(
        "supervision/placements.html",
        member=member,
        first=when.get("starts_on") if request.args.get("month") else None,
        page=page_of(queries.supervised(viewer(), member, **when)),
        elsewhere=queries.elsewhere(viewer(), member, **when),
    )


@supervision.get("/members/<int:member_id>/placements/<string:kind>")
@allow(*OWN)
def export_placements(member_id: int, kind: str):
    member = member_for(viewer(), member_id)
    rows = queries.all_of(queries.supervised(viewer(), member, **_month()))
    return download(tables.of_placements(rows), kind, _("Residents supervised"))
