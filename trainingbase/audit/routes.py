"""The audit trail, for those who check."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from trainingbase.access import allow
from trainingbase.audit import queries
from trainingbase.form import QueryForm
from trainingbase.paging import page_of
from trainingbase.roles import Role

audit = Blueprint("audit", __name__, url_prefix="/audit")


class TrailSearchForm(QueryForm):
    person = StringField(_l("Person"), [Length(max=100)])
    act = StringField(_l("What was done"), [Length(max=100)])
    subject = StringField(_l("Table"), [Length(max=100)])


@audit.get("/")
@allow(Role.AUDITOR, Role.OFFICE)
def trail():
    form = TrailSearchForm()
    rows = queries.entries(
        person=form.person.data or "", act=form.act.data or "", subject=form.subject.data or ""
    )
    return render_template("audit/trail.html", form=form, page=page_of(rows))
