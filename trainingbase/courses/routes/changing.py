"""Proposing a change of course, confirming what was shown, dropping it, taking it back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.courses import actions, words
from trainingbase.courses.actions.proposing import LIST_OF
from trainingbase.courses.forms import CourseForm, DecisionForm, Line, ToCohortForm, UndoForm
from trainingbase.courses.forms import course_form as form_of
from trainingbase.courses.models import AlreadyClosed
from trainingbase.courses.queries import courses as queries
from trainingbase.courses.queries import proposing, standing
from trainingbase.courses.routes.blueprint import courses
from trainingbase.courses.routes.pages import page_of_course
from trainingbase.courses.rules.states import BY_FORM, Impossible, allowed
from trainingbase.enrolment.queries import resident_for
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole
from trainingbase.words import COURSE_KINDS


@courses.get("/new/<int:resident_id>")
@allow(Role.OFFICE)
def choose(resident_id: int):
    """Which change: those that are possible as the resident stands."""
    resident = resident_for(viewer(), resident_id)
    now = standing.enrolled(resident, standing.decided_of(resident.id))
    kinds = [kind for kind in allowed(now.state) if kind in BY_FORM]
    return render_template(
        "courses/choose.html",
        resident=resident,
        kinds={kind: COURSE_KINDS[kind] for kind in kinds},
        waiting=queries.open_of(resident.id),
    )


@courses.route("/new/<int:resident_id>/<string:kind>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new(resident_id: int, kind: str):
    resident = resident_for(viewer(), resident_id)
    if kind not in BY_FORM:
        abort(404)
    cohort = None
    if kind == "change_programme":
        others = queries.cohorts_of_other_programmes(resident.programme_id)
        cohort = next((one for one in others if str(one.id) == request.args.get("cohort")), None)
        if cohort is None:
            return _which_cohort(resident, others)
    form = _form(resident, kind, cohort)
    if form.validate_on_submit():
        made = _proposed(resident, form, cohort)
        if made is not None:
            return redirect(url_for("courses.one", course_id=made.id))
    return render_template(
        "courses/new.html", resident=resident, kind=kind, form=form, cohort=cohort
    )


def _which_cohort(resident, others):
    form = ToCohortForm()
    form.cohort.choices = options({one.id: named(one) for one in others})
    return render_template("courses/cohort.html", resident=resident, form=form, some=bool(others))


def _form(resident, kind: str, cohort) -> CourseForm:
    lines: list[Line] = []
    targets: dict[int, str] = {}
    if kind in ("transfer_in", "change_programme"):
        programme_id = cohort.programme_id if cohort is not None else resident.programme_id
        sources, targets = proposing.credit_lines(
            resident, programme_id, known=kind == "change_programme", today=clock.today()
        )
        lines = [Line(one.name, done=one.done, standard=one.standard, proposed=one.proposed)
                 for one in sources]  # fmt: skip
    list_of = LIST_OF.get(kind)
    return form_of(
        kind,
        manners=queries.reasons("manner"),
        reasons=queries.reasons(list_of) if list_of else (),
        most_months=whole("extension_most_months"),
        lines=lines,
        targets=targets,
        defaults={
            "first_day": clock.today(),
            "last_day": None,
            "word": request.args.get("word", "")[:1000],
        },
    )


def _proposed(resident, form: CourseForm, cohort):
    """The proposal, or None where it is refused, with the message at its field."""
    reasons = {one.id: one for rows in queries.reason_lists().values() for one in rows}
    place = "months" if "months" in form else "last_day" if "last_day" in form else "first_day"
    try:
        return actions.propose(
            resident,
            form.terms(resident=resident, reasons=reasons, cohort=cohort),
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
    except Impossible as refused:
        if refused.because == "lacks":
            place = "word"
        elif place == "last_day" and "first_day" in form and refused.because != "ends_first":
            place = "first_day"
        form.refuse(place, words.impossible(refused))
        return None


@courses.post("/<int:course_id>/decision")
@allow(Role.OFFICE)
def decide(course_id: int):
    course, form = queries.course_for(viewer(), course_id), DecisionForm()
    if not form.validate_on_submit():
        return redirect(url_for("courses.one", course_id=course_id))
    try:
        actions.decide(course, seen=form.seen.data, by=viewer(), at=clock.now())
    except AlreadyClosed:
        flash(_("This change was done or dropped already."), "info")
    except Impossible as refused:
        flash(words.impossible(refused), "error")
    except actions.EffectChanged:
        flash(_("Something has changed since: look at the effect again."), "error")
        return page_of_course(queries.course_for(viewer(), course_id), 409)
    else:
        flash(_("Done. Everybody concerned is told."), "success")
    return redirect(url_for("courses.one", course_id=course_id))


@courses.post("/<int:course_id>/dropping")
@allow(Role.OFFICE)
def drop(course_id: int):
    course = queries.course_for(viewer(), course_id)
    try:
        actions.drop(course, by=viewer(), at=clock.now())
    except AlreadyClosed:
        flash(_("This change was done or dropped already."), "info")
    else:
        flash(_("Dropped; nothing was changed."), "success")
    return redirect(url_for("enrolment.resident", resident_id=course.resident_id))


@courses.post("/<int:course_id>/undoing")
@allow(Role.OFFICE)
def undo(course_id: int):
    course, form = queries.course_for(viewer(), course_id), UndoForm()
    if not form.validate_on_submit():
        return page_of_course(course, undo=form)
    try:
        counter = actions.undo(course, word=form.word.data, by=viewer(), at=clock.now())
    except AlreadyClosed:
        flash(_("This change was taken back already."), "info")
    except actions.NotTheLast:
        flash(_("Take back what was decided later first."), "error")
    else:
        flash(_("Taken back by a counter-entry."), "success")
        return redirect(url_for("courses.one", course_id=counter.id))
    return redirect(url_for("courses.one", course_id=course_id))
