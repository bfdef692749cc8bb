"""The rows behind an indicator.  Who sees no names sees what and where, not who."""

from datetime import date

from flask import abort, render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow
from trainingbase.downloads import download
from trainingbase.paging import page_of_list
from trainingbase.quality import words
from trainingbase.quality.figures import Asking
from trainingbase.quality.figures.figure import part_names
from trainingbase.quality.figures.months import label, plain
from trainingbase.quality.indicators import INDICATORS, Indicator
from trainingbase.quality.indicators.indicator import SCORE
from trainingbase.quality.queries import rows as queries
from trainingbase.quality.routes.blueprint import READERS, asked_for_rows, kept, quality
from trainingbase.quality.rules.facts import SITE
from trainingbase.quality.stretches import facts_within, stretches_of
from trainingbase.sheets.write import Table

REPEATED = ("squares:", SCORE)
"""Parts that say again of a row what its sum and number say: for the spread, not for reading."""


@quality.get("/rows/<string:key>")
@allow(*READERS)
def rows(key: str):
    indicator, form, asking = _asked(key)
    stretches = stretches_of(indicator, asking)
    shown = _chosen(stretches)
    page = page_of_list(_found(indicator, asking, shown) if shown else [])
    return render_template(
        "quality/rows.html",
        form=form,
        kept=kept(),
        indicator=indicator,
        page=page,
        columns=_columns(asking),
        rows=_cells(indicator, asking, page.items),
        has_names=asking.sees_names,
        stretch=_said(indicator, asking, shown) if shown else None,
        later=_beside(stretches, shown, -1),
        earlier=_beside(stretches, shown, 1),
    )


def _chosen(stretches: list[date]) -> date | None:
    """What `?of=` names, else the newest."""
    named = {f"{one:%Y-%m}": one for one in stretches}
    return named.get(request.args.get("of", ""), stretches[0] if stretches else None)


def _beside(stretches: list[date], shown: date | None, step: int) -> str | None:
    """The address' name of the one before or after."""
    place = stretches.index(shown) + step if shown else -1
    return f"{stretches[place]:%Y-%m}" if 0 <= place < len(stretches) else None


def _said(indicator: Indicator, asking: Asking, shown: date) -> str:
    if asking.sees_names or indicator.yearly:
        return label(indicator, shown)
    return words.quarter(shown)


@quality.get("/rows/<string:key>/export/<string:kind>")
@allow(*READERS)
def export_rows(key: str, kind: str):
    indicator, _form, asking = _asked(key)
    found = _cells(indicator, asking, _found(indicator, asking, None))
    table = Table(str(indicator.name), _columns(asking), [row[:-1] for row in found])
    return download(table, kind, f"{key}-rows")


def _asked(key: str):
    if key not in INDICATORS:
        abort(404)
    indicator = INDICATORS[key]
    form, asking = asked_for_rows(by_type=indicator.is_of_residents)
    return indicator, form, asking


def _found(indicator: Indicator, asking: Asking, stretch: date | None) -> list:
    """Of one stretch, or of the whole period."""
    if asking.is_hidden(indicator):
        return []
    if stretch is None:
        facts = queries.facts_of(indicator, asking.scope, asking.today)
    else:
        facts = facts_within(indicator, asking, stretch)
    facts = [one for one in facts if not one.part.startswith(REPEATED)]
    if asking.sees_names:
        return facts
    with_places = not asking.crosses(indicator, SITE)
    return queries.bare(facts, asking.hidden(indicator), with_places=with_places)


def _columns(asking: Asking) -> list[str]:
    if asking.sees_names:
        return [_("Who"), _("Month"), _("Department"), _("Cohort"), _("Part"), _("Amount")]
    return [_("Quarter"), _("Site"), _("Department"), _("Part"), _("Amount")]


def _part_names(indicator: Indicator) -> dict[str, str]:
    """Of a mean, what is summed and how many there are, by the name of what is rated."""
    found = {key: str(name) for key, name in indicator.parts.items()}
    found |= {key: str(name) for key, name in part_names(indicator).items()}
    for code, name in (indicator.parts or indicator.names()).items():
        found[f"sum:{code}"] = _("%(what)s: sum", what=name)
        found[f"n:{code}"] = _("%(what)s: number", what=name)
    return found


def _cells(indicator: Indicator, asking: Asking, found) -> list[list]:
    """The last cell of each is the resident's id, for a link."""
    parts = _part_names(indicator)
    if not asking.sees_names:
        return [
            [
                words.quarter(one.quarter), asking.full("site", one.site_id or 0),
                words.in_full(asking.places.get(one.department_id or 0)),
                parts.get(one.part, one.part), plain(one.amount), None,
            ]
            for one in found
        ]  # fmt: skip
    names = queries.names_of(indicator, sorted({one.person_id for one in found if one.person_id}))
    return [
        [
            names.get(one.person_id, ("—", None))[0], label(indicator, one.month),
            words.in_full(asking.places.get(one.department_id or 0)),
            asking.full("cohort", one.cohort_id or 0), parts.get(one.part, one.part),
            plain(one.amount), names.get(one.person_id, ("—", None))[1],
        ]
        for one in found
    ]  # fmt: skip
