"""Who sits, and the figures of one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams import words
from trainingbase.exams.actions import entering, releasing
from trainingbase.exams.actions import sittings as actions
from trainingbase.exams.forms.sittings import AddCandidateForm, WhyForm, figures_form
from trainingbase.exams.models import AlreadyReleased, ExamCandidate, NotYet
from trainingbase.exams.queries import corrections
from trainingbase.exams.queries import sittings as queries
from trainingbase.exams.routes.blueprint import READING, exams, say_not_yet
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _back(sitting_id: int):
    return redirect(url_for("exams.sitting", sitting_id=sitting_id))


def _released():
    flash(words.NOT_YET["released"], "error")


@exams.post("/<int:sitting_id>/candidates/by-rules")
@allow(Role.OFFICE)
def add_by_rules(sitting_id: int):
    one = queries.sitting_by_id(sitting_id)
    try:
        added = actions.add_by_rules(one, by=viewer(), at=clock.now())
    except AlreadyReleased:
        _released()
    else:
        flash(_("Candidates added: %(number)s.", number=added), "success" if added else "info")
    return _back(sitting_id)


@exams.post("/<int:sitting_id>/candidates")
@allow(Role.OFFICE)
def add_candidate(sitting_id: int):
    one, form = queries.sitting_by_id(sitting_id), AddCandidateForm()
    form.resident.choices = options(dict(queries.residents_not_in(one)))
    if not form.validate():
        flash(_("Choose somebody who is not a candidate yet."), "error")
        return _back(sitting_id)
    try:
        actions.add_one(one, form.resident.data, by=viewer(), at=clock.now())
    except actions.AlreadyThere:
        flash(_("This resident is a candidate already."), "info")
    except AlreadyReleased:
        _released()
    else:
        flash(_("Added."), "success")
    return _back(sitting_id)


@exams.get("/<int:sitting_id>/candidates/<int:candidate_id>")
@allow(*READING)
def candidate(sitting_id: int, candidate_id: int):
    one = queries.candidate_by_id(sitting_id, candidate_id)
    made = corrections.of_candidates([one.id]).get(one.id, [])
    return render_template(
        "exams/candidate.html",
        candidate=one,
        now=corrections.put_right(one.figures(), made),
        corrections=made,
        changes=page_of(changes_of(one)),
        words=words,
    )


@exams.route("/<int:sitting_id>/candidates/<int:candidate_id>/excuse", methods=["GET", "POST"])
@allow(Role.OFFICE)
def excuse(sitting_id: int, candidate_id: int):
    one, form = queries.candidate_by_id(sitting_id, candidate_id), WhyForm()
    if form.validate_on_submit():
        try:
            actions.excuse(one, form.why.data, by=viewer(), at=clock.now())
        except AlreadyReleased:
            _released()
        else:
            flash(_("Does not sit this time."), "success")
        return _back(sitting_id)
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("Does not sit: %(name)s", name=one.resident.name),
        button=_("Does not sit"),
        cancel=url_for("exams.sitting", sitting_id=sitting_id),
        lead=_("Ill, on leave, admitted later: no result is written."),
    )
    return page, 422 if form.errors else 200


@exams.post("/<int:sitting_id>/candidates/<int:candidate_id>/return")
@allow(Role.OFFICE)
def bring_back(sitting_id: int, candidate_id: int):
    one = queries.candidate_by_id(sitting_id, candidate_id)
    try:
        actions.bring_back(one, by=viewer(), at=clock.now())
    except AlreadyReleased:
        _released()
    else:
        flash(_("Sits after all."), "success")
    return _back(sitting_id)


@exams.route("/<int:sitting_id>/candidates/<int:candidate_id>/figures", methods=["GET", "POST"])
@allow(Role.OFFICE)
def decide(sitting_id: int, candidate_id: int):
    """Before the release it settles the figures, after it it corrects them beside the original."""
    one = queries.candidate_by_id(sitting_id, candidate_id)
    if not one.sitting.is_released and not (one.is_settled or entering.both_are_done(one.sitting)):
        say_not_yet(NotYet("entering"))
        return _back(sitting_id)
    if one.excused_because is not None:
        return _back(sitting_id)
    now, parts = corrections.figures_of(one), one.sitting.kind.parts
    form = figures_form(parts, now, version=one.version)
    if form.validate_on_submit() and _decided(form, one):
        flash(_("Kept."), "success")
        where = "exams.candidate" if one.sitting.is_released else "exams.differences"
        known = {"candidate_id": one.id} if one.sitting.is_released else {}
        return redirect(url_for(where, sitting_id=sitting_id, **known))
    both = {}
    if not one.is_settled:
        both = queries.entries_of(one.sitting).get(one.id, {})
    page = render_template(
        "exams/decide.html", form=form, candidate=one, both=both, now=now, words=words
    )
    return page, 422 if form.errors and request.method == "POST" else 200


def _decided(form, one: ExamCandidate) -> bool:
    at = clock.now()
    try:
        if one.sitting.is_released:
            releasing.correct(one, form.figures(), because=form.why.data, by=viewer(), at=at)
        else:
            entering.decide(
                one,
                form.figures(),
                because=form.why.data,
                version=form.version.data,
                by=viewer(),
                at=at,
            )
    except entering.Blank as blank:
        for _candidate, field in blank.fields:
            form.refuse("absent" if field == "attended" else field, _("Enter it, or mark absent."))
        return False
    except Stale:
        form.version.data = one.version
        form.version.raw_data = None
        form.refuse("why", _("Somebody else has decided meanwhile: look again, and send again."))
        return False
    except (NotYet, AlreadyReleased):
        form.refuse("why", _("This has changed meanwhile: open the page again."))
        return False
    return True
