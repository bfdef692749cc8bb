"""How scores are spread: how often each was given."""

from flask_babel import gettext as _

from trainingbase.i18n import number
from trainingbase.quality import charts
from trainingbase.quality.figures.figure import Asking, Figure
from trainingbase.quality.figures.finding import finding
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.indicators.activity_scores import BAND, HIGHEST_BAND
from trainingbase.quality.indicators.indicator import SCORE
from trainingbase.quality.rules.numbers import percent


def distribution(indicator: Indicator, asking: Asking) -> Figure:
    return spread(indicator, asking, step=1)


def bands(indicator: Indicator, asking: Asking) -> Figure:
    """Of scores of 100, by tens."""
    return spread(indicator, asking, step=BAND)


def _label(score: int, step: int) -> str:
    if step == 1:
        return str(score)
    return f"{score}–{100 if score == HIGHEST_BAND else score + step - 1}"


def spread(indicator: Indicator, asking: Asking, *, step: int) -> Figure:
    """Every score from the lowest to the highest given, also those that nobody gave between."""
    found = {
        int(name.removeprefix(SCORE)): int(times)
        for name, times in asking.sum(indicator).parts.items()
        if name.startswith(SCORE) and times
    }
    scores = range(min(found), max(found) + 1, step) if found else range(0)
    given = [found.get(score, 0) for score in scores]
    said = finding(indicator, asking)
    title = said.sentence
    if found:
        most = max(found, key=lambda score: (found[score], -score))
        title = _(
            "Most often given: %(score)s (%(share)s of 100 ratings); the mean is %(mean)s",
            score=_label(most, step),
            share=number(percent(found[most], sum(given))),
            mean=number(said.now.value),
        )
    return Figure(
        key=indicator.key,
        view="distribution",
        title=title,
        chart=charts.standing(
            [_label(score, step) for score in scores], [(_("Ratings"), "", given)], _("Ratings")
        )
        if found
        else None,
        columns=[_("Score"), _("Ratings"), _("Share in per cent")],
        rows=[
            [score if step == 1 else _label(score, step), times, percent(times, sum(given))]
            for score, times in zip(scores, given, strict=True)
        ],
        of=str(indicator.definition),
        target=said.target_said,
    )
