"""Names in figures, in the viewer's language."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language, money, number
from trainingbase.quality.indicators.indicator import MONEY, PERCENT, Indicator
from trainingbase.quality.queries.by_type import NOT_KNOWN, NUMBERS
from trainingbase.quality.rules.intervals import Interval
from trainingbase.quality.rules.numbers import Place
from trainingbase.quality.rules.spc import BEYOND, DRIFT, NEAR, SHIFT
from trainingbase.words import TRAINEE_TYPES

GROUPS = {
    "training": _l("Course of training"),
    "assessments": _l("Assessments"),
    "teaching": _l("Teaching"),
    "faculty": _l("Faculty"),
    "outcome": _l("Outcome"),
    "money": _l("Cost"),
}
SPLITS = {"site": _l("Site"), "department": _l("Department"), "cohort": _l("Cohort")}
TYPE = _l("Trainee type")
RULES = {
    BEYOND: _l("outside three sigma"),
    NEAR: _l("two of three beyond two sigma on one side"),
    SHIFT: _l("eight in a row on one side of the middle"),
    DRIFT: _l("six in a row rising or falling"),
}
WIDENED = _l(
    "The months asked for lie inside quarters: the whole quarters are shown, %(first)s to %(last)s."
)
NOT_THERE = _l(
    "Not all the months asked for can be shown: this is what is shown instead, %(first)s to "
    "%(last)s."
)
HIDDEN = _l("too few people")


def shown(indicator: Indicator, value: float | None) -> str:
    """With its unit, as every page shows it."""
    if value is None:
        return "—"
    if indicator.unit == PERCENT:
        return f"{number(value)} %"
    said = money(value) if indicator.unit == MONEY else number(value)
    if not indicator.unit_name:
        return said
    return _("%(number)s %(unit)s", number=said, unit=indicator.unit_name)


def unit(indicator: Indicator) -> str:
    return "%" if indicator.unit == PERCENT else str(indicator.unit_name)


def between(found: Interval | None) -> str:
    return "—" if found is None else f"{number(found.low)}–{number(found.high)}"


def between_gaps(found: Interval | None) -> str:
    """Of a difference, whose ends may be negative."""
    if found is None:
        return "—"
    return _("%(low)s to %(high)s", low=number(found.low), high=number(found.high))


def department(place: Place | None) -> str:
    """A name for charts: what the grid calls it, or a department of the lead hospital by its own
    name, another with its institution."""
    if place is None:
        return "—"
    if place.short and not (language() == "en" and place.name_en):
        return place.short
    own = (language() == "en" and place.name_en) or place.name
    return (
        own if place.is_lead else _("%(department)s · %(site)s", department=own, site=site(place))
    )


def site(place: Place) -> str:
    return (language() == "en" and place.institution_en) or place.institution


def in_full(place: Place | None) -> str:
    """Department and institution, for tables."""
    if place is None:
        return "—"
    own = (language() == "en" and place.name_en) or place.name
    return _("%(department)s · %(site)s", department=own, site=site(place))


VIEWS = {
    "months": _l("By month"),
    "control": _l("Control chart"),
    "sites": _l("By site"),
    "departments": _l("By department"),
    "cohorts": _l("By cohort"),
    "sites-funnel": _l("Sites: more than chance?"),
    "departments-funnel": _l("Departments: more than chance?"),
    "cohorts-funnel": _l("Cohorts: more than chance?"),
    "competencies": _l("By competency"),
    "places": _l("By department and month"),
    "province": _l("Beside the province"),
    "distribution": _l("How often each score"),
    "staying": _l("How long graduates stay"),
    "staying-types": _l("How long graduates stay, by type"),
    "stays": _l("After 0, 6, 12 and 36 months"),
}


def trainee_types() -> dict[int, str]:
    """By number, as scopes have them."""
    named = {number: str(TRAINEE_TYPES[code]) for code, number in NUMBERS.items()}
    return {**named, NOT_KNOWN: _("Type not known")}


def view(name: str) -> str:
    return str(VIEWS[name])


def quarter(month: date) -> str:
    return _("%(year)s, quarter %(number)s", year=month.year, number=(month.month + 2) // 3)
