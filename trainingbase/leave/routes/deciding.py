"""Yes, no, to the office, and taken back."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.models import AlreadyDecided
from trainingbase.leave import actions
from trainingbase.leave.forms import DecisionForm, HandOverForm
from trainingbase.leave.models import NotYours
from trainingbase.leave.queries import leaves as queries
from trainingbase.leave.routes import leave
from trainingbase.leave.routes.one import page_of_leave
from trainingbase.roles import Role
from trainingbase.stale import Stale

APPROVERS = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)


@leave.post("/<int:leave_id>/decision")
@allow(*APPROVERS)
def decide(leave_id: int):
    """Approved, or with `refuse` refused: then with a word why."""
    one, form = queries.leave_for(viewer(), leave_id), DecisionForm()
    approved = "refuse" not in request.form
    valid = form.validate_on_submit()
    if not approved and not form.reason.data:
        form.refuse("reason", _("Say why you refuse."))
    if not valid or form.errors:
        return page_of_leave(one, decision=form)
    try:
        actions.decide(
            one,
            approved,
            reason=form.reason.data or None,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except AlreadyDecided:
        flash(_("This leave was already decided."), "info")
    except NotYours:
        flash(_("This leave does not wait for you now."), "error")
    except Stale:
        flash(_("Somebody changed this leave meanwhile: look at it again."), "error")
        return page_of_leave(one, 409)
    else:
        flash(_("Approved.") if approved else _("Leave refused."), "success")
    return redirect(url_for("leave.one", leave_id=leave_id))


@leave.post("/<int:leave_id>/handing-over")
@allow(Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)
def hand_over(leave_id: int):
    one, form = queries.leave_for(viewer(), leave_id), HandOverForm()
    if not form.validate_on_submit():
        return page_of_leave(one)
    try:
        actions.hand_over(one, version=form.version.data, by=viewer(), at=clock.now())
    except (NotYours, Stale):
        flash(_("This leave does not wait for you now."), "error")
    else:
        flash(_("Left to the office."), "success")
    return redirect(url_for("leave.leaves"))


@leave.post("/<int:leave_id>/withdrawal")
@allow(Role.RESIDENT)
def withdraw(leave_id: int):
    one = queries.leave_for(viewer(), leave_id)
    try:
        actions.withdraw(one, by=viewer(), at=clock.now())
    except AlreadyDecided:
        flash(_("This leave was already decided."), "info")
    except NotYours:
        flash(_("Only the resident takes an application back."), "error")
    else:
        flash(_("Withdrawn."), "success")
    return redirect(url_for("leave.one", leave_id=leave_id))
