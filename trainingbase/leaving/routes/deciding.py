"""Sent back, or after a failed review, an objection, or a mistake."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import EditingForm
from trainingbase.leaving import actions
from trainingbase.leaving.actions.retaking import may_retake
from trainingbase.leaving.forms import (
    NOBODY,
    AnswerForm,
    ConsequenceForm,
    RetakeForm,
    WhyForm,
)
from trainingbase.leaving.models import NotNow, NotTheExaminers
from trainingbase.leaving.queries import deciding as queries
from trainingbase.leaving.queries.duties import OFFICE, PREPARE, SIGNER
from trainingbase.leaving.routes.blueprint import PREPARING, leaving, with_duty
from trainingbase.leaving.routes.entering import examiners
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.stale import Stale


def _back(placement_id: int):
    return redirect(url_for("leaving.one", placement_id=placement_id))


@leaving.route("/<int:placement_id>/re-examination", methods=["GET", "POST"])
@allow(*PREPARING)
def retake(placement_id: int):
    placement, _duties = with_duty(placement_id, *PREPARE)
    current = queries.current(placement.id)
    if current is None or not may_retake(current):
        flash(_("There is nothing to examine again here."), "info")
        return _back(placement_id)
    row, stale = current.retake, None
    form = RetakeForm(data=_retake_data(row))
    examiners(form)
    if form.validate_on_submit() and not form.errors:
        try:
            actions.arrange(
                current, form.given(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except NotTheExaminers:
            form.refuse("second", _("Choose two people."))
        except NotNow:
            flash(_("There is nothing to examine again here."), "info")
            return _back(placement_id)
        except Stale:
            row = (queries.current(placement.id) or current).retake
            stale = form.stale_against(row, examiner=row.examiner_id, second=row.second_examiner_id)
        else:
            flash(_("Arranged, and resident and examiners are told."), "success")
            return _back(placement_id)
    page = render_template(
        "leaving/form.html",
        placement=placement,
        form=form,
        stale=stale,
        title=_("Re-examination"),
        button=_("Keep"),
        lead=_("Marks are entered on the page of the placement, which is then handed over anew."),
    )
    return page, 200 if stale is None else 409


def _retake_data(row) -> dict:
    if row is None:
        return {"kinds": ["theory", "skill"], "held_on": clock.today()}
    return {
        "kinds": row.kinds,
        "held_on": row.held_on,
        "examiner": row.examiner_id or NOBODY,
        "second": row.second_examiner_id or NOBODY,
        "version": row.version,
    }


def _act(placement: Placement, form: EditingForm, act: Callable, *, done: str, **shown):
    """One form, one act on what the form was opened with: then back to the placement."""
    if form.validate_on_submit():
        try:
            act(version=form.version.data, by=viewer(), at=clock.now())
        except (NotNow, Stale):
            flash(_("Somebody else was faster: look at the page again."), "error")
        else:
            flash(done, "success")
        return _back(placement.id)
    return render_template("leaving/form.html", placement=placement, form=form, **shown)


@leaving.route("/<int:placement_id>/sending-back", methods=["GET", "POST"])
@allow(Role.FACULTY)
def send_back(placement_id: int):
    placement, _duties = with_duty(placement_id, SIGNER)
    current = queries.current(placement.id)
    if current is None or current.state != "ready":
        abort(404)
    form = WhyForm(data={"version": current.version})
    return _act(
        placement,
        form,
        lambda **how: actions.send_back(current, because=form.why.data, **how),
        done=_("Sent back, and the secretary is told."),
        title=_("Send back"),
        button=_("Send back"),
        lead=_("The secretary is told what to do first, and hands it over again."),
    )


@leaving.route("/<int:placement_id>/consequence", methods=["GET", "POST"])
@allow(Role.OFFICE)
def consequence(placement_id: int):
    placement, _duties = with_duty(placement_id, OFFICE)
    current = queries.current(placement.id)
    if current is None or current.state != "failed" or current.consequence is not None:
        flash(_("There is nothing to decide here."), "info")
        return _back(placement_id)
    form = ConsequenceForm(data={"version": current.version, "consequence": "repeat"})
    return _act(
        placement,
        form,
        lambda **how: actions.decide_consequence(
            current, form.consequence.data, because=form.because.data, **how
        ),
        done=_("Decided, and the resident is told."),
        title=_("What follows"),
        button=_("Decide"),
        lead=_("A rotation that is repeated has to be planned: the links stand on the page."),
    )


@leaving.route("/<int:placement_id>/objection", methods=["GET", "POST"])
@allow(Role.OFFICE)
def objection(placement_id: int):
    placement, _duties = with_duty(placement_id, OFFICE)
    current = queries.current(placement.id)
    if current is None or not current.objects or current.answered_at is not None:
        flash(_("There is nothing to answer here."), "info")
        return _back(placement_id)
    form = AnswerForm(data={"version": current.version})
    return _act(
        placement,
        form,
        lambda **how: actions.answer_objection(current, form.answer.data, **how),
        done=_("Answered, and the resident is told."),
        title=_("Answer the objection"),
        button=_("Send the answer"),
        lead=current.remark,
    )


@leaving.route("/<int:placement_id>/withdrawal", methods=["GET", "POST"])
@allow(Role.OFFICE)
def withdraw(placement_id: int):
    placement, _duties = with_duty(placement_id, OFFICE)
    current = queries.current(placement.id)
    if current is None or not current.is_signed:
        abort(404)
    form = WhyForm(data={"version": current.version})
    return _act(
        placement,
        form,
        lambda **how: actions.withdraw(current, because=form.why.data, **how),
        done=_("Taken back. What was signed stays readable."),
        title=_("Take the review back"),
        button=_("Take back"),
        danger=True,
        lead=_("The signatures count no more, and the placement is to be reviewed anew."),
    )
