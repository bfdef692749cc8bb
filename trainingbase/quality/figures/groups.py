"""An indicator by site, department or cohort: side by side with intervals, never as a ranking."""

from flask_babel import gettext as _

from trainingbase.quality import charts, words
from trainingbase.quality.figures.figure import (
    MOST_PLACES,
    Asking,
    Figure,
    interval,
    only_the_first,
    part_names,
)
from trainingbase.quality.figures.finding import finding
from trainingbase.quality.figures.months import table
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.indicators.indicator import MEAN, RATE
from trainingbase.quality.rules.facts import Sum
from trainingbase.quality.rules.intervals import binomial_limits

TAILS = (0.025, 0.001)
"""Outside the inner limits lie 5 in 100 by chance, outside the outer 2 in 1,000."""


def groups_of(indicator: Indicator, asking: Asking, by: str) -> list[tuple[int, Sum | None]]:
    """In the order of the network; None where a group is, or may be, of too few people."""
    scope = indicator.narrowed(asking.scope)
    hidden, months = asking.hidden(indicator), scope.months
    found = asking.book.sums(indicator, scope, by)
    too_few = asking.is_hidden(indicator) or asking.crosses(indicator, by)
    return [
        (key, None if too_few or hidden.has(by, key, months) else found[key])
        for key in asking.ordered(by, found)
    ]


def groups(by: str):
    def view(indicator: Indicator, asking: Asking) -> Figure:
        return split(indicator, asking, by)

    return view


def split(indicator: Indicator, asking: Asking, by: str) -> Figure:
    found = groups_of(indicator, asking, by)
    seen = [(key, one) for key, one in found if one is not None and not one.is_empty]
    top = seen[:MOST_PLACES]
    labels = [asking.label(by, key) for key, _one in top]
    if indicator.unit in (MEAN, RATE):
        drawn = charts.dots(
            labels,
            [one.value for _key, one in top],
            [interval(indicator, one) for _key, one in top],
            str(indicator.unit_name),
            asking.target(indicator),
        )
    else:
        drawn = charts.lying(
            labels,
            charts.parts(part_names(indicator), [one.parts for _key, one in top]),
            _("How many"),
            as_shares=indicator.cases and by != "department",
        )
    said = finding(indicator, asking)
    columns, rows = table(
        indicator,
        [str(words.SPLITS[by])],
        [([asking.full(by, key)], one) for key, one in found if one is not None],
    )
    rows += _hidden(len(found) - len([one for _key, one in found if one is not None]), columns)
    return Figure(
        key=indicator.key,
        view=f"{by}s",
        title=_title(indicator, asking, by, said.sentence, seen),
        chart=drawn if top else None,
        columns=columns,
        rows=rows,
        of=str(indicator.definition) + only_the_first(seen),
        target=said.target_said,
    )


def _hidden(number: int, columns: list[str]) -> list[list]:
    """Those of too few people, in one row: which they are says nothing."""
    if not number:
        return []
    return [[_("%(number)s others", number=number), str(words.HIDDEN), *["—"] * (len(columns) - 2)]]


def _title(indicator: Indicator, asking: Asking, by: str, sentence: str, seen) -> str:
    target = asking.target(indicator)
    known = [one for _key, one in seen if one.value is not None]
    if target is None or indicator.high is None or not known:
        return _("%(said)s, by %(split)s", said=sentence, split=str(words.SPLITS[by]))
    reached = sum(one.value >= target if indicator.high else one.value <= target for one in known)
    return _(
        "%(name)s: %(reached)s of %(all)s reach the target, by %(split)s",
        name=indicator.name,
        reached=reached,
        all=len(known),
        split=str(words.SPLITS[by]),
    )


def funnel(by: str):
    def view(indicator: Indicator, asking: Asking) -> Figure:
        return funnel_of(indicator, asking, by)

    return view


def funnel_of(indicator: Indicator, asking: Asking, by: str) -> Figure:
    """Shares against the number of cases, within exact binomial limits around the base's share."""
    found = [
        (key, one)
        for key, one in groups_of(indicator, asking, by)
        if one is not None and one.bottom
    ]
    cases, good = sum(int(one.bottom) for _k, one in found), sum(int(one.top) for _k, one in found)
    share = good / cases if cases else 0.0
    rows, outside = [], []
    for key, one in found:
        inner, outer = (binomial_limits(share, int(one.bottom), tail) for tail in TAILS)
        where = position(one.value, inner, outer)
        if where == OUTSIDE:
            outside.append(asking.full(by, key))
        rows.append(
            [asking.full(by, key), int(one.bottom), one.value, round(outer[0], 1),
             round(outer[1], 1), str(WHERE[where]())]
        )  # fmt: skip
    name = str(indicator.name)
    if outside:
        title = _(
            "%(name)s: chance hardly explains %(where)s", name=name, where=_(", ").join(outside)
        )
    else:
        title = _("%(name)s: chance explains the differences", name=name)
    return Figure(
        key=indicator.key,
        view=f"{by}s-funnel",
        title=title,
        chart=charts.funnel(
            [asking.label(by, key) for key, _one in found],
            [(int(one.bottom), one.value) for _key, one in found],
            share,
            TAILS,
        )
        if found and 0 < share < 1
        else None,
        columns=[
            str(words.SPLITS[by]), _("Cases"), _("Share in per cent"), _("Lower limit"),
            _("Upper limit"), _("Judgement"),
        ],
        rows=rows,
        of=_("Each point is one, the further right the more cases. The lines are exact binomial "
             "limits around the base's own share (%(share)s): outside the inner ones lie 5 of 100 "
             "by chance, outside the outer ones 2 of 1,000. Nobody is ranked.",
             share=words.shown(indicator, round(100 * share, 1))),
    )  # fmt: skip


INSIDE, BETWEEN, OUTSIDE = "inside", "between", "outside"
WHERE = {
    INSIDE: lambda: _("within what chance explains"),
    BETWEEN: lambda: _("unusual: watch"),
    OUTSIDE: lambda: _("more than chance"),
}


def position(value: float, inner: tuple[float, float], outer: tuple[float, float]) -> str:
    if not outer[0] - 0.05 <= value <= outer[1] + 0.05:
        return OUTSIDE
    return INSIDE if inner[0] - 0.05 <= value <= inner[1] + 0.05 else BETWEEN
