"""What a signature is of, in the viewer's language."""

from flask_babel import lazy_gettext as _l

KINDS = {
    "leaving": _l("Exit form"),
    "exit-appraisal": _l("Supervisor's part of an exit form"),
    "leaving-view": _l("Exit form, seen by the resident"),
    "service_obligations": _l("Certificate of service"),
    "handbook": _l("Training handbook"),
    "committee-decision": _l("Decision of the competence committee"),
}
