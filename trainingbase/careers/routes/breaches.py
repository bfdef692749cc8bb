"""A breach: reckoned, declared, taken back, waived, paid."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.careers.actions import breaches as actions
from trainingbase.careers.forms.bonds import (
    BreachForm,
    PaymentForm,
    ReckonForm,
    WaiverDecisionForm,
    WaiverForm,
)
from trainingbase.careers.forms.employment import WhyForm
from trainingbase.careers.models import AlreadyDecided, Breach, SameTwo
from trainingbase.careers.queries import bonds, breaches
from trainingbase.careers.routes.blueprint import CONCERNED, careers
from trainingbase.careers.routes.bonds import case_page
from trainingbase.careers.rules.breaching import total
from trainingbase.files.sending import send
from trainingbase.form import shown
from trainingbase.i18n import money
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _back(obligation_id: int):
    return redirect(url_for("careers.obligation", obligation_id=obligation_id))


@careers.route("/obligations/<int:obligation_id>/breach", methods=["GET", "POST"])
@allow(Role.OFFICE)
def declare(obligation_id: int):
    """What it would cost on a day is shown first, and kept by the form below it."""
    today = clock.today()
    looked = ReckonForm()
    noted_on = looked.noted_on.data if not looked.noted_on.errors else None
    form = BreachForm(data={"noted_on": noted_on or today})
    if request.method == "POST" and form.noted_on.data is not None:
        noted_on = form.noted_on.data
    noted_on = min(noted_on or today, today)
    case = bonds.case_for(viewer(), obligation_id, today=noted_on)
    if case.breach is not None or case.obligation.ended_on is not None:
        return _back(obligation_id)
    data = lines = None
    if case.rule is not None:
        facts, lines = breaches.reckoned(case, noted_on)
        data = breaches.as_data(facts, lines)
        sum_shown = str(total(lines, "repayment") + total(lines, "penalty"))
        valid = form.validate_on_submit() and form.not_ahead(today)
        if valid and form.asked.data not in ("", None, sum_shown):
            form.refuse("noted_on", _("On that day it costs another sum: look at it once more."))
        elif valid:
            made = _declared(case, form)
            if made is not None:
                return _back(obligation_id)
        form.asked.data = sum_shown
        form.asked.raw_data = None
    return render_template(
        "careers/breach_new.html",
        case=case,
        form=form,
        looked=looked,
        noted_on=noted_on,
        data=data,
        repayment=total(lines, "repayment") if lines is not None else None,
        penalty=total(lines, "penalty") if lines is not None else None,
    )


def _declared(case, form: BreachForm) -> Breach | None:
    try:
        made = actions.declare(
            case.obligation,
            kind=form.kind.data,
            noted_on=form.noted_on.data,
            due_on=form.due_on.data,
            note=form.note.data or None,
            file=form.file.upload,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
    except actions.NothingOwed:
        form.refuse("noted_on", _("All is served by that day: there is nothing to break."))
        return None
    except (AlreadyDecided, actions.NoRule):
        flash(_("Somebody else was faster: look at what stands there now."), "error")
        return None
    flash(_("Declared: %(amount)s yuan are open.", amount=money(made.open_amount)), "success")
    return made


def _breach_of(obligation_id: int) -> Breach:
    """The one that stands, of an obligation this viewer may see."""
    case = bonds.case_for(viewer(), obligation_id, today=clock.today())
    return case.breach if case.breach is not None else abort(404)


@careers.post("/obligations/<int:obligation_id>/breach/cancellation")
@allow(Role.OFFICE)
def cancel_breach(obligation_id: int):
    breach = _breach_of(obligation_id)
    form = WhyForm()
    if not form.validate_on_submit():
        return case_page(obligation_id, 422, cancel=form)
    try:
        actions.cancel(breach, why=form.why.data, by=viewer(), at=clock.now())
    except AlreadyDecided:
        flash(_("Money came or was waived: reverse that first."), "error")
    else:
        flash(_("Taken back: nothing is owed by it."), "success")
    return _back(obligation_id)


@careers.route("/obligations/<int:obligation_id>/waiver", methods=["GET", "POST"])
@allow(Role.OFFICE)
def propose_waiver(obligation_id: int):
    breach = _breach_of(obligation_id)
    form = WaiverForm(data={"amount": breach.open_amount})
    if form.validate_on_submit():
        try:
            actions.propose_waiver(
                breach, form.amount.data, form.why.data, file=form.file.upload, by=viewer(),
                at=clock.now(), request_key=form.form_key.data,
            )  # fmt: skip
        except actions.TooMuch as refused:
            form.refuse("amount", _too_much(refused))
        except AlreadyDecided:
            flash(_("A waiver waits already."), "error")
            return _back(obligation_id)
        else:
            flash(_("Proposed: a second person decides."), "success")
            return _back(obligation_id)
    return render_template("careers/waiver_new.html", form=form, breach=breach)


def _too_much(refused: actions.TooMuch) -> str:
    return _("No more than %(amount)s yuan are open.", amount=money(refused.open_amount))


@careers.post("/obligations/<int:obligation_id>/waiver/decision")
@allow(Role.OFFICE, Role.LEADER)
def decide_waiver(obligation_id: int):
    waiver = _breach_of(obligation_id).waiver_waiting
    if waiver is None:
        flash(_("Somebody else was faster: look at what stands there now."), "error")
        return _back(obligation_id)
    form = WaiverDecisionForm()
    if not form.validate_on_submit():
        return case_page(obligation_id, 422, decide=form)
    try:
        actions.decide_waiver(
            waiver, granted=form.granted.data == "yes", reason=form.reason.data or None,
            version=form.version.data, by=viewer(), at=clock.now(),
        )  # fmt: skip
    except SameTwo:
        form.refuse("granted", _("You proposed it: somebody else decides."))
        return case_page(obligation_id, 422, decide=form)
    except actions.TooMuch as refused:
        form.refuse("granted", _too_much(refused))
        return case_page(obligation_id, 422, decide=form)
    except (AlreadyDecided, Stale):
        flash(_("Somebody else was faster: look at what stands there now."), "error")
    else:
        flash(
            _("Decided: %(decision)s", decision=shown(form.granted, form.granted.data)), "success"
        )
    return _back(obligation_id)


@careers.route("/obligations/<int:obligation_id>/payment", methods=["GET", "POST"])
@allow(Role.OFFICE)
def receive(obligation_id: int):
    breach = _breach_of(obligation_id)
    form = PaymentForm(data={"paid_on": clock.today()})
    if form.validate_on_submit() and form.not_ahead(clock.today()):
        try:
            actions.receive(
                breach, form.amount.data, form.paid_on.data, form.receipt.data or None,
                by=viewer(), at=clock.now(), request_key=form.form_key.data,
            )  # fmt: skip
        except actions.TooMuch as refused:
            form.refuse("amount", _too_much(refused))
        except AlreadyDecided:
            return _back(obligation_id)
        else:
            flash(_("Received: the graduate is told what is left."), "success")
            return _back(obligation_id)
    return render_template("careers/payment_new.html", form=form, breach=breach)


@careers.post("/obligations/<int:obligation_id>/payments/<int:payment_id>/reversal")
@allow(Role.OFFICE)
def reverse_payment(obligation_id: int, payment_id: int):
    breach = _breach_of(obligation_id)
    payment = next((one for one in breach.payments if one.id == payment_id), None)
    if payment is None:
        abort(404)
    form = WhyForm()
    if not form.validate_on_submit():
        flash(_("Say why: it is kept."), "error")
        return _back(obligation_id)
    try:
        actions.reverse(payment, why=form.why.data, by=viewer(), at=clock.now())
    except AlreadyDecided:
        flash(_("It was reversed before."), "info")
    else:
        flash(_("Reversed: it does not count as paid."), "success")
    return _back(obligation_id)


@careers.get("/waivers")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def waivers():
    """What waits for a second person."""
    return render_template("careers/waivers.html", waivers=breaches.waivers())


@careers.get("/obligations/<int:obligation_id>/breach/file")
@allow(*CONCERNED)
def breach_file(obligation_id: int):
    breach = _breach_of(obligation_id)
    return send(breach.file) if breach.file is not None else abort(404)


@careers.get("/obligations/<int:obligation_id>/waivers/<int:waiver_id>/file")
@allow(*CONCERNED)
def waiver_file(obligation_id: int, waiver_id: int):
    waivers = {one.id: one for one in _breach_of(obligation_id).waivers}
    one = waivers.get(waiver_id)
    return send(one.file) if one is not None and one.file is not None else abort(404)
