"""Programmes as sentences in the viewer's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import named, number
from trainingbase.programmes import instruments
from trainingbase.programmes.models import OrderRule
from trainingbase.programmes.rules.content import Assessed, Least, Order, Rotation, Served
from trainingbase.programmes.rules.faults import Fault

CATEGORIES = {
    "disease": _l("Disease"),
    "case": _l("Case"),
    "procedure": _l("Procedure"),
    "community": _l("Community work"),
    "workload": _l("Daily counts"),
    "activity": _l("Teaching activity"),
}
STATES = {"draft": _l("Draft"), "in_force": _l("In force"), "retired": _l("Retired")}
STATE_KINDS = {"draft": "waiting", "in_force": "good", "retired": "neutral"}
RULE_KINDS = {
    "first": _l("Lies in the first months"),
    "after": _l("Begins after others"),
    "within_last": _l("Lies in the last months"),
}
TIMINGS = {
    "leaving": _l("At leaving each rotation"),
    "placement": _l("During each rotation"),
    "monthly": _l("Each month"),
    "yearly": _l("Each year of training"),
    "training": _l("In the whole training"),
}
FRAMEWORK_KINDS = {
    "competency": _l("Competencies"),
    "scale": _l("Scale"),
    "evidence": _l("Evidence and forms"),
}
PARTS = {
    "head": _l("Programme"),
    "requirements": _l("Rotations"),
    "groups": _l("Elective groups"),
    "rules": _l("Order rules"),
    "minimums": _l("Minimums"),
    "assessments": _l("Assessment plan"),
    "frameworks": _l("Frameworks"),
    "competencies": _l("Competencies"),
}
FIELDS = {
    "name": _l("Called"),
    "name_en": _l("English name"),
    "code": _l("Code"),
    "months": _l("Months"),
    "note": _l("Note"),
    "state": _l("State"),
    "from_year": _l("For intakes from"),
    "is_sample": _l("Sample, not official"),
    "is_primary_care": _l("Primary care"),
    "requirements": _l("Rotations"),
    "requirements.position": _l("Order of the list"),
    "requirements.months": _l("Months"),
    "requirements.may_split": _l("May be split"),
    "requirements.shortest_stretch": _l("Shortest stretch"),
    "requirements.at_primary_site": _l("At a primary site"),
    "requirements.elective_group": _l("Elective group"),
    "requirements.standard_department": _l("Standard department"),
    "elective_groups": _l("Elective groups"),
    "elective_groups.name": _l("Elective group"),
    "elective_groups.months": _l("Months to choose"),
    "order_rules": _l("Order rules"),
    "order_rules.kind": _l("Order rules"),
    "order_rules.months": _l("Months that must lie there"),
    "order_rules.within": _l("Within so many months"),
    "order_rules.predecessors": _l("After these"),
    "order_rules.standard_department": _l("Standard department"),
    "programme_minimums": _l("Minimums"),
    "programme_minimums.count": _l("At least"),
    "programme_minimums.item": _l("Item"),
    "programme_minimums.category": _l("Kind"),
    "programme_minimums.note": _l("Note"),
    "programme_minimums.standard_department": _l("Standard department"),
    "planned_assessments": _l("Assessment plan"),
    "planned_assessments.instrument": _l("Form"),
    "planned_assessments.timing": _l("When"),
    "planned_assessments.times": _l("How many"),
    "planned_assessments.standard_department": _l("Standard department"),
    "planned_assessments.note": _l("Note"),
    "frameworks": _l("Frameworks"),
    "competency_links": _l("Competencies"),
}
VALUES = {"state": {key: word for key, word in STATES.items()}}  # noqa: C416 (words are lazy)


def rule_in_words(rule: OrderRule) -> str:
    return _rule(
        rule.kind,
        named(rule.standard_department),
        rule.months,
        rule.within,
        [named(one) for one in rule.predecessors],
    )


def _rule(kind: str, department: str, months: Any, within: int | None, before: list[str]) -> str:
    if kind == "first":
        return _(
            "%(months)s month of %(department)s lies in the first %(within)s months of training.",
            months=number(months),
            department=department,
            within=within,
        )
    if kind == "within_last":
        return _(
            "%(department)s lies in the last %(within)s months of training.",
            department=department,
            within=within,
        )
    return _(
        "%(department)s begins after %(before)s are finished.",
        department=department,
        before=_(", ").join(before),
    )


def instrument_name(code: str) -> str:
    """The form's name; its code where no form of it is in use."""
    found = instruments.by_code().get(code)
    return named(found) if found is not None else code


class Names:
    """Standard departments by name, as the viewer reads them."""

    def __init__(self, standards) -> None:
        self.by_name = {one.name: one for one in standards}

    def __call__(self, name: str) -> str:
        return named(self.by_name[name]) if name in self.by_name else name

    def list(self, names) -> str:
        return _(", ").join(self(name) for name in names)


def value_in_words(part: str, value: Any, names: Names) -> str:
    """What one side of a comparison says."""
    if value is None:
        return "—"
    if isinstance(value, Rotation):
        parts = [_("%(n)s months", n=number(value.months))]
        parts.append(_("elective: %(group)s", group=value.group) if value.group else _("required"))
        parts.append(_("may be split, at least %(n)s", n=number(value.shortest))
                     if value.may_split else _("in one piece"))  # fmt: skip
        if value.at_primary:
            parts.append(_("at a primary site"))
        return _(", ").join(parts)
    if isinstance(value, Order):
        before = [names(one) for one in value.after]
        return _rule(value.kind, names(value.standard), value.months, value.within, before)
    if isinstance(value, Least):
        return f"{CATEGORIES[value.category]} · {value.item}: {value.count}"
    if isinstance(value, Assessed):
        return f"{TIMINGS[value.timing]} · {value.times}"
    if isinstance(value, Served):
        return " ".join(value.competency)
    if part in ("head", "groups"):
        return _("%(n)s months", n=number(value))
    return str(value)


def subject_in_words(part: str, subject: str, names: Names) -> str:
    if part == "head":
        return str(FIELDS.get(subject, subject))
    if part == "assessments" and not subject:
        return _("every rotation")
    if part == "competencies":
        return names(subject) if subject in names.by_name else instrument_name(subject)
    return names(subject)


def fault_in_words(fault: Fault, names: Names) -> str:
    said = dict(fault.facts)
    for key in ("standard", "before"):
        if key in said:
            said[key] = names(said[key])
    if "standards" in said:
        said["standards"] = names.list(said["standards"])
    for key in ("total", "months", "needed", "there"):
        if key in said:
            said[key] = number(said[key])
    return FAULTS[fault.kind](said)


FAULTS = {
    "nothing_required": lambda f: _("No rotation is entered yet."),
    "months_differ": lambda f: _(
        "The rotations come to %(total)s months, each elective group counted once; the programme"
        " says %(months)s.", **f
    ),
    "not_halves": lambda f: _("%(standard)s: months are whole or halves.", **f),
    "stretch_too_long": lambda f: _("%(standard)s: the shortest stretch is above its months.", **f),
    "group_empty": lambda f: _("%(group)s: no department is in this elective group.", **f),
    "group_too_small": lambda f: _(
        "%(group)s: %(months)s months are to be chosen, but its departments have only %(there)s.",
        **f,
    ),
    "group_unreachable": lambda f: _(
        "%(group)s: no choice of whole departments comes to %(months)s months.", **f
    ),
    "rule_without_rotation": lambda f: _(
        "An order rule is about %(standard)s, which is not a rotation of the programme.", **f
    ),
    "rule_after_nothing": lambda f: _(
        "%(standard)s waits for %(before)s, which is not a rotation of the programme.", **f
    ),
    "rule_after_none": lambda f: _("%(standard)s waits for others, but none is named.", **f),
    "window_beyond": lambda f: _(
        "%(standard)s: the window must be between 1 month and the length of the programme.", **f
    ),
    "first_above_months": lambda f: _(
        "%(standard)s: more months must come first than the rotation has.", **f
    ),
    "window_too_small": lambda f: _(
        "%(standard)s: %(months)s months do not fit into a window of %(within)s.", **f
    ),
    "window_overfull_first": lambda f: _(
        "%(standards)s need %(needed)s months within the first %(within)s.", **f
    ),
    "window_overfull_within_last": lambda f: _(
        "%(standards)s need %(needed)s months within the last %(within)s.", **f
    ),
    "rules_circular": lambda f: _("Each waits for the other: %(standards)s.", **f),
    "minimum_without_rotation": lambda f: _(
        "There are minimums for %(standard)s, which is not a rotation of the programme.", **f
    ),
    "rotations_without_minimums": lambda f: _("Without any minimum: %(standards)s.", **f),
    "assessment_without_rotation": lambda f: _(
        "An assessment is planned in %(standard)s, which is not a rotation of the programme.", **f
    ),
    "no_assessments": lambda f: _("No assessment is planned yet."),
}  # fmt: skip
