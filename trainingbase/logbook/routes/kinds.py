"""What the office lets residents log beside diseases, cases and procedures."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.logbook.actions import kinds as actions
from trainingbase.logbook.forms import FieldForm, KindEditForm, KindNewForm
from trainingbase.logbook.queries.kinds import all_kinds, field_by_id, kind_by_id
from trainingbase.logbook.routes.blueprint import logbook
from trainingbase.logbook.rules.kinds import as_lines
from trainingbase.logbook.words import CATEGORIES, FIELD_TYPE_NAMES, range_text
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


@logbook.get("/kinds")
@allow(Role.OFFICE, Role.AUDITOR)
def kinds():
    return render_template("logbook/kinds.html", kinds=all_kinds(), categories=CATEGORIES)


@logbook.route("/kinds/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_kind():
    form = KindNewForm()
    if form.validate_on_submit():
        try:
            kind = actions.add_kind(form.answers_new(), by=viewer(), at=clock.now())
        except actions.AlreadyThere:
            form.refuse("called", _("There is one of this name already."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("logbook.kind", kind_id=kind.id))
    return render_template("logbook/new_kind.html", form=form), 422 if form.errors else 200


@logbook.route("/kinds/<int:kind_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def kind(kind_id: int):
    """Its settings, its fields, and what was changed."""
    row, differences, status = kind_by_id(kind_id), None, 200
    form = KindEditForm(obj=row)
    if not row.by_day:
        del form.most
        del form.unit
        del form.unit_en
    if form.validate_on_submit():
        answers = {name: value or None for name, value in form.answers().items()}
        answers |= {"primary_only": form.primary_only.data, "in_use": form.in_use.data}
        try:
            actions.change_kind(
                row, answers, version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            differences, status = form.stale_against(row), 409
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("logbook.kind", kind_id=row.id))
    page = render_template(
        "logbook/kind.html",
        form=form,
        row=row,
        differences=differences,
        categories=CATEGORIES,
        types=FIELD_TYPE_NAMES,
        range_text=range_text,
        changes=page_of(changes_of(row, *row.fields)),
    )
    return page, 422 if form.errors else status


@logbook.route("/kinds/<int:kind_id>/fields/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_field(kind_id: int):
    row, form = kind_by_id(kind_id), FieldForm()
    if form.validate_on_submit():
        typed = form.choices_typed.data or ""
        actions.add_field(row, form.values(), typed, by=viewer(), at=clock.now())
        flash(_("Saved."), "success")
        return redirect(url_for("logbook.kind", kind_id=row.id))
    return _field_page(form, row, _("Add a field"))


@logbook.route("/fields/<int:field_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def field(field_id: int):
    row, differences, status = field_by_id(field_id), None, 200
    shown = {"called": row.name, "choices_typed": as_lines(row.choices)}
    form = FieldForm(obj=row, data=shown)
    del form.type
    if form.validate_on_submit():
        try:
            values = form.values() | {"type": row.type}
            typed, version = form.choices_typed.data or "", form.version.data
            actions.change_field(row, values, typed, version=version, by=viewer(), at=clock.now())
        except Stale:
            differences, status = form.stale_against(row, **shown), 409
        except actions.KeptChoice as kept:
            form.refuse(
                "choices_typed", _("“%(name)s” stays: entries may have chosen it.", name=kept.name)
            )
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("logbook.kind", kind_id=row.kind_id))
    return _field_page(form, row.kind, named(row), differences, status)


def _field_page(form, row, title, differences=None, status=200):
    page = render_template(
        "logbook/field.html", form=form, row=row, title=title, differences=differences
    )
    return page, 422 if form.errors else status
