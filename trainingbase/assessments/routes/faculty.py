"""Who is with me, what I owe, and the form itself."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import actions
from trainingbase.assessments.forms import AmendmentForm, bands_of, field_name, form_of
from trainingbase.assessments.models import Instrument, Request, Submission
from trainingbase.assessments.queries import (
    coaching,
    course,
    drafts,
    errands,
    facts,
    instruments,
    placements,
    requests,
    submissions,
    turns,
)
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.errands import asked_page
from trainingbase.assessments.routes.reading import READERS, page_of_submission
from trainingbase.assessments.rules import AnswersAtFault
from trainingbase.assessments.words import LACKS, STATE_KINDS, STATES
from trainingbase.instruments.forms.answering import condition_in_words
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole

ASKED = (Role.FACULTY, Role.RESIDENT, Role.SECRETARY)
"""Teachers fill in most forms, residents those about each other and themselves; a secretary is
asked to ask guests."""
HANDED_ON_SHOWN = timedelta(days=60)


@assessments.get("/")
@allow(*ASKED)
def owed():
    if not viewer().holds(Role.FACULTY):
        return asked_page()
    today = clock.today()
    rows = placements.placements_to_assess(viewer(), today=today)
    owed = requests.owed_by(viewer(), today=today)
    return render_template(
        "assessments/owed.html",
        requests=owed,
        progress=errands.progress_of([one.id for one in owed], today=today),
        from_whom=course.handed_to(viewer(), [one.id for one in owed]),
        handed_on=course.handed_on_by(viewer(), since=today - HANDED_ON_SHOWN),
        coming=turns.coming_to(viewer(), today=today),
        drafts=drafts.drafts_of(viewer()),
        states=STATES,
        state_kinds=STATE_KINDS,
        mine=[one for one in rows if _is_with(viewer(), one) and one.covers(today)],
        others=[one for one in rows if not (_is_with(viewer(), one) and one.covers(today))],
        counts=submissions.counts_of(one.id for one in rows),
        instruments=instruments.instruments_in_use(),
        exit_days=whole("exit_asked_before_days"),
        newest=submissions.newest_by(viewer()),
    )


def _is_with(person, placement: Placement) -> bool:
    return placement.supervisor is not None and placement.supervisor.person_id == person.id


@assessments.route("/placements/<int:placement_id>/<string:code>", methods=["GET", "POST"])
@allow(Role.FACULTY)
def assess(placement_id: int, code: str):
    placement = placements.placement_to_assess(viewer(), placement_id, today=clock.today())
    return _form_page(instruments.instrument_in_use(code), placement)


@assessments.route("/requests/<int:request_id>", methods=["GET", "POST"])
@allow(*ASKED)
def answer(request_id: int):
    request = requests.request_of(viewer(), request_id)
    if errands.errand_of(request.id) is not None:
        return redirect(url_for("assessments.errand", request_id=request.id))
    return _form_page(request.instrument, request.placement, request)


def _form_page(instrument: Instrument, placement: Placement, request: Request | None = None):
    today = clock.today()
    day = min(today, placement.ends_on - timedelta(days=1))
    form = form_of(instrument, day=day, known=facts.known_of(placement))
    draft = drafts.draft_of(viewer(), placement.id, instrument.code)
    if draft is not None and not form.is_submitted():
        form.resume(draft.values, draft.form_key)
    if form.validate_on_submit():
        kept = _submitted(form, instrument, placement, request)
        if kept is not None:
            return redirect(_after(kept))
    elif request is not None and not form.is_submitted():
        elsewhere = _answered_elsewhere(request)
        if elsewhere is not None:
            return redirect(elsewhere)
    page = render_template(
        "assessments/form.html",
        form=form,
        instrument=instrument,
        placement=placement,
        asked=request,
        draft=draft,
        coach=_coach(instrument),
        field_name=field_name,
        bands_of=bands_of,
        when_of=condition_in_words,
    )
    return page, 422 if form.errors else 200


def _after(submission: Submission) -> str:
    """A resident who wrote it does not read it there: that page shows what others wrote, too."""
    if viewer().holds(Role.FACULTY):
        return url_for("assessments.submission", submission_id=submission.id)
    return url_for("assessments.owed")


def _coach(instrument: Instrument) -> dict | None:
    """What the comment box needs; None where this form has none, or the base looks at none."""
    fields = coaching.comments_of(instrument)
    mode = coaching.mode_of(instrument.code) if fields else "off"
    if mode == "off":
        return None
    return {
        "fields": [field_name(one) for one in fields],
        "last": fields[-1].code,
        "is_strict": mode == "strict",
        "own": coaching.own_sums(viewer()),
        "lacks": LACKS,
    }


def _answered_elsewhere(request: Request) -> str | None:
    """Where to go instead of to the form of a request that waits no more."""
    if request.is_open(clock.today()):
        return None
    answered = submissions.answer_to(request.id)
    if answered is not None:
        return _after(answered)
    if not viewer().holds(Role.FACULTY):
        flash(_("This request is closed already."), "info")
        return url_for("assessments.owed")
    flash(_("This request is closed. What you send now you send on your own initiative."), "info")
    code, placement_id = request.instrument.code, request.placement_id
    return url_for("assessments.assess", placement_id=placement_id, code=code)


def _submitted(form, instrument, placement, request) -> Submission | None:
    at = clock.now()
    try:
        submission = actions.submit(
            instrument=instrument,
            placement=placement,
            by=viewer(),
            at=at,
            observed_on=form.observed_on.data,
            answers=form.given(),
            form_key=form.form_key.data,
            request=request,
        )
    except actions.ObservedOutsidePlacement:
        form.refuse("observed_on", _("Choose a day of this placement, not later than today."))
    except AnswersAtFault as at_fault:
        form.refuse_answers(at_fault)
    except actions.CommentWanting as wanting:
        last = coaching.comments_of(instrument)[-1]
        for lack in wanting.missing:
            form.refuse(field_name(last), str(LACKS[lack]))
    except actions.AlreadyPassed as passed:
        flash(_("This exit assessment is passed already; it is not taken again."), "info")
        return passed.submission
    else:
        _say_received(submission, again=submission.submitted_at != at)
        return submission
    return None


def _say_received(submission: Submission, *, again: bool) -> None:
    if again:
        flash(_("This form has arrived before; it was not sent twice."), "info")
    elif submission.instrument.is_confidential:
        flash(_("Sent. It is shown together with the answers of others."), "success")
    else:
        name = submission.resident.name
        flash(_("Sent. %(resident)s is told.", resident=name), "success")


@assessments.get("/submissions/<int:submission_id>")
@allow(*READERS)
def submission(submission_id: int):
    one = submissions.submission_for(viewer(), submission_id, today=clock.today())
    return page_of_submission(one, AmendmentForm())


@assessments.post("/submissions/<int:submission_id>/amendments")
@allow(Role.FACULTY)
def amend(submission_id: int):
    one, form = submissions.own_submission(viewer(), submission_id), AmendmentForm()
    if not form.validate():
        return page_of_submission(one, form), 422
    actions.amend(
        one, by=viewer(), at=clock.now(), text=form.text.data, form_key=form.form_key.data
    )
    flash(_("Your amendment stands beside the assessment."), "success")
    return redirect(url_for("assessments.submission", submission_id=one.id))
