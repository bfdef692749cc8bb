"""Words of the self-assessment, in the viewer's language."""

from collections import defaultdict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language, named

STATES = {
    "full": ("good", _l("All points")),
    "part": ("warning", _l("Some points")),
    "none": ("bad", _l("No points")),
    "unknown": ("neutral", _l("Not known yet")),
}
FAILED = _l("Below all bars: status in danger")
CONDITION_STATES = {
    "met": ("good", _l("Condition met")),
    "lacking": ("bad", _l("Condition not met")),
    "unknown": ("neutral", _l("Not known yet")),
}
SURENESS = {
    "H": _l("read in the source"),
    "M": _l("secondary source"),
    "S": _l("a choice"),
}
EDITION_FIELDS = {"first_year": _l("First year it is used")}
CONDITION_FIELDS = {
    "name": _l("Its name"),
    "name_en": _l("English name"),
    "source": _l("Source"),
    "confidence": _l("How sure"),
    "needs_department": _l("Department it needs"),
    "in_use": _l("In use"),
}
MARK_FIELDS = {
    "state": _l("State"),
    "why": _l("What shows it"),
    "dated_on": _l("Day of the document"),
    "owner": _l("Who answers for it"),
    "file_id": _l("File"),
}
FIELDS = {
    "name": _l("Its name"),
    "name_en": _l("English name"),
    "points": _l("Score"),
    "settings": _l("Numbers"),
}
TASK_STATES = {"open": _l("Open"), "done": _l("Done"), "all": _l("All")}
ITEM_STATES = {"": _l("All"), **{key: label for key, (_kind, label) in STATES.items()}}
RULES = {
    "activities": _l("At least one approved activity in every stretch of %(days)s days."),
    "certified": _l("Every teacher certified in %(all)s, at least one in each other department."),
    "completion": _l("All points from %(full)s %% of what the programme asks, confirmed."),
    "exits": _l("%(full)s %% of the ended placements assessed, and read by the resident."),
    "intake": _l("From %(full)s %% all, from %(half)s %% half of the points; above the plan none."),
    "load": _l("No supervisor has more than %(most)s residents on any day of the year."),
    "paid": _l("Approved incentives of at least %(months)s months of the year."),
    "pass_rate": _l(
        "From %(full)s %% and the province's rate on all points; "
        "below %(full)s %% but not below the province %(partial)s; below the province none."
    ),
    "plan_lawful": _l("The plan in force was published without a breach of a rule."),
    "quality": _l("Mean score (of 100) as a share of the points, to one decimal."),
    "readiness": _l("Every requirement that the base keeps for these sites is met."),
}
"""By the finding's name, to be filled with the numbers of the part."""
ENTERED = _l("The base says the points itself, with evidence.")


def rule_of(part) -> str:
    """How the points of a part come about, in the viewer's language."""
    if part.finding is None:
        return str(ENTERED)
    numbers = defaultdict(lambda: "0", part.settings)
    if "all" in numbers:
        numbers["all"] = numbers["all"].replace("+", _(", "))
    return str(RULES[part.finding]) % numbers


def failed(edition) -> str:
    """What a base is called that reaches no verdict, as the edition prints it."""
    if edition.failed_name is None:
        return str(FAILED)
    return (language() == "en" and edition.failed_name_en) or edition.failed_name


def verdict_of(one) -> str:
    """The verdict of a standing, and what decides it where that is not the points."""
    if one.verdict is not None:
        return named(one.verdict)
    if one.lacking:
        return _(
            "%(verdict)s: basic condition not met (%(conditions)s)",
            verdict=failed(one.edition),
            conditions=_("; ").join(named(each.condition) for each in one.lacking),
        )
    return failed(one.edition)


def left_open(one) -> str:
    """What the verdict still supposes; empty where every basic condition is known."""
    if not one.open_conditions or one.verdict is None:
        return ""
    return _(
        "Supposing these basic conditions are met, of which nothing is known yet: %(conditions)s.",
        conditions=_("; ").join(named(each.condition) for each in one.open_conditions),
    )


def found_said(one) -> str:
    """What the records of the base answer for a condition."""
    department = one.condition.needs_department
    if not department:
        return _("Nothing in the portal answers this: the base says it.")
    if one.has_department is None:
        return _("No lead hospital is in the register: the base says it.")
    if not one.has_department:
        return _("No lead hospital has the department %(name)s in the register.", name=department)
    return _(
        "A lead hospital has the department %(name)s; whether the condition is met the base says.",
        name=department,
    )
