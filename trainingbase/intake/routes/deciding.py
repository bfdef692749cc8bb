"""Scores, decisions, who an applicant is, and making a resident of them."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.identities import actions as identities
from trainingbase.identities import queries as people
from trainingbase.identities.forms import SAME, ClaimForm
from trainingbase.intake import actions, queries
from trainingbase.intake.forms import DecisionForm, ScoresForm
from trainingbase.intake.routes import intake
from trainingbase.intake.routes.applicants import applicant_page
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _back(applicant_id: int):
    return redirect(url_for("intake.applicant", applicant_id=applicant_id))


def _enrolled() -> None:
    flash(_("This applicant is a resident by now: change their record."), "info")


def _changed() -> None:
    flash(
        _("Somebody else has changed this applicant meanwhile. Nothing was saved; look again."),
        "warning",
    )


@intake.post("/applicants/<int:applicant_id>/scores")
@allow(Role.OFFICE)
def score(applicant_id: int):
    found = queries.applicant_by_id(applicant_id)
    form = ScoresForm().within(found.intake)
    if not form.validate_on_submit():
        return applicant_page(applicant_id, scores=form), 422
    try:
        actions.put_scores(
            found,
            written=form.written.data,
            interview=form.interview.data,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except Stale:
        _changed()
    except actions.AlreadyEnrolled:
        _enrolled()
    else:
        flash(_("Saved."), "success")
    return _back(applicant_id)


@intake.post("/applicants/<int:applicant_id>/decision")
@allow(Role.OFFICE)
def decide(applicant_id: int):
    found = queries.applicant_by_id(applicant_id)
    form = DecisionForm()
    if not form.validate_on_submit():
        return applicant_page(applicant_id, decision=form), 422
    try:
        actions.decide(
            found,
            form.decision.data,
            reason=form.reason.data or None,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except Stale:
        _changed()
    except actions.AlreadyEnrolled:
        _enrolled()
    except actions.PlanFull:
        form.refuse("decision", _("The plan is full: raise it, or put them on reserve."))
        return applicant_page(applicant_id, decision=form), 409
    else:
        flash(_("Saved."), "success")
    return _back(applicant_id)


@intake.post("/applicants/<int:applicant_id>/enrolment")
@allow(Role.OFFICE)
def enrol(applicant_id: int):
    try:
        resident, was = actions.enrol_applicant(
            queries.applicant_by_id(applicant_id),
            by=viewer(),
            at=clock.now(),
            path=url_for("enrolment.my_record"),
        )
    except actions.AlreadyEnrolled:
        flash(_("This applicant is a resident already; nothing was done twice."), "info")
    except actions.NotAdmitted:
        flash(_("Only who was admitted is enrolled."), "error")
    except actions.DecideFirst:
        flash(_("Somebody like this is known already: decide first whether it is they."), "warning")
        return redirect(url_for("intake.who", applicant_id=applicant_id))
    except actions.NumberOfAnother as known:
        flash(
            _(
                "%(name)s has this ID number and is somebody else: put one of the numbers right.",
                name=known.resident.name,
            ),
            "error",
        )
    except actions.WasHere as known:
        flash(
            _(
                "%(name)s was a resident here before: let them return on their record.",
                name=known.resident.name,
            ),
            "error",
        )
        return redirect(url_for("enrolment.resident", resident_id=known.resident.id))
    else:
        if was:
            said = _(
                "%(name)s is a resident already; the application is linked to that record.",
                name=resident.name,
            )
        else:
            said = _(
                "%(name)s is a resident now. They need an account to sign in.", name=resident.name
            )
        flash(said, "success")
    return _back(applicant_id)


@intake.route("/applicants/<int:applicant_id>/who", methods=["GET", "POST"])
@allow(Role.OFFICE)
def who(applicant_id: int):
    """Whether the applicant is somebody the base knows already; one question at a time."""
    found = queries.applicant_by_id(applicant_id)
    alike = people.look_alikes(found.name, found.id_number, found.phone)
    form = ClaimForm()
    if alike and form.validate_on_submit():
        identities.decide_claim(
            alike[0],
            found.id_number,
            is_same=form.said.data == SAME,
            why=form.why.data,
            by=viewer(),
            at=clock.now(),
        )
        flash(_("Kept."), "success")
        return redirect(url_for("intake.who", applicant_id=applicant_id))
    return render_template(
        "intake/who.html",
        applicant=found,
        alike=alike,
        form=form,
        residents=people.residents_of(alike),
        teaching=people.teaching_of(alike),
    )
