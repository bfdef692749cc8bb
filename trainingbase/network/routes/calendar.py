"""The capacity calendar, and the rows under one of its cells."""

from datetime import date

from flask import abort, render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.months import first_of_month, months_later
from trainingbase.network import tables
from trainingbase.network.forms import CalendarForm
from trainingbase.network.queries.capacity import calendar_of, leaves_of, rows_of
from trainingbase.network.routes import READERS, network
from trainingbase.network.words import CELLS
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites import queries
from trainingbase.words import LEAVE_KINDS

MOST_MONTHS = 36


def _wanted():
    """The form, the departments wanted and the months."""
    form = CalendarForm()
    everything = {0: _("All")}
    form.institution.choices = options(
        everything | {one.id: named(one) for one in queries.institutions_seen(viewer())}
    )
    form.standard.choices = options(
        everything | {one.id: named(one) for one in queries.standards()}
    )
    form.validate()
    count = form.months.data if form.months.data in (3, 12, 24, MOST_MONTHS) else 12
    first = first_of_month(form.first.data or clock.today())
    rows = queries.listed_departments(
        viewer(),
        search=form.search.data or "",
        institution_id=form.institution.data or 0,
        standard_id=form.standard.data or 0,
        state="",
        sort="",
        today=clock.today(),
    )
    rows = rows.where(queries.kept_by(viewer()))
    return form, rows, [months_later(first, number) for number in range(count)]


@network.get("/calendar")
@allow(*READERS)
def calendar():
    form, rows, months = _wanted()
    page = page_of(rows)
    return render_template(
        "network/calendar.html",
        form=form,
        page=page,
        months=months,
        cells=calendar_of([one.id for one in page.items], months),
        words=CELLS,
        earlier=f"{months_later(months[0], -len(months)):%Y-%m}",
        later=f"{months_later(months[-1], 1):%Y-%m}",
    )


@network.get("/calendar/export/<string:kind>")
@allow(*READERS)
def export_calendar(kind: str):
    _form, rows, months = _wanted()
    found = queries.all_of(rows)
    cells = calendar_of([one.id for one in found], months)
    return download(tables.of_calendar(found, months, cells), kind, _("Places by month"))


@network.get("/departments/<int:department_id>/months/<string:month>")
@allow(Role.OFFICE, Role.AUDITOR, Role.SITE_COORDINATOR, Role.SECRETARY)
def month_rows(department_id: int, month: str):
    department = queries.department_kept(viewer(), department_id)
    try:
        first = date.fromisoformat(f"{month}-01")
        before, after = months_later(first, -1), months_later(first, 1)
    except ValueError:
        abort(404)
    placements = rows_of(viewer(), department, first, today=clock.today())
    return render_template(
        "network/month.html",
        department=department,
        month=first,
        placements=placements,
        leaves=leaves_of([one.resident_id for one in placements], first),
        cell=calendar_of([department.id], [first])[department.id][first],
        words=CELLS,
        leave_kinds=LEAVE_KINDS,
        before=f"{before:%Y-%m}",
        after=f"{after:%Y-%m}",
    )
