"""The office approves or returns; whoever handed in may withdraw before that."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.research import actions, queries
from trainingbase.research.forms import ApprovalForm, ReturnForm
from trainingbase.research.models import AlreadyDecided, OwnWork
from trainingbase.research.routes.blueprint import research
from trainingbase.research.routes.handing_in import HANDERS, page, work_to_change
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _back(work_id: int):
    return redirect(url_for("research.one", work_id=work_id))


def _refused(work_id: int, why: Stale | AlreadyDecided | OwnWork):
    if isinstance(why, Stale):
        flash(_("It was changed since you opened it: look again, then decide."), "error")
    elif isinstance(why, AlreadyDecided):
        flash(_("It was decided before."), "info")
    else:
        flash(_("Nobody decides on their own work: somebody else of the office does."), "error")
    return _back(work_id)


@research.post("/<int:work_id>/approval")
@allow(Role.OFFICE)
def approve(work_id: int):
    work, form = queries.work_for(viewer(), work_id), ApprovalForm()
    if not form.validate_on_submit():
        return page(work, 200, approval=form)
    try:
        actions.approve(
            work, form.points.data, version=form.version.data, by=viewer(), at=clock.now()
        )
    except (Stale, AlreadyDecided, OwnWork) as why:
        return _refused(work_id, why)
    flash(_("Approved: it counts from now on."), "success")
    return redirect(url_for("research.works", state="waiting"))


@research.post("/<int:work_id>/return")
@allow(Role.OFFICE)
def give_back(work_id: int):
    work, form = queries.work_for(viewer(), work_id), ReturnForm()
    if not form.validate_on_submit():
        return page(work, 200, returning=form)
    try:
        actions.give_back(
            work, form.reason.data, version=form.version.data, by=viewer(), at=clock.now()
        )
    except (Stale, AlreadyDecided, OwnWork) as why:
        return _refused(work_id, why)
    flash(_("Returned, and the person is told why."), "success")
    return _back(work_id)


@research.post("/<int:work_id>/withdrawal")
@allow(*HANDERS)
def withdraw(work_id: int):
    work = work_to_change(work_id)
    try:
        version = request.form.get("version", type=int)
        actions.withdraw(work, version=version, by=viewer(), at=clock.now())
    except (AlreadyDecided, Stale):
        flash(_("It was decided or changed meanwhile."), "error")
    else:
        flash(_("Withdrawn."), "success")
    return _back(work_id)
