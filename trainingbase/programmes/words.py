"""The rules of a curriculum as sentences in the viewer's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import named, number
from trainingbase.programmes.models import OrderRule

CATEGORIES = {
    "disease": _l("Disease"),
    "procedure": _l("Procedure"),
    "activity": _l("Teaching activity"),
}


def rule_in_words(rule: OrderRule) -> str:
    department = named(rule.standard_department)
    if rule.kind == "first":
        return _(
            "%(months)s month of %(department)s lies in the first %(within)s months of training.",
            months=number(rule.months),
            department=department,
            within=rule.within,
        )
    if rule.kind == "within_last":
        return _(
            "%(department)s lies in the last %(within)s months of training.",
            department=department,
            within=rule.within,
        )
    before = _(", ").join(named(standard) for standard in rule.predecessors)
    return _(
        "%(department)s begins after %(before)s are finished.", department=department, before=before
    )
