"""A teacher who cannot answer a request: hand it on, more time, or not with me."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import actions
from trainingbase.assessments.forms import HandOnForm, NotWithMeForm
from trainingbase.assessments.models import AlreadyClosed, AlreadyExtended, Request
from trainingbase.assessments.queries import course, requests
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.rules.askees import GUESTS, PEER, SELF, WHO
from trainingbase.form import options
from trainingbase.i18n import last_day
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole

CLOSED = "closed"


@assessments.get("/requests/<int:request_id>/instead")
@allow(Role.FACULTY, Role.RESIDENT)
def instead(request_id: int):
    request = requests.request_of(viewer(), request_id)
    if not request.is_open(clock.today()):
        return _closed()
    return _page(request, *_forms(request))


def _forms(request: Request) -> tuple[HandOnForm, NotWithMeForm]:
    hand_on = HandOnForm()
    people = _colleagues(request)
    hand_on.to.choices = options({one.id: one.name for one in people})
    return hand_on, NotWithMeForm()


def _colleagues(request: Request) -> list[Person]:
    """What a resident is asked is theirs alone."""
    if WHO[request.instrument.assessor] in (PEER, SELF):
        return []
    return course.colleagues_of(request, today=clock.today())


def _page(request: Request, hand_on: HandOnForm, not_with_me: NotWithMeForm):
    return render_template(
        "assessments/instead.html",
        one=request,
        hand_on=hand_on,
        not_with_me=not_with_me,
        days=whole("request_extension_days"),
        who=WHO[request.instrument.assessor],
    )


def _closed():
    flash(_("This request is closed already."), "info")
    return redirect(url_for("assessments.owed"))


@assessments.post("/requests/<int:request_id>/delegation")
@allow(Role.FACULTY)
def delegate(request_id: int):
    request = course.request_seen_by(viewer(), request_id)
    hand_on, not_with_me = _forms(request)
    people = {one.id: one for one in _colleagues(request)}
    if not hand_on.validate():
        return _page(request, hand_on, not_with_me), 422
    to = people[hand_on.to.data]
    try:
        actions.delegate(request, to, by=viewer(), at=clock.now())
    except actions.AskedAlready:
        hand_on.refuse("to", _("This colleague is asked for the same already."))
        return _page(request, hand_on, not_with_me), 422
    except actions.NotOpen:
        return _closed()
    flash(_("Handed on. %(name)s is told, and you both see it.", name=to.name), "success")
    return redirect(url_for("assessments.owed"))


@assessments.post("/requests/<int:request_id>/refusal")
@allow(Role.FACULTY, Role.RESIDENT)
def refuse(request_id: int):
    request = requests.request_of(viewer(), request_id)
    if WHO[request.instrument.assessor] in (GUESTS, SELF):
        abort(404)
    hand_on, not_with_me = _forms(request)
    if not not_with_me.validate():
        return _page(request, hand_on, not_with_me), 422
    reason = not_with_me.reason.data
    try:
        actions.decline(request, by=viewer(), at=clock.now(), reason=reason)
    except actions.NotOpen:
        return _closed()
    if WHO[request.instrument.assessor] == PEER:
        flash(_("Thank you. Somebody else is asked."), "success")
    else:
        flash(_("Thank you. The office asks somebody else."), "success")
    return redirect(url_for("assessments.owed"))


@assessments.post("/requests/<int:request_id>/extension")
@allow(Role.FACULTY, Role.RESIDENT, Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR)
def extend(request_id: int):
    """By whoever was asked, or by those who look after the department."""
    request = course.request_seen_by(viewer(), request_id)
    mine = request.assessor_id == viewer().id
    if not mine and not course.looks_after(viewer(), request):
        abort(404)
    back = url_for("assessments.answer" if mine else "assessments.course", request_id=request.id)
    try:
        until = actions.extend(request, by=viewer(), at=clock.now())
    except AlreadyExtended:
        flash(_("It was given more time before; that is done once."), "info")
    except (AlreadyClosed, actions.NotOpen):
        flash(_("This request is closed already."), "info")
        return redirect(url_for("assessments.course", request_id=request.id))
    else:
        flash(_("More time: it can be answered until %(day)s.", day=last_day(until)), "success")
    return redirect(back)
