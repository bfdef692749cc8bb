"""How long graduates stay in the network: the groups are those of the page of graduates, where no
group is smaller than the base's threshold."""

from flask_babel import gettext as _

from trainingbase.careers import charts as curves
from trainingbase.careers.models import MONTHS
from trainingbase.careers.queries.staying import Group, Retention, retention
from trainingbase.careers.rules.retaining import KEEPS, PLACES
from trainingbase.careers.words import group_name
from trainingbase.i18n import number
from trainingbase.quality import charts, words
from trainingbase.quality.figures.figure import Asking, Figure
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.rules.intervals import wilson
from trainingbase.quality.rules.numbers import percent

YEAR = 12


def curve(by: str):
    """Kaplan and Meier's curves, by cohort or trainee type."""

    def view(indicator: Indicator, asking: Asking) -> Figure:
        return _curve(indicator, retention(today=asking.today, by=by))

    return view


def _curve(indicator: Indicator, found: Retention) -> Figure:
    drawn = [(group_name(one, found.by), one.curve) for one in found.groups if one.curve]
    rows = [
        [
            name, round(step.time, 1), step.at_risk, step.events, round(100 * step.share, 1),
            "—" if step.low is None or step.high is None
            else f"{100 * step.low:.1f}–{100 * step.high:.1f}",
        ]
        for name, one in drawn
        for step in one.steps
    ]  # fmt: skip
    return Figure(
        key=indicator.key,
        view="staying" if found.by == "cohort" else "staying-types",
        title=_said(found),
        chart=curves.staying(
            drawn,
            months=_("Months after training"),
            per_cent=_("Still there, per cent"),
            interval=_("95 %% interval"),
        )
        if drawn
        else None,
        columns=[_("Group"), _("Months"), _("At risk"), _("Left then"), _("Still there, per cent"),
                 _("Interval (95 in 100)")],
        rows=rows,
        of=_("All graduates until today, whatever the months chosen (Kaplan and Meier): who is "
             "only known of until some day counts until then, of whom nothing is known not at all. "
             "No group is of fewer than %(fewest)s.", fewest=found.fewest),
    )  # fmt: skip


def _said(found: Retention) -> str:
    whole = found.total.curve if found.total is not None else None
    after = whole.at(YEAR) if whole is not None else None
    if after is None:
        return _("Too few graduates are known of to say how long they stay")
    said = _("%(share)s %% of the graduates stay in the network for a year or longer",
             share=round(100 * after.share))  # fmt: skip
    split = words.TYPE if found.by == "type" else words.SPLITS["cohort"]
    return _("%(said)s, by %(split)s", said=said, split=str(split))


def shares(indicator: Indicator, asking: Asking) -> Figure:
    """Who was there 0, 6, 12 and 36 months after the training, by cohort."""
    found = retention(today=asking.today, by="cohort")
    drawn, rows = [], []
    for group in found.groups:
        name, values = group_name(group, found.by), []
        for months in MONTHS:
            there, known = _counted(group, months)
            seen = known >= found.fewest
            values.append(percent(there, known) if seen else None)
            rows.append([name, months, known if seen else str(words.HIDDEN) if known else 0,
                         values[-1] if seen else "—",
                         words.between(wilson(there, known)) if seen else "—"])  # fmt: skip
        drawn.append((name, values))
    some = any(value is not None for _name, values in drawn for value in values)
    said = _shares_said(found)
    return Figure(
        key=indicator.key,
        view="stays",
        title=said,
        chart=charts.together([str(one) for one in MONTHS], drawn, _("In the network, per cent"))
        if some
        else None,
        columns=[_("Group"), _("Months after training"), _("Known of"),
                 _("In the network, per cent"), _("Interval (95 in 100)")],
        rows=rows,
        of=_("Of the graduates of whom it is known where they worked so many months after their "
             "training: those at primary care or another institution of the network. No share is "
             "of fewer than %(fewest)s.", fewest=found.fewest),
    )  # fmt: skip


def _shares_said(found: Retention) -> str:
    """Of all graduates together, at every time of which enough are known."""
    said = []
    for months in MONTHS if found.total is not None else ():
        there, known = _counted(found.total, months)
        if known >= found.fewest:
            share = number(percent(there, known))
            said.append(_("%(share)s %% after %(months)s months", share=share, months=months))
    if not said:
        return _("Too few graduates are known of to say how long they stay")
    return _("In the network: %(shares)s", shares=_(", ").join(said))


def _counted(group: Group, months: int) -> tuple[int, int]:
    """How many were in the network, and of how many that is known."""
    counts = group.places[months]
    return sum(counts[one] for one in KEEPS["network"]), sum(counts[one] for one in PLACES)
