"""States of a site's month, in the viewer's language."""

from flask_babel import lazy_gettext as _l

from trainingbase.community.rules import ENTERED, LATE, MISSING

STATES = {ENTERED: _l("complete"), MISSING: _l("incomplete"), LATE: _l("overdue")}
CONFIDENCE = {"H": _l("read in the source"), "M": _l("secondary source"), "S": _l("a choice")}
STATE_KINDS = {ENTERED: "good", MISSING: "waiting", LATE: "warning"}
