"""What the base gives for a work."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.research import actions, queries
from trainingbase.research.forms import points_form, points_given
from trainingbase.research.routes.blueprint import research
from trainingbase.research.routes.lists import words
from trainingbase.research.rules import KINDS, LEVELS
from trainingbase.roles import Role


@research.route("/points", methods=["GET", "POST"])
@allow(Role.OFFICE)
def points():
    table = queries.points_table()
    now = {f"{kind}__{level or 'any'}": row.points for (kind, level), row in table.items()}
    form = points_form(data=now if request.method == "GET" else None)
    if form.validate_on_submit():
        changed = actions.set_points(points_given(form), by=viewer(), at=clock.now())
        flash(_("Changed: %(number)s. What was approved keeps its points.", number=changed), "info")
        return redirect(url_for("research.points"))
    return render_template(
        "research/points.html", form=form, all_kinds=KINDS, all_levels=("", *LEVELS), **words()
    )
