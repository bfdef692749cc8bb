"""Decisions, their letters, and what the resident answers."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.judging import tables
from trainingbase.judging.actions import letters as actions
from trainingbase.judging.actions.committee import NotNow
from trainingbase.judging.forms.own import AppealForm, LetterForm
from trainingbase.judging.forms.searching import DecisionSearchForm
from trainingbase.judging.printing import Letter, appeal_said
from trainingbase.judging.queries import appeals as queries
from trainingbase.judging.queries import cases, scope
from trainingbase.judging.routes.blueprint import EVERYBODY, SEE, judging
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _listed():
    form = DecisionSearchForm()
    form.validate()
    return form, queries.decisions(
        viewer(),
        search=form.search.data or "",
        outcome=form.outcome.data or "",
        state=form.state.data or "",
    )


@judging.get("/decisions")
@allow(*SEE)
def decisions():
    form, rows = _listed()
    page = page_of(rows)
    ids = [one.id for one in page.items]
    return render_template(
        "judging/decisions.html",
        form=form,
        page=page,
        readings=queries.readings_of(ids),
        appeals=queries.appeals_of(ids),
    )


@judging.get("/decisions/export/<string:kind>")
@allow(*SEE)
def export_decisions(kind: str):
    _form, rows = _listed()
    found = scope.all_of(rows)
    ids = [one.id for one in found]
    table = tables.of_decisions(found, queries.readings_of(ids), queries.appeals_of(ids))
    return download(table, kind, "committee-decisions")


def letter_of(decision) -> Letter:
    return Letter(decision, queries.plans_of(decision), queries.appeal_of(decision))


@judging.get("/letters/<int:decision_id>")
@allow(*EVERYBODY)
def letter(decision_id: int):
    return _page(queries.letter_for(viewer(), decision_id))


def _page(decision, status: int = 200, **forms):
    one, reading = letter_of(decision), queries.reading_of(decision)
    is_own = one.resident.person_id == viewer().id
    may_appeal = (
        is_own
        and one.appeal is None
        and decision.case.meeting.kind == "regular"
        and clock.today() < decision.appeal_until
    )
    given = {"version": reading.version if reading else None, "answer": _answer(reading)}
    page = render_template(
        "judging/letter.html",
        one=one,
        decision=decision,
        reading=reading,
        is_own=is_own,
        opens_packet=cases.opens_packet(viewer(), decision.packet_id),
        may_appeal=may_appeal,
        may_withdraw=is_own and one.appeal is not None and one.appeal.is_open
        and one.appeal.panel_case_id is None,
        appeal_said=appeal_said(one),
        form=forms.get("form") or LetterForm(formdata=None, data=given),
        appealing=forms.get("appealing") or AppealForm(formdata=None),
        differences=forms.get("differences"),
        leads_to=_leads_to(decision),
    )  # fmt: skip
    return page, status


def _answer(reading):
    return reading.answer if reading else None


def _leads_to(decision) -> str | None:
    """Where the office carries out what the committee proposes; nothing happens by itself."""
    if not viewer().holds(Role.OFFICE):
        return None
    resident_id = decision.case.resident_id
    # Addresses are logged: nothing that was written about somebody stands in one.
    word = _("Competence committee of %(day)s", day=decision.case.meeting.held_on.isoformat())
    if decision.outcome == "extend":
        return url_for("courses.new", resident_id=resident_id, kind="extension", word=word)
    if decision.outcome == "graduate":
        return url_for("courses.graduate", resident_id=resident_id)
    return None


@judging.post("/letters/<int:decision_id>/reading")
@allow(Role.RESIDENT)
def read_letter(decision_id: int):
    decision, form = queries.own_letter(viewer(), decision_id), LetterForm()
    if not form.validate_on_submit():
        return _page(decision, 422, form=form)
    try:
        actions.read(
            decision, answer=form.answer.data, version=form.version.data, by=viewer(),
            at=clock.now(),
        )  # fmt: skip
        flash(_("Kept: you have read the letter."), "success")
    except Stale:
        kept = queries.reading_of(decision)
        return _page(decision, 409, form=form, differences=form.stale_against(kept))
    return redirect(url_for("judging.letter", decision_id=decision_id))


@judging.post("/letters/<int:decision_id>/appeal")
@allow(Role.RESIDENT)
def appeal(decision_id: int):
    decision, form = queries.own_letter(viewer(), decision_id), AppealForm()
    if not form.validate_on_submit():
        return _page(decision, 422, appealing=form)
    try:
        actions.appeal(
            decision, because=form.because.data, today=clock.today(), by=viewer(), at=clock.now()
        )
        flash(_("Your appeal is with the training office."), "success")
    except actions.TooLate:
        flash(_("The time to appeal is over."), "error")
    except actions.AlreadyAppealed:
        flash(_("You have appealed before."), "info")
    except NotNow:
        flash(_("This is the decision of the appeal panel; it holds."), "info")
    return redirect(url_for("judging.letter", decision_id=decision_id))


@judging.post("/letters/<int:decision_id>/appeal/withdrawal")
@allow(Role.RESIDENT)
def withdraw_appeal(decision_id: int):
    decision = queries.own_letter(viewer(), decision_id)
    found = queries.appeal_of(decision)
    try:
        if found is None:
            raise NotNow
        actions.withdraw(found, by=viewer(), at=clock.now())
        flash(_("Withdrawn."), "success")
    except NotNow:
        flash(_("It is being heard already, or is over."), "error")
    return redirect(url_for("judging.letter", decision_id=decision_id))
