"""The parts of the portal and the scopes, in the viewer's language."""

from flask_babel import lazy_gettext as _l

from trainingbase.permissions.table import ALL, DEPARTMENT, ELSEWHERE, OWN, SITE, TAUGHT, TUTEES

PARTS = {
    "overview": _l("Today and calendar"),
    "search": _l("Search"),
    "filters": _l("Filters they keep"),
    "accounts": _l("Accounts"),
    "rotations": _l("Rotation plans"),
    "wishes": _l("Wishes"),
    "swaps": _l("Swaps"),
    "courses": _l("Changes of course"),
    "enrolment": _l("Residents"),
    "intake": _l("Intake"),
    "identities": _l("Same person?"),
    "leave": _l("Leave"),
    "attendance": _l("Attendance"),
    "faculty": _l("Faculty"),
    "supervision": _l("Supervision"),
    "entering": _l("Entering departments"),
    "sites": _l("Sites"),
    "network": _l("The network"),
    "programmes": _l("Programmes"),
    "editions": _l("Versions"),
    "assessments": _l("Assessments"),
    "instruments": _l("Forms"),
    "guests": _l("Guests' links (without an account)"),
    "training": _l("Teaching activities"),
    "leaving": _l("Leaving a department"),
    "logbook": _l("Log"),
    "research": _l("Research and scholarship"),
    "handbook": _l("Training handbooks"),
    "imports": _l("Import"),
    "incentives": _l("Incentives"),
    "quality": _l("Training quality"),
    "signatures": _l("Signatures"),
    "thresholds": _l("Thresholds"),
    "audit": _l("Audit trail"),
    "permissions": _l("Permissions"),
    "notices": _l("Notices"),
    "design": _l("Pieces of the pages"),
}
SCOPES = {
    OWN: _l("their own"),
    TAUGHT: _l("those placed with them, tutees"),
    TUTEES: _l("their tutees"),
    DEPARTMENT: _l("their department"),
    SITE: _l("their site"),
    ELSEWHERE: _l("what their other pages show"),
    ALL: _l("everything"),
}
