"""What the plan demands of a resident and what became of it, row by row; who lacks what."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow, viewer
from trainingbase.assessments.queries.instruments import by_code
from trainingbase.assessments.rules.demands import NUMBERS
from trainingbase.downloads import download
from trainingbase.enrolment.queries import cohorts
from trainingbase.form import options
from trainingbase.judging import tables
from trainingbase.judging.forms.searching import DemandForm, LackingForm
from trainingbase.judging.queries import demanded as queries
from trainingbase.judging.queries import scope
from trainingbase.judging.routes.blueprint import SEE, judging
from trainingbase.judging.words import NUMBER_NAMES
from trainingbase.paging import page_of_list
from trainingbase.roles import Role

TABLE = (Role.OFFICE, Role.AUDITOR)


@judging.get("/picture/forms")
@allow(Role.RESIDENT)
def own_demands():
    return _page(scope.own_resident(viewer()), is_own=True)


@judging.get("/residents/<int:resident_id>/forms")
@allow(*SEE)
def demands(resident_id: int):
    return _page(scope.resident_for(viewer(), resident_id, today=clock.today()))


def _page(resident, *, is_own: bool = False):
    found = queries.demands_of_one(resident.id, today=clock.today())
    form, lines = _chosen(found)
    opens = _opens(found, lines, is_own=is_own)
    return render_template(
        "judging/demands.html",
        resident=resident,
        is_own=is_own,
        found=found,
        form=form,
        page=page_of_list(lines),
        names=NUMBER_NAMES,
        one_opens=lambda line: opens.get(id(line), ()),
    )


def _chosen(found):
    form = DemandForm()
    codes = dict.fromkeys(line.code for line in found.lines)
    form.form.choices = options(
        {"": _("All")} | {code: i18n.named(found.forms[code]) for code in codes}
    )
    what = form.what.data if form.what.data in NUMBERS else ""
    code = form.form.data if form.form.data in codes else ""
    return form, queries.chosen(found, code=code, what=what)


def _opens(found, lines, *, is_own: bool) -> dict[int, list[str]]:
    """By line (its place in the list) where its forms and requests open for this viewer."""
    items = [item for line in lines for item in line.items]
    answers = queries.answers_to([one.request_id for one in items if one.request_id])
    page = "assessments.feedback_page" if is_own else "assessments.submission"
    opened: dict[int, list[str]] = {}
    for line in lines:
        if is_own and found.forms[line.code].is_confidential:
            continue
        for item in line.items:
            kept = item.submission_id or answers.get(item.request_id)
            if kept is not None:
                opened.setdefault(id(line), []).append(url_for(page, submission_id=kept))
            elif viewer().holds(*TABLE):
                address = url_for("assessments.course", request_id=item.request_id)
                opened.setdefault(id(line), []).append(address)
    return opened


@judging.get("/residents/<int:resident_id>/forms/export/<string:kind>")
@allow(*SEE)
def export_demands(resident_id: int, kind: str):
    resident = scope.resident_for(viewer(), resident_id, today=clock.today())
    found = queries.demands_of_one(resident.id, today=clock.today())
    return download(tables.of_demands(found, _chosen(found)[1]), kind, "demanded-forms")


def _lacking():
    form = LackingForm()
    form.cohort.choices = options({0: _("All"), **{c.id: i18n.named(c) for c in cohorts()}})
    known = by_code()
    form.form.choices = options(
        {"": _("All")} | {code: i18n.named(one) for code, one in known.items()}
    )
    return form, queries.lacking(
        today=clock.today(),
        search=form.search.data or "",
        cohort_id=form.cohort.data if form.cohort.data in {c.id for c in cohorts()} else 0,
        code=form.form.data if form.form.data in known else "",
        everything=form.state.data == "all",
        sort=request.args.get("sort", ""),
    )


@judging.get("/lacking")
@allow(*TABLE)
def lacking():
    form, rows = _lacking()
    return render_template("judging/lacking.html", form=form, page=page_of_list(rows))


@judging.get("/lacking/export/<string:kind>")
@allow(*TABLE)
def export_lacking(kind: str):
    return download(tables.of_lacking(_lacking()[1]), kind, "who-lacks-what")
