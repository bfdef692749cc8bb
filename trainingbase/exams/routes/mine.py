"""A resident's own examinations."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams import words
from trainingbase.exams.actions import appeals as actions
from trainingbase.exams.forms.sittings import AppealForm
from trainingbase.exams.models import AlreadyDecided, AppealsOver
from trainingbase.exams.queries import appeals, corrections, scores
from trainingbase.exams.queries import mine as queries
from trainingbase.exams.queries.names import facts_of
from trainingbase.exams.routes.blueprint import exams
from trainingbase.i18n import language
from trainingbase.roles import Role


@exams.get("/mine")
@allow(Role.RESIDENT)
def mine():
    results = queries.released(viewer())
    made = corrections.of_candidates([one.id for one in results])
    sessions = queries.sessions(viewer())
    waiting = appeals.own_appeals(viewer())
    return render_template(
        "exams/mine.html",
        results=results,
        made=made,
        now={one.id: corrections.put_right(one.figures(), made.get(one.id, ())) for one in results},
        coming=queries.coming(viewer()),
        recorded=queries.recorded(viewer()),
        sessions=sessions,
        appeals=waiting,
        appealed={one.candidate_id for one in waiting if one.state == "waiting"},
        today=clock.today(),
        words=words,
    )


@exams.get("/mine/osce/<int:candidate_id>")
@allow(Role.RESIDENT)
def my_osce(candidate_id: int):
    """Where to be when; the result once it is released."""
    one = queries.own_session(viewer(), candidate_id)
    result = scores.result_of_one(one) if one.session.released_at is not None else None
    waiting = [each for each in appeals.own_appeals(viewer()) if each.osce_candidate_id == one.id]
    return render_template(
        "exams/osce/mine.html",
        candidate=one,
        session=one.session,
        slots=queries.way_of(one),
        stations={each.id: each for each in queries.stations_of(one)},
        result=result,
        comments=scores.comments_for(one) if result is not None else {},
        appeals=waiting,
        may_appeal=result is not None
        and clock.today() < one.session.appeals_until
        and not any(each.state == "waiting" for each in waiting),
        words=words,
    )


@exams.route("/mine/<int:candidate_id>/appeal", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def appeal(candidate_id: int):
    return _appeal(queries.own_candidate(viewer(), candidate_id), url_for("exams.mine"))


@exams.route("/mine/osce/<int:candidate_id>/appeal", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def appeal_osce(candidate_id: int):
    one = queries.own_session(viewer(), candidate_id)
    return _appeal(one, url_for("exams.my_osce", candidate_id=candidate_id))


def _appeal(of, back: str):
    form = AppealForm()
    if form.validate_on_submit():
        try:
            actions.appeal(
                of,
                text=form.text.data,
                form_key=form.form_key.data,
                today=clock.today(),
                by=viewer(),
                at=clock.now(),
            )
        except AppealsOver:
            flash(_("No appeal is taken now: one waits already, or the days are over."), "error")
        else:
            flash(_("Sent. The office decides, and you are told."), "success")
        return redirect(back)
    facts = facts_of(of)
    name = (language() == "en" and facts["name_en"]) or facts["name"]
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("Appeal: %(name)s", name=name),
        button=_("Send the appeal"),
        cancel=back,
        lead=_("The office looks at your result again and answers with reasons."),
    )
    return page, 422 if form.errors else 200


@exams.post("/mine/appeals/<int:appeal_id>/withdrawal")
@allow(Role.RESIDENT)
def withdraw_appeal(appeal_id: int):
    one = appeals.own_appeal(viewer(), appeal_id)
    try:
        actions.withdraw(one, by=viewer(), at=clock.now())
    except AlreadyDecided:
        flash(_("It is decided already."), "info")
    else:
        flash(_("Withdrawn."), "success")
    return redirect(url_for("exams.mine"))
