"""The papers of an OSCE, as PDF."""

from flask import abort, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import as_file
from trainingbase.exams import printing
from trainingbase.exams.queries import mine
from trainingbase.exams.queries import osce as queries
from trainingbase.exams.routes.blueprint import READING, exams
from trainingbase.roles import Role


@exams.get("/osce/<int:session_id>/papers/<string:what>")
@allow(*READING)
def paper(session_id: int, what: str):
    """`what` is timetable, slips or sheets."""
    session = queries.session_by_id(session_id)
    slots, at = queries.slots_of(session), clock.now()
    if not slots or what not in ("timetable", "slips", "sheets"):
        abort(404)
    if what == "timetable":
        document = printing.timetable(session, slots, at=at)
    elif what == "slips":
        document = printing.slips(session, queries.candidates_of(session), slots, at=at)
    else:
        document = printing.station_sheets(
            session,
            queries.examiners_of(session),
            lambda one: url_for("exams.room", examiner_id=one.id, _external=True),
            at=at,
        )
    return _sent(document, f"{session.title} {document.title}")


@exams.get("/mine/osce/<int:candidate_id>/slip")
@allow(Role.RESIDENT)
def my_slip(candidate_id: int):
    one = mine.own_session(viewer(), candidate_id)
    session = queries.session_by_id(one.session_id)
    document = printing.slips(session, [one], mine.way_of(one), at=clock.now())
    return _sent(document, _("Candidate's slip"))


def _sent(document, name: str):
    from trainingbase.paper import pdf_aside

    return as_file(pdf_aside(document), "pdf", name)
