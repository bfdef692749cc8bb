"""Versions, as everybody who has signed in may read them."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow, signed_in
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.paging import page_of
from trainingbase.programmes import queries, tables
from trainingbase.programmes.forms import InForceForm, MinimumSearchForm, ProgrammeSearchForm
from trainingbase.programmes.routes import programmes
from trainingbase.programmes.routes.shared import may_edit
from trainingbase.programmes.rules.faults import faults
from trainingbase.programmes.words import (
    CATEGORIES,
    FIELDS,
    PARTS,
    STATE_KINDS,
    STATES,
    TIMINGS,
    VALUES,
    Names,
    fault_in_words,
    instrument_name,
    rule_in_words,
)
from trainingbase.roles import Role


def _rows():
    form = ProgrammeSearchForm()
    rows = queries.programme_rows(
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, rows


@programmes.get("/", endpoint="programmes")
@signed_in
def all_programmes():
    form, rows = _rows()
    return render_template(
        "programmes/programmes.html",
        form=form,
        page=page_of(rows),
        states=STATES,
        state_kinds=STATE_KINDS,
    )


@programmes.get("/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_programmes(kind: str):
    _form, rows = _rows()
    return download(tables.of_programmes(queries.all_of(rows)), kind, _("Programmes"))


def _shown(programme_id: int, tab: str, **more):
    found = queries.programme_by_id(programme_id)
    return render_template(
        f"programmes/{tab}.html",
        programme=found,
        tab=tab,
        may_edit=may_edit(found),
        states=STATES,
        state_kinds=STATE_KINDS,
        **{name: give(found) for name, give in more.items()},
    )


@programmes.get("/<int:programme_id>")
@signed_in
def programme(programme_id: int):
    return _shown(
        programme_id,
        "programme",
        rule_in_words=lambda found: rule_in_words,
        editions=queries.editions_of,
        users=queries.users_of,
    )


@programmes.get("/<int:programme_id>/minimums")
@signed_in
def minimums(programme_id: int):
    form = MinimumSearchForm()

    def rows(found):
        standards = {str(r.standard_department_id): named(r.standard_department)
                     for r in found.requirements}  # fmt: skip
        form.standard.choices = options({"": _("All"), **standards})
        search = (form.search.data or "").casefold()
        order = {r.standard_department_id: n for n, r in enumerate(found.requirements)}
        return sorted(
            (
                one
                for one in found.minimums
                if search in one.item.casefold()
                and form.standard.data in ("", str(one.standard_department_id))
                and form.category.data in ("", one.category)
            ),
            key=lambda one: (order.get(one.standard_department_id, len(order)), one.id),
        )

    return _shown(
        programme_id,
        "minimums",
        rows=rows,
        form=lambda found: form,
        categories=lambda found: CATEGORIES,
    )


@programmes.get("/<int:programme_id>/assessments")
@signed_in
def assessments(programme_id: int):
    return _shown(
        programme_id,
        "assessments",
        timings=lambda found: TIMINGS,
        instrument_name=lambda found: instrument_name,
    )


@programmes.get("/<int:programme_id>/checks")
@allow(Role.OFFICE, Role.AUDITOR)
def checks(programme_id: int):
    """What is wrong with it, and the way into force."""
    return _shown(
        programme_id,
        "checks",
        faults=lambda found: faults(queries.content_of(found)),
        in_words=lambda found: fault_in_words,
        names=lambda found: Names(queries.standard_departments()),
        parts=lambda found: PARTS,
        content=queries.content_of,
        force=lambda found: InForceForm(data={"version": found.version}, formdata=None),
    )


@programmes.get("/<int:programme_id>/history")
@allow(Role.OFFICE, Role.AUDITOR)
def history(programme_id: int):
    return _shown(
        programme_id,
        "history",
        changes=lambda found: page_of(changes_of(found)),
        fields=lambda found: FIELDS,
        values=lambda found: VALUES,
    )


@programmes.get("/<int:programme_id>/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_programme(programme_id: int, kind: str):
    """In the shape in which programmes are brought in."""
    found = queries.programme_by_id(programme_id)
    sheets = tables.of_version(found.code, found.name, queries.content_of(found))
    return download(sheets, kind, found.code)
