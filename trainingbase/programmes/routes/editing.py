"""Changing a draft, one part on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import EditingForm
from trainingbase.programmes import actions, queries
from trainingbase.programmes.filling import (
    assessment_form,
    group_form,
    minimum_form,
    present,
    requirement_form,
    rule_form,
    typed,
)
from trainingbase.programmes.forms import HeadForm, InForceForm
from trainingbase.programmes.models import (
    ElectiveGroup,
    InUse,
    Minimum,
    OrderRule,
    PlannedAssessment,
    Programme,
    Requirement,
)
from trainingbase.programmes.routes import programmes
from trainingbase.programmes.routes.shared import in_use, may_edit
from trainingbase.roles import Role
from trainingbase.stale import Stale


@dataclass(frozen=True)
class Part:
    """`rows` is the programme's attribute, `first` the field that says "there is one already"."""

    model: type
    rows: str
    form: Callable[[Programme, Any], EditingForm]
    page: str
    first: str
    title: Any


PARTS = {
    "rotation": Part(
        Requirement,
        "requirements",
        requirement_form,
        "programmes.programme",
        "standard_department",
        _l("Rotation"),
    ),
    "group": Part(
        ElectiveGroup,
        "elective_groups",
        group_form,
        "programmes.programme",
        "name",
        _l("Elective group"),
    ),
    "rule": Part(
        OrderRule,
        "order_rules",
        rule_form,
        "programmes.programme",
        "standard_department",
        _l("Order rule"),
    ),
    "minimum": Part(
        Minimum, "minimums", minimum_form, "programmes.minimums", "item", _l("Minimum")
    ),
    "assessment": Part(
        PlannedAssessment,
        "assessments",
        assessment_form,
        "programmes.assessments",
        "instrument",
        _l("Planned assessment"),
    ),
}


def _part(name: str) -> Part:
    if name not in PARTS:
        abort(404)
    return PARTS[name]


def _row(programme: Programme, part: Part, row_id: int):
    found = next((one for one in getattr(programme, part.rows) if one.id == row_id), None)
    if found is None:
        abort(404)
    return found


@programmes.route("/<int:programme_id>/head", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_head(programme_id: int):
    programme = queries.programme_by_id(programme_id)
    form = HeadForm(obj=programme)
    stale = None
    if request.method == "GET" and not may_edit(programme):
        return in_use(programme)
    if form.validate_on_submit():
        answers = form.answers()
        answers |= {name: answers[name] or None for name in ("name_en", "note")}
        try:
            actions.change_head(
                programme, answers, version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(programme)
        except InUse:
            return in_use(programme)
        except actions.AlreadyThere:
            form.refuse("code", _("Another programme has this code."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("programmes.programme", programme_id=programme_id))
    return _page(programme, form, None, _("Programme"), stale, "programmes.programme")


def _page(programme, form, row, title, stale, back, name=None):
    page = render_template(
        "programmes/edit.html",
        programme=programme,
        form=form,
        row=row,
        part_title=title,
        part=name,
        stale=stale,
        back=back,
    )
    return page, 200 if stale is None else 409


@programmes.route("/<int:programme_id>/<string:part>/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def add(programme_id: int, part: str):
    return _edit(programme_id, part, None)


@programmes.route("/<int:programme_id>/<string:part>/<int:row_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit(programme_id: int, part: str, row_id: int):
    return _edit(programme_id, part, row_id)


def _edit(programme_id: int, name: str, row_id: int | None):
    part, programme = _part(name), queries.programme_by_id(programme_id)
    row = None if row_id is None else _row(programme, part, row_id)
    if request.method == "GET" and not may_edit(programme):
        return in_use(programme)
    form, stale = part.form(programme, row), None
    if form.validate_on_submit():
        known = {"version": form.version.data, "by": viewer(), "at": clock.now()}
        try:
            if row is None:
                actions.add(programme, part.model(**typed(form)), **known)
            else:
                actions.alter(programme, row, typed(form), **known)
        except Stale:
            stale = form.stale_against(programme, **present(form, row))
        except InUse:
            return in_use(programme)
        except actions.AlreadyThere:
            programme = queries.programme_by_id(programme_id)
            form.refuse(part.first, _("The programme has this already."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for(part.page, programme_id=programme_id))
    return _page(programme, form, row, part.title, stale, part.page, name)


@programmes.post("/<int:programme_id>/<string:part>/<int:row_id>/removal")
@allow(Role.OFFICE)
def remove(programme_id: int, part: str, row_id: int):
    about, programme = _part(part), queries.programme_by_id(programme_id)
    row, form = _row(programme, about, row_id), InForceForm()
    try:
        actions.remove(programme, row, version=form.version.data, by=viewer(), at=clock.now())
    except InUse:
        return in_use(programme)
    except actions.StillUsed:
        flash(_("First take the departments out of this elective group."), "error")
        return redirect(
            url_for("programmes.edit", programme_id=programme_id, part=part, row_id=row_id)
        )
    flash(_("Taken out."), "success")
    return redirect(url_for(about.page, programme_id=programme_id))


@programmes.post("/<int:programme_id>/rotation/<int:row_id>/shift/<string:way>")
@allow(Role.OFFICE)
def shift(programme_id: int, row_id: int, way: str):
    if way not in ("up", "down"):
        abort(404)
    programme = queries.programme_by_id(programme_id)
    row, form = _row(programme, PARTS["rotation"], row_id), InForceForm()
    try:
        actions.shift(
            programme,
            row,
            -1 if way == "up" else 1,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except InUse:
        return in_use(programme)
    anchor = f"rotation-{row_id}"
    return redirect(url_for("programmes.programme", programme_id=programme_id, _anchor=anchor))
