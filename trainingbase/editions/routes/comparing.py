"""Two versions side by side."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import signed_in
from trainingbase.downloads import download
from trainingbase.editions import tables
from trainingbase.editions.forms import KINDS, CompareForm
from trainingbase.editions.routes import editions
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.programmes import queries
from trainingbase.programmes.rules.differences import by_department, differences
from trainingbase.programmes.words import PARTS, Names, subject_in_words, value_in_words


def _compared():
    """The form, the two versions (None until both are chosen) and their differences."""
    every = queries.programmes()
    form = CompareForm()
    choices = {one.id: f"{named(one)} {one.code}" for one in every}
    form.old.choices = form.new.choices = options({0: _("Choose"), **choices})
    keys = (form.old.data or 0, form.new.data or 0)
    if any(key not in choices for key in keys):
        return form, None, [], []
    old, new = (queries.programme_by_id(key) for key in keys)
    every_difference = differences(queries.content_of(old), queries.content_of(new))
    shown = [
        one
        for one in every_difference
        if form.part.data in ("", None, one.part) and form.kind.data in ("", None, one.kind)
    ]
    return form, (old, new), every_difference, shown


@editions.get("/compare")
@signed_in
def compare():
    form, pair, every, shown = _compared()
    return render_template(
        "editions/compare.html",
        form=form,
        pair=pair,
        rows=shown,
        counts={kind: sum(one.kind == kind for one in every) for kind in KINDS},
        departments=_by_department(pair, every) if pair else [],
        kinds=KINDS,
        parts=PARTS,
        names=Names(queries.standard_departments()),
        subject_in_words=subject_in_words,
        value_in_words=value_in_words,
        query=request.args,
    )


def _by_department(pair, every):
    """Each department of either version: months then and now, and what else differs."""
    old, new = ({r.standard_department.name: r.months for r in one.requirements} for one in pair)
    found = by_department(every)
    return [
        (name, old.get(name), new.get(name), [d for d in found[name] if d.part != "requirements"])
        for name in dict.fromkeys([*old, *new])
        if name in found
    ]


@editions.get("/compare/export/<string:kind>")
@signed_in
def export_comparison(kind: str):
    _form, pair, _every, shown = _compared()
    names = Names(queries.standard_departments())
    old, new = (one.code for one in pair) if pair else (_("Before"), _("After"))
    return download(tables.of_differences(shown, names, old, new), kind, _("Differences"))
