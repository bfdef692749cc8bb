"""One's own: what is owed and served, where one works, how far one is, and awards."""

from flask import render_template

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.careers.queries import bonds, employment, promotion
from trainingbase.careers.routes.blueprint import careers
from trainingbase.roles import Role


@careers.get("/mine")
@allow(Role.RESIDENT, Role.FACULTY)
def mine():
    today = clock.today()
    resident = employment.own_resident(viewer()) if viewer().holds(Role.RESIDENT) else None
    return render_template(
        "careers/mine.html",
        resident=resident,
        cases=bonds.cases_of(resident.id, today=today) if resident is not None else [],
        employments=employment.standing_of(resident.id) if resident is not None else [],
        how_far=promotion.how_far(viewer(), today=today),
        awards=promotion.awards_of(viewer().id),
        is_out=resident is not None and resident.left_on is not None and resident.left_on <= today,
    )
