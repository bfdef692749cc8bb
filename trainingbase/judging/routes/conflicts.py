"""Conflicts of interest."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.judging import tables
from trainingbase.judging.actions import committee as actions
from trainingbase.judging.forms.committee import NOBODY, ConflictForm
from trainingbase.judging.forms.searching import ConflictSearchForm
from trainingbase.judging.queries import committee as queries
from trainingbase.judging.queries import scope
from trainingbase.judging.routes.blueprint import SEE, SIT, judging
from trainingbase.paging import page_of
from trainingbase.roles import Role


def _listed():
    form = ConflictSearchForm()
    form.validate()
    return form, queries.conflicts(
        viewer(), search=form.search.data or "", state=form.state.data or ""
    )


@judging.get("/conflicts")
@allow(*SEE)
def conflicts():
    form, rows = _listed()
    return render_template("judging/conflicts.html", form=form, page=page_of(rows))


@judging.get("/conflicts/export/<string:kind>")
@allow(*SEE)
def export_conflicts(kind: str):
    _form, rows = _listed()
    return download(tables.of_conflicts(scope.all_of(rows)), kind, "conflicts")


@judging.route("/conflicts/new", methods=["GET", "POST"])
@allow(*SIT)
def new_conflict():
    """Members declare their own; the office one of anybody's."""
    form = ConflictForm()
    everybody = {one.id: one for one in queries.names_in_training()}
    named = {key: one.person.name for key, one in everybody.items()}
    form.resident.choices = options({NOBODY: _("Choose"), **named})
    is_office = viewer().holds(Role.OFFICE)
    people = {one.id: one for one in queries.eligible()} if is_office else {}
    if is_office:
        form.person.choices = options(
            {NOBODY: _("Choose"), **{key: one.name for key, one in people.items()}}
        )
    else:
        del form.person
    if form.validate_on_submit():
        actions.declare_conflict(
            people[form.person.data] if is_office else viewer(),
            everybody[form.resident.data],
            ground=form.ground.data,
            word=form.word.data,
            by=viewer(),
            at=clock.now(),
        )
        flash(_("Declared: no packet, no view and no vote on this resident."), "success")
        return redirect(url_for("judging.conflicts"))
    return render_template(
        "judging/form.html",
        form=form,
        heading=_("Declare a conflict of interest"),
        button=_("Declare"),
        back=(_("Conflicts of interest"), url_for("judging.conflicts")),
    )


@judging.post("/conflicts/<int:conflict_id>/withdrawal")
@allow(Role.OFFICE)
def withdraw_conflict(conflict_id: int):
    """By the office alone: nobody lets themselves judge again."""
    one = queries.conflict_for(viewer(), conflict_id)
    try:
        actions.withdraw_conflict(one, by=viewer(), at=clock.now())
    except actions.OwnConflict:
        flash(_("Your own is withdrawn by somebody else of the office."), "error")
    else:
        flash(_("Withdrawn."), "success")
    return redirect(url_for("judging.conflicts"))
