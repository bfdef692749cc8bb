"""Standard departments: made and renamed."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.programmes import actions, queries, tables
from trainingbase.programmes.forms import StandardForm, StandardSearchForm
from trainingbase.programmes.routes import programmes
from trainingbase.programmes.words import FIELDS
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _rows():
    form = StandardSearchForm()
    rows = queries.standard_rows(search=form.search.data or "", sort=request.args.get("sort", ""))
    return form, rows


@programmes.get("/departments")
@allow(Role.OFFICE, Role.AUDITOR)
def standards():
    form, rows = _rows()
    page = page_of(rows)
    uses = queries.standard_uses([one.id for one in page.items])
    return render_template("programmes/standards.html", form=form, page=page, uses=uses)


@programmes.get("/departments/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_standards(kind: str):
    _form, rows = _rows()
    found = queries.all_of(rows)
    uses = queries.standard_uses([one.id for one in found])
    return download(tables.of_standards(found, uses), kind, _("Standard departments"))


def _answers(form: StandardForm) -> dict:
    return form.answers() | {"name_en": form.name_en.data or None}


@programmes.route("/departments/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def add_standard():
    form = StandardForm()
    if form.validate_on_submit():
        try:
            actions.add_standard(**_answers(form), by=viewer(), at=clock.now())
        except actions.NameTaken:
            form.refuse("name", _("Another standard department has this name."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("programmes.standards"))
    return render_template("programmes/standard.html", form=form, standard=None, stale=None)


@programmes.route("/departments/<int:standard_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def standard(standard_id: int):
    found = queries.standard_by_id(standard_id)
    form, stale = StandardForm(obj=found), None
    if form.validate_on_submit():
        try:
            actions.change_standard(
                found, _answers(form), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(found)
        except actions.NameTaken:
            form.refuse("name", _("Another standard department has this name."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("programmes.standards"))
    page = render_template(
        "programmes/standard.html",
        form=form,
        standard=found,
        stale=stale,
        changes=page_of(changes_of(found)),
        fields=FIELDS,
    )
    return page, 200 if stale is None else 409
