"""How evenly places, teachers, equipment and training are spread over the sites."""

from collections.abc import Sequence

from flask_babel import gettext as _

from trainingbase.i18n import number
from trainingbase.quality import charts, words
from trainingbase.quality.figures.figure import Asking, Figure
from trainingbase.quality.figures.groups import groups_of
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.queries.equity import Holding, holdings
from trainingbase.quality.rules.facts import SITE
from trainingbase.quality.rules.inequality import FEWEST, Gini, lorenz, with_interval

WEIGHTS = ("site", "people")


def names() -> dict[str, str]:
    return {
        "places": _("Places"),
        "teachers": _("Teachers"),
        "equipment": _("Pieces of equipment"),
        "months": _("Resident-months"),
    }


def equity(asking: Asking, weight: str) -> tuple[Figure, Figure]:
    """The curves, and what each site has; `weight` counts each site once, or by the people it
    serves where that is known of all."""
    found = holdings(asking.today)
    used = asking.book.sums(INDICATORS["places-used"], asking.scope, SITE)
    months = {one.site_id: _months(used, one.site_id) for one in found}
    weighed = weight == "people" and all(one.catchment for one in found) and bool(found)
    return _curves(found, months, by_people=weighed), _table(asking, found, months)


def _months(used, site_id: int) -> float:
    return float(used[site_id].parts.get("used", 0)) if site_id in used else 0.0


def _amounts(found: Sequence[Holding], months: dict[int, float], what: str) -> list[float]:
    if what == "months":
        return [months[one.site_id] for one in found]
    return [float(getattr(one, what)) for one in found]


def _curves(found: Sequence[Holding], months: dict[int, float], *, by_people: bool) -> Figure:
    drawn, rows, said = [], [], []
    weights = [float(one.catchment or 1) if by_people else 1.0 for one in found]
    for what, name in names().items():
        held = list(zip(weights, _amounts(found, months, what), strict=True))
        gini = with_interval(held)
        rows.append([name, len(found), sum(amount for _w, amount in held), *_cells(gini)])
        if gini is not None:
            drawn.append((f"{name} ({number(gini.value)})", lorenz(held)))
            said.append((gini.value, name))
    if said:
        most, least = max(said), min(said)
        title = _(
            "Least evenly spread over the sites: %(most)s (Gini %(worse)s); most evenly: "
            "%(least)s (%(better)s)",
            most=most[1],
            worse=number(most[0]),
            least=least[1],
            better=number(least[0]),
        )
    else:
        title = _("Too few sites to say how evenly anything is spread")
    unit = _("people served") if by_people else _("sites")
    return Figure(
        key="equity",
        view="curves",
        title=title,
        chart=charts.curves(drawn) if drawn else None,
        columns=["", _("Sites"), _("Sum"), _("Gini"), _("Interval (95 in 100)")],
        rows=rows,
        of=_("Lorenz curves over %(unit)s: the further below the straight line, the less even. The "
             "Gini coefficient is 0 where all have the same and 1 where one has everything; its "
             "interval comes from 1,000 resamples of the sites (at least %(fewest)s). Sites of "
             "different tasks need not have the same.", unit=unit, fewest=FEWEST),
    )  # fmt: skip


def _cells(gini: Gini | None) -> list:
    if gini is None:
        return ["—", "—"]
    return [gini.value, f"{number(gini.low)}–{number(gini.high)}"]


def _table(asking: Asking, found: Sequence[Holding], months: dict[int, float]) -> Figure:
    done = INDICATORS["placements-done"]
    results = dict(groups_of(done, asking, SITE))
    rows = []
    for one in found:
        result = results.get(one.site_id)
        hidden = one.site_id in results and result is None
        value = words.shown(done, result.value) if result is not None else "—"
        rows.append(
            [
                asking.full(SITE, one.site_id), one.catchment or "—", one.places, one.teachers,
                one.equipment, months[one.site_id], str(words.HIDDEN) if hidden else value,
            ]
        )  # fmt: skip
    return Figure(
        key="equity",
        view="sites",
        title=_("What each site has, and what comes of it"),
        chart=None,
        columns=[_("Site"), _("People served"), *names().values(), str(done.name)],
        rows=rows,
        of=_("Places, teachers and equipment as of today; months and results of the period."),
    )
