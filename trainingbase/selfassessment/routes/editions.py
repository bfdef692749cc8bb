"""Official forms: entered as workbooks, used from a year on."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.i18n import language
from trainingbase.paging import page_of
from trainingbase.programmes.queries import standard_departments
from trainingbase.roles import Role
from trainingbase.selfassessment import actions, queries
from trainingbase.selfassessment.forms import EditionForm, NewEditionForm
from trainingbase.selfassessment.routes.blueprint import READERS, selfassessment
from trainingbase.selfassessment.words import EDITION_FIELDS
from trainingbase.selfassessment.workbook import Read, read, tables_of
from trainingbase.sheets.faults import FileFault
from trainingbase.stale import Stale


@selfassessment.get("/forms")
@allow(*READERS)
def editions():
    return render_template("selfassessment/editions.html", editions=queries.editions())


@selfassessment.get("/forms/<int:edition_id>/export/<string:kind>")
@allow(*READERS)
def export_edition(edition_id: int, kind: str):
    one = queries.edition_by_id(edition_id)
    return download(tables_of(one), kind, one.code)


@selfassessment.route("/forms/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_edition():
    form, faults = NewEditionForm(), []
    if form.validate_on_submit():
        found = _read(form)
        faults = found.faults if found is not None else []
        if found is not None and not faults and _entered(form, found):
            flash(_("The form is entered. It is used once a first year is given."), "success")
            return redirect(url_for("selfassessment.editions"))
    page = render_template("selfassessment/new_edition.html", form=form, faults=faults)
    return page, 422 if form.errors or faults else 200


def _read(form: NewEditionForm) -> Read | None:
    upload = form.file.upload
    try:
        return read(upload.content, upload.name, queries.settings_of_findings(), _departments())
    except FileFault as fault:
        form.refuse("file", fault.message(language()))
        return None


def _departments() -> set[str]:
    """Those of the programmes, and those that conditions of other forms name."""
    named = {c.needs_department or "" for one in queries.editions() for c in one.conditions}
    return named | {one.name for one in standard_departments()}


def _entered(form: NewEditionForm, found: Read) -> bool:
    try:
        actions.enter_edition(found, by=viewer(), at=clock.now(), request_key=form.form_key.data)
    except actions.CodeTaken:
        form.refuse("file", _("There is a form with this code already: give it another."))
        return False
    return True


@selfassessment.route("/forms/<int:edition_id>/use", methods=["GET", "POST"])
@allow(Role.OFFICE)
def use_edition(edition_id: int):
    one = queries.edition_by_id(edition_id)
    form, stale = EditionForm(obj=one), None
    if form.validate_on_submit():
        try:
            actions.use_edition(
                one, form.first_year.data, version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(one)
        except actions.LastInUse:
            form.refuse("first_year", _("Some form has to be in use: begin with another first."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("selfassessment.editions"))
    page = render_template(
        "selfassessment/use_edition.html",
        form=form,
        edition=one,
        stale=stale,
        changes=page_of(changes_of(one)),
        labels=EDITION_FIELDS,
    )
    return page, 200 if stale is None else 409


@selfassessment.post("/forms/<int:edition_id>/removal")
@allow(Role.OFFICE)
def remove_edition(edition_id: int):
    try:
        actions.remove_edition(queries.edition_by_id(edition_id), by=viewer(), at=clock.now())
    except actions.InUse:
        flash(
            _("This form stays: it is used, came with the portal, or has entries."),
            "danger",
        )
    else:
        flash(_("The form is removed."), "success")
    return redirect(url_for("selfassessment.editions"))
