"""A person's own activities."""

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.queries import resident_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.training import tables
from trainingbase.training.queries import mine as queries
from trainingbase.training.queries.activities import hours_counted, hours_spoken
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import namer, place_name, words
from trainingbase.training.words import HOW


@training.get("/mine")
@allow(Role.RESIDENT, Role.FACULTY)
def mine():
    """Today, what comes, and what is over."""
    person, today = viewer(), clock.today()
    resident = resident_of(person) if person.holds(Role.RESIDENT) else None
    past = page_of(
        queries.attended(resident.id) if resident else queries.spoken(person, today=today)
    )
    return render_template(
        "training/mine.html",
        mine=queries.mine(person, today=today),
        past=past,
        own=queries.own_attendances(resident.id, [one.id for one in past.items])
        if resident
        else {},
        as_resident=resident is not None,
        counted=hours_counted(resident.id) if resident else hours_spoken(person.id),
        me=person.id,
        how=HOW,
        place_name=place_name,
        **words(),
    )


@training.get("/mine/export/<string:kind>")
@allow(Role.RESIDENT, Role.FACULTY)
def export_mine(kind: str):
    person = viewer()
    if person.holds(Role.RESIDENT):
        rows = queries.attended(resident_of(person).id)
    else:
        rows = queries.spoken(person, today=clock.today())
    return download(tables.own(rows, name_of=namer()), kind, _("My activities"))
