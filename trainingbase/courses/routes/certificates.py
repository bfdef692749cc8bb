"""Certificate numbers, typed or pasted."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.courses import actions
from trainingbase.courses.forms import NumbersForm, numbers_form
from trainingbase.courses.queries import graduating
from trainingbase.courses.routes.blueprint import courses
from trainingbase.courses.rules.numbers import Fault, Holder, pasted
from trainingbase.roles import Role


@courses.route("/certificates", methods=["GET", "POST"])
@allow(Role.OFFICE)
def certificates():
    residents = graduating.without_certificate()
    form = numbers_form(residents)
    faults: list[str] = []
    if form.validate_on_submit():
        faults = _entered(form, residents)
        if not faults and not form.errors:
            return redirect(url_for("courses.certificates"))
    return render_template(
        "courses/certificates.html", form=form, residents=residents, faults=faults
    )


def _entered(form: NumbersForm, residents) -> list[str]:
    """Enter what was typed and pasted; the lines that could not be used, and nothing is saved."""
    known = {one.id: one for one in residents}
    holders = [Holder(one.id, one.name, one.id_number) for one in residents]
    numbers, wrong = pasted(form.pasted.data or "", holders)
    if wrong:
        return [_said(one) for one in wrong]
    together = numbers | form.numbers()
    given = [actions.Certificate(known[key], number) for key, number in together.items()]
    try:
        actions.certify(given, by=viewer(), at=clock.now())
    except actions.NumbersRefused as refused:
        for key, because in refused.faults.items():
            form.refuse(f"number_{key}", _because(because))
        return []
    said = _("Certificate numbers entered: %(number)s.", number=len(given))
    flash(said, "success" if given else "info")
    return []


def _because(code: str) -> str:
    return {
        "taken": _("Somebody else has this number."),
        "twice": _("This number stands here twice."),
        "has_number": _("There is a certificate number already."),
        "not_finished": _("This resident has not finished."),
    }[code]


def _said(fault: Fault) -> str:
    why = {
        "unreadable": _("a name or ID number and a certificate number are needed"),
        "unknown": _("nobody of that name waits for a number"),
        "ambiguous": _("several have that name: give the ID number"),
        "twice": _("this resident stands here twice"),
    }[fault.because]
    return _("Line %(line)s (%(text)s): %(why)s", line=fault.line, text=fault.text, why=why)
