"""How comments are looked at, form by form."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments.actions import coaching as setting
from trainingbase.assessments.forms import CoachingForm
from trainingbase.assessments.queries import coaching as queries
from trainingbase.assessments.queries import instruments
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.words import COACHING_MODES, LACKS
from trainingbase.history.queries import changes_of
from trainingbase.months import first_of_month, months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


@assessments.get("/comments")
@allow(Role.OFFICE, Role.AUDITOR)
def comments():
    since = months_later(first_of_month(clock.today()), -11)
    until = months_later(first_of_month(clock.today()), 1)
    return render_template(
        "assessments/comments.html",
        forms=queries.modes(),
        modes=COACHING_MODES,
        shares={one.key: one for one in queries.comments(since, until, by="instrument")},
        since=since,
        lacks=LACKS,
    )


@assessments.route("/comments/<string:code>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def set_coaching(code: str):
    instrument = instruments.instrument_in_use(code)
    row = queries.choice_of(code)
    form, stale = CoachingForm(obj=row), None
    if form.validate_on_submit():
        try:
            setting.set_mode(
                code, form.mode.data, version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            row = queries.choice_of(code)
            stale = form.stale_against(row)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("assessments.comments"))
    page = render_template(
        "assessments/coaching.html",
        form=form,
        instrument=instrument,
        modes=COACHING_MODES,
        changes=page_of(changes_of(row)) if row.version else None,
        stale=stale,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200
