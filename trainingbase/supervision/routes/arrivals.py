"""Who needs a supervisor, whom the portal proposes, and saving what was chosen."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.faculty.words import against
from trainingbase.paging import page_of_list
from trainingbase.supervision import actions, tables
from trainingbase.supervision.forms import ArrivalsForm, AssignForm, assign_form
from trainingbase.supervision.queries import desk
from trainingbase.supervision.routes.blueprint import ASSIGN, READ, supervision
from trainingbase.supervision.words import why


def _rows():
    form, today = ArrivalsForm(), clock.today()
    form.choose_from(desk.departments(viewer()))
    form.choose_months(today)
    starts_on, ends_on = form.period(today)
    which = desk.Filter(
        starts_on=starts_on,
        ends_on=ends_on,
        state=form.state.data or "need",
        search=form.search.data or "",
        department_id=form.department.data or 0,
        institution_id=form.institution.data or 0,
        sort=request.args.get("sort", ""),
    )
    return form, desk.rows(viewer(), which, today=today)


def _page(form: ArrivalsForm, part, chosen: AssignForm | None, status: int = 200):
    page = render_template(
        "supervision/arrivals.html",
        form=form,
        part=part,
        chosen=chosen,
        against=against,
        why=why,
        today=clock.today(),
    )
    return page, status


@supervision.get("/")
@allow(*READ)
def arrivals():
    form, rows = _rows()
    part = page_of_list(rows)
    may = viewer().holds(*ASSIGN)
    return _page(form, part, assign_form(part.items) if may and part.items else None)


@supervision.get("/export/<string:kind>")
@allow(*READ)
def export_arrivals(kind: str):
    _form, rows = _rows()
    return download(tables.of_arrivals(rows), kind, _("Supervisors"))


@supervision.post("/")
@allow(*ASSIGN)
def assign():
    """What was chosen on this page of the list, which the address says."""
    sent = [name[2:] for name in request.form if name.startswith("s_")]
    ids = [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 10]
    form, today = ArrivalsForm(), clock.today()
    form.choose_from(desk.departments(viewer()))
    form.choose_months(today)
    part = page_of_list(desk.rows_of(viewer(), ids, today=today))
    chosen = assign_form(part.items)
    if not part.items:
        flash(_("Nothing was sent that could be saved."), "error")
    elif chosen.validate_on_submit():
        status = _saved(chosen)
        if status:
            fresh = page_of_list(desk.rows_of(viewer(), ids, today=today))
            return _page(form, fresh, chosen, status)
    else:
        return _page(form, part, chosen, 422)
    asked = request.query_string.decode("utf-8", "replace")
    return redirect(url_for("supervision.arrivals") + (f"?{asked}" if asked else ""))


def _saved(chosen: AssignForm) -> int:
    """0 when it was saved, else the status of the page that says what was not."""
    try:
        changed = actions.assign_supervisors(chosen.choices(), by=viewer(), at=clock.now())
    except actions.NotAllowed as no:
        for key, reasons in no.refused.items():
            chosen.refuse(f"s_{key}", _(", ").join(against(one) for one in reasons))
        return 422
    except actions.Overtaken as overtaken:
        for key in overtaken.ids:
            chosen.refuse(f"s_{key}", _("Somebody else has changed this meanwhile: look again."))
        chosen.take_versions(desk.versions_of(overtaken.ids))
        return 409
    if changed:
        flash(_("Saved: supervisors changed: %(number)s.", number=changed), "success")
    else:
        flash(_("Saved: nothing was different."), "success")
    return 0
