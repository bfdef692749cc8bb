"""Kinds of examination."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams import words
from trainingbase.exams.actions import sittings as actions
from trainingbase.exams.forms.sittings import KindForm, NewKindForm
from trainingbase.exams.queries import sittings as queries
from trainingbase.exams.routes.blueprint import READING, exams
from trainingbase.i18n import named
from trainingbase.roles import Role
from trainingbase.stale import Stale


@exams.get("/kinds")
@allow(*READING)
def kinds():
    return render_template("exams/kinds.html", kinds=queries.kinds(), words=words)


@exams.route("/kinds/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_kind():
    form = NewKindForm()
    if form.validate_on_submit() and form.is_sound():
        try:
            actions.add_kind(form.answers(), by=viewer(), at=clock.now())
        except actions.AlreadyThere:
            form.refuse("code", _("This code is taken."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("exams.kinds"))
    return _page(form, _("New kind of examination"))


@exams.route("/kinds/<int:kind_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def change_kind(kind_id: int):
    one, stale = queries.kind_by_id(kind_id), None
    form = KindForm(obj=one)
    if form.validate_on_submit() and form.is_sound():
        try:
            actions.change_kind(
                one, form.given(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(queries.kind_by_id(kind_id))
        else:
            flash(_("Saved. Sittings that are there keep their candidates."), "success")
            return redirect(url_for("exams.kinds"))
    return _page(form, named(one), stale)


def _page(form, title: str, stale=None):
    page = render_template(
        "exams/form.html",
        form=form,
        title=title,
        button=_("Save"),
        cancel=url_for("exams.kinds"),
        stale=stale,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200
