"""The base's rules of leaving: what holds, what held, and a new version."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import number_or_none, whole_number
from trainingbase.i18n import language, named
from trainingbase.leaving import actions, tables
from trainingbase.leaving.gate_form import gate_form
from trainingbase.leaving.queries import gates as queries
from trainingbase.leaving.routes.blueprint import SEEING, leaving
from trainingbase.leaving.rules.gate import AT_MOST
from trainingbase.leaving.rules.gate import ITEMS as UNITS
from trainingbase.leaving.words import EFFECTS, ITEMS, UNIT_NAMES, amount
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _families() -> dict[str, str]:
    english = language() == "en"
    return {code: (english and name_en) or name for code, name, name_en in queries.families()}


WORDS = {
    "effects": EFFECTS,
    "items": ITEMS,
    "units": UNITS,
    "unit_names": UNIT_NAMES,
    "amount": amount,
    "at_most": AT_MOST,
}


@leaving.get("/rules")
@allow(*SEEING)
def rules():
    """What holds today, the general ones first."""
    holding = queries.in_force(queries.all_gates(), clock.today())
    order = sorted(holding.values(), key=lambda one: (one.family or "", one.scope[1] or 0))
    return render_template(
        "leaving/rules.html",
        gates=order,
        families=_families(),
        standards=queries.standards(),
        **WORDS,
    )


@leaving.get("/rules/export/<string:kind>")
@allow(*SEEING)
def export_rules(kind: str):
    return download(tables.of_gates(queries.all_gates(), _families()), kind, _("Rules of leaving"))


@leaving.get("/rules/<int:gate_id>")
@allow(*SEEING)
def gate(gate_id: int):
    """One version, with all others of the same scope."""
    shown = queries.gate_by_id(gate_id)
    return render_template(
        "leaving/gate.html",
        gate=shown,
        page=page_of(queries.versions_of(shown.scope)),
        families=_families(),
        is_newest=queries.newest_of(shown.scope) is shown,
        **WORDS,
    )


@leaving.route("/rules/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_gate():
    """A version for the scope in the address, filled from what holds for it now."""
    families, standards = _families(), {one.id: one for one in queries.standards()}
    family = request.args.get("family") or None
    standard_id = request.args.get("department", type=whole_number) or None
    if (family and family not in families) or (standard_id and standard_id not in standards):
        abort(404)
    newest = queries.newest_of((family, standard_id))
    today = clock.today()
    holding = queries.in_force(queries.all_gates(), today)
    base = queries.holding(holding, family or "", standard_id or 0)
    form, status = gate_form(base, newest, today), 200
    if form.validate_on_submit() and not form.errors:
        if form.starts_on.data < today:
            form.refuse("starts_on", _("What has ended already keeps its rules."))
        else:
            try:
                made = actions.set_gate(
                    form.terms(family, standard_id),
                    newest=number_or_none(form.newest.data),
                    by=viewer(),
                    at=clock.now(),
                    request_key=form.form_key.data,
                )
            except Stale:
                status = 409
                form.newest.raw_data, form.newest.data = None, str(newest.id) if newest else ""
            else:
                flash(_("Saved."), "success")
                return redirect(url_for("leaving.gate", gate_id=made.id))
    page = render_template(
        "leaving/new_gate.html",
        form=form,
        newest=newest,
        stale=status == 409,
        family=families.get(family) if family else None,
        standard=named(standards[standard_id]) if standard_id else None,
        **WORDS,
    )
    return page, status


@leaving.post("/rules/<int:gate_id>/giving-up")
@allow(Role.OFFICE)
def give_up(gate_id: int):
    shown = queries.gate_by_id(gate_id)
    if shown.scope == (None, None):
        abort(404)
    try:
        actions.give_up_gate(
            shown,
            starts_on=max(clock.today(), shown.starts_on),
            why=_("The wider rules hold again."),
            by=viewer(),
            at=clock.now(),
        )
    except Stale:
        flash(_("Somebody else was faster: look at the page again."), "error")
    else:
        flash(_("From today on the wider rules hold again."), "success")
    return redirect(url_for("leaving.rules"))
