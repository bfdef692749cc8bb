"""Contracts and service obligations."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment import actions, queries, tables
from trainingbase.enrolment.forms import (
    ContractForm,
    ContractSearchForm,
    NewContractForm,
    NewObligationForm,
    ObligationForm,
    ObligationSearchForm,
)
from trainingbase.enrolment.routes import enrolment
from trainingbase.enrolment.words import PAYERS
from trainingbase.files.sending import send
from trainingbase.i18n import day, last_day
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _overlap(form, error: actions.Overlaps) -> None:
    first, last = day(error.contract.starts_on), last_day(error.contract.ends_on)
    said = _("Another contract runs from %(first)s to %(last)s.", first=first, last=last)
    form.refuse("starts_on", said)


@enrolment.route("/residents/<int:resident_id>/contracts/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_contract(resident_id: int):
    resident = queries.resident_for(viewer(), resident_id)
    usual = {"starts_on": resident.starts_on, "payer_name": resident.home_institution}
    if resident.ends_on:
        usual["last_day"] = resident.ends_on - timedelta(days=1)
    form = NewContractForm(data=usual if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            actions.agree_contract(
                resident,
                form.values(),
                file=form.file.upload,
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
        except actions.Overlaps as error:
            _overlap(form, error)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("enrolment.resident", resident_id=resident_id))
    return _terms_page(form, resident, _("New contract"))


def _terms_page(form, resident, title: str, stale=None, again: str = ""):
    page = render_template(
        "enrolment/terms.html",
        form=form,
        resident=resident,
        heading=title,
        stale=stale,
        again=again,
    )
    return page, 200 if stale is None else 409


@enrolment.route("/contracts/<int:contract_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_contract(contract_id: int):
    contract = queries.contract_by_id(viewer(), contract_id)
    form = ContractForm(obj=contract)
    stale = None
    if form.validate_on_submit():
        try:
            actions.change_contract(
                contract,
                form.values(),
                file=form.file.upload,
                version=form.version.data,
                why=form.why.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale = form.stale_against(contract, file=form.file.data)
        except actions.Overlaps as error:
            _overlap(form, error)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("enrolment.resident", resident_id=contract.resident_id))
    again = url_for("enrolment.edit_contract", contract_id=contract_id)
    return _terms_page(form, contract.resident, _("Change the contract"), stale, again)


@enrolment.route("/residents/<int:resident_id>/obligations/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_obligation(resident_id: int):
    resident = queries.resident_for(viewer(), resident_id)
    form = NewObligationForm()
    if form.validate_on_submit():
        actions.agree_obligation(
            resident,
            form.values(),
            file=form.file.upload,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
        flash(_("Saved."), "success")
        return redirect(url_for("enrolment.resident", resident_id=resident_id))
    return _terms_page(form, resident, _("New service obligation"))


@enrolment.route("/obligations/<int:obligation_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_obligation(obligation_id: int):
    obligation = queries.obligation_by_id(viewer(), obligation_id)
    form = ObligationForm(obj=obligation)
    stale = None
    if form.validate_on_submit():
        try:
            actions.change_obligation(
                obligation,
                form.values(),
                file=form.file.upload,
                version=form.version.data,
                why=form.why.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale = form.stale_against(obligation, file=form.file.data)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("enrolment.resident", resident_id=obligation.resident_id))
    again = url_for("enrolment.edit_obligation", obligation_id=obligation_id)
    return _terms_page(form, obligation.resident, _("Change the obligation"), stale, again)


@enrolment.get("/contracts/<int:contract_id>/file")
@allow(Role.OFFICE, Role.AUDITOR, Role.RESIDENT)
def contract_file(contract_id: int):
    return send(queries.stored(queries.contract_by_id(viewer(), contract_id)))


@enrolment.get("/obligations/<int:obligation_id>/file")
@allow(Role.OFFICE, Role.AUDITOR, Role.RESIDENT)
def obligation_file(obligation_id: int):
    return send(queries.stored(queries.obligation_by_id(viewer(), obligation_id)))


def _contract_rows():
    form = ContractSearchForm()
    rows = queries.contracts(
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", "ends"),
        today=clock.today(),
    )
    return form, rows


@enrolment.get("/contracts", endpoint="contracts")
@allow(Role.OFFICE, Role.AUDITOR)
def all_contracts():
    form, rows = _contract_rows()
    return render_template("enrolment/contracts.html", form=form, page=page_of(rows), payers=PAYERS)


@enrolment.get("/contracts/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_contracts(kind: str):
    _form, rows = _contract_rows()
    return download(tables.of_contracts(queries.all_of(rows)), kind, _("Contracts"))


def _obligation_rows():
    form = ObligationSearchForm()
    rows = queries.obligations(
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", "name"),
    )
    return form, rows


@enrolment.get("/obligations", endpoint="obligations")
@allow(Role.OFFICE, Role.AUDITOR)
def all_obligations():
    form, rows = _obligation_rows()
    return render_template("enrolment/obligations.html", form=form, page=page_of(rows))


@enrolment.get("/obligations/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_obligations(kind: str):
    _form, rows = _obligation_rows()
    return download(tables.of_obligations(queries.all_of(rows)), kind, _("Service obligations"))
