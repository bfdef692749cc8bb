"""Fixed words of the log, in the viewer's language."""

from flask_babel import lazy_gettext as _l

CATEGORIES = {
    "disease": _l("Disease"),
    "case": _l("Case record"),
    "procedure": _l("Procedure"),
    "community": _l("Community work"),
    "activity": _l("Teaching activity"),
}
LEVELS = {
    "observed": _l("Observed"),
    "assisted": _l("Assisted"),
    "supervised": _l("Done under supervision"),
    "alone": _l("Done alone"),
}
STATES = {
    "waiting": _l("Waiting"),
    "confirmed": _l("Confirmed"),
    "returned": _l("Returned"),
    "replaced": _l("Corrected"),
    "withdrawn": _l("Withdrawn"),
}
STATE_KINDS = {
    "waiting": "waiting",
    "confirmed": "good",
    "returned": "bad",
    "replaced": "neutral",
    "withdrawn": "neutral",
}
COMMUNITY = (
    "家庭随访",
    "高血压随访",
    "2型糖尿病随访",
    "儿童保健",
    "老年保健",
    "妇女保健",
    "残疾人保健",
    "重点人群保健",
    "社区卫生调查",
    "健康教育",
    "上转病人",
    "下转病人",
    "签约家庭",
    "门诊接诊",
)
"""Work at a primary base that is logged whatever the programme asks (domain facts 1.3)."""
