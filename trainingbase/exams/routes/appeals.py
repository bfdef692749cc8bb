"""Appeals, for the office."""

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import DecimalField
from wtforms.validators import Optional

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.exams import tables, words
from trainingbase.exams.actions import appeals as actions
from trainingbase.exams.actions.entering import Blank
from trainingbase.exams.forms.sittings import (
    SCORE,
    AppealListForm,
    decision_form,
    fields_of,
    shown,
)
from trainingbase.exams.models import AlreadyDecided, ExamAppeal
from trainingbase.exams.queries import appeals as queries
from trainingbase.exams.queries import corrections, marks, mine, scores
from trainingbase.exams.routes.blueprint import READING, chosen, exams
from trainingbase.i18n import named
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role
from trainingbase.stale import Stale


@exams.get("/appeals")
@allow(*READING)
def all_appeals():
    form, rows = _filtered()
    return render_template("exams/appeals.html", form=form, page=page_of_columns(rows), words=words)


@exams.get("/appeals/export/<string:kind>")
@allow(*READING)
def export_appeals(kind: str):
    return download(tables.appeals(_filtered()[1]), kind, "appeals")


def _filtered():
    form = AppealListForm()
    return form, queries.appeals(state=chosen(form.state), search=form.search.data or "")


@exams.get("/appeals/<int:appeal_id>")
@allow(*READING)
def one_appeal(appeal_id: int):
    return _appeal(appeal_id)


@exams.post("/appeals/<int:appeal_id>")
@allow(Role.OFFICE)
def decide_appeal(appeal_id: int):
    return _appeal(appeal_id)


def _appeal(appeal_id: int):
    one, form = queries.appeal_by_id(appeal_id), None
    if viewer().holds(Role.OFFICE) and one.state == "waiting":
        form = _form(one)
        if form.validate_on_submit() and _decided(one, form):
            return redirect(url_for("exams.one_appeal", appeal_id=appeal_id))
    page = render_template(
        "exams/appeal.html",
        appeal=one,
        form=form,
        now=corrections.figures_of(one.candidate) if one.candidate else None,
        result=scores.result_of_one(one.osce_candidate) if one.osce_candidate else None,
        marks=marks.marks_at(one.osce_candidate) if one.osce_candidate else [],
        stations=_stations(one),
        words=words,
    )
    return page, 422 if form is not None and form.errors else 200


def _stations(one: ExamAppeal) -> dict[int, Any]:
    if one.osce_candidate is None:
        return {}
    return {each.id: each for each in mine.stations_of(one.osce_candidate)}


def _form(one: ExamAppeal):
    data: dict[str, Any] = {"version": one.version}
    if one.candidate is not None:
        parts = one.candidate.sitting.kind.parts
        now = corrections.figures_of(one.candidate)
        return decision_form(fields_of(parts, ""), {**data, **shown(now, "")})
    result = scores.result_of_one(one.osce_candidate)
    names = _stations(one)
    fields = {
        f"score_{each.station}": DecimalField(
            f"{named(names[each.station])} (%)", [Optional(), SCORE]
        )
        for each in result.stations
    }
    given = {f"score_{each.station}": each.score for each in result.stations}
    return decision_form(fields, {**data, **given})


def _decided(one: ExamAppeal, form) -> bool:
    scored: dict[int, Decimal] = {
        int(field.name.removeprefix("score_")): field.data
        for field in form
        if field.name.startswith("score_") and field.data is not None
    }
    try:
        actions.decide(
            one,
            form.decision.data,
            because=form.why.data,
            figures=form.figures() if one.candidate is not None else None,
            scores=scored,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except Blank as blank:
        for _candidate, field in blank.fields:
            form.refuse("absent" if field == "attended" else field, _("Enter it, or mark absent."))
        return False
    except (AlreadyDecided, Stale):
        flash(_("It is decided already."), "info")
    else:
        flash(_("Decided, and the resident is told."), "success")
    return True
