"""The list, its download, and adding somebody."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.faculty import actions, queries, tables
from trainingbase.faculty.forms import NewMemberForm, RosterSearchForm
from trainingbase.faculty.routes.blueprint import READERS, faculty, standing_of, years_and_ahead
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import institutions
from trainingbase.thresholds.queries import whole


def department_choices(all_label: str | None = None) -> list:
    labels = {one.id: f"{named(one)} · {named(one.institution)}" for one in queries.departments()}
    return options(({0: all_label} if all_label else {}) | labels)


def _rows():
    form, today = RosterSearchForm(), clock.today()
    form.institution.choices = options({0: _("All")} | {i.id: named(i) for i in institutions()})
    form.department.choices = department_choices(_("All"))
    years, ahead = years_and_ahead()
    which = queries.Filter(
        search=form.search.data or "",
        institution_id=form.institution.data,
        department_id=form.department.data,
        certificate=form.certificate.data or "",
        state=form.state.data or "active",
        sort=request.args.get("sort", ""),
    )
    return form, queries.roster(viewer(), which, today=today, soon=today + ahead, years=years)


@faculty.get("/")
@allow(*READERS)
def roster():
    form, rows = _rows()
    return render_template(
        "faculty/roster.html", form=form, page=page_of(rows), standing=standing_of()
    )


@faculty.get("/export/<string:kind>")
@allow(*READERS)
def export_roster(kind: str):
    _form, rows = _rows()
    private = viewer().holds(Role.OFFICE, Role.AUDITOR)
    return download(tables.of_roster(queries.members(rows), private=private), kind, _("Faculty"))


@faculty.route("/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def add():
    form = NewMemberForm()
    form.department.choices = department_choices()
    if not form.is_submitted():
        form.most_residents.data = whole("residents_per_supervisor")
    if form.validate_on_submit():
        try:
            member = actions.add_member(
                form.record(),
                name=form.name.data,
                phone=form.phone.data,
                department_id=form.department.data,
                most_residents=form.most_residents.data,
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
        except actions.NumberTaken:
            form.refuse("staff_number", _("Somebody has this staff number already."))
        else:
            flash(_("Added. Enter the certificate next."), "success")
            return redirect(url_for("faculty.member", member_id=member.id))
    page = render_template("faculty/new.html", form=form)
    return page, 422 if form.errors else 200
