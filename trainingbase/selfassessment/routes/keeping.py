"""IndicatorEvidence and tasks."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.files.sending import send
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.selfassessment import actions, queries
from trainingbase.selfassessment.forms import ActForm, EvidenceForm, TaskForm
from trainingbase.selfassessment.routes.blueprint import READERS, selfassessment, year_asked


@selfassessment.route("/items/<int:item_id>/evidence/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_evidence(item_id: int):
    item, year, form = queries.item_by_id(item_id), year_asked(), EvidenceForm()
    if form.validate_on_submit():
        actions.keep_evidence(
            item,
            year,
            what=form.what.data,
            dated_on=form.dated_on.data,
            owner=form.owner.data,
            file=form.file.upload,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
        flash(_("The evidence is kept."), "success")
        return _to_item(item.id, year)
    return _page(form, item, year, _("Add evidence"))


def _page(form, item, year: int, title: str):
    return render_template(
        "selfassessment/form.html", form=form, item=item, year=year, heading=title
    )


def _to_item(item_id: int, year: int):
    return redirect(url_for("selfassessment.item", item_id=item_id, year=year))


@selfassessment.get("/evidence/<int:evidence_id>/file")
@allow(*READERS)
def evidence_file(evidence_id: int):
    one = queries.evidence_by_id(evidence_id)
    if one.file is None:
        raise NotFound
    return send(one.file)


@selfassessment.post("/evidence/<int:evidence_id>/withdrawal")
@allow(Role.OFFICE)
def withdraw_evidence(evidence_id: int):
    one = queries.evidence_by_id(evidence_id)
    actions.withdraw_evidence(one, by=viewer(), at=clock.now())
    flash(_("The evidence is taken away."), "success")
    return _to_item(one.item_id, one.year)


@selfassessment.route("/items/<int:item_id>/tasks/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_task(item_id: int):
    item, year, form = queries.item_by_id(item_id), year_asked(), TaskForm()
    people = {one.id: one for one in holders_of(Role.OFFICE)}
    form.owner.choices = [(key, one.name) for key, one in people.items()]
    if form.validate_on_submit():
        actions.set_task(
            item,
            year,
            what=form.what.data,
            owner=people[form.owner.data],
            due_on=form.due_on.data,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
        flash(_("The task is set."), "success")
        return _to_item(item.id, year)
    return _page(form, item, year, _("Set a task"))


@selfassessment.post("/tasks/<int:task_id>/done")
@allow(Role.OFFICE)
def finish_task(task_id: int):
    task, form = queries.task_by_id(task_id), ActForm()
    form.validate()
    item_id, year = task.item_id, task.year
    try:
        actions.finish_task(task, version=form.version.data, by=viewer(), at=clock.now())
    except actions.AlreadyDone:
        flash(_("This was done before."), "info")
    else:
        flash(_("Done."), "success")
    return redirect(url_for("selfassessment.item", item_id=item_id, year=year))
