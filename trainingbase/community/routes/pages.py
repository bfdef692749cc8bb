"""What is known of the community by month, what each site still owes, and the form of a month."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow, viewer
from trainingbase.community import actions, queries, tables
from trainingbase.community.forms import MonthQuery, fields_of, month_form
from trainingbase.community.rules import LATE, months_to_enter, state
from trainingbase.community.words import STATE_KINDS, STATES
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import institution_tended
from trainingbase.thresholds.queries import whole

community = Blueprint("community", __name__, url_prefix="/community")

READERS = (Role.SITE_COORDINATOR, Role.OFFICE, Role.LEADER, Role.AUDITOR)
ENTER = (Role.SITE_COORDINATOR, Role.OFFICE)
MONTHS = 12
SHOWN = 6


@community.get("/")
@allow(*READERS)
def overview():
    today, month = clock.today(), _month()
    form = MonthQuery()
    form.month.choices = [(f"{m:%Y-%m}", i18n.month(m)) for m in months_to_enter(today, MONTHS)]
    form.month.data = f"{month:%Y-%m}"
    return render_template(
        "community/overview.html",
        form=form,
        known=queries.known(month, today),
        log=queries.from_the_log(month),
        sites={one.id: one for one in queries.sites(today)},
        said=tables.said,
        value=tables.value,
        sureness=tables.sureness,
        growth=tables.growth,
    )


@community.get("/export/<string:kind>")
@allow(*READERS)
def export(kind: str):
    month = _month()
    found = tables.table(queries.known(month, clock.today()), month)
    return download(found, kind, f"community-{month:%Y-%m}")


@community.get("/sites")
@allow(*ENTER)
def sites():
    """The sites one enters for, and which months are missing or late."""
    today = clock.today()
    months = months_to_enter(today, SHOWN)
    mine = queries.sites_of(viewer(), today)
    counts, days = queries.entered_counts(months), whole("community_days")
    asked = {one.id: len(queries.asked(one)) for one in mine}
    states = {
        (one.id, month): state(
            month, counts.get((one.id, month), 0) >= asked[one.id], today=today, days=days
        )
        for one in mine
        for month in months
    }
    return render_template(
        "community/sites.html",
        sites=mine,
        months=months,
        states=states,
        counts=counts,
        asked=asked,
        late=sum(one == LATE for one in states.values()),
        words=STATES,
        kinds=STATE_KINDS,
    )


@community.route("/sites/<int:site_id>/<string:month>", methods=["GET", "POST"])
@allow(*ENTER)
def enter(site_id: int, month: str):
    site, month_on = institution_tended(viewer(), site_id), _parsed(month)
    if month_on is None or month_on > clock.today():
        abort(404)
    asked = queries.asked(site)
    there = queries.entries(month_on, institution_id=site.id)
    by_dimension = {dimension_id: row for (dimension_id, _site), row in there.items()}
    form, overtaken = month_form(asked, by_dimension), False
    if form.validate_on_submit():
        try:
            changed = actions.enter(
                site, month_on, form.given(), there, form.seen(), why=form.why.data, by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        except actions.Taken:
            overtaken = True
        else:
            flash(_("%(number)s numbers were kept.", number=changed), "success")
            return redirect(url_for("community.sites"))
    page = render_template(
        "community/enter.html",
        site=site,
        month=month_on,
        form=form,
        asked=asked,
        there=by_dimension,
        fields=fields_of,
        said=tables.said,
        overtaken=overtaken,
        log=queries.from_the_log(month_on).get(site.id),
        history=page_of(changes_of(*by_dimension.values())) if by_dimension else None,
    )
    return page, 409 if overtaken else 422 if form.errors else 200


def _month() -> date:
    """The one asked for, or the last that is over."""
    months = months_to_enter(clock.today(), MONTHS)
    asked = _parsed(request.args.get("month", ""))
    return asked if asked in months else months[1]


def _parsed(text: str) -> date | None:
    offered = {f"{month:%Y-%m}": month for month in months_to_enter(clock.today(), MONTHS)}
    return offered.get(text)


@community.context_processor
def named() -> dict:
    return {"named": i18n.named}
