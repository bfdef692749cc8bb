"""Where to pass: what each method says, and the choice."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams import charts, words
from trainingbase.exams.actions import scoring
from trainingbase.exams.forms.osce import (
    freeze_form,
)
from trainingbase.exams.models import AlreadyReleased, NotYet
from trainingbase.exams.queries import osce as sessions
from trainingbase.exams.queries import panels as queries
from trainingbase.exams.queries import standards
from trainingbase.exams.routes.blueprint import READING, exams, say_not_yet
from trainingbase.i18n import language, named
from trainingbase.roles import Role


@exams.get("/osce/<int:session_id>/standard")
@allow(*READING)
def standard(session_id: int):
    return _standard(session_id)


@exams.post("/osce/<int:session_id>/standard")
@allow(Role.OFFICE)
def freeze(session_id: int):
    return _standard(session_id)


def _standard(session_id: int):
    session = sessions.session_by_id(session_id)
    panel = queries.of_session(session_id)
    found = standards.of_session(session, panel)
    names = {one.id: named(one) for one in session.stations if one.id in found}
    offered = {
        number: [*(code for code, said in one.said.items() if said.cut is not None), "fixed"]
        for number, one in found.items()
    }
    form = None
    if viewer().holds(Role.OFFICE) and session.state == "closed":
        form = freeze_form(names, offered)
        if form.validate_on_submit() and _frozen(form, session, found):
            return redirect(url_for("exams.standard", session_id=session_id))
    drawn = {}
    for number, one in found.items():
        said = one.said["regression"]
        drawn[number] = charts.regression(one.pairs, None if said.refused else said.found)
    page = render_template(
        "exams/osce/standard.html",
        session=session,
        panel=panel,
        found=found,
        names=names,
        drawn=drawn,
        form=form,
        cuts={one.station_id: one for one in sessions.cuts_of(session)},
        history=sessions.all_cuts(session),
        language_=language(),
        words=words,
    )
    return page, 422 if form is not None and form.errors else 200


def _frozen(form, session, found) -> bool:
    chosen = {}
    for number, one in found.items():
        method = form[f"method_{number}"].data
        if method == "fixed":
            value = form[f"value_{number}"].data
            if value is None:
                form.refuse(f"value_{number}", _("Enter the pass mark, or choose a method."))
                continue
            chosen[number] = scoring.Chosen("fixed", value)
        else:
            said = one.said[method]
            chosen[number] = scoring.Chosen(
                method, said.rounded, said.rounded_error, said.candidates
            )
    if form.errors:
        return False
    try:
        scoring.freeze(session, chosen, why=form.why.data, by=viewer(), at=clock.now())
    except NotYet as refused:
        say_not_yet(refused)
    except AlreadyReleased:
        say_not_yet(NotYet("released"))
    else:
        flash(_("The pass marks are frozen."), "success")
    return True
