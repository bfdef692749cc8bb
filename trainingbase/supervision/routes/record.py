"""What a faculty member teaches and has taught, whom they may supervise, and their limit."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.faculty.queries import limits, member_by_id, member_for, teacher_of
from trainingbase.faculty.rules import Stay, why_not
from trainingbase.faculty.words import against
from trainingbase.months import first_of_month, months_from, months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.rotations.queries.published import load_from
from trainingbase.stale import Stale
from trainingbase.supervision import actions, tables
from trainingbase.supervision.forms import AHEAD, LimitForm
from trainingbase.supervision.queries import leaving, record
from trainingbase.supervision.queries.load import all_of
from trainingbase.supervision.routes.blueprint import OWN, supervision
from trainingbase.supervision.rules import line
from trainingbase.supervision.words import KINDS
from trainingbase.thresholds.queries import whole

SHOWN_DAYS = 30
"""For how long from today a page says whether somebody may supervise."""


@supervision.get("/members/<int:member_id>")
@allow(*OWN)
def teaching(member_id: int):
    member, today = member_for(viewer(), member_id), clock.today()
    first = first_of_month(today)
    months = months_from(first, months_later(first, AHEAD))
    spans = load_from(today).get(member.id, [])
    return render_template(
        "supervision/teaching.html",
        member=member,
        counts=record.counts_of(viewer(), member, today=today),
        cells=line(months, spans, member.most_residents),
        judged=_judged(member, spans, today),
        tutees=leaving.tutees_of(member.person_id),
        reads_tutees=viewer().holds(Role.OFFICE, Role.AUDITOR) or viewer().id == member.person_id,
        departures=leaving.departures_of(member),
        kinds=KINDS,
        days=SHOWN_DAYS,
    )


def _judged(member, spans, today):
    """For each post: what stands against one more resident in the coming days, in words."""
    teacher, numbers = teacher_of(member, whole("certificate_years")), limits()
    until = today + timedelta(days=SHOWN_DAYS)
    return [
        (
            post,
            [
                against(one)
                for one in why_not(
                    teacher, Stay(None, post.department_id, today, until), spans, numbers
                )
            ],
        )
        for post in member.posts
    ]


@supervision.get("/members/<int:member_id>/activities")
@allow(*OWN)
def activities(member_id: int):
    member = member_for(viewer(), member_id)
    rows = record.activities_of(member)
    return render_template("supervision/activities.html", member=member, page=page_of(rows))


@supervision.get("/members/<int:member_id>/activities/<string:kind>")
@allow(*OWN)
def export_activities(member_id: int, kind: str):
    rows = all_of(record.activities_of(member_for(viewer(), member_id)))
    return download(tables.of_activities(rows), kind, _("Teaching activities"))


@supervision.get("/members/<int:member_id>/exits")
@allow(*OWN)
def exits(member_id: int):
    member = member_for(viewer(), member_id)
    return render_template(
        "supervision/exits.html", member=member, page=page_of(record.exits_of(viewer(), member))
    )


@supervision.get("/members/<int:member_id>/exits/<string:kind>")
@allow(*OWN)
def export_exits(member_id: int, kind: str):
    rows = all_of(record.exits_of(viewer(), member_for(viewer(), member_id)))
    return download(tables.of_exits(rows), kind, _("Exit assessments"))


@supervision.route("/members/<int:member_id>/limit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def limit(member_id: int):
    member = member_by_id(member_id)
    form, stale = LimitForm(obj=member), None
    if form.validate_on_submit():
        try:
            actions.change_limit(
                member,
                form.most_residents.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
                why=form.why.data,
            )
        except Stale:
            stale = form.stale_against(member)
        except actions.TooMany as too_many:
            form.refuse(
                "most_residents",
                _(
                    "%(load)s residents are assigned at once already: assign them elsewhere first.",
                    load=too_many.load,
                ),
            )
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("faculty.member", member_id=member_id))
    page = render_template("supervision/limit.html", form=form, member=member, stale=stale)
    return page, 409 if stale is not None else 422 if form.errors else 200
