"""Equipment, staff and figures of a site, kept by the office or by the site itself."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import options, whole_number
from trainingbase.i18n import named
from trainingbase.sites import actions, queries
from trainingbase.sites.forms import EditEquipmentForm, EquipmentForm, FiguresForm, staff_form
from trainingbase.sites.models import Institution
from trainingbase.sites.routes import KEEPERS, READERS, sites
from trainingbase.sites.routes.trails import emptied, trail_of
from trainingbase.sites.rules.staff import staff_by_year
from trainingbase.sites.words import EQUIPMENT, QUALIFICATIONS, TITLES
from trainingbase.stale import Stale


@sites.get("/<int:institution_id>/resources")
@allow(*READERS)
def resources(institution_id: int):
    one = queries.institution_for(viewer(), institution_id)
    return render_template(
        "sites/resources.html",
        institution=one,
        equipment=queries.equipment_of(one),
        staff=staff_by_year(
            (s.year, s.title, s.qualification, s.count) for s in queries.staff_of(one)
        ),
        figures=queries.figures_of(one),
        kinds=EQUIPMENT,
        titles=TITLES,
        qualifications=QUALIFICATIONS,
        tends=queries.may_tend(viewer(), one),
    )


def _offer_departments(form, one: Institution, nothing: str) -> None:
    form.department_id.choices = options(
        {0: nothing} | {two.id: named(two) for two in one.departments}
    )


def _shown(form, one: Institution, title: str, **more):
    return render_template(
        "sites/form.html",
        form=form,
        title=title,
        trail=[*trail_of(one), (_("Equipment and staff"), _home(one))],
        back=_home(one),
        **more,
    )


def _home(one: Institution) -> str:
    return url_for("sites.resources", institution_id=one.id)


def _equipment(form) -> dict:
    return emptied(form) | {"department_id": form.department_id.data or None}


@sites.route("/<int:institution_id>/equipment/new", methods=["GET", "POST"])
@allow(*KEEPERS)
def new_equipment(institution_id: int):
    one = queries.institution_tended(viewer(), institution_id)
    form = EquipmentForm()
    _offer_departments(form, one, _("The whole site"))
    if form.validate_on_submit():
        actions.add_equipment(
            one, _equipment(form), by=viewer(), at=clock.now(), request_key=form.form_key.data
        )
        flash(_("Saved."), "success")
        return redirect(_home(one))
    return _shown(form, one, _("Add equipment"))


@sites.route("/equipment/<int:item_id>", methods=["GET", "POST"])
@allow(*KEEPERS)
def edit_equipment(item_id: int):
    item = queries.item_tended(viewer(), item_id)
    form = EditEquipmentForm(obj=item)
    _offer_departments(form, item.institution, _("The whole site"))
    if request.method == "GET":
        form.department_id.data = item.department_id or 0
    stale = None
    if form.validate_on_submit():
        try:
            actions.edit_equipment(
                item, _equipment(form), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(item)
        else:
            flash(_("Saved."), "success")
            return redirect(_home(item.institution))
    again = url_for("sites.edit_equipment", item_id=item.id)
    page = _shown(form, item.institution, _("Edit equipment"), stale=stale, again=again)
    return page, 200 if stale is None else 409


@sites.post("/equipment/<int:item_id>/removal")
@allow(*KEEPERS)
def remove_equipment(item_id: int):
    item = queries.item_tended(viewer(), item_id)
    home = _home(item.institution)
    actions.remove_equipment(item, by=viewer(), at=clock.now())
    flash(_("Removed."), "success")
    return redirect(home)


@sites.route("/<int:institution_id>/staff", methods=["GET", "POST"])
@allow(*KEEPERS)
def keep_staff(institution_id: int):
    one = queries.institution_tended(viewer(), institution_id)
    year = request.args.get("year", clock.today().year - 1, type=whole_number)
    there = {f"{s.title}_{s.qualification}": s.count for s in queries.staff_of(one, year)}
    form = staff_form(data={"year": year, **there} if request.method == "GET" else None)
    if form.validate_on_submit():
        actions.keep_staff(one, form.year.data, form.counts(), by=viewer(), at=clock.now())
        flash(_("Saved."), "success")
        return redirect(_home(one))
    return render_template(
        "sites/staff.html",
        institution=one,
        form=form,
        titles=TITLES,
        qualifications=QUALIFICATIONS,
        trail=[*trail_of(one), (_("Equipment and staff"), _home(one))],
    )


@sites.route("/<int:institution_id>/figures", methods=["GET", "POST"])
@allow(*KEEPERS)
def keep_figures(institution_id: int):
    one = queries.institution_tended(viewer(), institution_id)
    year = request.args.get("year", clock.today().year - 1, type=whole_number)
    department_id = request.args.get("department", 0, type=whole_number)
    there = queries.figures_row(one, department_id, year)
    form = FiguresForm(
        obj=there, data=None if there else {"year": year, "department_id": department_id}
    )
    _offer_departments(form, one, _("The whole site"))
    if request.method == "GET":
        form.department_id.data = department_id
    if form.validate_on_submit():
        numbers = {
            name: form[name].data for name in ("beds", "outpatients", "emergencies", "admissions")
        }
        actions.keep_figures(
            one,
            form.department_id.data or None,
            form.year.data,
            numbers,
            by=viewer(),
            at=clock.now(),
        )
        flash(_("Saved."), "success")
        return redirect(_home(one))
    return _shown(form, one, _("Figures of a year"))
