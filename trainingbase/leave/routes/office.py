"""What only the office does: record leave for somebody, correct it, revoke it."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import all_of, resident_for, residents
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.leave import actions
from trainingbase.leave.forms import ApplicationForm, CorrectionForm, ForForm, WhyForm
from trainingbase.leave.models import NotAllowed, NotPossible, OutsideTheLeave
from trainingbase.leave.queries import leaves as queries
from trainingbase.leave.routes import leave
from trainingbase.leave.routes.applying import looked_at, refuse_fields, unknown_years
from trainingbase.leave.routes.one import page_of_leave
from trainingbase.leave.words import STEPS, refusal_in_words
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.words import LEAVE_KINDS


@leave.route("/record", methods=["GET", "POST"])
@allow(Role.OFFICE)
def record():
    ask, form = ForForm(), ApplicationForm()
    people = {one.id: one for one in all_of(residents(viewer(), sort="name"))}
    names = {key: f"{one.name} · {named(one.cohort)}" for key, one in people.items()}
    ask.resident.choices = options({0: "—"} | names)
    ask.kind.choices = options(LEAVE_KINDS)
    chosen = people.get(ask.resident.data)
    seen = looked_at(ask, chosen, by_office=True) if chosen else None
    if seen is not None and form.validate_on_submit() and not form.errors:
        try:
            made = actions.record_leave(
                resident_for(viewer(), chosen.id),
                seen.wanted,
                reason=form.reason.data,
                papers=form.papers.uploads,
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
        except NotAllowed as refused:
            refuse_fields(refused.refusals, ask, form)
        else:
            flash(_("Recorded: it counts at once, and the resident is told."), "success")
            return redirect(url_for("leave.one", leave_id=made.id))
    return render_template(
        "leave/record.html",
        ask=ask,
        form=form,
        seen=seen,
        resident=chosen,
        kinds=LEAVE_KINDS,
        steps=STEPS,
        unknown_years=unknown_years(seen),
    )


@leave.route("/<int:leave_id>/correction", methods=["GET", "POST"])
@allow(Role.OFFICE)
def correct(leave_id: int):
    one = queries.leave_for(viewer(), leave_id)
    last = one.last_day
    form = CorrectionForm(obj=one, data={"first": one.starts_on, "last": last})
    stale = None
    if form.validate_on_submit():
        wanted = actions.Correction(
            kind=form.kind.data,
            starts_on=form.first.data,
            ends_on=form.last.data + timedelta(days=1),
            returned_on=form.returned_on.data,
            reason=form.reason.data or None,
        )
        try:
            actions.correct(
                one,
                wanted,
                why=form.why.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except NotAllowed as refused:
            for found in refused.refusals:
                form.refuse(found.where, refusal_in_words(found))
        except OutsideTheLeave:
            form.refuse("returned_on", _("Choose a day of the leave, or the day after it."))
        except NotPossible:
            flash(_("Only leave that waits or is granted is corrected."), "error")
            return redirect(url_for("leave.one", leave_id=leave_id))
        except Stale:
            stale = form.stale_against(one, first=one.starts_on, last=one.last_day)
        else:
            flash(_("Corrected; the resident is told."), "success")
            return redirect(url_for("leave.one", leave_id=leave_id))
    page = render_template("leave/correct.html", one=one, form=form, stale=stale, kinds=LEAVE_KINDS)
    return page, 200 if stale is None else 409


@leave.post("/<int:leave_id>/revocation")
@allow(Role.OFFICE)
def revoke(leave_id: int):
    one, form = queries.leave_for(viewer(), leave_id), WhyForm()
    if not form.validate_on_submit():
        return page_of_leave(one, revocation=form)
    try:
        actions.revoke(
            one, why=form.why.data, version=form.version.data, by=viewer(), at=clock.now()
        )
    except NotPossible:
        flash(_("Only granted leave is revoked."), "error")
    except Stale:
        flash(_("Somebody changed this leave meanwhile: look at it again."), "error")
        return page_of_leave(one, 409)
    else:
        flash(_("Revoked; the resident is told."), "success")
    return redirect(url_for("leave.one", leave_id=leave_id))
