"""What the plan will ask, of whom and when: nobody is asked too much in one day."""

from flask import render_template

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import tables
from trainingbase.assessments.forms import PlannedListForm
from trainingbase.assessments.queries import turns
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.filters import chosen, department_choices
from trainingbase.assessments.words import WAITS_FOR
from trainingbase.downloads import download
from trainingbase.paging import page_of_list
from trainingbase.roles import Role
from trainingbase.sites.queries import institutions
from trainingbase.thresholds.queries import whole

READERS = (Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR, Role.AUDITOR)


def _rows():
    form = PlannedListForm()
    form.department.choices = department_choices(institutions())
    return form, turns.waits_seen_by(
        viewer(),
        today=clock.today(),
        search=form.search.data or "",
        department_id=chosen(form.department),
        why=chosen(form.state),
    )


@assessments.get("/planned")
@allow(*READERS)
def planned():
    form, rows = _rows()
    return render_template(
        "assessments/planned.html",
        form=form,
        page=page_of_list(rows),
        waits_for=WAITS_FOR,
        a_day=whole("requests_a_day"),
        ahead=whole("requests_ahead_days"),
    )


@assessments.get("/planned/export/<string:kind>")
@allow(*READERS)
def export_planned(kind: str):
    return download(tables.planned(_rows()[1]), kind, "planned-requests")
