"""The month: residents by days, with what each adds up to; as a sheet, and as a table."""

from datetime import timedelta

from flask import current_app, render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.attendance import tables
from trainingbase.attendance.forms import MonthForm
from trainingbase.attendance.queries import roster
from trainingbase.attendance.queries.choices import calendar_of, year_is_known
from trainingbase.attendance.queries.scope import departments_seen, may_take
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import READ, this_month
from trainingbase.attendance.routes.grid import Grid
from trainingbase.attendance.words import STATES, counted_by, number, sign
from trainingbase.attendance.workbook import month_sheets
from trainingbase.downloads import as_file, download
from trainingbase.i18n import day, language
from trainingbase.i18n import month as month_in_words
from trainingbase.months import months_later
from trainingbase.paging import page_of_list


def asked():
    """The form, the month, the ids of its placements, and the departments to choose from."""
    form, seen = MonthForm(), departments_seen(viewer())
    form.choose_from(seen)
    form.validate()
    month_on = form.month.data = this_month(form.month.data)
    which = roster.Which(
        department_id=form.department.data or 0,
        search=form.search.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, month_on, roster.in_month(viewer(), month_on, which), seen


def days_in(month_on):
    return [
        month_on + timedelta(days=number)
        for number in range((months_later(month_on, 1) - month_on).days)
    ]


@attendance.get("/month")
@allow(*READ)
def month():
    form, month_on, found, seen = asked()
    page = page_of_list(found)
    rows = roster.with_cells(roster.in_brief(page.items), month_on)
    chosen = next((one for one in seen if one.id == form.department.data), None)
    if chosen is None and len(seen) == 1:
        chosen = seen[0]
    place = (
        chosen or next(iter(seen), None) or next((one.placement.department for one in rows), None)
    )
    columns = _columns(month_on, place)
    grid = Grid(columns, clock.today())
    drawn = grid.rows(rows)
    return render_template(
        "attendance/month.html",
        form=form,
        month=month_on,
        page=page,
        rows=drawn,
        days=columns,
        department=chosen if chosen and may_take(viewer(), chosen) else None,
        known=year_is_known(month_on.year),
        legend=[one for one in STATES if one in grid.seen and sign(one)],
        today=clock.today(),
        before=months_later(month_on, -1),
        after=months_later(month_on, 1),
        rule=counted_by(tuple(dict.fromkeys(r for one in rows for r in one.days.counted_by))),
        sign=sign,
        number=number,
        states=STATES,
    )


def _columns(month_on, place) -> list[tuple]:
    """Of each day the date, how it is shown and written, and whether work is done on it."""
    if place is None:
        return []
    calendar = calendar_of(place, month_on, months_later(month_on, 1))
    return [(one, day(one), one.isoformat(), calendar.is_working(one)) for one in days_in(month_on)]


@attendance.get("/month/sheet")
@allow(*READ)
def month_sheet():
    """The sheet as it is printed and hung up (考勤表)."""
    _form, month_on, found, _seen = asked()
    base = current_app.config["BASE_NAME_EN" if language() == "en" else "BASE_NAME"]
    content = month_sheets(roster.with_cells(roster.with_names(found), month_on), month_on, base)
    return as_file(content, "xlsx", f"{_('Attendance sheet')} {month_on:%Y-%m}")


@attendance.get("/totals")
@allow(*READ)
def totals():
    form, month_on, found, _seen = asked()
    page = page_of_list(found)
    rows = roster.with_cells(roster.with_names(page.items), month_on)
    return render_template(
        "attendance/totals.html",
        form=form,
        month=month_on,
        page=page,
        rows=rows,
        used=tables.used_kinds(rows),
        rule=counted_by(tuple(dict.fromkeys(r for one in rows for r in one.days.counted_by))),
        number=number,
        states=STATES,
    )


@attendance.get("/totals/export/<string:kind>")
@allow(*READ)
def export_totals(kind: str):
    _form, month_on, found, _seen = asked()
    rows = roster.with_cells(roster.with_names(found), month_on)
    title = month_in_words(month_on)
    return download(tables.of_totals(rows, title), kind, f"{_('Attendance')} {month_on:%Y-%m}")
