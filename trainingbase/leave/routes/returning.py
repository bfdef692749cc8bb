"""Back from leave: reported, confirmed."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.leave import actions
from trainingbase.leave.forms import BackForm, ConfirmBackForm
from trainingbase.leave.models import NotPossible, NotYours, OutsideTheLeave
from trainingbase.leave.queries import leaves as queries
from trainingbase.leave.routes import leave
from trainingbase.leave.routes.one import page_of_leave
from trainingbase.roles import Role
from trainingbase.stale import Stale


@leave.post("/<int:leave_id>/return-report")
@allow(Role.RESIDENT)
def report(leave_id: int):
    one, form = queries.leave_for(viewer(), leave_id), BackForm()
    if not form.validate_on_submit():
        return page_of_leave(one, back=form)
    try:
        actions.report_return(one, form.back_on.data, by=viewer(), at=clock.now())
    except OutsideTheLeave:
        form.refuse("back_on", outside())
        return page_of_leave(one, back=form)
    except (NotPossible, NotYours):
        flash(_("There is no return to report."), "error")
    else:
        flash(_("Reported. The secretary or the office confirms it."), "success")
    return redirect(url_for("leave.one", leave_id=leave_id))


@leave.post("/<int:leave_id>/return")
@allow(Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)
def confirm(leave_id: int):
    one, form = queries.leave_for(viewer(), leave_id), ConfirmBackForm()
    if not form.validate_on_submit():
        return page_of_leave(one, confirmation=form)
    try:
        actions.confirm_return(
            one, form.back_on.data, version=form.version.data, by=viewer(), at=clock.now()
        )
    except OutsideTheLeave:
        form.refuse("back_on", outside())
        return page_of_leave(one, confirmation=form)
    except (NotPossible, NotYours):
        flash(_("There is no return to confirm."), "error")
    except Stale:
        flash(_("Somebody changed this leave meanwhile: look at it again."), "error")
        return page_of_leave(one, 409)
    else:
        flash(_("Confirmed."), "success")
    return redirect(url_for("leave.one", leave_id=leave_id))


def outside() -> str:
    return _(
        "Choose a day of the leave, or the day after it. Who comes back later asks for longer"
        " leave; what was not granted the office records as absence."
    )
