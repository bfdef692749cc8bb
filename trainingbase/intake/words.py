"""Fixed words about intakes and applicants, in the viewer's language."""

from flask_babel import lazy_gettext as _l

from trainingbase.words import TRAINEE_TYPES

DECISIONS = {
    "admitted": _l("Admitted"),
    "reserve": _l("On reserve"),
    "refused": _l("Not admitted"),
    "withdrawn": _l("Gave up"),
}
STATES = {"open": _l("To be decided")} | DECISIONS | {"enrolled": _l("Enrolled")}
STATE_KINDS = {
    "open": "waiting",
    "admitted": "good",
    "reserve": "warning",
    "refused": "bad",
    "withdrawn": "neutral",
    "enrolled": "info",
}
DOCUMENTS = {
    "identity": _l("ID card"),
    "diploma": _l("Diploma"),
    "degree": _l("Degree certificate"),
    "licence": _l("Licence"),
    "consent": _l("Consent of the employer"),
    "other": _l("Something else"),
}
HOW = {"code": _l("by the code"), "office": _l("entered by the office")}
FIELDS = {
    "name": _l("Name"),
    "id_number": _l("ID number"),
    "sex": _l("Sex"),
    "phone": _l("Phone"),
    "education": _l("Education"),
    "degree": _l("Degree"),
    "school": _l("School"),
    "major": _l("Major"),
    "graduated": _l("Graduated"),
    "licence_number": _l("Licence number"),
    "trainee_type": _l("Trainee type"),
    "home_institution": _l("Home institution"),
    "note": _l("Note"),
    "written": _l("Written"),
    "interview": _l("Interview"),
    "decision": _l("Decision"),
    "reason": _l("Reason"),
    "resident": _l("Resident"),
    "reported": _l("Reported in"),
    "documents": _l("Documents"),
    "planned": _l("Planned"),
    "starts_on": _l("From"),
    "ends_on": _l("Until before"),
    "report_ends_on": _l("Report in before"),
    "written_most": _l("Highest written score"),
    "interview_most": _l("Highest interview score"),
}
VALUES = {"trainee_type": TRAINEE_TYPES, "decision": DECISIONS}


def state_of(applicant) -> str:
    """A key of `STATES`."""
    if applicant.resident_id is not None:
        return "enrolled"
    return applicant.decision or "open"
