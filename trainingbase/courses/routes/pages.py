"""The list of changes of course, one of them, and one's own."""

from datetime import timedelta

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.courses import words
from trainingbase.courses.forms import CourseSearchForm, DecisionForm, UndoForm
from trainingbase.courses.models import Course
from trainingbase.courses.queries import courses as queries
from trainingbase.courses.queries import effects, graduating, standing, undoing
from trainingbase.courses.routes.blueprint import courses
from trainingbase.courses.routes.showing import lacks_of
from trainingbase.downloads import download
from trainingbase.enrolment.queries import cohorts, resident_of
from trainingbase.files.sending import send
from trainingbase.form import options
from trainingbase.i18n import moment, named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.words import COURSE_KINDS


def _listed():
    form = CourseSearchForm()
    form.cohort.choices = options({0: _("All")} | {one.id: named(one) for one in cohorts()})
    if not form.validate():  # an unreadable day looks for nothing
        form.since.data = form.since.data if not form.since.errors else None
        form.until.data = form.until.data if not form.until.errors else None
    until = form.until.data
    which = queries.Filter(
        search=form.search.data or "",
        kind=form.kind.data or "",
        state=form.state.data or "",
        cohort_id=form.cohort.data or 0,
        from_on=form.since.data,
        until_on=until + timedelta(days=1) if until else None,
        sort=request.args.get("sort", ""),
    )
    return form, queries.listed(viewer(), which)


@courses.get("/", endpoint="all")
@allow(Role.OFFICE, Role.AUDITOR)
def all_courses():
    form, rows = _listed()
    return render_template("courses/all.html", form=form, page=page_of(rows))


@courses.get("/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export(kind: str):
    from trainingbase.sheets.write import Table

    _form, rows = _listed()
    header = [
        _("Resident"), _("Cohort"), _("Kind"), _("Day"), _("Reason"), _("Remark"),
        _("Decided by"), _("Decided"), _("State"),
    ]  # fmt: skip
    table = [
        [
            one.resident.name, named(one.resident.cohort), str(COURSE_KINDS[one.kind]),
            one.shown_on, named(one.reason) if one.reason else None, one.word,
            one.decided_by.name if one.decided_by else None,
            moment(one.decided_at) if one.decided_at else None, str(words.STATES[one.state()]),
        ]
        for one in queries.all_of(rows)
    ]  # fmt: skip
    return download(Table(_("Changes of course"), header, table), kind, _("Changes of course"))


@courses.get("/<int:course_id>", endpoint="one")
@allow(Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.RESIDENT)
def one_course(course_id: int):
    return page_of_course(queries.course_for(viewer(), course_id))


def page_of_course(course: Course, status: int = 200, *, undo: UndoForm | None = None):
    """With its effect: as it would be, or as it was kept."""
    form = None
    effect, lost = course.effect, []
    may = viewer().holds(Role.OFFICE)
    if course.is_open:
        effect = effects.effect_of(course, course.resident, today=clock.today())
        form = DecisionForm(formdata=None, data={"seen": effects.digest(effect)})
    is_last = False
    if may and course.state() == "done":
        is_last = standing.last_standing(standing.decided_of(course.resident_id)) is course
        lost = [words.left_in_words(one) for one in undoing.lost_by_now(course, at=clock.now())]
    page = render_template(
        "courses/one.html",
        course=course,
        effect=words.shown(effect or {}),
        form=form if may else None,
        undo=(undo or UndoForm()) if is_last else None,
        lost=lost,
        changed=status == 409,
    )
    return page, status


@courses.get("/<int:course_id>/evidence")
@allow(Role.OFFICE, Role.AUDITOR, Role.RESIDENT)
def evidence(course_id: int):
    from flask import abort

    course = queries.course_for(viewer(), course_id)
    if course.evidence is None:
        abort(404)
    return send(course.evidence)


@courses.get("/mine")
@allow(Role.RESIDENT)
def mine():
    resident = resident_of(viewer())
    candidate = graduating.candidate_for(viewer(), resident.id, today=clock.today())
    return render_template(
        "courses/mine.html", resident=resident, candidate=candidate, lacks=lacks_of([candidate])
    )
