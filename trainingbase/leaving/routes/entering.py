"""Marks of the exit exams, and the supervisor's part of the exit form."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import options
from trainingbase.leaving import actions
from trainingbase.leaving.forms import NOBODY, ExamForm, appraisal_form, field_name
from trainingbase.leaving.models import AlreadyDone, ExitExam, NotNow, NotTheExaminers
from trainingbase.leaving.printing import field_label, section_label
from trainingbase.leaving.queries import deciding as queries
from trainingbase.leaving.queries import groups, sources, standing_of
from trainingbase.leaving.queries.duties import ENTER_MARKS, SUPERVISOR
from trainingbase.leaving.routes.blueprint import WORKING, leaving, with_duty
from trainingbase.leaving.rules import form as exit_form
from trainingbase.leaving.words import EXAMS
from trainingbase.roles import Role
from trainingbase.stale import Stale


def examiners(form) -> None:
    """Everybody who teaches may examine."""
    people = {one.person_id: one.name for one in groups.teachers()}
    choices = options({NOBODY: _("Choose")} | people)
    for name in ("examiner", "second"):
        if name in form:
            form[name].choices = choices


@leaving.route("/<int:placement_id>/exams/<string:kind>", methods=["GET", "POST"])
@allow(*WORKING)
def exam(placement_id: int, kind: str):
    if kind not in EXAMS:
        abort(404)
    placement, _duties = with_duty(placement_id, *ENTER_MARKS)
    attempt = queries.attempt_now(queries.current(placement.id))
    row = queries.exam(placement.id, kind, attempt)
    form = ExamForm(data=_data(row))
    sent = form.is_submitted() and form.version.raw_data
    first = row is None or (sent and form.version.data is None)
    form.of_kind(kind, correcting=not first)
    examiners(form)
    stale = None
    if form.validate_on_submit() and not form.errors:
        try:
            _keep(placement, row, kind, form)
        except NotTheExaminers:
            form.refuse("second", _("A skill exam has two examiners: choose two people."))
        except AlreadyDone:
            flash(_("The review is signed: marks do not change any more."), "error")
            return redirect(url_for("leaving.one", placement_id=placement_id))
        except NotNow:
            flash(_("Somebody else has entered this mark meanwhile."), "error")
            return redirect(url_for("leaving.one", placement_id=placement_id, _anchor="exams"))
        except Stale:
            stale = form.stale_against(row, examiner=row.examiner_id, second=row.second_examiner_id)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("leaving.one", placement_id=placement_id, _anchor="exams"))
    page = render_template(
        "leaving/exam.html",
        placement=placement,
        form=form,
        kind=kind,
        attempt=attempt,
        row=row,
        stale=stale,
        kinds=EXAMS,
    )
    return page, 200 if stale is None else 409


def _data(row: ExitExam | None) -> dict:
    if row is None:
        return {"held_on": clock.today()}
    return {
        "held_on": row.held_on,
        "score": row.score,
        "name": row.name,
        "examiner": row.examiner_id or NOBODY,
        "second": row.second_examiner_id or NOBODY,
        "version": row.version,
    }


def _keep(placement, row: ExitExam | None, kind: str, form: ExamForm) -> None:
    """Sent twice it is one: whoever enters the first mark has a form without a version."""
    result, by, at = form.result(kind), viewer(), clock.now()
    if row is None or form.version.data is None:
        actions.enter_exam(placement, result, by=by, at=at, request_key=form.form_key.data)
        return
    actions.correct_exam(row, result, why=form.why.data, version=form.version.data, by=by, at=at)


@leaving.route("/<int:placement_id>/appraisal", methods=["GET", "POST"])
@allow(Role.FACULTY)
def appraisal(placement_id: int):
    placement, _duties = with_duty(placement_id, SUPERVISOR)
    row = sources.appraisals([placement.id]).get(placement.id)
    official = None if row else sources.official_form(placement.id, viewer().id)
    form, stale = appraisal_form(field_label, row, official.answers if official else None), None
    if form.validate_on_submit():
        try:
            if form.signs(
                lambda proof: actions.appraise(
                    placement,
                    form.given(),
                    proof=proof,
                    version=form.version.data,
                    by=viewer(),
                    at=clock.now(),
                )
            ):
                flash(_("Signed."), "success")
                return redirect(url_for("leaving.one", placement_id=placement_id))
        except AlreadyDone:
            flash(_("The review is signed: nothing is changed any more."), "error")
            return redirect(url_for("leaving.one", placement_id=placement_id))
        except Stale as refused:
            stale = _differences(form, refused.row)
    page = render_template(
        "leaving/appraisal.html",
        placement=placement,
        form=form,
        row=row,
        official=official,
        stale=stale,
        groups=_groups(form),
        standing=standing_of([placement.id])[placement.id],
    )
    return page, 200 if stale is None else 409


def _differences(form, row):
    now = {field_name(one.code): row.grades.get(one.code) for one in exit_form.graded()}
    shown = {name: str(grade) for name, grade in now.items() if grade is not None}
    return form.stale_against(row, **shown)


def _groups(form) -> list:
    """The fields under the heading of their section."""
    found: dict[str, list] = {}
    for one in (*exit_form.graded(), *exit_form.typed()):
        found.setdefault(section_label(one), []).append(form[field_name(one.code)])
    return list(found.items())
