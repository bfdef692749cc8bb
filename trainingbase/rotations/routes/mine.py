"""A resident's own rotations, and the timetable of a resident one may see."""

from flask import render_template

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.roles import Role
from trainingbase.rotations.queries import placements
from trainingbase.rotations.routes import rotations


@rotations.get("/mine")
@allow(Role.RESIDENT)
def mine():
    resident = resident_of(viewer())
    return render_template(
        "rotations/mine.html",
        resident=resident,
        placements=placements.timetable_of(resident.id),
        progress=placements.months_done(resident, today=clock.today()),
    )


@rotations.get("/residents/<int:resident_id>")
@allow(Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)
def timetable(resident_id: int):
    today = clock.today()
    resident = placements.resident_seen_by(viewer(), resident_id, today=today)
    return render_template(
        "rotations/mine.html",
        resident=resident,
        placements=placements.timetable_seen_by(viewer(), resident_id, today=today),
        progress=None,
    )
