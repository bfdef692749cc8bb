"""What was sent, and of whom it was asked."""

from dataclasses import replace

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import tables
from trainingbase.assessments.forms import RequestListForm, SubmissionListForm
from trainingbase.assessments.queries import lists
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.filters import chosen, wanted, with_choices
from trainingbase.assessments.words import STATE_KINDS, STATES
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.paging import page_of
from trainingbase.roles import Role

READERS = (Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR, Role.AUDITOR)


def _submissions():
    form = with_choices(SubmissionListForm())
    return form, lists.submissions(viewer(), wanted(form), today=clock.today())


def _requests():
    form = with_choices(RequestListForm())
    people = lists.assessors_asked(viewer())
    form.assessor.choices = options({0: _("All")} | people)
    which = replace(
        wanted(form),
        since=form.since.data,
        until=form.until.data,
        assessor_id=chosen(form.assessor),
    )
    return form, lists.requests(viewer(), which, today=clock.today())


@assessments.get("/all")
@allow(*READERS)
def all():
    form, rows = _submissions()
    return render_template("assessments/all.html", form=form, page=page_of(rows))


@assessments.get("/all/export/<string:kind>")
@allow(*READERS)
def export(kind: str):
    return download(tables.submissions(_submissions()[1]), kind, "assessments")


@assessments.get("/requests")
@allow(*READERS)
def requests():
    form, rows = _requests()
    return render_template(
        "assessments/requests.html",
        form=form,
        page=page_of(rows),
        states=STATES,
        state_kinds=STATE_KINDS,
    )


@assessments.get("/requests/export/<string:kind>")
@allow(*READERS)
def export_requests(kind: str):
    rows = _requests()[1]
    return download(tables.requests(rows, today=clock.today()), kind, "requests")
