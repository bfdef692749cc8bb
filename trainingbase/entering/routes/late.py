"""Who is late or did not come, and what can be done about it."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.entering import tables
from trainingbase.entering.forms import LateForm
from trainingbase.entering.queries import desk
from trainingbase.entering.routes.blueprint import READ, entering
from trainingbase.entering.routes.lists import WORDS
from trainingbase.entering.words import MISSED
from trainingbase.paging import page_of_list
from trainingbase.roles import Role
from trainingbase.rotations.queries.plans import plan_in_force
from trainingbase.thresholds.queries import whole


def _rows() -> tuple[LateForm, list[desk.Row]]:
    form = LateForm()
    return form, desk.late_rows(
        viewer(),
        today=clock.today(),
        search=form.search.data or "",
        sort=request.args.get("sort", ""),
    )


@entering.get("/late")
@allow(*READ)
def late():
    form, rows = _rows()
    part = page_of_list(rows)
    part.items = desk.completed(part.items, today=clock.today(), choices=False)
    return render_template(
        "entering/late.html",
        form=form,
        part=part,
        today=clock.today(),
        missed=MISSED,
        grace=whole("arrival_late_days"),
        plan=plan_in_force() if viewer().holds(Role.OFFICE) else None,
        **WORDS,
    )


@entering.get("/late/export/<string:kind>")
@allow(*READ)
def export_late(kind: str):
    _form, rows = _rows()
    rows = desk.completed(rows, today=clock.today(), choices=False)
    title = _("Late and missing arrivals")
    return download(tables.of_arrivals(rows, title), kind, title)
