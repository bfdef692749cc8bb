"""The resident's picture, what the committee will see, and the list of pictures."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow, viewer
from trainingbase.assessments.queries.submissions import readable_among
from trainingbase.assessments.trusting import in_words
from trainingbase.downloads import download
from trainingbase.enrolment.queries import cohorts
from trainingbase.form import options
from trainingbase.judging import charts, tables
from trainingbase.judging.forms.searching import PictureSearchForm
from trainingbase.judging.queries import appeals, own, scope
from trainingbase.judging.queries.content import content_of, without_names
from trainingbase.judging.routes.blueprint import LIST, SEE, judging
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role


@judging.get("/picture")
@allow(Role.RESIDENT)
def picture():
    resident = scope.own_resident(viewer())
    return _page(resident, is_own=True)


@judging.get("/residents/<int:resident_id>")
@allow(*SEE)
def resident(resident_id: int):
    return _page(scope.resident_for(viewer(), resident_id, today=clock.today()))


def _page(resident, *, is_own: bool = False):
    content = content_of(resident.id, today=clock.today())
    return render_template(
        "judging/picture.html",
        resident=resident,
        is_own=is_own,
        plans=own.plans_of(resident.id) if is_own else (),
        reflections=own.reflections_of(resident.id) if is_own else (),
        letter=_letter(resident, is_own=is_own),
        today=clock.today(),
        **shown(content, is_own=is_own),
    )


def _letter(resident, *, is_own: bool):
    found = appeals.newest_letter(resident.id)
    if found is None or is_own or viewer().holds(Role.OFFICE, Role.AUDITOR):
        return found
    return found if resident.tutor_id == viewer().id else None


def shown(content, *, is_own: bool = False) -> dict:
    """What the templates need to show a content, of today or of years ago; to its resident
    without what was given confidentially."""
    if is_own:
        content = without_names(content)
        rows_at = url_for("judging.own_demands")
    else:
        rows_at = url_for("judging.demands", resident_id=content["resident"]["id"])
    endpoint = "assessments.feedback_page" if is_own else "assessments.submission"
    forms = [one["submission"] for one in content["forms"]]
    if not is_own:
        forms = sorted(readable_among(viewer(), forms, today=clock.today()))
    addresses = {one: url_for(endpoint, submission_id=one) for one in forms}
    return {
        "content": content,
        "rows_at": rows_at,
        "addresses": addresses,
        "radar": charts.radar(content["competencies"]),
        "timeline": charts.timeline(content["competencies"], addresses),
        "percent": charts.percent,
        "in_words": in_words,
    }


@judging.get("/picture/committee")
@allow(Role.RESIDENT)
def seen_by_committee():
    """Exactly what would be frozen today."""
    resident = scope.own_resident(viewer())
    content = content_of(resident.id, today=clock.today())
    return render_template("judging/preview.html", resident=resident, **shown(content, is_own=True))


def _listed():
    form = PictureSearchForm()
    form.cohort.choices = options({0: _("All"), **{c.id: i18n.named(c) for c in cohorts()}})
    form.validate()
    known = {choice.value for choice in form.cohort.choices}
    if form.cohort.data not in known:
        form.cohort.data = 0
    return form, scope.pictures(
        viewer(),
        today=clock.today(),
        search=form.search.data or "",
        cohort_id=form.cohort.data or 0,
        sort=request.args.get("sort", ""),
    )


@judging.get("/residents")
@allow(*LIST)
def pictures():
    form, rows = _listed()
    return render_template("judging/pictures.html", form=form, page=page_of_columns(rows))


@judging.get("/residents/export/<string:kind>")
@allow(*LIST)
def export_pictures(kind: str):
    _form, rows = _listed()
    return download(tables.of_pictures(scope.rows_of(rows)), kind, "residents-pictures")
