"""What became of a request, and asking somebody else."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import actions
from trainingbase.assessments.forms import HandOnForm
from trainingbase.assessments.models import Request
from trainingbase.assessments.queries import askees, asking, submissions
from trainingbase.assessments.queries import course as queries
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.rules.askees import PEER, TEACHER, WHO
from trainingbase.assessments.words import STATE_KINDS, STATES, STEPS
from trainingbase.form import options
from trainingbase.people.models import Person
from trainingbase.roles import Role

ASKERS = (Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR)


@assessments.get("/requests/<int:request_id>/course")
@allow(*ASKERS, Role.AUDITOR, Role.FACULTY)
def course(request_id: int):
    request = queries.request_seen_by(viewer(), request_id)
    return _page(request, _form(request))


def _form(request: Request) -> HandOnForm | None:
    """To ask somebody else, where that is still to be done and theirs to do."""
    again = any(one.kind == "ask-again" for one in request.steps)
    state = request.state(clock.today())
    if again or state not in ("declined", "expired") or not queries.looks_after(viewer(), request):
        return None
    people = _others(request)
    if people is None:
        return None
    form = HandOnForm()
    form.to.choices = options({one.id: one.name for one in people})
    return form


def _others(request: Request) -> Sequence[Person] | None:
    """Who may be asked instead; None where only more time helps: guests, and the resident's own
    view."""
    who = WHO[request.instrument.assessor]
    if who == TEACHER:
        return queries.others_to_ask(request, asking.assessors_of(request.placement))
    if who == PEER:
        return askees.others_among_fellows(request, today=clock.today())
    return None


def _page(request: Request, form: HandOnForm | None):
    today = clock.today()
    answered = submissions.answer_to(request.id) if request.answered_at else None
    state = request.state(today)
    return render_template(
        "assessments/course.html",
        one=request,
        form=form,
        state=state,
        states=STATES,
        state_kinds=STATE_KINDS,
        steps=STEPS,
        submission=answered,
        may_change=queries.looks_after(viewer(), request),
        may_extend=request.extended_at is None
        and state in ("open", "late", "expired")
        and (queries.looks_after(viewer(), request) or request.assessor_id == viewer().id),
    )


@assessments.post("/requests/<int:request_id>/again")
@allow(*ASKERS)
def ask_another(request_id: int):
    request = queries.request_seen_by(viewer(), request_id)
    form = _form(request)
    if form is None:
        flash(_("This request is closed already."), "info")
        return redirect(url_for("assessments.course", request_id=request.id))
    people = {one.id: one for one in _others(request) or ()}
    if not form.validate():
        return _page(request, form), 422
    try:
        new = actions.ask_another(request, people[form.to.data], by=viewer(), at=clock.now())
    except actions.AskedAlready:
        form.refuse("to", _("This colleague is asked for the same already."))
        return _page(request, form), 422
    except actions.NotOpen:
        flash(_("This request is closed already."), "info")
        return redirect(url_for("assessments.course", request_id=request.id))
    flash(_("Asked. %(assessor)s is told.", assessor=people[form.to.data].name), "success")
    return redirect(url_for("assessments.course", request_id=new.id))
