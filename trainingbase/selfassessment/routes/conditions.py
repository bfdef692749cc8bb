"""Basic conditions: what decides the verdict whatever the points, and what shows it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.files.sending import send
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.programmes.queries import standard_departments
from trainingbase.roles import Role
from trainingbase.selfassessment import actions, queries
from trainingbase.selfassessment.findings import Facts
from trainingbase.selfassessment.forms import ConditionForm, MarkForm, NewConditionForm
from trainingbase.selfassessment.routes.blueprint import (
    READERS,
    edition_asked,
    selfassessment,
    year_asked,
)
from trainingbase.selfassessment.words import (
    CONDITION_FIELDS,
    CONDITION_STATES,
    MARK_FIELDS,
    SURENESS,
    found_said,
)
from trainingbase.stale import Stale

FIELDS = ("name", "name_en", "source", "confidence", "needs_department", "in_use")


@selfassessment.get("/conditions")
@allow(*READERS)
def conditions():
    edition, year = edition_asked(), year_asked()
    return render_template(
        "selfassessment/conditions.html",
        edition=edition,
        year=year,
        conditions=queries.condition_standings(edition, year, Facts(year, clock.today())),
        put_aside=[one for one in edition.conditions if not one.in_use],
        states=CONDITION_STATES,
        sureness=SURENESS,
        found_said=found_said,
    )


@selfassessment.route("/conditions/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_condition():
    form = _offering(NewConditionForm())
    if form.validate_on_submit():
        actions.add_condition(
            edition_asked(), _answers(form), by=viewer(), at=clock.now(),
            request_key=form.form_key.data,
        )  # fmt: skip
        flash(_("The condition is entered."), "success")
        return _to_conditions()
    return render_template(
        "selfassessment/condition.html",
        form=form,
        heading=_("Enter a basic condition"),
        stale=None,
        changes=None,
    )


@selfassessment.route("/conditions/<int:condition_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_condition(condition_id: int):
    one = queries.condition_by_id(condition_id)
    form, stale = _offering(ConditionForm(obj=one)), None
    if form.validate_on_submit():
        try:
            actions.edit_condition(
                one, _answers(form), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(one)
        else:
            flash(_("Saved."), "success")
            return _to_conditions()
    page = render_template(
        "selfassessment/condition.html",
        form=form,
        heading=_("Change the condition"),
        stale=stale,
        again=url_for("selfassessment.edit_condition", condition_id=one.id),
        changes=page_of(changes_of(one)),
        labels=CONDITION_FIELDS,
    )
    return page, 200 if stale is None else 409


@selfassessment.route("/conditions/<int:condition_id>/mark", methods=["GET", "POST"])
@allow(Role.OFFICE)
def mark_condition(condition_id: int):
    one, year = queries.condition_by_id(condition_id), year_asked()
    kept = queries.mark_of(one, year)
    form, stale = MarkForm(obj=kept), None
    if form.validate_on_submit():
        try:
            actions.mark(
                one,
                year,
                state=form.state.data,
                why=form.why.data,
                dated_on=form.dated_on.data,
                owner=form.owner.data,
                file=form.file.upload,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale as overtaken:
            kept = overtaken.row
            stale = form.stale_against(kept)
        else:
            flash(_("Saved."), "success")
            return _to_conditions()
    page = render_template(
        "selfassessment/mark.html",
        form=form,
        one=one,
        year=year,
        kept=kept,
        stale=stale,
        changes=page_of(changes_of(kept)) if kept is not None else None,
        labels=MARK_FIELDS,
        states=CONDITION_STATES,
    )
    return page, 200 if stale is None else 409


@selfassessment.get("/conditions/marks/<int:mark_id>/file")
@allow(*READERS)
def mark_file(mark_id: int):
    one = queries.mark_by_id(mark_id)
    if one.file is None:
        raise NotFound
    return send(one.file)


def _to_conditions():
    return redirect(url_for("selfassessment.conditions", year=year_asked()))


def _offering(form):
    form.needs_department.choices = options(
        {"": "—"} | {one.name: one.name for one in standard_departments()}
    )
    now = form.needs_department.data
    if now and now not in [value.value for value in form.needs_department.choices]:
        form.needs_department.choices += options({now: now})
    return form


def _answers(form) -> dict:
    return {name: form[name].data for name in FIELDS} | {
        "needs_department": form.needs_department.data or None
    }
