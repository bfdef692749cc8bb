"""The audit trail, for those who check."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.access import allow
from trainingbase.audit import queries
from trainingbase.audit.words import ACTS, SUBJECTS
from trainingbase.form import QueryForm, options
from trainingbase.paging import page_of
from trainingbase.roles import Role

audit = Blueprint("audit", __name__, url_prefix="/audit")


class TrailSearchForm(QueryForm):
    person = StringField(_l("Person"), [Length(max=100)])
    act = SelectField(_l("What was done"), choices=options({"": _l("All"), **ACTS}), default="")
    subject = SelectField(_l("To what"), choices=options({"": _l("All"), **SUBJECTS}), default="")


@audit.get("/")
@allow(Role.AUDITOR, Role.OFFICE)
def trail():
    form = TrailSearchForm()
    rows = queries.entries(
        person=form.person.data or "", act=form.act.data or "", subject=form.subject.data or ""
    )
    return render_template(
        "audit/trail.html", form=form, page=page_of(rows), acts=ACTS, subjects=SUBJECTS
    )
