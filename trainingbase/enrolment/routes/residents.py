"""The pages about residents and their leave."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment import actions, queries, tables
from trainingbase.enrolment.forms import LeaveSearchForm, ResidentSearchForm
from trainingbase.enrolment.models import AlreadyDecided
from trainingbase.enrolment.routes import enrolment
from trainingbase.enrolment.words import CLAIM_KINDS, CLAIM_STATES, PAYERS
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.words import LEAVE_KINDS, TRAINEE_TYPES


def _resident_rows():
    form = ResidentSearchForm()
    form.cohort.choices = options({0: _("All")} | {c.id: named(c) for c in queries.cohorts()})
    rows = queries.residents(
        viewer(),
        search=form.search.data or "",
        cohort_id=form.cohort.data,
        state=form.state.data or "training",
        sort=request.args.get("sort", ""),
    )
    return form, rows


@enrolment.get("/residents")
@allow(Role.OFFICE, Role.AUDITOR, Role.FACULTY)
def residents():
    form, rows = _resident_rows()
    return render_template("enrolment/residents.html", form=form, page=page_of(rows))


@enrolment.get("/residents/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_residents(kind: str):
    _form, rows = _resident_rows()
    table = tables.of_residents(queries.all_of(rows), unmasked=viewer().holds(Role.OFFICE))
    return download(table, kind, _("Residents"))


@enrolment.get("/residents/<int:resident_id>")
@allow(Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.RESIDENT)
def resident(resident_id: int):
    found = queries.resident_for(viewer(), resident_id)
    own = found.person_id == viewer().id
    return render_template(
        "enrolment/resident.html",
        resident=found,
        own=own,
        particulars=queries.particulars_of(found),
        terms_shown=own or viewer().holds(Role.OFFICE, Role.AUDITOR),
        contacts_shown=own or viewer().holds(Role.OFFICE),
        contracts=queries.contracts_of(found),
        obligations=queries.obligations_of(found),
        claims=queries.claims_of(found),
        trainee_types=TRAINEE_TYPES,
        leave_kinds=LEAVE_KINDS,
        payers=PAYERS,
        claim_states=CLAIM_STATES,
        claim_kinds=CLAIM_KINDS,
    )


def _leave_rows():
    form = LeaveSearchForm()
    rows = queries.leaves(
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", "-starts"),
    )
    return form, rows


@enrolment.get("/leaves")
@allow(Role.OFFICE, Role.AUDITOR)
def leaves():
    form, rows = _leave_rows()
    return render_template(
        "enrolment/leaves.html", form=form, page=page_of(rows), leave_kinds=LEAVE_KINDS
    )


@enrolment.get("/leaves/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_leaves(kind: str):
    _form, rows = _leave_rows()
    return download(tables.of_leaves(queries.all_of(rows)), kind, _("Leave"))


@enrolment.post("/leaves/<int:leave_id>/grant")
@allow(Role.OFFICE)
def grant_leave(leave_id: int):
    return _decide(leave_id, granted=True)


@enrolment.post("/leaves/<int:leave_id>/refusal")
@allow(Role.OFFICE)
def refuse_leave(leave_id: int):
    return _decide(leave_id, granted=False)


def _decide(leave_id: int, *, granted: bool):
    path = url_for("overview.day")
    try:
        actions.decide_leave(
            queries.leave_by_id(leave_id), granted=granted, by=viewer(), at=clock.now(), path=path
        )
    except AlreadyDecided:
        flash(_("This leave was already decided."), "info")
    else:
        flash(_("Leave granted.") if granted else _("Leave refused."), "success")
    return redirect(url_for("enrolment.leaves", state="waiting"))
