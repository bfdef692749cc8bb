"""Early warning: what fired and why, contested and answered."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments.queries.submissions import feedback_among, readable_among
from trainingbase.downloads import download
from trainingbase.judging import charts, tables
from trainingbase.judging.actions import watching as actions
from trainingbase.judging.actions.committee import NotNow
from trainingbase.judging.forms.own import AnswerContestForm, ContestForm
from trainingbase.judging.forms.searching import SignalSearchForm
from trainingbase.judging.queries import scope
from trainingbase.judging.queries import watching as queries
from trainingbase.judging.queries.following import charts_of
from trainingbase.judging.routes.blueprint import EVERYBODY, LIST, SEE, judging
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _listed():
    form = SignalSearchForm()
    form.validate()
    return form, queries.signals(
        viewer(),
        today=clock.today(),
        search=form.search.data or "",
        code=form.code.data or "",
        state=form.state.data or "",
    )


@judging.get("/signals")
@allow(*LIST)
def signals():
    form, rows = _listed()
    return render_template("judging/signals.html", form=form, page=page_of(rows))


@judging.get("/signals/export/<string:kind>")
@allow(*LIST)
def export_signals(kind: str):
    _form, rows = _listed()
    return download(tables.of_signals(scope.all_of(rows)), kind, "early-warning")


@judging.get("/picture/series")
@allow(Role.RESIDENT)
def own_series():
    return _series(scope.own_resident(viewer()))


@judging.get("/residents/<int:resident_id>/series")
@allow(*SEE)
def series(resident_id: int):
    return _series(scope.resident_for(viewer(), resident_id, today=clock.today()))


def _series(resident):
    """The sums with their limits, of the rules that speak; office and auditor see all."""
    sees_all = viewer().holds(Role.OFFICE, Role.AUDITOR)
    followed = [
        (one, charts_of(one, resident.id)[resident.id])
        for one in queries.rules()
        if one.kind == "cusum" and (sees_all or one.speaks_on(clock.today()))
    ]
    return render_template(
        "judging/series.html",
        resident=resident,
        is_own=resident.person_id == viewer().id,
        followed=[(rule, found, charts.cusum(found)) for rule, found in followed],
    )


@judging.get("/signals/<int:signal_id>")
@allow(*EVERYBODY)
def signal(signal_id: int):
    return _page(queries.signal_for(viewer(), signal_id, today=clock.today()))


def _page(one, status: int = 200, **forms):
    is_own = one.resident.person_id == viewer().id
    endpoint = "assessments.feedback_page" if is_own else "assessments.submission"
    ids = _readable(one.facts.get("forms", []), is_own=is_own)
    chart = None
    if one.rule.kind == "cusum":
        found = charts_of(one.rule, one.resident_id).get(one.resident_id)
        chart = charts.cusum(found) if found is not None else None
    kept = one.contest
    page = render_template(
        "judging/signal.html",
        one=one,
        is_own=is_own,
        addresses=[url_for(endpoint, submission_id=key) for key in ids],
        chart=chart,
        values=found.values if chart else (),
        sums=[found.sum_at(n) for n in range(len(found.values))] if chart else (),
        contesting=forms.get("contesting") or ContestForm(formdata=None),
        answering=forms.get("answering")
        or AnswerContestForm(formdata=None, data={"version": kept.version if kept else None}),
        differences=forms.get("differences"),
    )
    return page, status


def _readable(listed: Sequence[int], *, is_own: bool) -> list[int]:
    if is_own:
        found = feedback_among(viewer(), listed)
    else:
        found = readable_among(viewer(), listed, today=clock.today())
    return [key for key in listed if key in found]


@judging.post("/signals/<int:signal_id>/contest")
@allow(Role.RESIDENT)
def contest(signal_id: int):
    one = queries.own_signal(viewer(), signal_id)
    form = ContestForm()
    if not form.validate_on_submit():
        return _page(one, 422, contesting=form)
    try:
        actions.contest(one, because=form.because.data, by=viewer(), at=clock.now())
        flash(_("Your word is with the training office."), "success")
    except NotNow:
        flash(_("It was contested before, or is over."), "info")
    return redirect(url_for("judging.signal", signal_id=signal_id))


@judging.post("/signals/<int:signal_id>/contest/withdrawal")
@allow(Role.RESIDENT)
def withdraw_contest(signal_id: int):
    one = queries.own_signal(viewer(), signal_id)
    try:
        actions.withdraw(one, by=viewer(), at=clock.now())
        flash(_("Withdrawn."), "success")
    except NotNow:
        flash(_("It is answered already."), "info")
    return redirect(url_for("judging.signal", signal_id=signal_id))


@judging.post("/signals/<int:signal_id>/answer")
@allow(Role.OFFICE)
def answer_contest(signal_id: int):
    one = queries.signal_for(viewer(), signal_id, today=clock.today())
    form = AnswerContestForm()
    if not form.validate_on_submit():
        return _page(one, 422, answering=form)
    try:
        actions.answer(
            one, text=form.text.data, upheld=form.upheld.data == "1",
            version=form.version.data, today=clock.today(), by=viewer(), at=clock.now(),
        )  # fmt: skip
        flash(_("Answered; the resident is told."), "success")
    except Stale:
        now = form.stale_against(one.contest, text=one.contest.answer)
        return _page(one, 409, answering=form, differences=now)
    except NotNow:
        flash(_("It is answered already."), "info")
    return redirect(url_for("judging.signal", signal_id=signal_id))
