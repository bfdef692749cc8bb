"""Figures that only one indicator has."""

from decimal import Decimal
from math import sqrt

from flask_babel import gettext as _

from trainingbase.assessments.queries import exams
from trainingbase.assessments.trusting import MOST_FORMS, how_far, too_many
from trainingbase.i18n import number
from trainingbase.quality import charts, words
from trainingbase.quality.figures.figure import Asking, Figure
from trainingbase.quality.figures.finding import finding
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.indicators.competency_scores import RATINGS, SQUARES, SUM
from trainingbase.quality.indicators.first_pass import PAPERS
from trainingbase.quality.queries import assessing
from trainingbase.quality.rules.facts import DEPARTMENT, Sum
from trainingbase.quality.rules.intervals import of_mean, wilson
from trainingbase.quality.rules.numbers import percent


def competencies(indicator: Indicator, asking: Asking) -> Figure:
    """Mean and spread of each item, with how far one resident's mean can be trusted."""
    whole = asking.sum(indicator)
    fewest = int(asking.limits["ratings_for_a_mean"])
    rows, shown = [], []
    for code, name in indicator.names().items():
        n = int(whole.parts.get(f"{RATINGS}{code}", 0))
        if not n:
            continue
        total, squares = (float(whole.parts.get(f"{p}{code}", 0)) for p in (SUM, SQUARES))
        if n < fewest:
            rows.append([name, n, "—", "—", "—"])
            continue
        mean = round(total / n, 2)
        spread = (
            round(sqrt(max(0.0, (squares - total * total / n) / (n - 1))), 2) if n > 1 else None
        )
        found = of_mean(total, squares, n)
        shown.append((f"{name} (n={n})", mean, found))
        rows.append([name, n, mean, spread, words.between(found)])
    said = finding(indicator, asking)
    lowest = min(shown, key=lambda one: one[1], default=None)
    title = (
        _("%(said)s; lowest: %(item)s (%(mean)s)", said=said.sentence,
          item=lowest[0].rpartition(" (n=")[0], mean=number(lowest[1]))
        if lowest
        else said.sentence
    )  # fmt: skip
    return Figure(
        key=indicator.key,
        view="competencies",
        title=title,
        chart=charts.dots(
            [one[0] for one in shown], [one[1] for one in shown], [one[2] for one in shown],
            _("Score"), asking.target(indicator),
        )
        if shown
        else None,
        columns=[_("Item"), _("n"), _("Mean"), _("Standard deviation"), _("Interval (95 in 100)")],
        rows=rows,
        of=_("Ratings of what was observed in the period, 1 to 9; the bar is where the "
             "mean may lie (95 in 100). Below %(fewest)s ratings no mean is shown.", fewest=fewest),
        target=said.target_said,
        trust=_trust(asking) if rows and not said.hidden else None,
    )  # fmt: skip


def _trust(asking: Asking) -> str:
    if assessing.forms_judged(asking.scope) > MOST_FORMS:
        return too_many()
    return how_far(
        assessing.judgements(asking.scope),
        fewest_residents=int(asking.limits["trust_residents"]),
        target=float(asking.limits["trust_target"]),
    )


def places(indicator: Indicator, asking: Asking) -> Figure:
    """Used and free, by department and month."""
    months = asking.scope.months
    found = asking.book.series(indicator, asking.scope, DEPARTMENT)
    keys = asking.ordered(DEPARTMENT, {key for key, _month in found})
    cells = {key: [indicator.of(found.get((key, month), {})) for month in months] for key in keys}
    texts = {key: [_used(one) for one in row] for key, row in cells.items()}
    over = sum(one.value is not None and one.value > 100 for row in cells.values() for one in row)
    whole = asking.book.sum(indicator, asking.scope)
    title = _(
        "Places used: %(share)s, %(free)s months free; over-full in %(over)s months of departments",
        share=words.shown(indicator, whole.value),
        free=number(whole.parts.get("free", Decimal(0))),
        over=over,
    )
    return Figure(
        key=indicator.key,
        view="places",
        title=title,
        chart=charts.shades(
            [asking.label(DEPARTMENT, key) for key in keys],
            months,
            [[one.value for one in cells[key]] for key in keys],
            [texts[key] for key in keys],
        )
        if keys
        else None,
        columns=[_("Department"), *charts.month_labels(months), _("Used"), _("Free")],
        rows=[[asking.full(DEPARTMENT, key), *texts[key], *_totals(cells[key])] for key in keys],
        of=str(indicator.definition) + " " + _("The stronger the colour, the fuller."),
        target=_("not above 100 %"),
    )


def _used(one: Sum) -> str:
    return f"{number(one.top)}/{number(one.bottom or 0)}"


def _totals(row: list[Sum]) -> list[float]:
    used = sum((one.top for one in row), Decimal(0))
    free = sum((one.parts.get("free", Decimal(0)) for one in row), Decimal(0))
    return [float(used), float(free)]


def province(indicator: Indicator, asking: Asking) -> Figure:
    """Theory and skills passed at the first attempt, beside what the province reports."""
    found = asking.book.by_month(indicator, indicator.narrowed(asking.scope))
    reported = {one.year: one.province for one in exams.figures() if one.kind == "graduation"}
    hidden = asking.is_hidden(indicator)
    rows, labels, ours, theirs, ranges, below = [], [], [], [], [], []
    for month, one in found.items():
        sat = int(one.bottom or 0)
        for paper in PAPERS if sat and not hidden else ():
            passed = int(one.parts.get(paper, 0))
            share, mean = percent(passed, sat), reported.get(month.year, {}).get(paper)
            there = round(float(mean) * 100, 1) if mean is not None else None
            around = wilson(passed, sat)
            name = f"{month.year} {indicator.parts[paper]}"
            labels.append(name)
            ours.append(share)
            theirs.append(there)
            ranges.append(around)
            if there is not None and around is not None and around.high < there:
                below.append(name)
            rows.append([month.year, str(indicator.parts[paper]), sat, passed, share,
                         words.between(around), there if there is not None else "—"])  # fmt: skip
    said = finding(indicator, asking)
    if below:
        title = _("First attempts: below the province in %(what)s", what=_(", ").join(below))
    else:
        title = _("First attempts: no paper clearly below the province")
    return Figure(
        key=indicator.key,
        view="province",
        title=title if rows else said.sentence,
        chart=charts.beside(labels, ours, ranges, theirs) if rows else None,
        columns=[_("Year"), _("Part"), _("Sat"), _("Passed"), _("Share in per cent"),
                 _("Interval (95 in 100)"), _("Province, per cent")],
        rows=rows,
        of=_("Residents who sat for the first time; what the province reports is entered with the "
             "examinations. Clearly below: the whole interval is."),
        target=_("not below the province"),
    )  # fmt: skip
