"""The roster of a day: who is here, and one tap to say otherwise."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.attendance import actions, tables
from trainingbase.attendance.forms import ConfirmForm, DayForm, MarkForm
from trainingbase.attendance.models.records import MonthIsClosed, NotPossible
from trainingbase.attendance.queries import roster
from trainingbase.attendance.queries.choices import choice_row_on, year_is_known
from trainingbase.attendance.queries.scope import (
    department_for,
    may_take,
    placement_to_take,
    places_seen,
)
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import READ, TAKE, with_query
from trainingbase.attendance.routes.roll import roll
from trainingbase.attendance.words import (
    FIGURES,
    KINDS,
    NOT_POSSIBLE,
    counted_by,
)
from trainingbase.downloads import download
from trainingbase.paging import page_of_list


def _rows():
    form = DayForm()
    seen = places_seen(viewer())
    form.choose_from(seen)
    form.validate()
    day = form.day.data = form.day.data or clock.today()
    which = roster.Which(
        department_id=form.department.data or 0,
        search=form.search.data or "",
        sort=request.args.get("sort", ""),
    )
    everybody = roster.of_day(viewer(), day, which)
    figure = form.figure.data or ""
    some = [one for one in everybody if not figure or figure in one.figures]
    return form, day, seen, everybody, some


def _page(status: int = 200, problem: tuple[int, str] | None = None):
    form, day, seen, everybody, some = _rows()
    part = page_of_list(some)
    chosen = next((one for one in seen if one.id == form.department.data), None)
    if chosen is None and len(seen) == 1:
        chosen = seen[0]
    row = choice_row_on(day)
    page = render_template(
        "attendance/day.html",
        form=form,
        day=day,
        today=clock.today(),
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        page=part,
        rows=roster.named(viewer(), part.items, day),
        counts=_counts(everybody),
        department=chosen if chosen and may_take(viewer(), chosen) else None,
        confirmation=roster.confirmed(chosen, day) if chosen else None,
        choice=row,
        rule=counted_by((row.counting,)),
        known=year_is_known(day.year),
        problem=problem,
        roll=roll,
        figures=FIGURES,
        kinds=KINDS,
    )
    return page, status


def _counts(rows) -> dict[str, int]:
    return {name: sum(name in one.figures for one in rows) for name in FIGURES}


@attendance.get("/")
@allow(*READ)
def day():
    return _page()


@attendance.get("/export/<string:kind>")
@allow(*READ)
def export_day(kind: str):
    _form, on, _seen, _everybody, some = _rows()
    rows = roster.named(viewer(), some, on)
    return download(tables.of_day(rows, on), kind, _("Attendance"))


@attendance.post("/marks/<int:placement_id>")
@allow(*TAKE)
def mark(placement_id: int):
    """What was tapped, or chosen with a half and a reason."""
    form = MarkForm()
    if not form.validate_on_submit():
        errors = [error for errors in form.errors.values() for error in errors]
        return _page(422, (placement_id, str(errors[0])))
    day = form.day.data
    placement = placement_to_take(viewer(), placement_id, day)
    noted = roster.cell_of(placement, day)
    before = noted.noted.halves if noted and noted.noted else (None, None)
    morning, afternoon = form.halves(before)
    wanted = actions.Wanted(
        placement, day, morning, afternoon, form.reason.data or None, form.version.data
    )
    try:
        actions.mark(wanted, by=viewer(), at=clock.now())
    except actions.Overtaken:
        said = _("Somebody else has changed this meanwhile: look again.")
        return _page(409, (placement_id, said))
    except MonthIsClosed:
        return _page(409, (placement_id, _("The month is closed: only the office corrects it.")))
    except NotPossible as no:
        return _page(422, (placement_id, str(NOT_POSSIBLE[no.because])))
    return redirect(with_query(url_for("attendance.day"), f"p{placement_id}"))


@attendance.post("/departments/<int:department_id>/confirmation")
@allow(*TAKE)
def confirm(department_id: int):
    department, form = department_for(viewer(), department_id, taking=True), ConfirmForm()
    back = redirect(with_query(url_for("attendance.day")))
    if not form.validate_on_submit():
        flash(_("Choose a day."), "error")
        return back
    try:
        number = actions.confirm_day(department, form.day.data, by=viewer(), at=clock.now())
    except MonthIsClosed:
        flash(_("The month is closed: only the office corrects it."), "error")
    except NotPossible as no:
        flash(NOT_POSSIBLE[no.because], "error")
    else:
        flash(
            _("Confirmed: everybody else was there.") if number else _("Nothing was open."),
            "success",
        )
    return back


@attendance.post("/departments/<int:department_id>/taking-back")
@allow(*TAKE)
def take_back_day(department_id: int):
    department, form = department_for(viewer(), department_id, taking=True), ConfirmForm()
    try:
        if form.validate_on_submit() and actions.take_back_day(
            department, form.day.data, by=viewer(), at=clock.now()
        ):
            flash(_("Taken back."), "success")
    except MonthIsClosed:
        flash(_("The month is closed: only the office corrects it."), "error")
    return redirect(with_query(url_for("attendance.day")))
