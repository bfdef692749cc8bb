"""The links of guests: issued singly or for a department, printed, listed, revoked."""

from datetime import timedelta

from flask import (
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _

from trainingbase import clock, codes
from trainingbase.access import allow, viewer
from trainingbase.assessments import printing, tables
from trainingbase.assessments.actions import guests as actions
from trainingbase.assessments.guest_forms import (
    IssueForm,
    IssueToDepartmentForm,
    IssueToOneForm,
    LinkListForm,
)
from trainingbase.assessments.models import GuestLink, LinkClosed
from trainingbase.assessments.queries import asking
from trainingbase.assessments.queries import guests as queries
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.filters import department_choices
from trainingbase.assessments.tokens import token_of
from trainingbase.assessments.words import GUEST_KINDS, IDENTITIES, LINK_STATE_KINDS, LINK_STATES
from trainingbase.downloads import as_file, download
from trainingbase.form import options, whole_number
from trainingbase.i18n import named
from trainingbase.paging import page_of
from trainingbase.paper import pdf_aside
from trainingbase.roles import Role
from trainingbase.sites.queries import institutions
from trainingbase.thresholds.queries import whole

ISSUERS = (Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR)
READERS = (*ISSUERS, Role.AUDITOR)
PRINTERS = (*ISSUERS, Role.FACULTY)
"""A teacher prints what they issued themselves, see `queries.guests.link_of`."""


def _secret() -> str:
    return current_app.config["SECRET_KEY"]


def address_of(link: GuestLink) -> str:
    """What the guest opens."""
    token = token_of(_secret(), link.nonce)
    return url_for("guests.answer", token=token, _external=True)


def _rows():
    form = LinkListForm()
    return form, queries.links(
        viewer(),
        today=clock.today(),
        search=form.search.data or "",
        state=form.state.data if form.state.data in LINK_STATES else "",
        kind=form.kind.data if form.kind.data in GUEST_KINDS else "",
        sort=request.args.get("sort", ""),
    )


@assessments.get("/guests")
@allow(*READERS)
def guests():
    form, rows = _rows()
    return render_template(
        "assessments/guests.html",
        form=form,
        page=page_of(rows),
        kinds=GUEST_KINDS,
        identities=IDENTITIES,
        states=LINK_STATES,
        state_kinds=LINK_STATE_KINDS,
    )


@assessments.get("/guests/export/<string:kind>")
@allow(*READERS)
def export_guests(kind: str):
    return download(tables.guests(_rows()[1], today=clock.today()), kind, "guests")


@assessments.route("/guests/new", methods=["GET", "POST"])
@allow(*ISSUERS)
def issue_to_department():
    form = IssueToDepartmentForm(data=_usual())
    form.department.choices = department_choices(institutions())[1:]
    if form.department.data == 0:
        form.department.data = None
    placements = []
    if form.is_submitted() and form.department.data:
        placements = queries.placements_of_department(
            viewer(), form.department.data, today=clock.today()
        )
    return _issue(form, "assessments/issue.html", placements)


@assessments.route("/placements/<int:placement_id>/guests/new", methods=["GET", "POST"])
@allow(*ISSUERS)
def issue_to_one(placement_id: int):
    placement = asking.placement_to_ask_about(viewer(), placement_id, today=clock.today())
    form = IssueToOneForm(data=_usual())
    return _issue(form, "assessments/issue.html", [placement], placement=placement)


def _usual() -> dict:
    return {"last_on": clock.today() + timedelta(days=whole("guest_link_days") - 1)}


def _issue(form: IssueForm, template: str, placements, placement=None):
    forms = {one.id: one for one in queries.guest_forms()}
    form.instrument.choices = options(
        {key: f"{named(one)} ({GUEST_KINDS[queries.kind_of(one)]})" for key, one in forms.items()}
    )
    if form.validate_on_submit() and _may_issue(form, placements):
        try:
            made = actions.issue(
                instrument=forms[form.instrument.data],
                placements=placements,
                each=form.each.data,
                identity=form.identity.data,
                expires_on=form.last_on.data + timedelta(days=1),
                batch=form.form_key.data,
                secret=_secret(),
                by=viewer(),
                at=clock.now(),
                name=form.name.data if "name" in form else None,
                contact=form.contact.data if "contact" in form else None,
            )
        except actions.TooMany:
            form.refuse("each", _("At most %(n)s links at once.", n=actions.MOST_AT_ONCE))
        else:
            flash(_("Issued: %(n)s. Print the sheets now, or later from the list.", n=len(made)),
                  "success")  # fmt: skip
            return redirect(url_for("assessments.sheets", batch=form.form_key.data))
    page = render_template(template, form=form, placement=placement, forms=forms)
    return page, 422 if form.errors else 200


def _may_issue(form: IssueForm, placements) -> bool:
    if form.last_on.data < clock.today():
        form.refuse("last_on", _("Choose today or a later day."))
    elif form.last_on.data > clock.today() + timedelta(days=180):
        form.refuse("last_on", _("At most half a year."))
    elif not placements:
        form.refuse("department", _("Nobody is in this department today."))
    return not form.errors


def _to_print() -> list[tuple[GuestLink, str]]:
    """Those of one issue, or one, with the address each opens."""
    found = queries.to_print(
        viewer(),
        today=clock.today(),
        batch=request.args.get("batch", "")[:64],
        link_id=request.args.get("link", 0, type=whole_number),
    )
    if not found:
        abort(404)
    return [(one, address_of(one)) for one in found]


@assessments.get("/guests/sheets")
@allow(*PRINTERS)
def sheets():
    """To print: a code for each link that still opens."""
    return render_template("assessments/sheets.html", links=_to_print(), kinds=GUEST_KINDS)


@assessments.get("/guests/sheets.pdf")
@allow(*PRINTERS)
def sheets_pdf():
    made = printing.sheets(_to_print(), at=clock.now())
    return as_file(pdf_aside(made), "pdf", _("Sheets to print"))


@assessments.get("/guests/<int:link_id>/code.svg")
@allow(*PRINTERS)
def guest_code(link_id: int):
    link = queries.link_of(viewer(), link_id, today=clock.today())
    if link.state(clock.today()) != "open":
        abort(404)
    return send_file(codes.picture(address_of(link)), mimetype="image/svg+xml", max_age=0)


@assessments.post("/guests/<int:link_id>/revocation")
@allow(*ISSUERS)
def revoke_guest(link_id: int):
    link = queries.link_of(viewer(), link_id, today=clock.today())
    try:
        actions.revoke(link, by=viewer(), at=clock.now())
    except LinkClosed:
        flash(_("This link is closed already."), "info")
    else:
        flash(_("Revoked. The link and its sheet do not open any more."), "success")
    return redirect(url_for("assessments.guests"))
