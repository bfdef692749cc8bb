"""How far a placement is: one page for everybody who has to do with it."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments.queries.requests import open_about
from trainingbase.attendance.words import counted_by
from trainingbase.entering.queries import arrival_of
from trainingbase.history.queries import changes_of
from trainingbase.leaving import actions
from trainingbase.leaving.actions.retaking import may_retake
from trainingbase.leaving.forms import PrepareForm
from trainingbase.leaving.models import NotNow, NotReady
from trainingbase.leaving.queries import deciding as queries
from trainingbase.leaving.queries import standing_of
from trainingbase.leaving.queries.duties import ENTER_MARKS, OFFICE, PREPARE, duties_of
from trainingbase.leaving.queries.groups import group_of, members_on
from trainingbase.leaving.queries.sources import EXIT_FORM
from trainingbase.leaving.queries.standing import TIMES_OF
from trainingbase.leaving.routes.blueprint import PREPARING, SEEING, leaving, seen, with_duty
from trainingbase.leaving.routes.links import links_of
from trainingbase.leaving.rules.content import changed, lines_of
from trainingbase.leaving.words import (
    CONSEQUENCES,
    DUTIES,
    EFFECTS,
    EXAM_FIELDS,
    EXAMS,
    HELP,
    ITEMS,
    LINE_KINDS,
    LINE_STATES,
    RETAKES,
    STATE_KINDS,
    STATES,
    VERDICTS,
    asked_in_words,
    done_in_words,
    named,
)
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.plans import plan_in_force

WORDS = {
    "consequences": CONSEQUENCES,
    "duties": DUTIES,
    "effects": EFFECTS,
    "exam_kinds": EXAMS,
    "help": HELP,
    "items": ITEMS,
    "line_kinds": LINE_KINDS,
    "line_states": LINE_STATES,
    "retakes": RETAKES,
    "state_kinds": STATE_KINDS,
    "states": STATES,
    "verdicts": VERDICTS,
    "counted_by": counted_by,
    "asked": asked_in_words,
    "done": done_in_words,
}


@leaving.get("/<int:placement_id>")
@allow(*SEEING)
def one(placement_id: int):
    placement, today = seen(placement_id), clock.today()
    duties = duties_of(viewer(), placement, today=today)
    standing = standing_of([placement.id])[placement.id]
    current, gone = queries.current(placement.id), queries.left(placement.id)
    exams = queries.exams_of(placement.id)
    signed = current is not None and current.content is not None
    group = group_of(placement)
    return render_template(
        "leaving/one.html",
        placement=placement,
        mine=duties,
        standing=standing,
        current=current,
        state="done" if gone else current.state if current else "open",
        left=gone,
        rounds=[one for one in queries.rounds(placement.id) if one.is_signed or one.withdrawn_at],
        exams=exams,
        attempt=queries.attempt_now(current),
        entered={one.kind for one in exams if one.attempt == queries.attempt_now(current)},
        changed=changed(lines_of(current.content["lines"]), standing.lines) if signed else (),
        may_retake=current is not None and may_retake(current),
        members=members_on(group, today),
        group=group,
        waiting=_waiting(placement, today),
        arrival=arrival_of([placement.id]).get(placement.id),
        stopped=queries.stopped_by(placement),
        next=queries.next_placement(placement),
        plan=plan_in_force() if viewer().holds(Role.OFFICE) else None,
        links=links_of(placement, standing, viewer(), duties),
        days_left=max(0, (placement.ends_on - today).days),
        exam_changes=page_of(changes_of(*exams)) if exams else None,
        exam_fields=EXAM_FIELDS,
        may_enter=not ENTER_MARKS.isdisjoint(duties),
        **WORDS,
    )


def _waiting(placement: Placement, today: date) -> dict:
    """What is asked about this placement and not answered yet, by the line it belongs to."""
    codes = {code: item for item, code in {**TIMES_OF, "exit_form": EXIT_FORM}.items()}
    asked = open_about(placement.resident_id, today=today)
    return {
        codes[one.instrument.code]: one
        for one in asked
        if one.placement_id == placement.id and one.instrument.code in codes
    }


@leaving.post("/<int:placement_id>/handing-over")
@allow(*PREPARING)
def prepare(placement_id: int):
    placement, _duties = with_duty(placement_id, *PREPARE)
    try:
        actions.prepare(placement, by=viewer(), at=clock.now())
    except NotReady as refused:
        flash(_("Not handed over. Still missing: %(what)s.", what=named(refused.missing)), "error")
    except NotNow:
        flash(_("It is not its time: look at the page again."), "error")
    else:
        flash(_("The teaching group is asked to review."), "success")
    return redirect(url_for("leaving.one", placement_id=placement_id))


@leaving.route("/<int:placement_id>/handing-over-all-the-same", methods=["GET", "POST"])
@allow(Role.OFFICE)
def prepare_anyway(placement_id: int):
    """The office, where something cannot be had any more."""
    placement, _duties = with_duty(placement_id, OFFICE)
    form = PrepareForm()
    if form.validate_on_submit():
        try:
            actions.prepare(placement, by=viewer(), at=clock.now(), because=form.because.data)
        except NotNow:
            flash(_("It is not its time: look at the page again."), "error")
        else:
            flash(_("The teaching group is asked to review."), "success")
        return redirect(url_for("leaving.one", placement_id=placement_id))
    standing = standing_of([placement.id])[placement.id]
    return render_template(
        "leaving/prepare.html", placement=placement, form=form, missing=standing.missing, **WORDS
    )
