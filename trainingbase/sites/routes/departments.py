"""The list of departments, and one of them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.months import first_of_month, months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites import actions, queries, tables
from trainingbase.sites.forms import DepartmentForm, DepartmentSearchForm, NewDepartmentForm
from trainingbase.sites.models import Department
from trainingbase.sites.queries.places import opening_of, places_in
from trainingbase.sites.routes import READERS, sites
from trainingbase.sites.routes.trails import emptied, trail_of, trail_of_department
from trainingbase.sites.rules.places import places_of_month
from trainingbase.sites.words import FIELDS
from trainingbase.stale import Stale

MONTHS_AHEAD = 12


def _rows():
    form = DepartmentSearchForm()
    everything = {0: _("All")}
    form.institution.choices = options(
        everything | {one.id: named(one) for one in queries.institutions_seen(viewer())}
    )
    form.standard.choices = options(
        everything | {one.id: named(one) for one in queries.standards()}
    )
    rows = queries.listed_departments(
        viewer(),
        search=form.search.data or "",
        institution_id=form.institution.data or 0,
        standard_id=form.standard.data or 0,
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
        today=clock.today(),
    )
    return form, rows


def _places(rows: list[Department]):
    month = first_of_month(clock.today())
    there = places_in([month], Department.id.in_([one.id for one in rows]))
    return {key: value[month] for key, value in there.items()}


@sites.get("/departments")
@allow(*READERS)
def departments():
    form, rows = _rows()
    page = page_of(rows)
    return render_template(
        "sites/departments.html", form=form, page=page, places=_places(page.items)
    )


@sites.get("/departments/export/<string:kind>")
@allow(*READERS)
def export_departments(kind: str):
    _form, rows = _rows()
    found = queries.all_of(rows)
    there = {key: (one.most, one.fewest) for key, one in _places(found).items()}
    return download(tables.of_departments(found, there), kind, _("Departments"))


@sites.get("/departments/<int:department_id>")
@allow(*READERS)
def department(department_id: int):
    one = queries.department_for(viewer(), department_id)
    month = first_of_month(clock.today())
    opening = opening_of(one)
    return render_template(
        "sites/department.html",
        department=one,
        months=[
            (ahead, places_of_month(opening, ahead))
            for ahead in (months_later(month, number) for number in range(MONTHS_AHEAD))
        ],
        changes=page_of(changes_of(one)),
        labels=FIELDS,
        keeps=queries.may_keep(viewer(), one),
    )


def _offer_standards(form) -> None:
    form.standards.choices = [SelectChoice(one.id, named(one)) for one in queries.standards()]


def _answers(form) -> dict:
    return emptied(form) | {"standards": queries.standards_by_id(form.standards.data or [])}


@sites.route("/<int:institution_id>/departments/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_department(institution_id: int):
    one = queries.institution_for(viewer(), institution_id)
    form = NewDepartmentForm()
    _offer_standards(form)
    if form.validate_on_submit() and not form.errors:
        try:
            made = actions.add_department(
                one, _answers(form), by=viewer(), at=clock.now(), request_key=form.form_key.data
            )
        except actions.NameTaken:
            form.refuse("name", _("This site has a department of this name already."))
        else:
            flash(_("The department is kept."), "success")
            return redirect(url_for("sites.department", department_id=made.id))
    return render_template(
        "sites/form.html",
        form=form,
        title=_("Add a department"),
        trail=trail_of(one),
        back=url_for("sites.institution", institution_id=one.id),
    )


@sites.route("/departments/<int:department_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_department(department_id: int):
    one = queries.department_for(viewer(), department_id)
    standing = [standard.id for standard in one.standards]
    form = DepartmentForm(obj=one, data={"standards": standing})
    if request.method == "GET":
        form.standards.data = standing
    _offer_standards(form)
    stale = None
    if form.validate_on_submit() and not form.errors:
        try:
            actions.edit_department(
                one,
                _answers(form),
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
                why=form.why.data,
            )
        except Stale:
            stale = form.stale_against(one, standards=[two.id for two in one.standards])
        except actions.NameTaken:
            form.refuse("name", _("This site has a department of this name already."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("sites.department", department_id=one.id))
    page = render_template(
        "sites/form.html",
        form=form,
        title=_("Edit the department"),
        trail=trail_of_department(one),
        back=url_for("sites.department", department_id=one.id),
        stale=stale,
        again=url_for("sites.edit_department", department_id=one.id),
    )
    return page, 200 if stale is None else 409
