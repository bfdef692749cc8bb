"""Earlier training: asked for by the resident or the office, decided by the office."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment import actions, queries, tables
from trainingbase.enrolment.forms import ClaimSearchForm, CreditForm, ReasonForm
from trainingbase.enrolment.models import AlreadyDecided, Resident
from trainingbase.enrolment.routes import enrolment
from trainingbase.enrolment.words import CLAIM_KINDS, CLAIM_STATES
from trainingbase.files.sending import send
from trainingbase.form import options
from trainingbase.i18n import named, number
from trainingbase.paging import page_of
from trainingbase.programmes.queries import programme_by_id
from trainingbase.roles import Role


@enrolment.route("/residents/<int:resident_id>/credits/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def ask_credit_for(resident_id: int):
    return _ask(queries.resident_for(viewer(), resident_id))


@enrolment.route("/my-record/credits/new", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def ask_credit():
    return _ask(queries.resident_of(viewer()))


def _ask(resident: Resident):
    form = CreditForm()
    asked = programme_by_id(resident.programme_id).requirements
    form.standard_department_id.choices = options(
        {one.standard_department_id: named(one.standard_department) for one in asked}
    )
    if form.validate_on_submit():
        actions.ask_for_credit(
            resident,
            standard_department_id=form.standard_department_id.data,
            months=form.months.data,
            place=form.place.data,
            starts_on=form.starts_on.data,
            ends_on=form.last_day.data + timedelta(days=1),
            evidence=form.evidence.upload,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
        flash(_("Asked for. It counts once the office has approved it."), "success")
        return redirect(url_for("enrolment.resident", resident_id=resident.id))
    return render_template("enrolment/ask_credit.html", form=form, resident=resident)


def _claim_rows():
    form = ClaimSearchForm()
    rows = queries.claims(
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", "-asked"),
    )
    return form, rows


@enrolment.get("/credits", endpoint="credits")
@allow(Role.OFFICE, Role.AUDITOR)
def all_credits():
    form, rows = _claim_rows()
    return render_template(
        "enrolment/credits.html",
        form=form,
        page=page_of(rows),
        states=CLAIM_STATES,
        kinds=CLAIM_KINDS,
    )


@enrolment.get("/credits/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_credits(kind: str):
    _form, rows = _claim_rows()
    return download(tables.of_claims(queries.all_of(rows)), kind, _("Earlier training"))


@enrolment.get("/credits/<int:claim_id>")
@allow(Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.RESIDENT)
def credit(claim_id: int):
    return _credit_page(claim_id, ReasonForm(formdata=None))


def _credit_page(claim_id: int, form: ReasonForm):
    claim = queries.claim_by_id(viewer(), claim_id)
    counted = queries.credit_of(claim)
    return render_template(
        "enrolment/credit.html",
        claim=claim,
        form=form,
        counted=counted.months if counted else 0,
        required=queries.months_required(claim),
        states=CLAIM_STATES,
        kinds=CLAIM_KINDS,
    )


@enrolment.get("/credits/<int:claim_id>/evidence")
@allow(Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.RESIDENT)
def evidence(claim_id: int):
    return send(queries.claim_by_id(viewer(), claim_id).file)


@enrolment.post("/credits/<int:claim_id>/approval")
@allow(Role.OFFICE)
def approve_credit(claim_id: int):
    return _decide(claim_id, approved=True, reason=None)


@enrolment.post("/credits/<int:claim_id>/refusal")
@allow(Role.OFFICE)
def refuse_credit(claim_id: int):
    queries.claim_by_id(viewer(), claim_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _credit_page(claim_id, form), 422
    return _decide(claim_id, approved=False, reason=form.reason.data)


def _decide(claim_id: int, *, approved: bool, reason: str | None):
    try:
        actions.decide_credit(
            queries.claim_by_id(viewer(), claim_id),
            approved=approved,
            reason=reason,
            by=viewer(),
            at=clock.now(),
            path=url_for("enrolment.my_record"),
        )
    except AlreadyDecided:
        flash(_("This was already decided."), "info")
    except actions.MoreThanAsked as over:
        left = number(over.left)
        flash(
            _("At most %(months)s months may still count in this department.", months=left), "error"
        )
    else:
        flash(_("Approved: the months count now.") if approved else _("Not approved."), "success")
    return redirect(url_for("enrolment.credit", claim_id=claim_id))
