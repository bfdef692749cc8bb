"""Experts sent to sites, and the sessions the site confirms."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options, whole_number
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.network import actions, tables
from trainingbase.network.forms import (
    EditPostingForm,
    PostingForm,
    PostingSearchForm,
    SessionForm,
)
from trainingbase.network.models import Posting
from trainingbase.network.queries import posting as queries
from trainingbase.network.routes import network
from trainingbase.network.rules.posting import days_of
from trainingbase.network.words import WEEKDAYS, WORK
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import all_of, institutions_seen
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import value_of

SEES = (Role.OFFICE, Role.AUDITOR, Role.LEADER, Role.SITE_COORDINATOR)
DAYS_BACK = 60
SHOWN = 40


def _rows():
    form = PostingSearchForm()
    seen = institutions_seen(viewer())
    form.institution.choices = options({0: _("All")} | {one.id: named(one) for one in seen})
    rows = queries.postings(
        viewer(),
        search=form.search.data or "",
        institution_id=form.institution.data or 0,
        kind=form.kind.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
        today=clock.today(),
    )
    return form, rows


@network.get("/postings")
@allow(*SEES)
def postings():
    form, rows = _rows()
    page = page_of(rows)
    return render_template(
        "network/postings.html",
        form=form,
        page=page,
        hours=queries.hours_held([one.id for one in page.items]),
        work=WORK,
        weekdays=WEEKDAYS,
    )


@network.get("/postings/export/<string:kind>")
@allow(*SEES)
def export_postings(kind: str):
    found = all_of(_rows()[1])
    hours = queries.hours_held([one.id for one in found])
    return download(tables.of_postings(found, hours), kind, _("Experts sent"))


def _offer(form) -> None:
    form.person_id.choices = options(
        {one.person_id: f"{one.name} · {one.title}" for one in queries.experts()}
    )
    departments = queries.all_departments()
    form.department_id.choices = options(
        {one.id: f"{named(one.institution)} · {named(one)}" for one in departments}
    )
    places = {one.institution_id: named(one.institution) for one in departments}
    form.institution_id.choices = options(places)


@network.route("/postings/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_posting():
    usual = {
        "institution_id": request.args.get("site", type=whole_number),
        "hours": value_of("posting_session_hours"),
        "starts_on": clock.today(),
    }
    form = PostingForm(data=usual if request.method == "GET" else None)
    _offer(form)
    if form.validate_on_submit() and not form.errors:
        made = actions.add_posting(
            form.columns(), by=viewer(), at=clock.now(), request_key=form.form_key.data
        )
        flash(_("The expert is sent."), "success")
        return redirect(url_for("network.posting", posting_id=made.id))
    return _shown(form, _("Send an expert"), url_for("network.postings"))


def _shown(form, title: str, back: str, **more):
    return render_template(
        "sites/form.html",
        form=form,
        title=title,
        trail=[(_("Experts sent"), url_for("network.postings"))],
        back=back,
        **more,
    )


@network.route("/postings/<int:posting_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_posting(posting_id: int):
    one = queries.posting_for(viewer(), posting_id)
    form = EditPostingForm(obj=one)
    _offer(form)
    weekday = "" if one.weekday is None else str(one.weekday)
    last = one.ends_on - timedelta(days=1) if one.ends_on else None
    if request.method == "GET":
        form.weekday.data, form.last_day.data = weekday, last
    back = url_for("network.posting", posting_id=one.id)
    stale = None
    if form.validate_on_submit() and not form.errors:
        try:
            actions.edit_posting(
                one, form.columns(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            last = one.ends_on - timedelta(days=1) if one.ends_on else None
            weekday = "" if one.weekday is None else str(one.weekday)
            stale = form.stale_against(one, weekday=weekday, last_day=last)
        else:
            flash(_("Saved."), "success")
            return redirect(back)
    again = url_for("network.edit_posting", posting_id=one.id)
    page = _shown(form, _("Edit the posting"), back, stale=stale, again=again)
    return page, 200 if stale is None else 409


@network.get("/postings/<int:posting_id>")
@allow(*SEES)
def posting(posting_id: int):
    return _page(queries.posting_for(viewer(), posting_id))


@network.post("/postings/<int:posting_id>/sessions")
@allow(Role.OFFICE, Role.SITE_COORDINATOR)
def confirm_session(posting_id: int):
    """The site says which sessions were held; so may the office."""
    one = queries.posting_for(viewer(), posting_id)
    form = SessionForm()
    if form.validate_on_submit():
        try:
            actions.confirm_session(
                one,
                held_on=form.held_on.data,
                hours=form.hours.data,
                note=form.note.data,
                today=clock.today(),
                by=viewer(),
                at=clock.now(),
            )
        except actions.NotADayOfIt:
            form.refuse("held_on", _("This posting has no session on that day, or not yet."))
        except actions.AlreadyConfirmed:
            form.refuse("held_on", _("This session is confirmed already."))
        else:
            flash(_("The session is confirmed."), "success")
            return redirect(url_for("network.posting", posting_id=one.id))
    return _page(one, form)


def _page(one: Posting, form: SessionForm | None = None):
    missing = _missing(one)
    usual = {"hours": one.hours, "held_on": missing[0] if missing else clock.today()}
    may_confirm = viewer().holds(Role.OFFICE) or one.institution_id in viewer().institution_ids
    return render_template(
        "network/posting.html",
        posting=one,
        form=(form or SessionForm(data=usual)) if may_confirm else None,
        missing=missing,
        total=sum((session.hours for session in one.sessions), 0),
        work=WORK,
        weekdays=WEEKDAYS,
        changes=page_of(changes_of(one)),
    )


def _missing(one: Posting) -> list[date]:
    """Days of the last weeks that nobody has confirmed, the newest first."""
    today = clock.today()
    held = {session.held_on for session in one.sessions}
    first = today - timedelta(days=DAYS_BACK)
    after = today + timedelta(days=1)
    days = days_of(one.weekday, one.starts_on, one.ends_on, first=first, after=after)
    return [day for day in reversed(days) if day not in held][:SHOWN]
