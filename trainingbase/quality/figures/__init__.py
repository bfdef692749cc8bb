"""Every view of every indicator: the charts people open, by indicator and name of the view."""

from trainingbase.quality.figures.distribution import bands, distribution
from trainingbase.quality.figures.figure import Asking, Figure, View
from trainingbase.quality.figures.groups import funnel, groups
from trainingbase.quality.figures.months import control, months
from trainingbase.quality.figures.special import competencies, places, province
from trainingbase.quality.figures.staying import curve, shares
from trainingbase.quality.indicators import INDICATORS, Indicator

SPECIAL: dict[str, dict[str, View]] = {
    "competency-scores": {"competencies": competencies, "distribution": distribution},
    "activity-ratings": {"distribution": distribution},
    "activity-scores": {"distribution": bands},
    "places-used": {"places": places},
    "first-pass": {"province": province},
    "retention": {
        "staying": curve("cohort"),
        "staying-types": curve("type"),
        "stays": shares,
    },
}


def views_of(indicator: Indicator) -> dict[str, View]:
    """By name, in the order of the page."""
    found = dict(SPECIAL.get(indicator.key, {}))
    found["months"] = months
    if not indicator.yearly:
        found["control"] = control
    for by in indicator.splits:
        found[f"{by}s"] = groups(by)
        if indicator.cases:
            found[f"{by}s-funnel"] = funnel(by)
    return found


VIEWS: dict[str, dict[str, View]] = {key: views_of(one) for key, one in INDICATORS.items()}

__all__ = ["VIEWS", "Asking", "Figure"]
