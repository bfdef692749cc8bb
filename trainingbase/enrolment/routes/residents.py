"""The pages about residents."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment import queries, tables
from trainingbase.enrolment.forms import ResidentSearchForm
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
