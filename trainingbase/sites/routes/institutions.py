"""The list of institutions, and one of them."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.months import first_of_month
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites import actions, queries, tables
from trainingbase.sites.forms import (
    ContactForm,
    InstitutionForm,
    NewInstitutionForm,
    SiteSearchForm,
)
from trainingbase.sites.models import Department, Institution
from trainingbase.sites.queries.places import departments_with_openings, places_in
from trainingbase.sites.routes import KEEPERS, READERS, sites
from trainingbase.sites.routes.trails import emptied, trail_of
from trainingbase.sites.rules.agreements import state_of
from trainingbase.sites.rules.places import places_of_month
from trainingbase.sites.words import AGREEMENT_STATES, FIELDS
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole
from trainingbase.words import LEVELS


def agreement_state(one: Institution, *, today: date, soon: int) -> str:
    """The lead hospital needs no agreement with itself."""
    return state_of(
        one.agreement_starts_on,
        one.agreement_ends_on,
        today=today,
        soon=soon,
        needed=one.level not in ("lead", "branch"),
    )


def _rows():
    form = SiteSearchForm()
    rows = queries.listed(
        viewer(),
        search=form.search.data or "",
        level=form.level.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
        today=clock.today(),
    )
    return form, rows


def _counts(rows: list[Institution]) -> dict[int, tuple[int, int]]:
    """Departments and places of this month, by institution."""
    month = first_of_month(clock.today())
    found: dict[int, tuple[int, int]] = {}
    for one, opening in departments_with_openings(
        Department.institution_id.in_([one.id for one in rows])
    ):
        departments, places = found.get(one.institution_id, (0, 0))
        here = places_of_month(opening, month).most
        found[one.institution_id] = (departments + 1, places + here)
    return found


def _states(rows: list[Institution]) -> dict[int, str]:
    today, soon = clock.today(), whole("agreement_reminder_days")
    return {one.id: agreement_state(one, today=today, soon=soon) for one in rows}


@sites.get("/")
@allow(*READERS)
def institutions():
    form, rows = _rows()
    page = page_of(rows)
    return render_template(
        "sites/institutions.html",
        form=form,
        page=page,
        counts=_counts(page.items),
        states=_states(page.items),
        agreement_states=AGREEMENT_STATES,
        levels=LEVELS,
    )


@sites.get("/export/<string:kind>")
@allow(*READERS)
def export_institutions(kind: str):
    _form, rows = _rows()
    found = queries.all_of(rows)
    states = {key: str(AGREEMENT_STATES[one][1]) for key, one in _states(found).items()}
    return download(tables.of_institutions(found, _counts(found), states), kind, _("Sites"))


@sites.route("/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_institution():
    form = NewInstitutionForm()
    if form.validate_on_submit() and not form.errors:
        try:
            made = actions.add_institution(
                emptied(form), by=viewer(), at=clock.now(), request_key=form.form_key.data
            )
        except actions.NameTaken:
            form.refuse("name", _("There is a site of this name already."))
        else:
            flash(_("The site is kept. Add its departments."), "success")
            return redirect(url_for("sites.institution", institution_id=made.id))
    return render_template(
        "sites/form.html",
        form=form,
        title=_("Add a site"),
        trail=[(_("Sites"), url_for("sites.institutions"))],
        back=url_for("sites.institutions"),
    )


@sites.get("/<int:institution_id>")
@allow(*READERS)
def institution(institution_id: int):
    one = queries.institution_for(viewer(), institution_id)
    month = first_of_month(clock.today())
    return render_template(
        "sites/institution.html",
        institution=one,
        levels=LEVELS,
        places={
            key: value[month]
            for key, value in places_in([month], Department.institution_id == one.id).items()
        },
        state=AGREEMENT_STATES[
            agreement_state(one, today=clock.today(), soon=whole("agreement_reminder_days"))
        ],
        equipment=queries.equipment_of(one),
        tends=queries.may_tend(viewer(), one),
    )


@sites.get("/<int:institution_id>/history")
@allow(*READERS)
def institution_history(institution_id: int):
    one = queries.institution_for(viewer(), institution_id)
    return render_template(
        "sites/history.html",
        institution=one,
        changes=page_of(changes_of(one)),
        labels=FIELDS,
        values={"level": LEVELS},
    )


@sites.route("/<int:institution_id>/edit", methods=["GET", "POST"])
@allow(*KEEPERS)
def edit_institution(institution_id: int):
    """The office edits everything, a coordinator what their site says about itself."""
    one = queries.institution_tended(viewer(), institution_id)
    form = (InstitutionForm if viewer().holds(Role.OFFICE) else ContactForm)(obj=one)
    stale = None
    if form.validate_on_submit() and not form.errors:
        try:
            actions.edit_institution(
                one,
                emptied(form),
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
                why=form.answers().get("why"),
            )
        except Stale:
            stale = form.stale_against(one)
        except actions.NameTaken:
            form.refuse("name", _("There is a site of this name already."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("sites.institution", institution_id=one.id))
    page = render_template(
        "sites/form.html",
        form=form,
        title=_("Edit the site"),
        trail=trail_of(one),
        back=url_for("sites.institution", institution_id=one.id),
        stale=stale,
        again=url_for("sites.edit_institution", institution_id=one.id),
    )
    return page, 200 if stale is None else 409
