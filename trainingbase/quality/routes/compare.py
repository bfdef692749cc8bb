"""Two freely chosen sides beside each other: all indicators, or one."""

from flask import abort, current_app, jsonify, render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow
from trainingbase.downloads import as_file, download
from trainingbase.months import months_later
from trainingbase.quality.charts.page import chart_page
from trainingbase.quality.figures import Asking, Figure
from trainingbase.quality.figures.comparing import compared, everything, one_of, side
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.paperwork import comparison
from trainingbase.quality.routes.blueprint import (
    READERS,
    asked_for_both,
    kept,
    kept_of_both,
    months_said,
    quality,
)
from trainingbase.quality.scope import Scope
from trainingbase.quality.words import GROUPS
from trainingbase.sheets.write import Table

ALL = "all"


@quality.get("/compare")
@allow(*READERS)
def compare():
    form, asking, other = asked_for_both()
    found = [compared(one, asking, other) for one in INDICATORS.values()]
    return render_template(
        "quality/compare.html",
        form=form,
        kept=kept(),
        both=kept_of_both(),
        figure=everything(found, asking, other),
        groups={group: [one for one in found if one.indicator.group == group] for group in GROUPS},
        names=GROUPS,
        sides=(side(asking.scope, asking), side(other, asking)),
        sees_names=asking.sees_names,
        presets=_presets(asking),
    )


@quality.get("/compare/<string:key>")
@allow(*READERS)
def compare_one(key: str):
    if key not in INDICATORS:
        abort(404)
    form, asking, other = asked_for_both()
    indicator = INDICATORS[key]
    return render_template(
        "quality/compare_one.html",
        form=form,
        kept=kept(),
        both=kept_of_both(),
        indicator=indicator,
        found=compared(indicator, asking, other),
        figure=one_of(indicator, asking, other),
        sides=(side(asking.scope, asking), side(other, asking)),
        sees_names=asking.sees_names,
        presets=_presets(asking),
        rows=[
            None if one.type_id and not asking.sees_names else _query(one)
            for one in (asking.scope, other)
        ],
    )


@quality.get("/compare/<string:key>/figure.json")
@allow(*READERS)
def compare_json(key: str):
    made = _figure(key)
    return jsonify(
        title=made.title, figure=made.chart, columns=made.columns, rows=made.rows, of=made.of
    )


@quality.get("/compare/<string:key>/numbers.<string:kind>")
@allow(*READERS)
def compare_numbers(key: str, kind: str):
    made = _figure(key)
    return download(Table(made.title, made.columns, made.rows), kind, made.name)


@quality.get("/compare/<string:key>/chart.html")
@allow(*READERS)
def compare_chart(key: str):
    made = _figure(key)
    if made.chart is None:
        abort(404)
    return as_file(chart_page(made.chart, made.title).encode(), "html", made.name)


@quality.get("/compare.pdf")
@allow(*READERS)
def compare_pdf():
    from trainingbase.paper import pdf

    _form, asking, other = asked_for_both()
    found = [compared(one, asking, other) for one in INDICATORS.values()]
    made = everything(found, asking, other)
    paper = comparison(made, base=current_app.config["BASE_NAME"], asking=asking, at=clock.now())
    return as_file(pdf(paper), "pdf", "compare")


def _figure(key: str) -> Figure:
    if key != ALL and key not in INDICATORS:
        abort(404)
    _form, asking, other = asked_for_both()
    if key == ALL:
        found = [compared(one, asking, other) for one in INDICATORS.values()]
        return everything(found, asking, other)
    return one_of(INDICATORS[key], asking, other)


def _presets(asking: Asking) -> list[tuple[str, dict]]:
    """(words, address) of what is often compared: the months before, and a year ago."""
    scope, first = asking.scope, min(months_said())
    year = scope.of(months_later(scope.starts_on, -12), months_later(scope.ends_on, -12))
    offered = [(_("the months before"), scope.before), (_("the same months a year ago"), year)]
    return [
        (words, {**_query(scope), **{f"{name}_b": value for name, value in _query(b).items()}})
        for words, b in offered
        if b.starts_on >= first
    ]


def _query(scope: Scope) -> dict:
    """As the filter says it."""
    return {
        "first": f"{scope.starts_on:%Y-%m}",
        "last": f"{months_later(scope.ends_on, -1):%Y-%m}",
        "site": scope.site_id,
        "department": scope.department_id,
        "cohort": scope.cohort_id,
        "type": scope.type_id,
    }
