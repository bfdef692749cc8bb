"""One line with the rows behind it, and one's own lines."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock, words
from trainingbase.access import allow, viewer
from trainingbase.incentives import words as said
from trainingbase.incentives.actions import after as actions
from trainingbase.incentives.forms import AskForm
from trainingbase.incentives.queries import after, lines
from trainingbase.incentives.routes.blueprint import PAYEES, READERS, incentives
from trainingbase.paging import page_of


@incentives.get("/lines/<int:line_id>")
@allow(*READERS, *PAYEES)
def line(line_id: int):
    return _line(lines.line_for(viewer(), line_id), AskForm())


def _line(this, form: AskForm, status: int = 200):
    evidence = lines.evidence_of(this.evidence)
    page = render_template(
        "incentives/line.html",
        line=this,
        evidence=evidence,
        missing=lines.missing_of(this.evidence, evidence),
        is_own=not viewer().holds(*READERS),
        opens=viewer().holds(*lines.OPEN_ALL),
        may_ask=this.payee_id == viewer().id and this.run.is_approved,
        form=form,
        questions=after.questions_about(this),
        corrections=after.corrections_of_line(this),
        said=said,
        words=words,
    )
    return page, status


@incentives.post("/lines/<int:line_id>/question")
@allow(*PAYEES)
def ask(line_id: int):
    this, form = after.own_line(viewer(), line_id), AskForm()
    if not form.validate_on_submit():
        return _line(lines.line_for(viewer(), line_id), form, 422)
    try:
        actions.ask(this, form.text.data, by=viewer(), at=clock.now())
    except actions.AskedAlready:
        flash(_("Your question about this line waits for its answer."), "info")
    else:
        flash(_("The training office has your question."), "success")
    return redirect(url_for("incentives.line", line_id=line_id))


@incentives.get("/mine")
@allow(*PAYEES)
def mine():
    return render_template(
        "incentives/mine.html",
        page=page_of(lines.own_lines(viewer())),
        sums=lines.own_sums(viewer()),
        said=said,
    )
