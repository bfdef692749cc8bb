"""Posts, certificates and days away of a member: added, changed, withdrawn."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.faculty import actions, queries
from trainingbase.faculty.forms import AbsenceForm, CertificateForm, PostForm
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.routes.blueprint import PRIVATE, faculty
from trainingbase.faculty.routes.roster import department_choices
from trainingbase.files import sending
from trainingbase.i18n import day, last_day
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole


def _part(parts, part_id: int):
    """One of these, or no page."""
    for one in parts:
        if one.id == part_id:
            return one
    raise NotFound


def _shown(form, member: FacultyMember, title: str, stale=None):
    page = render_template("faculty/part.html", form=form, member=member, title=title, stale=stale)
    return page, 409 if stale is not None else 422 if form.errors else 200


def _saved(member: FacultyMember):
    flash(_("Saved."), "success")
    return redirect(url_for("faculty.member", member_id=member.id))


def _last(row) -> date | None:
    return row.ends_on - timedelta(days=1) if row.ends_on else None


@faculty.route("/<int:member_id>/posts/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def add_post(member_id: int):
    member, form = queries.member_for(viewer(), member_id), PostForm()
    form.department.choices = department_choices()
    if form.validate_on_submit():
        try:
            actions.add_post(member, _post(form), by=viewer(), at=clock.now())
        except actions.AlreadyThere:
            form.refuse("department", _("There is a post in this department already: change it."))
        else:
            return _saved(member)
    return _shown(form, member, _("New post"))


@faculty.route("/<int:member_id>/posts/<int:post_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_post(member_id: int, post_id: int):
    member = queries.member_for(viewer(), member_id)
    post = _part(member.posts, post_id)
    form = PostForm(obj=post, department=post.department_id, last_day=_last(post))
    form.department.choices = [
        one for one in department_choices() if one.value == post.department_id
    ]
    stale = None
    if form.validate_on_submit():
        try:
            actions.edit_post(
                post, _post(form), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(post, last_day=_last(post), department=post.department_id)
        else:
            return _saved(member)
    return _shown(form, member, _("Post"), stale)


def _post(form: PostForm) -> dict:
    return {
        "department_id": form.department.data,
        "is_second": form.is_second.data,
        "starts_on": form.starts_on.data,
        "ends_on": form.until(),
    }


@faculty.route("/<int:member_id>/certificates/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def add_certificate(member_id: int):
    member, form = queries.member_for(viewer(), member_id), CertificateForm()
    _say_years(form)
    if form.validate_on_submit():
        try:
            actions.add_certificate(
                member, _certificate(form), scan=form.scan.upload, by=viewer(), at=clock.now()
            )
        except actions.NumberTaken:
            form.refuse("number", _("This certificate is here already: change it."))
        else:
            return _saved(member)
    return _shown(form, member, _("New certificate"))


@faculty.route("/<int:member_id>/certificates/<int:certificate_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_certificate(member_id: int, certificate_id: int):
    member = queries.member_for(viewer(), member_id)
    one = _part(member.certificates, certificate_id)
    form = CertificateForm(obj=one, starts_on=one.issued_on, last_day=_last(one), scan=None)
    _say_years(form)
    stale = None
    if form.validate_on_submit():
        try:
            actions.edit_certificate(
                one,
                _certificate(form),
                scan=form.scan.upload,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale = form.stale_against(one, starts_on=one.issued_on, last_day=_last(one))
        except actions.NumberTaken:
            form.refuse("number", _("This certificate is here already: change it."))
        else:
            return _saved(member)
    return _shown(form, member, _("Certificate"), stale)


def _say_years(form: CertificateForm) -> None:
    form.last_day.description = _(
        "Empty: %(years)s years after the issue.", years=whole("certificate_years")
    )


def _certificate(form: CertificateForm) -> dict:
    return {
        "number": form.number.data,
        "level": form.level.data or None,
        "issued_on": form.starts_on.data,
        "ends_on": form.until(),
    }


@faculty.get("/<int:member_id>/certificates/<int:certificate_id>/scan")
@allow(*PRIVATE)
def scan(member_id: int, certificate_id: int):
    member = queries.member_for(viewer(), member_id)
    one = _part(member.certificates, certificate_id)
    if one.scan is None:
        raise NotFound
    return sending.send(one.scan)


@faculty.route("/<int:member_id>/absences/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def add_absence(member_id: int):
    member, form = queries.member_for(viewer(), member_id), AbsenceForm()
    if form.validate_on_submit():
        try:
            actions.add_absence(member, _absence(form), by=viewer(), at=clock.now())
        except actions.AlreadyAway as away:
            _say_away(form, away.absence)
        else:
            return _saved(member)
    return _shown(form, member, _("New days away"))


@faculty.route("/<int:member_id>/absences/<int:absence_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_absence(member_id: int, absence_id: int):
    member = queries.member_for(viewer(), member_id)
    one = _part([a for a in member.absences if a.counts], absence_id)
    form = AbsenceForm(obj=one, last_day=_last(one))
    stale = None
    if form.validate_on_submit():
        try:
            actions.edit_absence(
                one, _absence(form), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(one, last_day=_last(one))
        except actions.AlreadyAway as away:
            _say_away(form, away.absence)
        else:
            return _saved(member)
    return _shown(form, member, _("Days away"), stale)


@faculty.post("/<int:member_id>/absences/<int:absence_id>/withdrawal")
@allow(Role.OFFICE)
def withdraw_absence(member_id: int, absence_id: int):
    member = queries.member_for(viewer(), member_id)
    actions.withdraw_absence(_part(member.absences, absence_id), by=viewer(), at=clock.now())
    return _saved(member)


def _absence(form: AbsenceForm) -> dict:
    return {
        "kind": form.kind.data,
        "starts_on": form.starts_on.data,
        "ends_on": form.until(),
        "reason": form.reason.data or None,
    }


def _say_away(form: AbsenceForm, one) -> None:
    form.refuse(
        "starts_on",
        _(
            "Away already from %(first)s to %(last)s.",
            first=day(one.starts_on),
            last=last_day(one.ends_on),
        ),
    )
