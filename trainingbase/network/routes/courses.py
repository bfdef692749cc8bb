"""Staff of sites who are sent up to learn."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.files.sending import send
from trainingbase.form import options, whole_number
from trainingbase.i18n import named
from trainingbase.network import actions, tables
from trainingbase.network.forms import CourseForm, CourseSearchForm, EditCourseForm
from trainingbase.network.models import ShortCourse
from trainingbase.network.queries import posting as queries
from trainingbase.network.routes import network
from trainingbase.network.routes.postings import SEES
from trainingbase.network.rules.posting import lasts_months
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import all_of, institutions_seen
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole


def _rows():
    form = CourseSearchForm()
    seen = institutions_seen(viewer())
    form.institution.choices = options({0: _("All")} | {one.id: named(one) for one in seen})
    rows = queries.courses(
        viewer(),
        search=form.search.data or "",
        institution_id=form.institution.data or 0,
        sort=request.args.get("sort", ""),
    )
    return form, rows


def _judged(rows: list[ShortCourse]) -> list[tuple[ShortCourse, bool]]:
    """Each with whether it is long enough to count."""
    least = whole("short_course_months")
    return [(one, lasts_months(one.starts_on, one.ends_on, least)) for one in rows]


@network.get("/courses")
@allow(*SEES)
def courses():
    form, rows = _rows()
    page = page_of(rows)
    return render_template(
        "network/courses.html",
        form=form,
        page=page,
        courses=_judged(page.items),
        least=whole("short_course_months"),
    )


@network.get("/courses/export/<string:kind>")
@allow(*SEES)
def export_courses(kind: str):
    return download(tables.of_courses(_judged(all_of(_rows()[1]))), kind, _("Staff sent up"))


def _offer(form) -> None:
    departments = queries.all_departments()
    form.department_id.choices = options(
        {one.id: f"{named(one.institution)} · {named(one)}" for one in departments}
    )
    form.institution_id.choices = options(
        {one.institution_id: named(one.institution) for one in departments}
    )
    nobody = {0: _("not in the roster")}
    form.person_id.choices = options(
        nobody | {one.person_id: f"{one.name} · {one.title}" for one in queries.experts()}
    )


def _shown(form, title: str, **more):
    back = url_for("network.courses")
    trail = [(_("Staff sent up"), back)]
    return render_template(
        "sites/form.html", form=form, title=title, trail=trail, back=back, **more
    )


@network.route("/courses/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_course():
    usual = {
        "institution_id": request.args.get("site", type=whole_number),
        "starts_on": clock.today(),
    }
    form = CourseForm(data=usual if request.method == "GET" else None)
    _offer(form)
    if form.validate_on_submit() and not form.errors:
        actions.add_course(
            form.columns(),
            upload=form.file.upload,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
        flash(_("Saved."), "success")
        return redirect(url_for("network.courses"))
    return _shown(form, _("Send somebody up"))


@network.route("/courses/<int:course_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_course(course_id: int):
    one = queries.course_for(viewer(), course_id)
    form = EditCourseForm(obj=one)
    _offer(form)
    if request.method == "GET":
        form.person_id.data = one.person_id or 0
        form.last_day.data = one.ends_on - timedelta(days=1)
    stale = None
    if form.validate_on_submit() and not form.errors:
        try:
            actions.edit_course(
                one,
                form.columns(),
                upload=form.file.upload,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            form.file.data = one.file
            stale = form.stale_against(one, last_day=one.ends_on - timedelta(days=1))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("network.courses"))
    again = url_for("network.edit_course", course_id=one.id)
    page = _shown(form, _("Edit the course"), stale=stale, again=again)
    return page, 200 if stale is None else 409


@network.get("/courses/<int:course_id>/file")
@allow(*SEES)
def course_file(course_id: int):
    one = queries.course_for(viewer(), course_id)
    return send(one.file) if one.file is not None else abort(404)
