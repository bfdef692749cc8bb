"""One resident's day: how it stands, and everything it has been."""

from datetime import date, timedelta

from flask import abort, render_template

from trainingbase.access import allow, viewer
from trainingbase.attendance.queries import roster
from trainingbase.attendance.queries.scope import placement_seen
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import READ
from trainingbase.attendance.words import STATES, in_words, said_of_halves
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of


@attendance.get("/days/<int:placement_id>/<string:day>")
@allow(*READ)
def one_day(placement_id: int, day: str):
    try:
        on = date.fromisoformat(day)
    except ValueError:
        abort(404)
    placement = placement_seen(viewer(), placement_id, on, on + timedelta(days=1))
    row = roster.mark_of(placement.resident_id, on)
    return render_template(
        "attendance/one_day.html",
        placement=placement,
        day=on,
        cell=roster.cell_of(placement, on),
        row=row,
        changes=page_of(changes_of(row)) if row is not None else None,
        words=in_words,
        said=said_of_halves(),
        states=STATES,
    )
