"""Yes or no to an appeal."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.attendance import actions
from trainingbase.attendance.actions.appealing import NotTheirs
from trainingbase.attendance.forms import AnswerForm
from trainingbase.attendance.queries import appeals as queries
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.appeals import page_of_appeal
from trainingbase.attendance.routes.asked import TAKE
from trainingbase.enrolment.models import AlreadyDecided
from trainingbase.roles import Role
from trainingbase.stale import Stale


@attendance.post("/appeals/<int:appeal_id>/decision")
@allow(*TAKE, Role.FACULTY)
def decide_appeal(appeal_id: int):
    """Granted, or with `refuse` refused: then with a word why."""
    one, form = queries.appeal_for(viewer(), appeal_id), AnswerForm()
    approved = "refuse" not in request.form
    valid = form.validate_on_submit()
    if not approved and not form.answer.data:
        form.refuse("answer", _("Say why you refuse."))
    if not valid or form.errors:
        return page_of_appeal(one, 422, form)
    try:
        actions.decide(
            one,
            approved,
            answer=form.answer.data or None,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except AlreadyDecided:
        flash(_("This appeal was decided already."), "info")
    except NotTheirs:
        flash(_("This appeal is not yours to decide."), "error")
    except Stale:
        flash(_("Somebody else has changed this meanwhile: look again."), "error")
        return page_of_appeal(queries.appeal_for(viewer(), appeal_id), 409)
    else:
        flash(_("Granted.") if approved else _("Refused."), "success")
    return redirect(url_for("attendance.appeal", appeal_id=appeal_id))
