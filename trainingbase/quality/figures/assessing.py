"""Assessments asked, done and late; scores."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.assessments.trusting import how_far
from trainingbase.i18n import language
from trainingbase.quality import charts, words
from trainingbase.quality.figures.figure import (
    MOST_PLACES,
    Asking,
    Figure,
    in_order,
    only_the_first,
    parts_of,
    shown_percent,
)
from trainingbase.quality.queries import assessing
from trainingbase.quality.rules import Asked, Scored

ASKED_PARTS = ("in_time", "done_late", "late", "expired", "waiting")


def assessments_by_department(asking: Asking) -> Figure:
    found = asking.asked
    ordered = in_order(found, asking, size=lambda one: one.asked)
    labels = {place: words.department(asking.places.get(place)) for place in found}
    full = {place: words.in_full(asking.places.get(place)) for place in found}
    return _asked(
        "assessments-by-department",
        _("Assessments asked, done and late, by department"),
        _("Department"),
        [(labels[place], full[place], one) for place, one in ordered],
    )


def assessments_by_site(asking: Asking) -> Figure:
    found: dict[int, Asked] = defaultdict(Asked)
    names: dict[int, str] = {}
    for place, one in asking.asked.items():
        where = asking.places[place]
        found[where.institution_id] += one
        names[where.institution_id] = words.site(where)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1].asked, pair[0]))
    return _asked(
        "assessments-by-site",
        _("Assessments asked, done and late, by site"),
        _("Site"),
        [(names[site], names[site], one) for site, one in ordered],
        as_shares=True,
    )


def _asked(
    name: str,
    title: str,
    first: str,
    ordered: Sequence[tuple[str, str, Asked]],
    *,
    as_shares: bool = False,
) -> Figure:
    top = ordered[:MOST_PLACES]
    whole = sum((one for _label, _full, one in ordered), Asked())
    drawn = charts.lying(
        [label for label, _full, _one in top],
        parts_of(ASKED_PARTS, [one for _label, _full, one in top]),
        _("Assessments"),
        as_shares=as_shares,
    )
    said = _(
        "Requests asked in the period: %(asked)s, of which %(done)s are answered; in time: "
        "%(share)s of the %(due)s that were due.",
        asked=whole.asked,
        done=whole.done,
        share=shown_percent(whole.share),
        due=whole.due,
    )
    parts = [str(words.PARTS[part]) for part in ASKED_PARTS]
    return Figure(
        name=name,
        title=title,
        chart=drawn if top else None,
        columns=[first, _("Asked"), *parts, _("In time, share")],
        rows=[
            [
                full,
                one.asked,
                *(getattr(one, part) for part in ASKED_PARTS),
                shown_percent(one.share),
            ]
            for _label, full, one in ordered
        ],
        of=said + only_the_first(ordered),
        target=_("all in time"),
        rows_of="requests",
    )


def scores(asking: Asking) -> Figure:
    found, fewest = assessing.scores(asking.scope), int(asking.limits["ratings_for_a_mean"])
    shown = [one for one in found if one.n >= fewest]
    drawn = charts.dots(
        [f"{_name(one)} (n={one.n})" for one in shown],
        [one.mean for one in shown],
        [one.spread for one in shown],
        float(max((one.highest for one in shown), default=Decimal(9))),
    )
    return Figure(
        name="scores",
        title=_("Scores by competency (Mini-CEX)"),
        chart=drawn if shown else None,
        columns=[_("Item"), _("n"), _("Mean"), _("Standard deviation"), _("Lowest"), _("Highest")],
        rows=[[_name(one), one.n, *_about(one, fewest)] for one in found],
        of=_("Ratings of what was observed in the period, 1 to 9; the bar is one standard "
             "deviation. Below %(fewest)s ratings no mean is shown.", fewest=fewest),
        target=_("4 or more: meets the expectation"),
        rows_of="submissions",
        trust=how_far(
            assessing.judgements(asking.scope),
            fewest_residents=int(asking.limits["trust_residents"]),
            target=float(asking.limits["trust_target"]),
        ) if found else None,
    )  # fmt: skip


def _name(one: Scored) -> str:
    return one.name_en if language() == "en" else one.name


def _about(one: Scored, fewest: int) -> list:
    """Mean, spread and range; nothing of what was rated too seldom."""
    if one.n < fewest:
        return ["—"] * 4
    return [one.mean, one.spread, int(min(one.counts)), int(max(one.counts))]
