"""What a resident may say something about, and saying it.

What is typed stays on the resident's device until it is sent: the portal keeps no draft, and
nothing of it where a session has ended (`unkept`).
"""

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, unkept, viewer
from trainingbase.assessments.rules import AnswersAtFault
from trainingbase.ballots import actions
from trainingbase.ballots.models import Ballot, NotOpen
from trainingbase.ballots.queries import own, waiting
from trainingbase.ballots.routes.blueprint import READERS, ballots
from trainingbase.ballots.tokens import found, token_of
from trainingbase.ballots.words import KINDS, STATE_KINDS, STATES, subject_name
from trainingbase.instruments.forms.answering import (
    bands_of,
    condition_in_words,
    field_name,
    form_of,
)
from trainingbase.roles import Role


def _secret() -> str:
    return current_app.config["SECRET_KEY"]


def _token(row) -> str:
    return token_of(_secret(), viewer().id, row.round_id, row.id)


@ballots.get("/")
@allow(Role.RESIDENT)
def mine():
    rows = own.open_to(viewer(), today=clock.today())
    return render_template(
        "ballots/mine.html",
        rows=[(row, _token(row)) for row in rows],
        left=sum(row.state == "open" for row in rows),
        receipts=own.receipts(viewer()),
        limits=waiting.limits(),
        kinds=KINDS,
        states=STATES,
        state_kinds=STATE_KINDS,
        subject_name=subject_name,
    )


@ballots.get("/how")
@allow(Role.RESIDENT, *READERS)
def how():
    """What stays unknown, to whom, and what does not."""
    return render_template("ballots/how.html", limits=waiting.limits())


def _row(token: str):
    """Of the viewer's own open ballots; of anything else there is no page."""
    row = found(token, _secret(), viewer().id, own.open_to(viewer(), today=clock.today()))
    return row if row is not None else abort(404)


def _ballot(row) -> Ballot:
    return own.ballot_of(viewer(), row.round_id, row.id)


@ballots.route("/mine/<string:token>", methods=["GET", "POST"])
@allow(Role.RESIDENT)
@unkept
def answer(token: str):
    row = _row(token)
    ballot = _ballot(row)
    if ballot.state != "open":
        _say_not_open(ballot.state)
        return redirect(url_for("ballots.mine"))
    form = form_of(ballot.instrument, known={})
    if form.validate_on_submit() and _kept(ballot, form):
        return redirect(url_for("ballots.mine"))
    page = render_template(
        "ballots/answer.html",
        form=form,
        instrument=ballot.instrument,
        name=subject_name(row),
        kind=KINDS[row.kind],
        row=row,
        token=token,
        limits=waiting.limits(),
        field_name=field_name,
        bands_of=bands_of,
        when_of=condition_in_words,
    )
    return page, 422 if form.errors else 200


def _kept(ballot: Ballot, form) -> bool:
    """Whether it is done with, taken now or before."""
    try:
        actions.answer(ballot, given=form.given(), today=clock.today())
    except AnswersAtFault as at_fault:
        form.refuse_answers(at_fault)
    except actions.NothingSaid:
        form.form_errors.append(_("Every answer is blank. Answer at least one, or leave it out."))
    except actions.CannotSeal:
        form.form_errors.append(
            _("Your answer could not be sealed just now. Nothing was kept: try again later.")
        )
    except NotOpen as not_open:
        _say_not_open(not_open.state)
        return True
    else:
        flash(_("Received and sealed, without your name."), "success")
        return True
    return False


def _say_not_open(state: str) -> None:
    if state == "answered":
        flash(_("You have answered this before; it was not counted twice."), "success")
    elif state == "left_out":
        flash(_("You have left this out. Take it up again to answer it."), "info")
    else:
        flash(_("This round has closed. Nothing was kept."), "info")


@ballots.post("/mine/<string:token>/left-out")
@allow(Role.RESIDENT)
@unkept
def leave_out(token: str):
    try:
        actions.leave_out(_ballot(_row(token)), today=clock.today())
    except NotOpen as not_open:
        _say_not_open(not_open.state)
    else:
        flash(_("Left out. You may take it up again while the round is open."), "success")
    return redirect(url_for("ballots.mine"))


@ballots.post("/mine/<string:token>/taken-up")
@allow(Role.RESIDENT)
@unkept
def take_up(token: str):
    try:
        actions.take_up(_ballot(_row(token)), today=clock.today())
    except NotOpen as not_open:
        if not_open.state == "open":
            return redirect(url_for("ballots.mine"))
        _say_not_open(not_open.state)
    return redirect(url_for("ballots.mine"))
