"""Who sits in the committee."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.judging import tables
from trainingbase.judging.actions import committee as actions
from trainingbase.judging.forms.committee import NOBODY, MemberForm, TermForm
from trainingbase.judging.forms.searching import MemberSearchForm
from trainingbase.judging.queries import committee as queries
from trainingbase.judging.queries import scope
from trainingbase.judging.routes.blueprint import SEE, judging
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale

ONE_DAY = timedelta(days=1)


def _listed():
    form = MemberSearchForm()
    form.validate()
    return form, queries.members(
        search=form.search.data or "", state=form.state.data or "", today=clock.today()
    )


@judging.get("/members")
@allow(*SEE)
def members():
    form, rows = _listed()
    return render_template(
        "judging/members.html", form=form, page=page_of(rows), today=clock.today()
    )


@judging.get("/members/export/<string:kind>")
@allow(*SEE)
def export_members(kind: str):
    _form, rows = _listed()
    return download(tables.of_members(scope.all_of(rows)), kind, "committee-members")


@judging.route("/members/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_member():
    form = MemberForm(data={"starts_on": clock.today()})
    people = {one.id: one for one in queries.eligible()}
    named = {key: one.name for key, one in people.items()}
    form.person.choices = options({NOBODY: _("Choose"), **named})
    if form.validate_on_submit():
        last = form.last_day.data
        try:
            actions.name_member(
                people[form.person.data],
                duty=form.duty.data,
                starts_on=form.starts_on.data,
                ends_on=last + ONE_DAY if last else None,
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
            flash(_("Named to the committee."), "success")
            return redirect(url_for("judging.members"))
        except actions.SecondTerm:
            form.refuse("person", _("This person sits already in these days."))
    return render_template(
        "judging/form.html",
        form=form,
        heading=_("Name a member"),
        button=_("Name"),
        back=(_("Committee members"), url_for("judging.members")),
    )


@judging.route("/members/<int:member_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def member(member_id: int):
    one = queries.member_by_id(member_id)
    last = one.ends_on - ONE_DAY if one.ends_on else None
    form, differences = TermForm(obj=one, data={"last_day": last}), None
    if form.validate_on_submit():
        if form.last_day.data and form.last_day.data < one.starts_on:
            form.refuse("last_day", _("The last day is before the first."))
        else:
            try:
                ends_on = form.last_day.data + ONE_DAY if form.last_day.data else None
                actions.change_member(
                    one, duty=form.duty.data, ends_on=ends_on, version=form.version.data,
                    by=viewer(), at=clock.now(),
                )  # fmt: skip
                flash(_("Kept."), "success")
                return redirect(url_for("judging.members"))
            except Stale:
                now = one.ends_on - ONE_DAY if one.ends_on else None
                differences = form.stale_against(one, last_day=now)
    page = render_template(
        "judging/form.html",
        form=form,
        heading=one.person.name,
        button=_("Save"),
        back=(_("Committee members"), url_for("judging.members")),
        differences=differences,
        history=page_of(changes_of(one)),
    )
    return page, 409 if differences is not None else 200
