"""Corrections of locked months, and questions about their lines."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.incentives import words as said
from trainingbase.incentives.actions import after as actions
from trainingbase.incentives.forms import AnswerForm, CorrectionsForm, QuestionsForm
from trainingbase.incentives.queries import after, runs
from trainingbase.incentives.routes.blueprint import READERS, incentives
from trainingbase.incentives.tables import corrections_table
from trainingbase.paging import page_of
from trainingbase.roles import Role


@incentives.post("/<int:run_id>/corrections")
@allow(Role.OFFICE)
def correct(run_id: int):
    run = runs.run_by_id(run_id)
    identity = request.form.get("identity") or None
    try:
        made = actions.correct(run, identity, today=clock.today(), by=viewer(), at=clock.now())
    except actions.NotLocked:
        flash(_("The month is not locked: compute it again instead."), "error")
    except actions.NothingToCorrect:
        flash(_("Computed now, it comes out as it was paid: there is nothing to correct."), "info")
    else:
        flash(_("Corrections for the next run: %(count)s.", count=made), "success")
        return redirect(url_for("incentives.corrections"))
    return redirect(url_for("incentives.verification", run_id=run_id))


@incentives.get("/corrections")
@allow(*READERS)
def corrections():
    form = CorrectionsForm()
    page = page_of(after.corrections(form.state.data or ""))
    return render_template("incentives/corrections.html", form=form, page=page, said=said)


@incentives.get("/corrections/export/<string:kind>")
@allow(*READERS)
def corrections_export(kind: str):
    rows = runs.everything(after.corrections(CorrectionsForm().state.data or ""))
    return download(corrections_table(rows), kind, "corrections")


@incentives.post("/corrections/<int:correction_id>/dropping")
@allow(Role.OFFICE)
def drop_correction(correction_id: int):
    try:
        actions.drop(after.correction(correction_id), by=viewer(), at=clock.now())
    except actions.Settled:
        flash(_("A locked run has paid this correction: it stays."), "error")
    else:
        flash(_("The correction is dropped. Compute the open month again."), "success")
    return redirect(url_for("incentives.corrections"))


@incentives.get("/questions")
@allow(*READERS)
def questions():
    form = QuestionsForm()
    page = page_of(after.questions(form.state.data or ""))
    return render_template("incentives/questions.html", form=form, page=page, said=said)


@incentives.get("/questions/<int:question_id>")
@allow(*READERS)
def question(question_id: int):
    return _question_page(after.question(question_id), AnswerForm())


def _question_page(this, form) -> str:
    return render_template(
        "incentives/question.html",
        question=this,
        form=form,
        may_answer=viewer().holds(Role.OFFICE) and this.answered_at is None,
        said=said,
    )


@incentives.post("/questions/<int:question_id>")
@allow(Role.OFFICE)
def answer_question(question_id: int):
    this, form = after.question(question_id), AnswerForm()
    if not form.validate_on_submit():
        return _question_page(this, form), 422
    try:
        actions.answer(this, form.text.data, amount=form.amount.data, by=viewer(), at=clock.now())
    except actions.OwnLine:
        form.refuse("amount", _("What you are paid yourself is decided by somebody else."))
        return _question_page(this, form), 422
    except actions.AnsweredAlready:
        flash(_("Somebody else has just answered it."), "warning")
    else:
        flash(_("The answer is given."), "success")
    return redirect(url_for("incentives.questions"))
