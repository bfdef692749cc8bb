"""The list of appeals, and one of them."""

from flask import abort, render_template, request

from trainingbase.access import allow, viewer
from trainingbase.attendance import tables
from trainingbase.attendance.forms import AnswerForm, AppealSearchForm
from trainingbase.attendance.queries import appeals as queries
from trainingbase.attendance.queries.months import month_row
from trainingbase.attendance.queries.roster import cell_of, mark_of
from trainingbase.attendance.queries.scope import departments_seen
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import READ
from trainingbase.attendance.words import (
    APPEAL_KINDS,
    APPEAL_STATES,
    STATES,
    in_words,
    said_of_halves,
)
from trainingbase.downloads import download
from trainingbase.files.sending import send
from trainingbase.history.queries import changes_of
from trainingbase.months import first_of_month
from trainingbase.paging import page_of
from trainingbase.roles import Role


def _listed():
    form = AppealSearchForm()
    form.choose_from(departments_seen(viewer()))
    form.validate()
    return form, queries.appeals(
        viewer(),
        state=form.state.data or "",
        search=form.search.data or "",
        department_id=form.department.data or 0,
        sort=request.args.get("sort", ""),
    )


@attendance.get("/appeals")
@allow(*READ)
def appeals():
    form, rows = _listed()
    return render_template(
        "attendance/appeals.html",
        form=form,
        page=page_of(rows),
        states=STATES,
        wanted=tables.wanted,
        appeal_states=APPEAL_STATES,
        appeal_kinds=APPEAL_KINDS,
    )


@attendance.get("/appeals/export/<string:kind>")
@allow(*READ)
def export_appeals(kind: str):
    _form, rows = _listed()
    table = tables.of_appeals(queries.all_of(rows))
    return download(table, kind, table.title)


def page_of_appeal(one, status: int = 200, decision: AnswerForm | None = None):
    row = mark_of(one.resident_id, one.day_on)
    month = month_row(one.placement.department_id, first_of_month(one.day_on))
    may = queries.may_decide(viewer(), one)
    if may and decision is None:
        decision = AnswerForm(formdata=None, data={"version": one.version})
    page = render_template(
        "attendance/appeal.html",
        appeal=one,
        cell=cell_of(one.placement, one.day_on),
        month=month,
        decision=decision if may else None,
        is_own=one.resident.person_id == viewer().id,
        changes=page_of(changes_of(row)) if row is not None else None,
        wanted=tables.wanted(one),
        words=in_words,
        said=said_of_halves(),
        states=STATES,
        appeal_states=APPEAL_STATES,
        appeal_kinds=APPEAL_KINDS,
    )
    return page, status


@attendance.get("/appeals/<int:appeal_id>")
@allow(*READ, Role.RESIDENT)
def appeal(appeal_id: int):
    return page_of_appeal(queries.appeal_for(viewer(), appeal_id))


@attendance.get("/appeals/<int:appeal_id>/file")
@allow(*READ, Role.RESIDENT)
def appeal_file(appeal_id: int):
    one = queries.appeal_for(viewer(), appeal_id)
    if one.file is None:
        abort(404)
    return send(one.file)
