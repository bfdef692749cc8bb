"""Guests to ask: whoever has to ask them prints the sheets or sends links, and sees who came."""

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments.actions import guests as actions
from trainingbase.assessments.guest_forms import SendOneForm, SheetsForm
from trainingbase.assessments.models import Request
from trainingbase.assessments.queries import course, errands, requests
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.words import (
    GUEST_KINDS,
    IDENTITIES,
    LINK_STATE_KINDS,
    LINK_STATES,
    STATE_KINDS,
    STATES,
)
from trainingbase.roles import Role

ASKERS = (Role.FACULTY, Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR)


def asked_page():
    """What is asked of somebody who is no teacher."""
    today = clock.today()
    owed = requests.owed_by(viewer(), today=today)
    return render_template(
        "assessments/asked.html",
        requests=owed,
        progress=errands.progress_of([one.id for one in owed], today=today),
    )


def _errand(request_id: int) -> Request:
    """Theirs to ask, or of a department they look after.  404 for what is no errand."""
    found = course.request_seen_by(viewer(), request_id)
    if errands.errand_of(found.id) is None:
        abort(404)
    return found


@assessments.get("/errands/<int:request_id>")
@allow(*ASKERS, Role.AUDITOR)
def errand(request_id: int):
    return _page(_errand(request_id))


def _page(one: Request, sheets: SheetsForm | None = None, send: SendOneForm | None = None):
    today = clock.today()
    progress = errands.progress_of([one.id], today=today)[one.id]
    may_ask = one.assessor_id == viewer().id or course.looks_after(viewer(), one)
    return render_template(
        "assessments/errand.html",
        one=one,
        state=one.state(today),
        states=STATES,
        state_kinds=STATE_KINDS,
        progress=progress,
        links=errands.links_of(one.id),
        kinds=GUEST_KINDS,
        identities=IDENTITIES,
        link_states=LINK_STATES,
        link_state_kinds=LINK_STATE_KINDS,
        may_ask=may_ask and one.is_open(today),
        may_read=one.assessor_id == viewer().id or viewer().holds(*ASKERS[1:], Role.AUDITOR),
        sheets=sheets or SheetsForm(formdata=None, data={"each": min(10, max(1, progress.left))}),
        send=send or SendOneForm(formdata=None),
    )


@assessments.post("/errands/<int:request_id>/sheets")
@allow(*ASKERS)
def print_for_errand(request_id: int):
    one, form = _errand(request_id), SheetsForm()
    if not form.validate():
        return _page(one, sheets=form), 422
    return _issued(one, form, each=form.each.data, identity="printed")


@assessments.post("/errands/<int:request_id>/links")
@allow(*ASKERS)
def send_for_errand(request_id: int):
    one, form = _errand(request_id), SendOneForm()
    if not form.validate():
        return _page(one, send=form), 422
    return _issued(
        one, form, each=1, identity="sent", name=form.name.data, contact=form.contact.data
    )


def _issued(one: Request, form, **what):
    if one.assessor_id != viewer().id and not course.looks_after(viewer(), one):
        abort(404)
    try:
        actions.issue_for(
            one,
            batch=form.form_key.data,
            secret=current_app.config["SECRET_KEY"],
            by=viewer(),
            at=clock.now(),
            **what,
        )
    except actions.NotOpen:
        flash(_("This request is closed already."), "info")
        return redirect(url_for("assessments.errand", request_id=one.id))
    return redirect(url_for("assessments.sheets", batch=form.form_key.data))
