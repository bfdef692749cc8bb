from datetime import UTC, date, datetime
from decimal import Decimal

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase.access import allow
from trainingbase.design.forms import SampleFilter, SampleForm
from trainingbase.design.samples import ERRORS, SamplePage, sample_chart, sample_error
from trainingbase.roles import Role

design = Blueprint("design", __name__, url_prefix="/design")


@design.get("/")
@allow(Role.OFFICE, Role.ADMINISTRATOR)
def index():
    return _page(SampleForm())


@design.post("/")
@allow(Role.OFFICE, Role.ADMINISTRATOR)
def send():
    form = SampleForm()
    if not form.validate():
        return _page(form), 422
    flash(_("Nothing was saved: this page only shows how things look."), "success")
    return redirect(url_for("design.index"))


@design.get("/errors/<int:code>")
@allow(Role.OFFICE, Role.ADMINISTRATOR)
def error(code):
    if code not in ERRORS:
        abort(404)
    return sample_error(code)


def _page(form):
    return render_template(
        "design/index.html",
        form=form,
        filters=SampleFilter(),
        page=SamplePage(),
        figure=sample_chart(),
        errors=ERRORS,
        amount=Decimal("1234.50"),
        date=date(2026, 11, 22),
        at=datetime(2026, 11, 22, 1, 30, tzinfo=UTC),
    )
