"""The saving of half-filled forms, by the page itself."""

from flask import jsonify, request

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import actions
from trainingbase.assessments.queries import instruments, placements, requests
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.form import own_key
from trainingbase.instruments.forms.answering import field_name
from trainingbase.roles import Role

LONGEST_DRAFT = 60_000


@assessments.post("/placements/<int:placement_id>/<string:code>/draft")
@allow(Role.FACULTY, Role.RESIDENT)
def save_draft(placement_id: int, code: str):
    """What is half filled in.  409 with the newer one where another device has gone on."""
    placement = _placement(placement_id)
    form = instruments.instrument_in_use(code)
    asked = {"observed_on", *(field_name(item) for item in form.items)}
    values = {name: text for name, text in request.form.items() if name in asked}
    if sum(map(len, values.values())) > LONGEST_DRAFT:
        return jsonify(), 413
    after, form_key = request.form.get("saves", "0"), request.form.get("form_key", "")[:64]
    try:
        draft = actions.save_draft(
            placement=placement,
            code=code,
            by=viewer(),
            at=clock.now(),
            form_key=form_key,
            sent_key=own_key(form_key),
            values=values,
            after=int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0,
        )
    except actions.Newer as newer:
        return jsonify(saves=newer.draft.saves), 409
    return jsonify(saves=draft.saves if draft is not None else 0)


def _placement(placement_id: int):
    """One that this teacher may assess, or that somebody was asked about."""
    asked = requests.placement_asked_about(viewer(), placement_id)
    if asked is not None:
        return asked
    return placements.placement_to_assess(viewer(), placement_id, today=clock.today())
