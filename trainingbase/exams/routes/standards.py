"""Where to pass: what each method says, the choice, and the panels of judges."""

from decimal import Decimal

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams import charts, words
from trainingbase.exams.actions import judging, scoring
from trainingbase.exams.forms.osce import (
    JudgesForm,
    PaperJudgesForm,
    estimates_form,
    freeze_form,
)
from trainingbase.exams.forms.sittings import WhyForm
from trainingbase.exams.models import AlreadyReleased, NotYet, Panel
from trainingbase.exams.queries import osce as sessions
from trainingbase.exams.queries import panels as queries
from trainingbase.exams.queries import sittings, standards
from trainingbase.exams.routes.blueprint import READING, exams, say_not_yet
from trainingbase.form import EditingForm, options
from trainingbase.i18n import language, named
from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.roles import Role
from trainingbase.stale import Stale

JUDGING = (Role.FACULTY, Role.OFFICE)


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


def _people(form) -> None:
    form.judges.choices = options(sessions.who_may_examine())


@exams.route("/osce/<int:session_id>/panel/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def ask_about_session(session_id: int):
    session, form = sessions.session_by_id(session_id), JudgesForm()
    _people(form)
    if form.validate_on_submit():
        try:
            made = judging.ask_about_session(
                session, form.judges.data or [], by=viewer(), at=clock.now()
            )
        except NotYet as refused:
            say_not_yet(refused)
        except AlreadyReleased:
            say_not_yet(NotYet("released"))
        else:
            flash(_("The judges are asked."), "success")
            return redirect(url_for("exams.one_panel", panel_id=made.id))
        return redirect(url_for("exams.osce", session_id=session_id))
    return _asking(form, url_for("exams.osce", session_id=session_id))


@exams.route("/<int:sitting_id>/panel/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def ask_about_sitting(sitting_id: int):
    sitting, form = sittings.sitting_by_id(sitting_id), PaperJudgesForm()
    _people(form)
    if form.validate_on_submit():
        try:
            made = judging.ask_about_sitting(
                sitting, form.items.data, form.judges.data or [], by=viewer(), at=clock.now()
            )
        except AlreadyReleased:
            say_not_yet(NotYet("released"))
            return redirect(url_for("exams.sitting", sitting_id=sitting_id))
        flash(_("The judges are asked."), "success")
        return redirect(url_for("exams.one_panel", panel_id=made.id))
    return _asking(form, url_for("exams.sitting", sitting_id=sitting_id))


def _asking(form, back: str):
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("Ask judges"),
        button=_("Ask them"),
        cancel=back,
        lead=_(
            "Each judge says by themselves how a just passing candidate would do. "
            "At least three are needed; those asked before stay."
        ),
    )
    return page, 422 if form.errors else 200


@exams.get("/panels")
@allow(*JUDGING)
def my_panels():
    return render_template("exams/osce/panels.html", rows=queries.panels_of(viewer()), words=words)


@exams.route("/panels/<int:panel_id>", methods=["GET", "POST"])
@allow(*JUDGING)
def one_panel(panel_id: int):
    """A judge's own estimates while the round is open; everybody's once it is closed.  The office
    sees who has handed in, and what only afterwards."""
    panel, seat = _seen(panel_id)
    form = None
    if seat is not None and panel.is_open and seat.done_round < panel.round:
        form = _estimates(panel, seat)
        if form.validate_on_submit() and _estimated(form, panel, seat):
            return redirect(url_for("exams.one_panel", panel_id=panel_id))
    last = queries.last_closed(panel)
    judged = standards.judged_in(panel, last) if last else None
    page = render_template(
        "exams/osce/panel.html",
        panel=panel,
        seat=seat,
        form=form,
        last=last,
        table=queries.table_of(panel, last) if last else {},
        judged=None if isinstance(judged, CannotSay) else judged,
        refused=judged.text(language()) if isinstance(judged, CannotSay) else None,
        use=WhyForm(formdata=None),
        words=words,
    )
    return page, 422 if form is not None and form.errors else 200


def _seen(panel_id: int):
    """The panel and the viewer's seat; of a panel one neither judges nor runs it is no page."""
    panel = queries.panel_by_id(panel_id)
    seat = next((one for one in panel.judges if one.person_id == viewer().id), None)
    if seat is None and not viewer().holds(Role.OFFICE):
        abort(404)
    return panel, seat


def _estimates(panel: Panel, seat):
    given = {
        one.line_id: one.value for one in queries.estimates(panel, panel.round, judge_id=seat.id)
    }
    if not given and panel.round > 1:
        before = queries.estimates(panel, panel.round - 1, judge_id=seat.id)
        given = {one.line_id: one.value for one in before}
    return estimates_form(panel.lines, given)


def _estimated(form, panel: Panel, seat) -> bool:
    is_done, values = "done" in request.form, form.values()
    if is_done:
        for one in panel.lines:
            if one.id not in values:
                form.refuse(f"line_{one.id}", _("Estimate this one too."))
        if form.errors:
            return False
    try:
        judging.estimate(
            panel,
            seat,
            values,
            round_=panel.round,
            is_done=is_done,
            at=clock.now(),
            by=viewer(),
        )
    except NotYet as refused:
        say_not_yet(refused)
    else:
        flash(_("Handed in.") if is_done else _("Kept."), "success")
    return True


def _run(panel_id: int, act, done: str):
    panel, form = queries.panel_by_id(panel_id), EditingForm()
    try:
        act(panel, version=form.version.data, by=viewer(), at=clock.now())
    except NotYet as refused:
        say_not_yet(refused)
    except Stale:
        flash(_("Somebody else was faster: look at the page again."), "error")
    else:
        flash(done, "success")
    return redirect(url_for("exams.one_panel", panel_id=panel_id))


@exams.post("/panels/<int:panel_id>/closing")
@allow(Role.OFFICE)
def close_round(panel_id: int):
    return _run(panel_id, judging.close_round, _("Closed: the judges see each other's estimates."))


@exams.post("/panels/<int:panel_id>/rounds")
@allow(Role.OFFICE)
def next_round(panel_id: int):
    return _run(panel_id, judging.next_round, _("The judges are asked once more."))


@exams.post("/panels/<int:panel_id>/judges/<int:judge_id>/removal")
@allow(Role.OFFICE)
def remove_judge(panel_id: int, judge_id: int):
    panel = queries.panel_by_id(panel_id)
    judge = next((one for one in panel.judges if one.id == judge_id), None)
    if judge is None:
        abort(404)
    try:
        judging.remove_judge(judge, panel, by=viewer(), at=clock.now())
    except NotYet as refused:
        say_not_yet(refused)
    else:
        flash(_("Removed."), "success")
    return redirect(url_for("exams.one_panel", panel_id=panel_id))


@exams.post("/panels/<int:panel_id>/use")
@allow(Role.OFFICE)
def use_panel(panel_id: int):
    """The cut becomes the pass mark of the theory paper."""
    panel, form = queries.panel_by_id(panel_id), WhyForm()
    judged = standards.judged_by(panel)
    if panel.sitting is None or isinstance(judged, CannotSay):
        abort(404)
    if not form.validate():
        flash(_("Say why."), "error")
        return redirect(url_for("exams.one_panel", panel_id=panel_id))
    percent = Decimal(str(judged.percent)).quantize(Decimal("0.01"))
    try:
        judging.use_for_sitting(
            panel.sitting, percent, why=form.why.data, by=viewer(), at=clock.now()
        )
    except AlreadyReleased:
        say_not_yet(NotYet("released"))
    else:
        flash(_("It is the pass mark of the theory now."), "success")
    return redirect(url_for("exams.sitting", sitting_id=panel.sitting.id))
