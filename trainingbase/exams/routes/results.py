"""Results of an OSCE: the list, one of them, the release."""

from decimal import Decimal

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import DecimalField
from wtforms.validators import Optional

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.exams import osce_tables, words
from trainingbase.exams.actions import scoring
from trainingbase.exams.forms.sittings import SCORE, WhyForm
from trainingbase.exams.models import NotYet
from trainingbase.exams.queries import corrections, marks, scores, standards
from trainingbase.exams.queries import osce as queries
from trainingbase.exams.routes.blueprint import READING, exams, say_not_yet
from trainingbase.exams.routes.releasing import release_and_say
from trainingbase.form import EditingForm
from trainingbase.i18n import language, named
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole


@exams.get("/osce/<int:session_id>/results")
@allow(*READING)
def osce_results(session_id: int):
    session = queries.session_by_id(session_id)
    found = scores.results(session)
    statistics = standards.statistics(session, found)
    return render_template(
        "exams/osce/results.html",
        session=session,
        found=found,
        statistics=statistics,
        refused=statistics.refused.text(language()) if statistics.refused else None,
        stations={one.id: one for one in session.stations},
        words=words,
    )


@exams.get("/osce/<int:session_id>/results/export/<string:kind>")
@allow(*READING)
def export_osce_results(session_id: int, kind: str):
    session = queries.session_by_id(session_id)
    found = scores.results(session)
    return download(
        osce_tables.results(session, found, standards.statistics(session, found)), kind, "osce"
    )


@exams.get("/osce/<int:session_id>/results/<int:candidate_id>")
@allow(*READING)
def osce_result(session_id: int, candidate_id: int):
    one = queries.candidate_by_id(session_id, candidate_id)
    return render_template(
        "exams/osce/result.html",
        candidate=one,
        session=one.session,
        result=scores.result_of_one(one),
        stations={each.id: each for each in queries.session_by_id(session_id).stations},
        marks=marks.marks_at(one),
        corrections=corrections.of_osce([one.id]).get(one.id, []),
        words=words,
    )


@exams.route(
    "/osce/<int:session_id>/results/<int:candidate_id>/correction", methods=["GET", "POST"]
)
@allow(Role.OFFICE)
def correct_osce(session_id: int, candidate_id: int):
    one = queries.candidate_by_id(session_id, candidate_id)
    result = scores.result_of_one(one)
    names = {each.id: named(each) for each in queries.session_by_id(session_id).stations}
    fields = {
        f"score_{each.station}": DecimalField(f"{names[each.station]} (%)", [Optional(), SCORE])
        for each in result.stations
    }
    form = type("CorrectionForm", (WhyForm,), fields)(
        data={f"score_{each.station}": each.score for each in result.stations}
    )
    back = url_for("exams.osce_result", session_id=session_id, candidate_id=candidate_id)
    if form.validate_on_submit():
        given: dict[int, Decimal] = {
            int(field.name.removeprefix("score_")): field.data
            for field in form
            if field.name.startswith("score_") and field.data is not None
        }
        try:
            made = scoring.correct(one, given, because=form.why.data, by=viewer(), at=clock.now())
        except NotYet as refused:
            say_not_yet(refused)
        else:
            flash(_("Corrected, and the resident is told.") if made else _("Nothing changed."))
        return redirect(back)
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("Correct the result of %(name)s", name=one.resident.name),
        button=_("Correct"),
        cancel=back,
        lead=_("The original stays beside what counts from now on, and the resident is told."),
    )
    return page, 422 if form.errors else 200


@exams.route("/osce/<int:session_id>/release", methods=["GET", "POST"])
@allow(Role.OFFICE)
def release_osce(session_id: int):
    session = queries.session_by_id(session_id)
    back = redirect(url_for("exams.osce_results", session_id=session_id))
    if session.state != "closed":
        say_not_yet(NotYet("released" if session.state == "released" else "unclosed"))
        return back
    form = EditingForm(data={"version": session.version})
    if form.validate_on_submit():
        release_and_say(scoring.release, session, form)
        return back
    return render_template(
        "exams/osce/release.html",
        session=session,
        form=form,
        found=scores.results(session),
        days=whole("exam_appeal_days"),
        words=words,
    )
