"""The rows behind an indicator.  Who sees no names sees what and where, not who."""

from flask import abort, render_template
from flask_babel import gettext as _

from trainingbase.access import allow
from trainingbase.downloads import download
from trainingbase.paging import page_of_list
from trainingbase.quality import words
from trainingbase.quality.figures import Asking
from trainingbase.quality.figures.figure import part_names
from trainingbase.quality.figures.months import label, plain
from trainingbase.quality.indicators import INDICATORS, Indicator
from trainingbase.quality.queries import rows as queries
from trainingbase.quality.routes.blueprint import READERS, asked_for, kept, quality
from trainingbase.quality.rules.facts import SITE
from trainingbase.sheets.write import Table


@quality.get("/rows/<string:key>")
@allow(*READERS)
def rows(key: str):
    indicator, form, asking = _asked(key)
    page = page_of_list(_found(indicator, asking))
    return render_template(
        "quality/rows.html",
        form=form,
        kept=kept(),
        indicator=indicator,
        page=page,
        columns=_columns(asking),
        rows=_cells(indicator, asking, page.items),
        has_names=asking.sees_names,
    )


@quality.get("/rows/<string:key>/export/<string:kind>")
@allow(*READERS)
def export_rows(key: str, kind: str):
    indicator, _form, asking = _asked(key)
    found = _cells(indicator, asking, _found(indicator, asking))
    table = Table(str(indicator.name), _columns(asking), [row[:-1] for row in found])
    return download(table, kind, f"{key}-rows")


def _asked(key: str):
    if key not in INDICATORS:
        abort(404)
    form, asking = asked_for()
    return INDICATORS[key], form, asking


def _found(indicator: Indicator, asking: Asking) -> list:
    if asking.is_hidden(indicator):
        return []
    facts = queries.facts_of(indicator, asking.scope, asking.today)
    if asking.sees_names:
        return facts
    with_places = not asking.crosses(indicator, SITE)
    return queries.bare(facts, asking.hidden(indicator), with_places=with_places)


def _columns(asking: Asking) -> list[str]:
    if asking.sees_names:
        return [_("Who"), _("Month"), _("Department"), _("Cohort"), _("Part"), _("Amount")]
    return [_("Quarter"), _("Site"), _("Department"), _("Part"), _("Amount")]


def _cells(indicator: Indicator, asking: Asking, found) -> list[list]:
    """The last cell of each is the resident's id, for a link."""
    parts = {**{key: str(name) for key, name in indicator.parts.items()},
             **{key: str(name) for key, name in part_names(indicator).items()}}  # fmt: skip
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
