"""Scoring by the official sheets, and residents' own word."""

from decimal import Decimal

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.i18n import language, named
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.training.actions import scoring
from trainingbase.training.forms.judging import RatingForm, field_of, score_form
from trainingbase.training.models import Score
from trainingbase.training.queries import activities as queries
from trainingbase.training.queries import kinds
from trainingbase.training.queries.mine import own_attendances
from trainingbase.training.routes import training
from trainingbase.training.routes.one import page_of_activity
from trainingbase.training.routes.seeing import ARRANGING, words
from trainingbase.training.sheets import Sheet, newest, sheet_of


@training.route("/activities/<int:activity_id>/score", methods=["GET", "POST"])
@allow(*ARRANGING)
def score(activity_id: int):
    """One's own sheet, to fill in or to change."""
    one = queries.activity_for(viewer(), activity_id)
    if viewer().id in one.speaker_ids or one.begins > clock.now() or one.cancelled_at:
        abort(404)
    known = scoring.score_of(one, viewer())
    sheet = _sheet(one.kind, known)
    form = score_form(sheet, named)(data=_shown(sheet, known))
    status = 200
    if form.validate_on_submit():
        points = {item.code: Decimal(form[field_of(item.code)].data) for item in sheet.items}
        try:
            scoring.score(
                one, sheet, points, form.note.data or None,
                version=form.version.data, by=viewer(), at=clock.now(),
            )  # fmt: skip
        except Stale:
            form.version.data, form.version.raw_data = known.version, None
            flash(_("Somebody else has changed this meanwhile"), "warning")
            status = 409
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("training.activity", activity_id=one.id))
    page = render_template(
        "training/score.html",
        form=form,
        sheet=sheet,
        activity=one,
        field_of=field_of,
        **words(),
    )
    return page, status


def _sheet(kind_name: str, known: Score | None) -> Sheet:
    """The edition that was scored by stays; else the newest of the kind's own sheet."""
    if known is not None:
        found = sheet_of(known.sheet, known.edition)
    else:
        kind = kinds.kind_named(kind_name)
        found = newest().get(kind.sheet or "") if kind else None
    if found is None:
        abort(404)
    return found


def _shown(sheet: Sheet, known: Score | None) -> dict:
    if known is None:
        return {}
    points = {field_of(code): Decimal(number) for code, number in known.points.items()}
    return points | {"note": known.note, "version": known.version}


@training.get("/activities/<int:activity_id>/scores/<int:score_id>")
@allow(*ARRANGING, Role.AUDITOR)
def one_score(activity_id: int, score_id: int):
    """A filled-in sheet: for the office, the auditor, the speaker and who filled it in."""
    one = queries.activity_for(viewer(), activity_id)
    found = queries.score_of(one, score_id)
    if found is None or not (
        viewer().holds(Role.OFFICE, Role.AUDITOR)
        or viewer().id in one.speaker_ids
        or found.scorer_id == viewer().id
    ):
        abort(404)
    return render_template(
        "training/one_score.html",
        activity=one,
        score=found,
        sheet=sheet_of(found.sheet, found.edition),
        english=language() == "en",
        **words(),
    )


@training.post("/activities/<int:activity_id>/rating")
@allow(Role.RESIDENT)
def rate(activity_id: int):
    one, resident = queries.activity_for(viewer(), activity_id), resident_of(viewer())
    form = RatingForm()
    if not form.validate_on_submit():
        return page_of_activity(one, rating=form)
    attended = one.id in own_attendances(resident.id, [one.id])
    try:
        scoring.rate(
            one, resident, form.stars.data, form.text.data, attended=attended, at=clock.now()
        )
    except scoring.NotThere:
        abort(404)
    flash(_("Thank you."), "success")
    return redirect(url_for("training.activity", activity_id=one.id))
