"""One applicant: entered, corrected, documents."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.words import HIDDEN
from trainingbase.files.sending import send
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.intake import actions, queries
from trainingbase.intake.forms import (
    ApplicantForm,
    DecisionForm,
    DocumentsForm,
    NewApplicantForm,
    ScoresForm,
)
from trainingbase.intake.routes import intake
from trainingbase.intake.words import (
    DOCUMENTS,
    FIELDS,
    STATE_KINDS,
    STATES,
    VALUES,
    state_of,
)
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.words import TRAINEE_TYPES


@intake.route("/<int:intake_id>/applicants/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_applicant(intake_id: int):
    found = queries.intake_by_id(intake_id)
    form = NewApplicantForm()
    known = None
    if form.validate_on_submit():
        try:
            made = actions.apply(
                found,
                form.person_values(),
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
        except actions.NumberTwice as twice:
            known = twice.applicant
            form.refuse("id_number", _("This ID number has applied to this intake already."))
        else:
            flash(_("The applicant is entered."), "success")
            return redirect(url_for("intake.applicant", applicant_id=made.id))
    page = render_template("intake/new_applicant.html", form=form, intake=found, known=known)
    return page, 200 if known is None else 409


def applicant_page(applicant_id: int, *, scores=None, decision=None, documents=None):
    """The page of one applicant; a form that was refused is given."""
    found = queries.applicant_by_id(applicant_id)
    office = viewer().holds(Role.OFFICE)
    return render_template(
        "intake/applicant.html",
        applicant=found,
        programme=named(found.intake.programme),
        trainee_types=TRAINEE_TYPES,
        state=state_of(found),
        states=STATES,
        kinds=STATE_KINDS,
        document_kinds=DOCUMENTS,
        scores=scores or ScoresForm(obj=found, formdata=None),
        decision=decision or DecisionForm(obj=found, formdata=None),
        documents=documents or DocumentsForm(formdata=None),
        alike=queries.same_in_intake(found),
        changes=page_of(changes_of(found)),
        fields=FIELDS,
        values=VALUES,
        hidden=() if office else HIDDEN,
    )


@intake.get("/applicants/<int:applicant_id>")
@allow(Role.OFFICE, Role.AUDITOR)
def applicant(applicant_id: int):
    return applicant_page(applicant_id)


@intake.route("/applicants/<int:applicant_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_applicant(applicant_id: int):
    found = queries.applicant_by_id(applicant_id)
    form = ApplicantForm(obj=found)
    stale, status = None, 200
    if form.validate_on_submit():
        try:
            actions.change_applicant(
                found,
                form.person_values(),
                version=form.version.data,
                why=form.why.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale, status = form.stale_against(found), 409
        except actions.NumberTwice:
            form.refuse("id_number", _("This ID number has applied to this intake already."))
            status = 409
        except actions.AlreadyEnrolled:
            flash(_("This applicant is a resident by now: change their record."), "info")
            return redirect(url_for("intake.applicant", applicant_id=applicant_id))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("intake.applicant", applicant_id=applicant_id))
    page = render_template("intake/edit_applicant.html", form=form, applicant=found, stale=stale)
    return page, status


@intake.post("/applicants/<int:applicant_id>/documents")
@allow(Role.OFFICE)
def add_documents(applicant_id: int):
    found = queries.applicant_by_id(applicant_id)
    form = DocumentsForm()
    if not form.validate_on_submit() or form.errors:
        return applicant_page(applicant_id, documents=form), 422
    kept = actions.keep_documents(
        found, form.kind.data, form.files.uploads, by=viewer(), at=clock.now()
    )
    flash(_("Files kept: %(number)s.", number=kept), "success")
    return redirect(url_for("intake.applicant", applicant_id=applicant_id))


@intake.get("/documents/<int:document_id>")
@allow(Role.OFFICE, Role.AUDITOR)
def document(document_id: int):
    return send(queries.document_by_id(document_id).file)
