"""The calendar of working days, and the office's corrections of it."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock, holidays
from trainingbase.access import allow, viewer
from trainingbase.attendance import actions, tables
from trainingbase.attendance.forms import ExceptionForm, YearForm
from trainingbase.attendance.queries import choices as queries
from trainingbase.attendance.queries.months import closed_from, every_department
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import READ
from trainingbase.attendance.words import FESTIVALS
from trainingbase.downloads import download
from trainingbase.leave.queries.rules import day_off, days_off_of
from trainingbase.months import first_of_month, months_later
from trainingbase.roles import Role
from trainingbase.sites.queries.calendars import base_calendar


def _year() -> tuple[YearForm, int]:
    form = YearForm()
    valid = form.validate()
    return form, (form.year.data if valid else None) or clock.today().year


def _known_days(year: int) -> list[tuple[date, bool, str]]:
    """What the library says of a year, in order: day, whether it is worked, the festival."""
    names, found = holidays.names(), []
    for day, is_working in sorted(holidays.differing().items()):
        if day.year == year:
            name = names.get(day, "")
            found.append((day, is_working, str(FESTIVALS.get(name, name))))
    return found


def _page(form: ExceptionForm | None = None, status: int = 200, asked: int | None = None):
    search, year = _year()
    year = asked or year
    known, months = base_calendar(), [date(year, number, 1) for number in range(1, 13)]
    if form is None and viewer().holds(Role.OFFICE):
        form = ExceptionForm(formdata=None)
        form.choose_from(every_department())
    page = render_template(
        "attendance/calendar.html",
        search=search,
        year=year,
        form=form,
        months=[(one, known.days(one, months_later(one, 1), working=True)) for one in months],
        differing=_known_days(year),
        base=days_off_of(year),
        exceptions=queries.exceptions_of(year),
        is_in_library=year in holidays.years(),
        entered=queries.entered_years().get(year),
    )
    return page, status


@attendance.get("/calendar")
@allow(*READ, Role.RESIDENT)
def calendar():
    return _page()


@attendance.get("/calendar/export/<string:kind>")
@allow(*READ, Role.RESIDENT)
def export_calendar(kind: str):
    _form, year = _year()
    table = tables.of_calendar(
        _known_days(year), days_off_of(year), queries.exceptions_of(year), year
    )
    return download(table, kind, f"{_('Calendar of working days')} {year}")


@attendance.post("/calendar/days")
@allow(Role.OFFICE)
def add_day():
    form = ExceptionForm()
    form.choose_from(every_department())
    if not form.validate_on_submit():
        return _page(form, 422)
    day, reason = form.day_on.data, form.reason.data
    told = {"is_working": form.is_working.data == "working", "reason": reason}
    who = {"by": viewer(), "at": clock.now()}
    if form.where.data == "base":
        actions.put_base_day(day, **told, **who)
    else:
        actions.add_exception(day, **form.place(), **told, **who)
    flash(_("Saved."), "success")
    _warn_of_closed(day)
    return redirect(url_for("attendance.calendar", year=day.year))


def _warn_of_closed(day: date) -> None:
    if closed_from(first_of_month(day)):
        flash(_("Departments have closed this month or later ones: their figures change."), "info")


@attendance.post("/calendar/days/<int:exception_id>/removal")
@allow(Role.OFFICE)
def remove_day(exception_id: int):
    row = queries.exception_by_id(exception_id)
    day = row.day_on
    actions.remove_exception(row, by=viewer(), at=clock.now())
    flash(_("Taken back."), "success")
    _warn_of_closed(day)
    return redirect(url_for("attendance.calendar", year=day.year))


@attendance.post("/calendar/base-days/<string:day>/removal")
@allow(Role.OFFICE)
def remove_base_day(day: str):
    try:
        row = day_off(date.fromisoformat(day))
    except ValueError:
        row = None
    if row is None:
        return redirect(url_for("attendance.calendar"))
    on = row.day_on
    actions.remove_base_day(row, by=viewer(), at=clock.now())
    flash(_("Taken back."), "success")
    _warn_of_closed(on)
    return redirect(url_for("attendance.calendar", year=on.year))


@attendance.post("/calendar/years/<int:year>")
@allow(Role.OFFICE)
def declare_year(year: int):
    """Every holiday of it has been entered; done again it is taken back."""
    if 2000 <= year <= 2100 and year not in holidays.years():
        if year in queries.entered_years():
            actions.take_back_year(year, by=viewer(), at=clock.now())
        else:
            actions.declare_year(year, by=viewer(), at=clock.now())
        flash(_("Saved."), "success")
        return redirect(url_for("attendance.calendar", year=year))
    return redirect(url_for("attendance.calendar"))
