"""Closing a month, and who has closed which."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.attendance import actions, tables
from trainingbase.attendance.forms import CloseForm, MatrixForm, ReopenForm
from trainingbase.attendance.models.records import NotPossible
from trainingbase.attendance.queries import months as queries
from trainingbase.attendance.queries.roster import with_names
from trainingbase.attendance.queries.scope import department_for, may_take
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import CLOSE, TAKE, month_named, this_month
from trainingbase.attendance.words import (
    NOT_POSSIBLE,
    SQUARE_KINDS,
    SQUARES,
    STATES,
    counted_by,
    number,
)
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.months import months_later
from trainingbase.paging import page_of, page_of_list
from trainingbase.roles import Role
from trainingbase.stale import Stale

SHOWN = 6
"""Months side by side."""


def _matrix():
    form = MatrixForm()
    form.validate()
    last = form.month.data = this_month(form.month.data)
    return form, queries.matrix(viewer(), months_later(last, 1 - SHOWN), SHOWN, today=clock.today())


@attendance.get("/months")
@allow(*CLOSE)
def months():
    form, (columns, rows) = _matrix()
    return render_template(
        "attendance/months.html",
        form=form,
        months=columns,
        page=page_of_list(rows),
        late=sum(square.state == "late" for _one, squares in rows for square in squares),
        squares=SQUARES,
        square_kinds=SQUARE_KINDS,
        deadline=queries.deadline(columns[-2]),
        before=months_later(columns[-1], -SHOWN),
        after=months_later(columns[-1], SHOWN),
    )


@attendance.get("/months/export/<string:kind>")
@allow(*CLOSE)
def export_months(kind: str):
    _form, (columns, rows) = _matrix()
    title = _("Months closed")
    return download(tables.of_matrix(columns, rows, title), kind, title)


def _page(department, month_on, form: CloseForm, reopening: ReopenForm | None = None, status=200):
    rows, found = queries.open_in(department.id, month_on)
    row = queries.month_row(department.id, month_on)
    if reopening is None and row is not None and row.is_closed:
        reopening = ReopenForm(formdata=None, data={"version": row.version})
    changed = queries.changed_since(row) if row is not None else []
    page = render_template(
        "attendance/closing.html",
        department=department,
        month=month_on,
        row=row,
        rows=rows,
        found=found,
        form=form,
        reopening=reopening if viewer().holds(Role.OFFICE) else None,
        changed=with_names(changed) if changed else [],
        may=may_take(viewer(), department),
        is_over=clock.today() >= months_later(month_on, 1),
        changes=page_of(changes_of(row)) if row is not None else None,
        used=tables.used_kinds(rows),
        rule=counted_by(tuple(dict.fromkeys(r for one in rows for r in one.days.counted_by))),
        deadline=queries.deadline(month_on),
        number=number,
        states=STATES,
    )
    return page, status


@attendance.get("/months/<string:month>/<int:department_id>")
@allow(*CLOSE)
def closing(month: str, department_id: int):
    department = department_for(viewer(), department_id)
    return _page(department, month_named(month), CloseForm(formdata=None))


@attendance.post("/months/<string:month>/<int:department_id>")
@allow(*TAKE)
def close(month: str, department_id: int):
    month_on = month_named(month)
    department, form = department_for(viewer(), department_id, taking=True), CloseForm()
    if not form.validate_on_submit():
        return _page(department, month_on, form, status=422)
    try:
        _row, is_new = actions.close_month(
            department,
            month_on,
            confirms=form.confirms.data,
            said=form.said.data or None,
            by=viewer(),
            at=clock.now(),
        )
    except actions.Unsettled as unsettled:
        if unsettled.found.presumed and not form.confirms.data:
            form.refuse("confirms", _("Confirm it, or record who was not there."))
        if unsettled.found.must_be_said and not form.said.data:
            form.refuse("said", _("Say why it stays unknown, or put it right first."))
        return _page(department, month_on, form, status=422)
    except NotPossible as no:
        flash(NOT_POSSIBLE[no.because], "error")
    else:
        said = _("The month is closed.") if is_new else _("The month was closed already.")
        flash(said, "success" if is_new else "info")
    return redirect(url_for("attendance.closing", month=month, department_id=department_id))


@attendance.post("/months/<string:month>/<int:department_id>/reopening")
@allow(Role.OFFICE)
def reopen(month: str, department_id: int):
    month_on = month_named(month)
    department, form = department_for(viewer(), department_id), ReopenForm()
    row = queries.month_row(department_id, month_on)
    back = redirect(url_for("attendance.closing", month=month, department_id=department_id))
    if row is None:
        return back
    if not form.validate_on_submit():
        return _page(department, month_on, CloseForm(formdata=None), form, 422)
    try:
        actions.reopen_month(
            row, because=form.because.data, version=form.version.data, by=viewer(), at=clock.now()
        )
    except (Stale, NotPossible):
        flash(_("Somebody else has changed this meanwhile: look again."), "error")
    else:
        flash(_("The month is open again; the department is told."), "success")
    return back
