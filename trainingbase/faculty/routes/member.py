"""One record: read, changed, what it was before, and its photo."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.faculty import actions, queries
from trainingbase.faculty.forms import EditMemberForm, PhotoForm
from trainingbase.faculty.routes.blueprint import (
    OWN,
    PRIVATE,
    faculty,
    standing_of,
    years_and_ahead,
)
from trainingbase.faculty.words import ABSENCES, FIELDS, VALUES
from trainingbase.files import sending
from trainingbase.files.forms import why_unfit
from trainingbase.files.rules import PICTURES, Unfit
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


@faculty.get("/<int:member_id>")
@allow(*OWN)
def member(member_id: int):
    one = queries.member_for(viewer(), member_id)
    years, ahead = years_and_ahead()
    return render_template(
        "faculty/member.html",
        member=one,
        standing=standing_of(),
        years=years,
        soon=clock.today() + ahead,
        reads_phone=viewer().holds(Role.OFFICE, Role.SECRETARY) or viewer().id == one.person_id,
        absences=ABSENCES,
    )


@faculty.get("/<int:member_id>/history")
@allow(*PRIVATE)
def history(member_id: int):
    one = queries.member_for(viewer(), member_id)
    rows = changes_of(one, *one.posts, *one.certificates, *one.absences)
    return render_template(
        "faculty/history.html",
        member=one,
        changes=page_of(rows),
        labels=FIELDS,
        values=VALUES,
        hidden=() if viewer().holds(Role.OFFICE) else ("phone",),
    )


@faculty.route("/<int:member_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit(member_id: int):
    one = queries.member_for(viewer(), member_id)
    form = EditMemberForm(obj=one, phone=one.person.phone)
    stale = None
    if form.validate_on_submit():
        try:
            actions.edit_member(
                one,
                form.record(),
                name=form.name.data,
                phone=form.phone.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
                why=form.why.data,
            )
        except Stale:
            stale = form.stale_against(one, phone=one.person.phone)
        except actions.NumberTaken:
            form.refuse("staff_number", _("Somebody has this staff number already."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("faculty.member", member_id=member_id))
    page = render_template("faculty/edit.html", form=form, member=one, stale=stale)
    return page, 409 if stale is not None else 422 if form.errors else 200


@faculty.route("/<int:member_id>/photo", methods=["GET", "POST"])
@allow(Role.OFFICE)
def set_photo(member_id: int):
    one, form = queries.member_for(viewer(), member_id), PhotoForm()
    if form.validate_on_submit():
        try:
            actions.set_photo(one, form.photo.upload, by=viewer(), at=clock.now())
        except Unfit as unfit:
            form.refuse("photo", why_unfit(unfit.because, PICTURES))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("faculty.member", member_id=member_id))
    page = render_template("faculty/part.html", form=form, member=one, title=_("Photo"), stale=None)
    return page, 422 if form.errors else 200


@faculty.get("/<int:member_id>/photo.jpg")
@allow(*OWN)
def photo(member_id: int):
    one = queries.member_for(viewer(), member_id)
    if one.photo is None:
        raise NotFound
    return sending.show(one.photo)
