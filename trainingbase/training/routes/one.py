"""The page of one activity, its list and its materials."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.queries import resident_of
from trainingbase.files.sending import send
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.training import tables
from trainingbase.training.actions import planning
from trainingbase.training.forms.judging import RatingForm
from trainingbase.training.models import Activity, AlreadyApproved
from trainingbase.training.queries import activities as queries
from trainingbase.training.queries import audience, kinds, opinions
from trainingbase.training.queries.mine import own_attendances
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import (
    ARRANGING,
    NAMED,
    SEEING,
    arranges,
    place_name,
    reads_names,
    words,
)
from trainingbase.training.words import AUDIENCES, FIELDS, HOW, HOW_KINDS


@training.get("/activities/<int:activity_id>")
@allow(*SEEING)
def activity(activity_id: int):
    return page_of_activity(queries.activity_for(viewer(), activity_id))


def page_of_activity(one: Activity, status: int = 200, rating: RatingForm | None = None):
    """`rating` came back with errors."""
    names, arranging = reads_names(one), arranges(one)
    own = _own(one)
    page = render_template(
        "training/activity.html",
        activity=one,
        with_names=names,
        arranging=arranging,
        now=clock.now(),
        rows=queries.attendance_of(one) if names else [],
        invited=len(audience.invited_people(one)) if names and one.audience else None,
        opinions=opinions.opinions_of(one) if names else None,
        own=own,
        rating=rating or (_rating_form(one, own) if own else None),
        may_score=_may_score(one),
        changes=page_of(changes_of(one)) if arranging or viewer().holds(Role.AUDITOR) else None,
        labels=FIELDS,
        how=HOW,
        how_kinds=HOW_KINDS,
        audiences=AUDIENCES,
        place_name=place_name,
        **words(),
    )
    return page, status


def _own(one: Activity):
    """This viewer's own attendance."""
    if not viewer().holds(Role.RESIDENT):
        return None
    return own_attendances(resident_of(viewer()).id, [one.id]).get(one.id)


def _rating_form(one: Activity, own) -> RatingForm:
    known = opinions.rating_of(one, own.resident_id)
    return RatingForm(
        formdata=None, data={"stars": known.stars, "text": known.text} if known else {}
    )


def _may_score(one: Activity) -> bool:
    """Who sees it, did not speak, and has a sheet for it; once it was held."""
    if not viewer().holds(*ARRANGING) or viewer().id in one.speaker_ids:
        return False
    if one.cancelled_at is not None or one.begins > clock.now():
        return False
    kind = kinds.kind_named(one.kind)
    return kind is not None and kind.sheet is not None


@training.get("/activities/<int:activity_id>/attendance/<string:kind>")
@allow(*NAMED)
def export_attendance(activity_id: int, kind: str):
    one = queries.activity_for(viewer(), activity_id)
    if not reads_names(one):
        abort(404)
    return download(
        tables.attendance(one, queries.attendance_of(one)), kind, f"attendance-{one.id}"
    )


@training.get("/activities/<int:activity_id>/materials/<int:material_id>")
@allow(*SEEING)
def material(activity_id: int, material_id: int):
    return send(_material(activity_id, material_id)[1].file)


@training.post("/activities/<int:activity_id>/materials/<int:material_id>/removal")
@allow(*ARRANGING)
def remove_material(activity_id: int, material_id: int):
    one, found = _material(activity_id, material_id)
    if not arranges(one):
        abort(404)
    try:
        planning.remove_material(one, found, by=viewer(), at=clock.now())
    except AlreadyApproved:
        flash(_("It has been handed in: nothing of it can be changed."), "info")
    else:
        flash(_("Removed."), "success")
    return redirect(url_for("training.activity", activity_id=one.id))


def _material(activity_id: int, material_id: int):
    one = queries.activity_for(viewer(), activity_id)
    found = [row for row in one.materials if row.id == material_id]
    if not found:
        abort(404)
    return one, found[0]
