"""The forms as lists and pages; what a form looks like on a phone; two versions compared."""

from decimal import Decimal

from flask import abort, render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named, number
from trainingbase.instruments import queries, tables
from trainingbase.instruments.actions.versions import readiness
from trainingbase.instruments.exchange import document_of
from trainingbase.instruments.forms.answering import (
    bands_of,
    condition_in_words,
    field_name,
    form_of,
    option_name,
)
from trainingbase.instruments.forms.editing import CompareForm, ListForm
from trainingbase.instruments.models import Instrument
from trainingbase.instruments.routes.blueprint import instruments
from trainingbase.instruments.rules.differences import differences
from trainingbase.instruments.rules.scoring import AnswersAtFault, judged, result_of
from trainingbase.instruments.words import (
    ASSESSORS,
    COMPETENCIES,
    FIELDS,
    KINDS,
    MISSING,
    ORIGINS,
    SCALES,
    STATE_KINDS,
    STATES,
    SUBJECTS,
    VETOES,
    change_in_words,
    rule_in_words,
    value_in_words,
    wrong_in_words,
)
from trainingbase.paging import page_of
from trainingbase.roles import Role

READERS = (Role.FACULTY, Role.OFFICE, Role.LEADER, Role.AUDITOR)
WORDS = {
    "states": STATES, "state_kinds": STATE_KINDS, "origins": ORIGINS, "assessors": ASSESSORS,
    "subjects": SUBJECTS, "kinds": KINDS, "missing_words": MISSING, "vetoes": VETOES,
    "competencies": COMPETENCIES,
}  # fmt: skip


def _rows():
    form = ListForm()
    return form, queries.listed(
        search=form.search.data or "",
        state=form.state.data or "",
        assessor=form.assessor.data or "",
        origin=form.origin.data or "",
        sort=request.args.get("sort", ""),
    )


@instruments.get("/", endpoint="instruments")
@allow(*READERS)
def all_forms():
    form, rows = _rows()
    page = page_of(rows)
    return render_template(
        "instruments/instruments.html",
        form=form,
        page=page,
        counts=queries.counts_of_items([one.id for one in page.items]),
        **WORDS,
    )


@instruments.get("/export/<string:kind>")
@allow(*READERS)
def export(kind: str):
    forms = queries.all_of(_rows()[1])
    counts = queries.counts_of_items([one.id for one in forms])
    return download(tables.of_forms(forms, counts), kind, "forms")


@instruments.get("/<int:instrument_id>")
@allow(*READERS)
def instrument(instrument_id: int):
    one = queries.instrument_by_id(instrument_id)
    names = {item.code: named(item) for item in one.items}
    versions = queries.versions_of(one.code)
    return render_template(
        "instruments/instrument.html",
        instrument=one,
        scale=scale_in_words,
        rules=[rule_in_words(rule, names) for rule in one.pass_rules or ()],
        wrongs=[(w.path, wrong_in_words(w)) for w in _to_put_right(one)],
        versions=versions,
        names=names,
        condition_of=condition_in_words,
        **WORDS,
    )


def _to_put_right(one: Instrument):
    return readiness(one) if one.state in ("draft", "offered") else []


@instruments.get("/<int:instrument_id>/items/export/<string:kind>")
@allow(*READERS)
def export_items(instrument_id: int, kind: str):
    one = queries.instrument_by_id(instrument_id)
    return download(tables.of_items(one), kind, one.identity.replace("/", "-"))


@instruments.get("/<int:instrument_id>/history")
@allow(Role.OFFICE, Role.AUDITOR)
def history(instrument_id: int):
    one = queries.instrument_by_id(instrument_id)
    return render_template(
        "instruments/history.html",
        instrument=one,
        changes=page_of(changes_of(one)),
        labels=FIELDS | {"items": _("Items"), "order": _("Order")},
    )


def scale_in_words(item) -> str:
    """What an item may be answered with, in one line."""
    if item.scale in SCALES:
        return str(SCALES[item.scale])
    if item.options:
        return " / ".join(str(option_name(option)) for option in item.options)
    if item.anchors:
        return " · ".join(f"{low}–{high} {name}" for low, high, name in bands_of(item))
    if item.highest is not None and item.kind in ("score", "rating"):
        return f"{number(item.lowest or Decimal(0))}–{number(item.highest)}"
    return ""


@instruments.route("/<int:instrument_id>/preview", methods=["GET", "POST"])
@allow(*READERS)
def preview(instrument_id: int):
    """As it is answered on a phone.  Sending it keeps nothing: it shows what would come out."""
    one = queries.instrument_by_id(instrument_id)
    form, result = form_of(one, known={}), None
    if form.validate_on_submit():
        try:
            answers = judged(form.items, form.given())
        except AnswersAtFault as at_fault:
            form.refuse_answers(at_fault)
        else:
            result = result_of(one.items, answers, pass_rules=one.pass_rules, veto=one.veto)
    names = {item.code: named(item) for item in one.items}
    page = render_template(
        "instruments/preview.html",
        instrument=one,
        form=form,
        result=result,
        broken=[rule_in_words(rule, names) for rule in result.broken] if result else [],
        names=names,
        field_name=field_name,
        bands_of=bands_of,
        when_of=condition_in_words,
        vetoes=VETOES,
        is_asker=viewer().holds(Role.OFFICE),
    )
    return page, 422 if form.errors else 200


@instruments.get("/<int:instrument_id>/comparison")
@allow(*READERS)
def comparison(instrument_id: int):
    one, form = queries.instrument_by_id(instrument_id), CompareForm()
    versions = [v for v in queries.versions_of(one.code) if v.id != one.id]
    form.other.choices = options({v.id: v.version for v in versions})
    if not versions:
        abort(404)
    chosen = {v.id for v in versions}
    other_id = form.other.data if form.other.data in chosen else versions[0].id
    form.other.data = other_id
    other = queries.instrument_by_id(other_id)
    return render_template(
        "instruments/comparison.html",
        instrument=one,
        other=other,
        form=form,
        differences=differences(document_of(other), document_of(one)),
        names={item.code: named(item) for item in [*other.items, *one.items]},
        fields=FIELDS,
        change=change_in_words,
        shown=value_in_words,
    )
