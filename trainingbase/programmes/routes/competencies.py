"""Which frameworks a version uses, and what of it serves which competency."""

import csv
import io

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, signed_in, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.programmes import actions, instruments, queries, tables
from trainingbase.programmes.forms import FrameworksForm, ServesForm, TableForm
from trainingbase.programmes.models import InUse
from trainingbase.programmes.routes import programmes
from trainingbase.programmes.routes.shared import in_use, may_edit
from trainingbase.programmes.words import STATE_KINDS, STATES, instrument_name
from trainingbase.roles import Role
from trainingbase.stale import Stale


@programmes.get("/<int:programme_id>/competencies")
@signed_in
def competencies(programme_id: int):
    return _page(programme_id, TableForm(formdata=None))


def _page(programme_id: int, form: TableForm, status: int = 200):
    found = queries.programme_by_id(programme_id)
    by_subject: dict = {}
    for link in found.links:
        key = link.standard_department_id or link.instrument
        by_subject.setdefault(key, []).append(link.competency)
    if form.version.data is None or not form.errors:
        form.version.data = found.version
    planned = {one.instrument: None for one in found.assessments}
    linked = {one.instrument: None for one in found.links if one.instrument}
    rows = queries.competencies_of([one.id for one in found.frameworks])
    served = {one.competency_id for one in found.links}
    parents = {one.parent_id for one in rows}
    page = render_template(
        "programmes/competencies.html",
        programme=found,
        tab="competencies",
        may_edit=may_edit(found),
        states=STATES,
        state_kinds=STATE_KINDS,
        by_subject=by_subject,
        codes=list(planned | linked),
        instrument_name=instrument_name,
        unserved=[one for one in rows if one.id not in served and one.id not in parents],
        form=form,
    )
    return page, status


@programmes.route("/<int:programme_id>/frameworks", methods=["GET", "POST"])
@allow(Role.OFFICE)
def choose_frameworks(programme_id: int):
    programme = queries.programme_by_id(programme_id)
    if request.method == "GET" and not may_edit(programme):
        return in_use(programme)
    every = {one.id: one for one in queries.frameworks() if one.kind == "competency"}
    kept = {one.id: one for one in programme.frameworks}
    choices = {key: f"{named(one)} {one.edition}" for key, one in (every | kept).items()}
    form = FrameworksForm(data={"version": programme.version, "frameworks": list(kept)})
    form.frameworks.choices = options(choices)
    stale = None
    if form.validate_on_submit():
        chosen = [(every | kept)[key] for key in form.frameworks.data]
        try:
            actions.choose_frameworks(
                programme, chosen, version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(programme, frameworks=[o.id for o in programme.frameworks])
        except InUse:
            return in_use(programme)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("programmes.competencies", programme_id=programme_id))
    return _edit_page(programme, form, _("Frameworks"), stale)


def _edit_page(programme, form, title, stale):
    page = render_template(
        "programmes/edit.html",
        programme=programme,
        form=form,
        row=None,
        part_title=title,
        part=None,
        stale=stale,
        back="programmes.competencies",
    )
    return page, 200 if stale is None else 409


@programmes.route(
    "/<int:programme_id>/serves/department/<int:standard_id>", methods=["GET", "POST"]
)
@allow(Role.OFFICE)
def serves(programme_id: int, standard_id: int):
    programme = queries.programme_by_id(programme_id)
    standards = {o.standard_department_id: o.standard_department for o in programme.requirements}
    if standard_id not in standards:
        abort(404)
    return _serves(programme, standards[standard_id])


@programmes.route("/<int:programme_id>/serves/form/<string:code>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def form_serves(programme_id: int, code: str):
    programme = queries.programme_by_id(programme_id)
    if code not in instruments.by_code():
        abort(404)
    return _serves(programme, code)


def _serves(programme, subject):
    if request.method == "GET" and not may_edit(programme):
        return in_use(programme)
    rows = queries.competencies_of([one.id for one in programme.frameworks])
    by_id = {one.id: one for one in rows}
    has = [
        one.competency_id
        for one in programme.links
        if (one.instrument if isinstance(subject, str) else one.standard_department) == subject
    ]
    form = ServesForm(data={"version": programme.version, "competencies": has})
    form.competencies.choices = options(
        {one.id: f"{one.code} {named(one)}" for one, _depth in queries.tree(rows)}
    )
    stale = None
    if form.validate_on_submit():
        try:
            actions.serve(
                programme,
                subject,
                [by_id[key] for key in form.competencies.data],
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale = form.stale_against(programme, competencies=has)
        except InUse:
            return in_use(programme)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("programmes.competencies", programme_id=programme.id))
    name = instrument_name(subject) if isinstance(subject, str) else named(subject)
    return _edit_page(programme, form, name, stale)


@programmes.get("/<int:programme_id>/competencies/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_links(programme_id: int, kind: str):
    programme = queries.programme_by_id(programme_id)
    name = f"{programme.code}-{_('Competencies')}"
    return download(tables.of_links(programme.links), kind, name)


@programmes.post("/<int:programme_id>/competencies")
@allow(Role.OFFICE)
def take_in_links(programme_id: int):
    programme, form = queries.programme_by_id(programme_id), TableForm()
    if form.validate_on_submit():
        wanted, wrong = _read(programme, form.content())
        if wrong:
            form.refuse("file", wrong)
        else:
            try:
                changed = actions.take_in_links(
                    programme, wanted, version=form.version.data, by=viewer(), at=clock.now()
                )
            except InUse:
                return in_use(programme)
            flash(_("Changed: %(number)s rotations and forms.", number=changed), "success")
            return redirect(url_for("programmes.competencies", programme_id=programme_id))
    return _page(programme_id, form, 422)


def _read(programme, content: bytes) -> tuple[dict, str | None]:
    """What each rotation and form of the file serves, or what is wrong with the file."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        missing = [one for one in tables.LINK_HEADER[:4] if one not in (rows.fieldnames or ())]
    except (UnicodeDecodeError, csv.Error):
        return {}, _("This file is damaged and cannot be read.")
    if missing:
        return {}, _("This is no table of a framework: the column “%(name)s” is missing.",
                     name=missing[0])  # fmt: skip
    standards = {o.standard_department.name: o.standard_department for o in programme.requirements}
    known = queries.competency_by_key()
    wanted: dict = {}
    for number, row in enumerate(rows, 2):
        kind, name = row["kind"], (row["subject"] or "").strip()
        forms = instruments.by_code()
        subject = standards.get(name) if kind == "department" else name if name in forms else None
        competency = known.get(
            ((row["framework"] or "").strip(), (row["competency"] or "").strip())
        )
        if subject is None or competency is None:
            what = name if subject is None else row["competency"]
            return {}, _("Row %(row)s: “%(name)s” is missing, twice or unknown.", row=number,
                         name=what or "")  # fmt: skip
        chosen = wanted.setdefault(subject, [])
        if competency not in chosen:
            chosen.append(competency)
    return wanted, None
