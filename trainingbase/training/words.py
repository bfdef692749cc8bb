"""Fixed words of training, in the viewer's language."""

from flask_babel import lazy_gettext as _l

STATES = {
    "approved": _l("Approved"),
    "waiting": _l("Awaiting approval"),
    "cancelled": _l("Cancelled"),
}
STATE_KINDS = {"approved": "good", "waiting": "waiting", "cancelled": "neutral"}
KINDS = {
    "教学查房": _l("Teaching round"),
    "小讲课": _l("Mini-lecture"),
    "病例讨论": _l("Case discussion"),
    "技能床旁教学": _l("Bedside skill teaching"),
    "入院教育": _l("Hospital induction"),
    "入科教育": _l("Department induction"),
}


def kind_name(kind: str) -> str:
    """A base may have kinds of its own; they keep their name."""
    return str(KINDS.get(kind, kind))
