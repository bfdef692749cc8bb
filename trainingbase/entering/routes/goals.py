"""The goals of a placement: for the resident before and from the first day, and for whoever
looks after them."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, may_open, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.entering import actions
from trainingbase.entering.queries import desk, records_of
from trainingbase.entering.queries.goals import goals_of, stays_of
from trainingbase.entering.routes.blueprint import SEE_GOALS, entering
from trainingbase.entering.routes.lists import WORDS
from trainingbase.logbook.words import CATEGORIES
from trainingbase.programmes.words import TIMINGS
from trainingbase.roles import Role
from trainingbase.training.words import kind_name


@entering.get("/mine")
@allow(Role.RESIDENT)
def mine():
    """The placement of today, else the next, else the list of those behind."""
    today = clock.today()
    stays = stays_of(resident_of(viewer()))
    ahead = [one for one in stays if one.ends_on > today]
    return render_template(
        "entering/mine.html",
        now=next((one for one in ahead if one.starts_on <= today), None),
        ahead=[one for one in ahead if one.starts_on > today],
        over=[one for one in stays if one.ends_on <= today][::-1],
        records=records_of(one.id for one in stays),
        today=today,
    )


@entering.get("/placements/<int:placement_id>")
@allow(*SEE_GOALS)
def goals(placement_id: int):
    today = clock.today()
    row = desk.seen_row(viewer(), placement_id, today=today)
    return render_template(
        "entering/goals.html",
        goals=goals_of(row, today=today),
        one=row.placement,
        row=row,
        today=today,
        own=row.placement.resident.person_id == viewer().id,
        categories=CATEGORIES,
        timings=TIMINGS,
        kind_name=kind_name,
        how_far=how_far(placement_id),
        **WORDS,
    )


def how_far(placement_id: int) -> str | None:
    """The page that says what is missing before one may leave, where there is one."""
    for rule in current_app.url_map.iter_rules():
        if rule.rule == "/leaving/<int:placement_id>" and may_open(viewer(), rule.endpoint):
            return url_for(rule.endpoint, placement_id=placement_id)
    return None


@entering.post("/placements/<int:placement_id>/reading")
@allow(Role.RESIDENT)
def read(placement_id: int):
    row = desk.own_row(viewer(), placement_id, today=clock.today())
    if actions.acknowledge(row.placement, by=viewer(), at=clock.now()):
        flash(_("Noted: you have read it."), "success")
    else:
        flash(_("You had read it already."), "info")
    return redirect(url_for("entering.goals", placement_id=placement_id))
