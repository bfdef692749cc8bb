"""The base's rules of leave, and its calendar of holidays."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.leave import actions, tables
from trainingbase.leave.forms import DayOffForm, RuleForm
from trainingbase.leave.queries import rules as queries
from trainingbase.leave.routes import leave
from trainingbase.leave.words import RULE_FIELDS
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole
from trainingbase.words import LEAVE_KINDS


@leave.get("/rules")
@allow(Role.OFFICE, Role.AUDITOR, Role.RESIDENT, Role.FACULTY, Role.SECRETARY)
def rules():
    return render_template(
        "leave/rules.html",
        rules=queries.leave_rules(),
        kinds=LEAVE_KINDS,
        exam_later=whole("leave_exam_later_days"),
    )


@leave.get("/rules/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_rules(kind: str):
    return download(tables.of_rules(queries.leave_rules()), kind, _("Rules of leave"))


@leave.route("/rules/<string:kind>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def rule(kind: str):
    row = queries.leave_rule(kind)
    form, stale = RuleForm(obj=row), None
    if form.validate_on_submit():
        try:
            actions.set_rule(
                row,
                form.chosen(),
                why=form.why.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale = form.stale_against(row)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("leave.rules"))
    page = render_template(
        "leave/rule.html",
        form=form,
        row=row,
        stale=stale,
        changes=page_of(changes_of(row)),
        labels=RULE_FIELDS,
        kinds=LEAVE_KINDS,
    )
    return page, 200 if stale is None else 409


@leave.route("/days-off", methods=["GET", "POST"])
@allow(Role.OFFICE)
def days_off():
    form = DayOffForm()
    if form.validate_on_submit():
        actions.put_day_off(
            form.day_on.data,
            is_working=form.is_working.data == "working",
            name=form.name.data,
            by=viewer(),
            at=clock.now(),
        )
        flash(_("Saved."), "success")
        return redirect(url_for("leave.days_off"))
    return render_template("leave/days_off.html", form=form, page=page_of(queries.days_off()))


@leave.post("/days-off/removal")
@allow(Role.OFFICE)
def remove_day_off():
    day = request.form.get("day_on", "", type=date.fromisoformat)
    row = queries.day_off(day) if day else None
    if row is not None:
        actions.remove_day_off(row, by=viewer(), at=clock.now())
        flash(_("Removed."), "success")
    return redirect(url_for("leave.days_off"))
