"""Placements done against plan, and places used."""

from collections import defaultdict
from typing import Any

from flask_babel import gettext as _

from trainingbase.i18n import number
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
from trainingbase.quality.queries import placements
from trainingbase.quality.rules import Done

DONE_PARTS = ("passed", "failed", "unassessed", "ahead")


def _done_columns(first: str) -> list[str]:
    return [first, _("Planned"), *(str(words.PARTS[part]) for part in DONE_PARTS), _("Done, share")]


def _done_row(label: str, one: Done) -> list[Any]:
    return [
        label,
        one.planned,
        *(getattr(one, part) for part in DONE_PARTS),
        shown_percent(one.share),
    ]


def placements_by_month(asking: Asking) -> Figure:
    months = asking.scope.months
    by_month = {month: Done() for month in months}
    for (month, _place), one in asking.done.items():
        by_month[month] += one
    whole = sum(by_month.values(), Done())
    drawn = charts.standing(months, parts_of(DONE_PARTS, list(by_month.values())), _("Placements"))
    return Figure(
        name="placements-by-month",
        title=_("Placements done against plan, by month"),
        chart=drawn if whole.planned else None,
        columns=_done_columns(_("Month")),
        rows=[_done_row(f"{month:%Y-%m}", one) for month, one in by_month.items() if one.planned],
        of=_(
            "Placements whose last day lies in the month: %(planned)s planned, %(ended)s have "
            "ended. Done: ended and the exit assessment passed (%(done)s, %(share)s of those).",
            planned=whole.planned,
            ended=whole.ended,
            done=whole.passed,
            share=shown_percent(whole.share),
        ),
        target=_("every ended placement has a passed exit assessment"),
        rows_of="placements",
    )


def placements_by_department(asking: Asking) -> Figure:
    found: dict[int, Done] = defaultdict(Done)
    for (_month, place), one in asking.done.items():
        found[place] += one
    ordered = in_order(found, asking, size=lambda one: one.planned)
    top = ordered[:MOST_PLACES]
    drawn = charts.lying(
        [words.department(asking.places.get(place)) for place, _one in top],
        parts_of(DONE_PARTS, [one for _place, one in top]),
        _("Placements"),
    )
    return Figure(
        name="placements-by-department",
        title=_("Placements done against plan, by department"),
        chart=drawn if top else None,
        columns=_done_columns(_("Department")),
        rows=[_done_row(words.in_full(asking.places.get(place)), one) for place, one in ordered],
        of=_("Placements whose last day lies in the period.") + only_the_first(ordered),
        target=_("every ended placement has a passed exit assessment"),
        rows_of="placements",
    )


def places_used(asking: Asking) -> Figure:
    found = placements.places_used(asking.scope)
    months = asking.scope.months
    rows = [[found[place][month] for month in months] for place in found]
    texts = [[f"{number(one.used)}/{number(one.places)}" for one in row] for row in rows]
    drawn = charts.shades(
        [words.department(asking.places.get(place)) for place in found],
        months,
        [[one.share for one in row] for row in rows],
        texts,
    )
    return Figure(
        name="places",
        title=_("Places used, by department and month"),
        chart=drawn if found else None,
        columns=[_("Department"), *charts.month_labels(months)],
        rows=[
            [words.in_full(asking.places.get(place)), *row]
            for place, row in zip(found, texts, strict=True)
        ],
        of=_("Months spent by residents / places of the month. Half months count half; a closed "
             "month, or one outside the agreement, has no places. The stronger the colour, the "
             "fuller."),
        target=_("not above 100 %"),
        rows_of="stays",
    )  # fmt: skip
