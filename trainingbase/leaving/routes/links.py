"""Where the rows under each line of the gate are, for this viewer."""

from flask import url_for

from trainingbase import clock
from trainingbase.access import may_open
from trainingbase.leaving.queries.duties import ENTER_MARKS, RESIDENT, SUPERVISOR
from trainingbase.leaving.queries.standing import Standing
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import sees_resident

LOG = ("log", "diseases", "cases", "procedures")
CATEGORY = {"diseases": "disease", "cases": "case", "procedures": "procedure"}
FORMS = ("mini_cex", "dops", "department_360")


def links_of(
    placement: Placement, standing: Standing, viewer: Person, duties: set[str]
) -> dict[str, str]:
    """Address by item, of pages that this person may open."""
    found = {}
    sees_log = RESIDENT in duties or sees_resident(
        viewer, placement.resident_id, today=clock.today()
    )
    for item in LOG if sees_log else ():
        found[item] = _log(placement, viewer, duties, CATEGORY.get(item))
    if may_open(viewer, "training.activities"):
        found["activities"] = url_for("training.activities")
    for item in FORMS:
        found[item] = _forms(placement, viewer, duties)
    found["exit_form"] = _exit_form(placement, standing, viewer, duties)
    found["c_records"] = found["exit_form"]
    if SUPERVISOR in duties:
        found["appraisal"] = url_for("leaving.appraisal", placement_id=placement.id)
    for kind in ("theory", "skill"):
        found[kind] = "#exams" if kind in standing.exams or ENTER_MARKS & duties else ""
    found["leave_days"] = _leave(placement, viewer, duties)
    found["attendance"] = found["absence"] = _attendance(viewer, duties)
    return {item: address for item, address in found.items() if address}


def _log(placement: Placement, viewer: Person, duties: set[str], category: str | None) -> str:
    which = {"department": placement.standard_department_id}
    if category:
        which["category"] = category
    if RESIDENT in duties:
        return url_for("logbook.my_completion", **which)
    if may_open(viewer, "logbook.resident_completion"):
        return url_for("logbook.resident_completion", resident_id=placement.resident_id, **which)
    return ""


def _forms(placement: Placement, viewer: Person, duties: set[str]) -> str:
    if RESIDENT in duties:
        return url_for("assessments.feedback")
    if may_open(viewer, "assessments.all"):
        return url_for("assessments.all", search=placement.resident.name)
    return url_for("assessments.owed") if viewer.holds(Role.FACULTY) else ""


def _exit_form(placement: Placement, standing: Standing, viewer: Person, duties: set[str]) -> str:
    sheet = standing.exit_form
    if sheet is None:
        if SUPERVISOR in duties:
            return url_for("assessments.assess", placement_id=placement.id, code="exit_assessment")
        return ""
    if RESIDENT in duties:
        return url_for("assessments.feedback_page", submission_id=sheet.submission_id)
    if may_open(viewer, "assessments.submission"):
        return url_for("assessments.submission", submission_id=sheet.submission_id)
    return ""


def _leave(placement: Placement, viewer: Person, duties: set[str]) -> str:
    if RESIDENT in duties:
        return url_for("leave.mine")
    if may_open(viewer, "leave.leaves"):
        return url_for("leave.leaves", search=placement.resident.name)
    return ""


def _attendance(viewer: Person, duties: set[str]) -> str:
    if RESIDENT in duties:
        return url_for("attendance.mine")
    return url_for("attendance.totals") if may_open(viewer, "attendance.totals") else ""
