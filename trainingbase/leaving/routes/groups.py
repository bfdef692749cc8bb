"""Teaching groups: who is in them, as what, and since when."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options, whole_number
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.leaving import actions, tables
from trainingbase.leaving.forms import GroupSearchForm, MemberForm, NewGroupForm
from trainingbase.leaving.models import GroupMember, TeachingGroup
from trainingbase.leaving.queries import gates
from trainingbase.leaving.queries import groups as queries
from trainingbase.leaving.routes.blueprint import leaving
from trainingbase.leaving.words import DUTIES, GROUP_FIELDS
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale

READERS = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE, Role.AUDITOR)


def _listed():
    form = GroupSearchForm()
    form.validate()
    rows = queries.groups(
        search=form.search.data or "", state=form.state.data or "", today=clock.today()
    )
    return form, rows


@leaving.get("/groups", endpoint="groups")
@allow(*READERS)
def all_groups():
    form, rows = _listed()
    return render_template(
        "leaving/groups.html",
        form=form,
        page=page_of(rows),
        duties=DUTIES,
        present=lambda group: queries.members_on(group, clock.today()),
    )


@leaving.get("/groups/export/<string:kind>")
@allow(*READERS)
def export_groups(kind: str):
    _form, rows = _listed()
    return download(tables.of_groups(queries.all_of(rows)), kind, _("Teaching groups"))


@leaving.route("/groups/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_group():
    form = NewGroupForm()
    departments = {
        f"d{one.id}": f"{named(one.institution)} · {named(one)}" for one in queries.departments()
    }
    standards = {
        f"s{one.id}": _("All without a group of their own: %(name)s", name=named(one))
        for one in gates.standards()
    }
    form.of.choices = options(departments | standards)
    if form.validate_on_submit():
        number = whole_number(form.of.data[1:])
        key = "department_id" if form.of.data[0] == "d" else "standard_department_id"
        made = actions.open_group(by=viewer(), at=clock.now(), **{key: number})
        return redirect(url_for("leaving.group", group_id=made.id))
    return render_template("leaving/new_group.html", form=form)


def _member_form(member: GroupMember | None = None) -> MemberForm:
    data = {"starts_on": clock.today(), "duty": "member"}
    if member is not None:
        data = {
            "member": member.faculty_member_id,
            "duty": member.duty,
            "starts_on": member.starts_on,
            "last_day": member.ends_on - timedelta(days=1) if member.ends_on else None,
            "version": member.version,
        }
    form = MemberForm(data=data)
    form.duty.choices = options(DUTIES)
    form.member.choices = options({one.id: one.name for one in queries.teachers()})
    if member is not None:
        del form["member"]
    return form


def _refused(form: MemberForm, error: actions.AlreadyLed) -> None:
    name = error.member.faculty_member.person.name
    form.refuse(
        "starts_on",
        _("%(name)s leads on some of these days.", name=name)
        if error.member.duty == form.duty.data == "leader"
        else _("%(name)s is in the group on some of these days.", name=name),
    )


@leaving.route("/groups/<int:group_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def group(group_id: int):
    shown = queries.group_by_id(group_id)
    form = _member_form()
    if form.validate_on_submit() and not form.errors:
        chosen = next(one for one in queries.teachers() if one.id == form.member.data)
        try:
            actions.add_member(
                shown,
                chosen,
                duty=form.duty.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on(),
                by=viewer(),
                at=clock.now(),
            )
        except actions.AlreadyLed as refused:
            _refused(form, refused)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("leaving.group", group_id=group_id))
    return _group_page(shown, form)


def _group_page(shown: TeachingGroup, form: MemberForm):
    return render_template(
        "leaving/group.html",
        group=shown,
        form=form,
        duties=DUTIES,
        day=clock.today(),
        changes=page_of(changes_of(*shown.members)) if shown.members else None,
        labels=GROUP_FIELDS,
    )


@leaving.route("/groups/<int:group_id>/members/<int:member_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def member(group_id: int, member_id: int):
    row = queries.member_by_id(group_id, member_id)
    form, stale = _member_form(row), None
    if form.validate_on_submit() and not form.errors:
        try:
            actions.change_member(
                row,
                duty=form.duty.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on(),
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except actions.AlreadyLed as refused:
            _refused(form, refused)
        except Stale:
            stale = form.stale_against(row)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("leaving.group", group_id=group_id))
    page = render_template("leaving/member.html", form=form, row=row, stale=stale)
    return page, 200 if stale is None else 409
