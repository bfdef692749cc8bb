"""Service obligations: who serves, who is late, who broke; and the certificate."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.careers import printing, tables
from trainingbase.careers.actions import bonds as actions
from trainingbase.careers.actions import certifying
from trainingbase.careers.forms.bonds import CaseListForm, CertifyForm, ChoiceOfRuleForm
from trainingbase.careers.queries import bonds as queries
from trainingbase.careers.queries import breaches
from trainingbase.careers.routes.blueprint import CONCERNED, READERS, careers
from trainingbase.downloads import as_file, download
from trainingbase.form import options
from trainingbase.i18n import LANGUAGES, language, named
from trainingbase.paging import page_of_list
from trainingbase.roles import Role
from trainingbase.signatures.actions import AlreadySigned
from trainingbase.signatures.queries import signatures_of


def _listed():
    form = CaseListForm()
    rows = queries.cases(
        viewer(),
        today=clock.today(),
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, rows


@careers.get("/obligations", endpoint="obligations")
@allow(*READERS)
def all_obligations():
    form, rows = _listed()
    return render_template("careers/obligations.html", form=form, page=page_of_list(rows))


@careers.get("/obligations/export/<string:kind>")
@allow(*READERS)
def export_obligations(kind: str):
    _form, rows = _listed()
    return download(tables.of_cases(rows), kind, _("Service obligations"))


@careers.get("/obligations/payments/<int:year>/<string:kind>")
@allow(*READERS)
def export_payments(year: int, kind: str):
    if not 1900 <= year <= 2200:
        abort(404)
    name = f"{_('Payments received')} {year}"
    return download(tables.of_payments(breaches.payments_in(year)), kind, name)


def case_page(obligation_id: int, status: int = 200, **forms):
    case = queries.case_for(viewer(), obligation_id, today=clock.today())
    signed = next((one for one in signed_of(obligation_id) if one.stands), None)
    may_sign = viewer().holds(Role.OFFICE) and case.state == "fulfilled" and signed is None
    page = render_template(
        "careers/obligation.html",
        case=case,
        places={one.id: one for one in case.employments},
        cancelled=breaches.cancelled_of(obligation_id),
        signed=signed,
        own=case.resident.person_id == viewer().id,
        forms={
            "certify": CertifyForm() if may_sign else None,
            "rule": _choice(case) if viewer().holds(Role.OFFICE) and not case.breach else None,
            **forms,
        },
        year=clock.today().year,
    )
    return page, status


def _choice(case) -> ChoiceOfRuleForm:
    form = ChoiceOfRuleForm(data={"rule": case.rule.id if case.is_chosen else 0})
    form.rule.choices = _rules()
    return form


def _rules():
    found = {one.id: named(one) for one in queries.all_rules() if one.retired_at is None}
    return options({0: _("the one in force on the day of the agreement")} | found)


def signed_of(obligation_id: int):
    return signatures_of(certifying.KIND, obligation_id)


@careers.get("/obligations/<int:obligation_id>")
@allow(*CONCERNED)
def obligation(obligation_id: int):
    return case_page(obligation_id)


@careers.post("/obligations/<int:obligation_id>/rule")
@allow(Role.OFFICE)
def choose_rule(obligation_id: int):
    case = queries.case_for(viewer(), obligation_id, today=clock.today())
    form = ChoiceOfRuleForm()
    form.rule.choices = _rules()
    if case.breach is not None:
        flash(_("A breach was reckoned by the rule: it stays."), "error")
    elif form.validate_on_submit():
        rule = queries.rule_by_id(form.rule.data) if form.rule.data else None
        actions.choose_rule(case.obligation, rule, by=viewer(), at=clock.now())
        flash(_("Saved."), "success")
    else:
        return case_page(obligation_id, 422, rule=form)
    return redirect(url_for("careers.obligation", obligation_id=obligation_id))


@careers.post("/obligations/<int:obligation_id>/certificate")
@allow(Role.OFFICE)
def certify(obligation_id: int):
    today = clock.today()
    case = queries.case_for(viewer(), obligation_id, today=today)
    form = CertifyForm()
    if not form.validate_on_submit():
        return case_page(obligation_id, 422, certify=form)

    def act(proof):
        certifying.certify(case, proof, by=viewer(), at=clock.now(), today=today)

    try:
        if not form.signs(act):
            return case_page(obligation_id, 422, certify=form)
    except certifying.NotFulfilled:
        flash(_("There is still service owed."), "error")
    except AlreadySigned:
        flash(_("It was certified before."), "info")
    else:
        flash(_("Certified: the graduate is told."), "success")
    return redirect(url_for("careers.obligation", obligation_id=obligation_id))


@careers.get("/obligations/<int:obligation_id>/certificate.pdf")
@allow(*CONCERNED)
def certificate(obligation_id: int):
    """As it was signed; `language` is zh or en, by itself the viewer's."""
    case = queries.case_for(viewer(), obligation_id, today=clock.today())
    signed = next((one for one in signed_of(obligation_id) if one.stands), None)
    if signed is None:
        abort(404)
    from trainingbase.paper import pdf

    wanted = request.args.get("language", "")
    with force_locale(wanted if wanted in LANGUAGES else language()):
        base = current_app.config["BASE_NAME_EN" if language() == "en" else "BASE_NAME"]
        address = url_for("signatures.verify_one", digest=signed.digest, _external=True)
        paper = pdf(printing.certificate(signed, address=address, base=base))
        return as_file(paper, "pdf", f"{_('Certificate of service')} {case.resident.name}")
