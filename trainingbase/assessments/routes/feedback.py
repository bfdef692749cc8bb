"""What was written about me."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import actions
from trainingbase.assessments.forms import ReplyForm
from trainingbase.assessments.models import AlreadyAcknowledged
from trainingbase.assessments.queries import submissions, together
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.reading import shown
from trainingbase.enrolment.queries import resident_of
from trainingbase.instruments.words import ASSESSORS
from trainingbase.paging import page_of
from trainingbase.roles import Role


@assessments.get("/feedback")
@allow(Role.RESIDENT)
def feedback():
    page = page_of(submissions.feedback_of(viewer()))
    return render_template("assessments/feedback.html", page=page)


@assessments.get("/feedback/together")
@allow(Role.RESIDENT)
def feedback_together():
    """What was promised to be confidential."""
    resident = resident_of(viewer())
    return render_template(
        "assessments/together.html",
        found=together.together_of(resident.id, today=clock.today()),
        kinds=ASSESSORS,
    )


@assessments.get("/feedback/<int:submission_id>")
@allow(Role.RESIDENT)
def feedback_page(submission_id: int):
    one = submissions.feedback_for(viewer(), submission_id)
    return render_template("assessments/feedback_page.html", form=ReplyForm(), **shown(one))


@assessments.post("/feedback/<int:submission_id>/replies")
@allow(Role.RESIDENT)
def reply(submission_id: int):
    one, form = submissions.feedback_for(viewer(), submission_id), ReplyForm()
    if not form.validate():
        page = render_template("assessments/feedback_page.html", form=form, **shown(one))
        return page, 422
    actions.reply(
        one, by=viewer(), at=clock.now(), text=form.text.data, form_key=form.form_key.data
    )
    flash(_("Your reply stands beside the assessment, and its author is told."), "success")
    return redirect(url_for("assessments.feedback_page", submission_id=one.id))


@assessments.post("/feedback/<int:submission_id>/acknowledgement")
@allow(Role.RESIDENT)
def acknowledge(submission_id: int):
    one = submissions.feedback_for(viewer(), submission_id)
    try:
        actions.acknowledge(one, by=viewer(), at=clock.now())
    except AlreadyAcknowledged:
        flash(_("You have acknowledged this feedback before."), "info")
    else:
        flash(_("Acknowledged."), "success")
    return redirect(url_for("assessments.feedback_page", submission_id=one.id))
