"""How attendance is taken and counted: what the base chooses, from which month on."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.attendance import actions, tables
from trainingbase.attendance.forms import ChoiceForm
from trainingbase.attendance.models.records import NotPossible
from trainingbase.attendance.queries import choices as queries
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.start import SINCE_EVER
from trainingbase.attendance.words import (
    CHOICE_FIELDS,
    COUNTING_SAYS,
    COUNTINGS,
    MODES,
    NOT_POSSIBLE,
)
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.months import first_of_month, months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


@attendance.get("/settings")
@allow(Role.OFFICE, Role.AUDITOR)
def choices():
    rows = queries.choice_rows()
    return render_template(
        "attendance/choices.html",
        rows=list(reversed(rows)),
        now=queries.choice_row_on(clock.today()),
        first=rows[0],
        since_ever=SINCE_EVER,
        modes=MODES,
        countings=COUNTINGS,
        says=COUNTING_SAYS,
        changes=page_of(changes_of(*rows)),
        fields=CHOICE_FIELDS,
    )


@attendance.get("/settings/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_choices(kind: str):
    table = tables.of_choices(queries.choice_rows())
    return download(table, kind, table.title)


@attendance.route("/settings/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_choice():
    """Filled with what holds now."""
    now = queries.choice_row_on(clock.today())
    month = months_later(first_of_month(clock.today()), 1)
    form = ChoiceForm(obj=now)
    if not form.is_submitted():
        form.from_on.data, form.why.data = month, None
    if form.validate_on_submit() and not form.errors:
        try:
            actions.add_choice(form.chosen(), why=form.why.data, by=viewer(), at=clock.now())
        except NotPossible as no:
            form.refuse("from_on", str(NOT_POSSIBLE[no.because]))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("attendance.choices"))
    page = render_template("attendance/choice.html", form=form, row=None, stale=None)
    return page, 422 if form.errors else 200


@attendance.route("/settings/<int:choice_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def choice(choice_id: int):
    row = queries.choice_row(choice_id)
    form, stale = ChoiceForm(obj=row), None
    if not form.is_submitted():
        form.why.data = None
    if row.from_on == SINCE_EVER:
        del form.from_on
    if form.validate_on_submit() and not form.errors:
        try:
            actions.edit_choice(
                row,
                form.chosen(),
                why=form.why.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale = form.stale_against(row, why=form.why.data)
        except NotPossible as no:
            form.refuse("counting", str(NOT_POSSIBLE[no.because]))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("attendance.choices"))
    page = render_template("attendance/choice.html", form=form, row=row, stale=stale)
    return page, 409 if stale is not None else 422 if form.errors else 200


@attendance.post("/settings/<int:choice_id>/removal")
@allow(Role.OFFICE)
def remove_choice(choice_id: int):
    try:
        actions.remove_choice(queries.choice_row(choice_id), by=viewer(), at=clock.now())
    except NotPossible as no:
        flash(NOT_POSSIBLE[no.because], "error")
    else:
        flash(_("Taken back."), "success")
    return redirect(url_for("attendance.choices"))
