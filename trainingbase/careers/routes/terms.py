"""The rules of obligations."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.careers.actions import bonds as actions
from trainingbase.careers.forms.bonds import ITEMS, NewRuleForm, RuleForm, as_new, filled
from trainingbase.careers.queries import bonds as queries
from trainingbase.careers.queries.employment import institutions
from trainingbase.careers.routes.blueprint import READERS, careers
from trainingbase.form import whole_number
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


@careers.get("/rules", endpoint="rules")
@allow(*READERS)
def all_rules():
    return render_template("careers/rules.html", rules=queries.all_rules())


@careers.get("/rules/<int:rule_id>")
@allow(*READERS)
def rule(rule_id: int):
    found = queries.rule_by_id(rule_id)
    return render_template(
        "careers/rule.html",
        rule=found,
        institutions=[one for one in institutions() if one.id in found.institution_ids],
        changes=page_of(changes_of(found)),
    )


@careers.route("/rules/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_rule():
    """With `follows` in the address, a new version of that rule: filled with what it says, all
    but the day from which it counts."""
    number = request.args.get("follows", 0, type=whole_number)
    follows = queries.rule_by_id(number) if number else None
    form = NewRuleForm(data=as_new(follows) if follows is not None else None)
    form.offer(institutions())
    if form.validate_on_submit():
        try:
            made = actions.make_rule(
                form.values(), form.items(), by=viewer(), at=clock.now(), follows=follows,
                request_key=form.form_key.data,
            )  # fmt: skip
        except actions.NotAfter:
            form.refuse("starts_on", _("It begins after the rule whose place it takes."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("careers.rule", rule_id=made.id))
    page = render_template(
        "careers/rule_form.html", form=form, rule=None, follows=follows, items=ITEMS, stale=None
    )
    return page, 422 if form.is_submitted() else 200


@careers.route("/rules/<int:rule_id>/change", methods=["GET", "POST"])
@allow(Role.OFFICE)
def change_rule(rule_id: int):
    found = queries.rule_by_id(rule_id)
    if found.used_at is not None:
        abort(404)
    form = RuleForm(data=filled(found))
    form.offer(institutions())
    stale, status = None, 200
    if form.validate_on_submit():
        try:
            actions.change_rule(
                found, form.values(), form.items(), version=form.version.data,
                why=form.why.data, by=viewer(), at=clock.now(),
            )  # fmt: skip
        except actions.InUse:
            flash(_("Something was decided by this rule: make a new version of it."), "error")
            return redirect(url_for("careers.rule", rule_id=rule_id))
        except Stale:
            stale, status = form.stale_against(found, **filled(found)), 409
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("careers.rule", rule_id=rule_id))
    page = render_template(
        "careers/rule_form.html", form=form, rule=found, follows=None, items=ITEMS, stale=stale
    )
    return page, status


@careers.post("/rules/<int:rule_id>/retirement")
@allow(Role.OFFICE)
def retire_rule(rule_id: int):
    found = queries.rule_by_id(rule_id)
    retired = found.retired_at is None
    actions.retire_rule(found, retired=retired, by=viewer(), at=clock.now())
    flash(_("Out of force.") if retired else _("In force again."), "success")
    return redirect(url_for("careers.rule", rule_id=rule_id))
