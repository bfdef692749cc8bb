"""How the items of a form are answered: for who makes the forms, not about anybody."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation

from flask import abort, render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow
from trainingbase.assessments import tables
from trainingbase.assessments.forms import ItemStatisticsForm
from trainingbase.assessments.queries import items as queries
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.filters import chosen, department_choices
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role
from trainingbase.sites.queries import institutions
from trainingbase.thresholds.queries import whole

READERS = (Role.OFFICE, Role.AUDITOR)


def _asked() -> tuple[ItemStatisticsForm, queries.Scope | None]:
    form, known = ItemStatisticsForm(), queries.versions()
    form.form.choices = options(
        {one.id: f"{named(one)} · {one.version} ({one.answers})" for one in known}
    )
    network = institutions()
    form.department.choices = department_choices(network)
    form.institution.choices = options({0: _("All")} | {one.id: named(one) for one in network})
    if not known:
        return form, None
    if form.form.data not in {one.id for one in known}:
        form.form.data = known[0].id
    last = form.until.data
    return form, queries.Scope(
        form.form.data,
        form.since.data,
        last + timedelta(days=1) if last else None,
        chosen(form.department),
        chosen(form.institution),
    )


def _statistics(scope: queries.Scope | None) -> tuple[int, int, list[queries.Statistics]]:
    """How many forms there are, how many are needed, and nothing below that."""
    least = max(2, whole("item_statistics_forms"))
    forms = queries.forms_in(scope) if scope else 0
    return forms, least, queries.statistics(scope) if scope and forms >= least else []


@assessments.get("/items")
@allow(*READERS)
def items():
    form, scope = _asked()
    forms, least, rows = _statistics(scope)
    return render_template("assessments/items.html", form=form, rows=rows, forms=forms, least=least)


@assessments.get("/items/export/<string:kind>")
@allow(*READERS)
def export_items(kind: str):
    return download(tables.items(_statistics(_asked()[1])[2]), kind, "items")


@assessments.get("/items/<int:item_id>")
@allow(*READERS)
def item_answers(item_id: int):
    """The forms behind one bar."""
    _form, scope = _asked()
    rows = {one.item.id: one for one in _statistics(scope)[2]}
    if item_id not in rows:
        abort(404)
    value = _value(request.args.get("value", ""))
    return render_template(
        "assessments/item_answers.html",
        one=rows[item_id],
        value=value,
        page=page_of_columns(queries.answers_of(scope, item_id, value)),
    )


def _value(text: str) -> Decimal | None:
    """None is what was not observed; 404 for what is no number."""
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        abort(404)
    if not value.is_finite() or abs(value) > 10**6:
        abort(404)
    return value
