"""The names of roles and other fixed words, in the viewer's language."""

from flask_babel import lazy_gettext as _l

from trainingbase.roles import Role

ROLES = {
    Role.RESIDENT: _l("Resident"),
    Role.FACULTY: _l("Faculty member"),
    Role.SECRETARY: _l("Department secretary"),
    Role.SITE_COORDINATOR: _l("Site coordinator"),
    Role.OFFICE: _l("Training office"),
    Role.LEADER: _l("Leader"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
LEVELS = {
    "lead": _l("Lead hospital"),
    "partner": _l("Partner hospital"),
    "branch": _l("Branch"),
    "community": _l("Community health centre"),
    "township": _l("Township health centre"),
    "village": _l("Village clinic"),
}
TRAINEE_TYPES = {
    "own": _l("Own staff"),
    "sent": _l("Sent by employer"),
    "social": _l("Independent"),
    "rural": _l("Rural order-oriented"),
    "master": _l("Professional master's student"),
}
LEAVE_KINDS = {
    "personal": _l("Personal leave"),
    "sick": _l("Sick leave"),
    "maternity": _l("Maternity leave"),
    "marriage": _l("Marriage leave"),
    "annual": _l("Annual leave"),
    "compensatory": _l("Compensatory leave"),
    "paternity": _l("Paternity leave"),
    "family_planning": _l("Family planning leave"),
    "bereavement": _l("Bereavement leave"),
    "abroad": _l("Abroad"),
    "study": _l("Further study"),
    "full_time_study": _l("Full-time study"),
    "radiation": _l("Radiation leave"),
    "absence": _l("Absence without leave"),
}
RESEARCH_LEVELS = {
    "national": _l("national"),
    "provincial": _l("provincial"),
    "municipal": _l("municipal"),
    "county": _l("county level"),
    "base": _l("of the base"),
}
COURSE_KINDS = {
    "transfer_in": _l("Transfer from another base"),
    "change_programme": _l("Change of programme"),
    "extension": _l("Extension"),
    "suspension": _l("Suspension"),
    "return": _l("Return from suspension"),
    "withdrawal": _l("Withdrawal"),
    "transfer_out": _l("Transfer to another base"),
    "graduation": _l("Graduation"),
    "certificate": _l("Certificate number"),
}
