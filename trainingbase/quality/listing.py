"""All indicators beside each other: as a page, as a list to take away, as a workbook."""

from collections import defaultdict

from flask_babel import gettext as _

from trainingbase.quality import words
from trainingbase.quality.figures import VIEWS, Asking
from trainingbase.quality.figures.finding import Finding, finding
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.queries.assessing import waiting_rows
from trainingbase.quality.state import ahead
from trainingbase.quality.waiting import waited
from trainingbase.sheets.write import Table


def findings(asking: Asking) -> list[Finding]:
    ahead(asking, INDICATORS)
    return [finding(one, asking) for one in INDICATORS.values()]


def by_group(asking: Asking) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in findings(asking):
        found[one.indicator.group].append(one)
    return found


def columns() -> list[str]:
    return [
        _("Indicator"), _("Definition"), _("Numerator"), _("Denominator"), _("Value"), _("Unit"),
        _("Interval (95 in 100)"), _("Target"), _("Period before"),
    ]  # fmt: skip


def rows(asking: Asking) -> list[list]:
    return [
        [
            str(one.indicator.name),
            str(one.indicator.definition),
            str(one.indicator.numerator),
            str(one.indicator.denominator or "—"),
            words.HIDDEN if one.hidden else one.now.value,
            words.unit(one.indicator),
            words.between(one.interval),
            one.target_said or "—",
            words.shown(one.indicator, one.before.value),
        ]
        for one in findings(asking)
    ]


def workbook(asking: Asking) -> list[Table]:
    tables = [Table(_("Indicators"), columns(), rows(asking))]
    for key, views in VIEWS.items():
        for name, make in views.items():
            if name == "control" or name.endswith("-funnel"):
                continue
            made = make(INDICATORS[key], asking)
            title = f"{INDICATORS[key].name} {words.view(name)}"
            tables.append(Table(title, made.columns, made.rows))
    if asking.sees_names:
        tables.append(_waiting(asking))
    return tables


def _waiting(asking: Asking) -> Table:
    header = [
        _("Department"), _("Forms submitted"), _("Median hours"), _("Hours of nine in ten"),
        _("Share within 48 hours"), _("Share within 7 days"),
    ]  # fmt: skip
    found = [
        [
            words.in_full(asking.places.get(one.department_id)), one.forms, round(one.median, 1),
            round(one.ninth_decile, 1), f"{one.within_two_days:.0%}",
            f"{one.within_a_week:.0%}",
        ]
        for one in waited(waiting_rows(asking.scope))
    ]  # fmt: skip
    return Table(_("Hours until a form is submitted"), header, found)
