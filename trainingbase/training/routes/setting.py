"""The base's kinds of activities, and how often each is due."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.training.actions import setting as actions
from trainingbase.training.forms.setting import (
    FrequencyForm,
    KindForm,
    NewFrequencyForm,
    NewKindForm,
)
from trainingbase.training.queries import choices
from trainingbase.training.queries import kinds as queries
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import namer, place_name
from trainingbase.training.words import FREQUENCY_FIELDS, KIND_FIELDS, PERIODS, SCOPES, SHEETS

READING = (Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE, Role.AUDITOR)


@training.get("/kinds")
@allow(*READING)
def kinds():
    return render_template(
        "training/kinds.html",
        kinds=queries.kinds(),
        sheets=SHEETS,
        periods=PERIODS,
        scopes=SCOPES,
        place_name=place_name,
        kind_name=namer(),
    )


@training.route("/kinds/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_kind():
    form = NewKindForm()
    if form.validate_on_submit():
        try:
            actions.add_kind(form.chosen(), key=form.form_key.data, by=viewer(), at=clock.now())
        except actions.NameTaken:
            form.refuse("name", _("There is a kind of this name."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("training.kinds"))
    return render_template("training/kind.html", form=form, kind=None, title=_("New kind"))


@training.route("/kinds/<int:kind_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def kind(kind_id: int):
    row = queries.kind_by_id(kind_id)
    form, stale = KindForm(obj=row), None
    if form.validate_on_submit():
        try:
            actions.set_kind(
                row, form.chosen(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(row)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("training.kinds"))
    page = render_template(
        "training/kind.html",
        form=form,
        kind=row,
        title=namer()(row.name),
        stale=stale,
        changes=page_of(changes_of(row, *row.frequencies)),
        labels=KIND_FIELDS | FREQUENCY_FIELDS,
        periods=PERIODS,
        scopes=SCOPES,
        place_name=place_name,
    )
    return page, 200 if stale is None else 409


def _with_departments(form: FrequencyForm) -> FrequencyForm:
    places = {d.id: place_name(d) for d in choices.departments_open(clock.today())}
    form.department_id.choices = options({0: "—"} | places)
    return form


@training.route("/kinds/<int:kind_id>/frequencies/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_frequency(kind_id: int):
    row, form = queries.kind_by_id(kind_id), _with_departments(NewFrequencyForm())
    if form.validate_on_submit():
        actions.add_frequency(
            row, form.chosen(), key=form.form_key.data, by=viewer(), at=clock.now()
        )
        flash(_("Saved."), "success")
        return redirect(url_for("training.kind", kind_id=row.id))
    return render_template(
        "training/frequency.html", form=form, kind=row, title=_("Due how often"), kind_name=namer()
    )


@training.route("/frequencies/<int:frequency_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def frequency(frequency_id: int):
    row = queries.frequency_by_id(frequency_id)
    form, stale = _with_departments(FrequencyForm(obj=row)), None
    if form.validate_on_submit():
        try:
            actions.set_frequency(
                row, form.chosen(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(row)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("training.kind", kind_id=row.kind_id))
    page = render_template(
        "training/frequency.html",
        form=form,
        kind=row.kind,
        title=_("Due how often"),
        stale=stale,
        kind_name=namer(),
    )
    return page, 200 if stale is None else 409
