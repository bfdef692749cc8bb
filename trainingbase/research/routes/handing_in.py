"""Handing work in, changing it while that is possible, correcting it afterwards."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.files.sending import send
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.research import actions, queries
from trainingbase.research.forms import (
    ApprovalForm,
    ChangeWorkForm,
    NewWorkForForm,
    NewWorkForm,
    ReturnForm,
    WorkFields,
)
from trainingbase.research.models import AlreadyDecided, BeingCorrected, Work
from trainingbase.research.routes.blueprint import EVERY_READER, WORKERS, research
from trainingbase.research.routes.lists import words
from trainingbase.roles import Role
from trainingbase.stale import Stale

HANDERS = (*WORKERS, Role.OFFICE)


def _refuse_claimed(form, claimed: actions.ClaimedBefore) -> None:
    form.refuse("title", _("You have handed this in before: %(title)s.", title=claimed.work.title))


@research.route("/new", methods=["GET", "POST"])
@allow(*HANDERS)
def new():
    """One's own work; the office hands in for somebody else."""
    for_others = viewer().holds(Role.OFFICE)
    usual = {"kind": request.args.get("kind", "paper"), "role": "first"}
    form = (NewWorkForForm if for_others else NewWorkForm)(
        data=usual if request.method == "GET" else None
    )
    if for_others:
        people = {one.id: one.name for one in queries.people_to_enter_for()}
        form.person.choices = options({0: _("Choose …")} | people)
    if form.validate_on_submit() and not form.errors and not form.lacks_evidence():
        person = _person(form) if for_others else viewer()
        if person is not None:
            try:
                made = actions.hand_in(
                    person,
                    form.given(),
                    form.evidence.uploads,
                    by=viewer(),
                    at=clock.now(),
                    request_key=form.form_key.data,
                )
            except actions.ClaimedBefore as claimed:
                _refuse_claimed(form, claimed)
            else:
                flash(_("Handed in: the office decides."), "success")
                return redirect(url_for("research.one", work_id=made.id))
    return render_template("research/new.html", form=form, work=None, **words())


def _person(form: NewWorkForForm):
    if not form.person.data:
        form.refuse("person", _("Choose whose."))
        return None
    return queries.person_to_enter_for(form.person.data)


@research.get("/<int:work_id>")
@allow(*EVERY_READER)
def one(work_id: int):
    return page(queries.work_for(viewer(), work_id))


def page(work: Work, status: int = 200, **forms):
    """One work; the office decides here, and sees what is like it."""
    deciding = viewer().holds(Role.OFFICE) and work.state == "waiting"
    deciding = deciding and work.person_id != viewer().id
    if not deciding:  # what was sent wrong, of what somebody else has decided meanwhile
        forms = {}
    if deciding and "approval" not in forms:
        points = queries.points_for(work.kind, work.level)
        data = {"version": work.version, "points": points}
        forms["approval"] = ApprovalForm(data=data, formdata=None)
    if deciding and "returning" not in forms:
        forms["returning"] = ReturnForm(data={"version": work.version}, formdata=None)
    shown = render_template(
        "research/one.html",
        work=work,
        alike=queries.alike(work),
        corrections=queries.corrections_of(work),
        may_change=may_change(work),
        changes=page_of(changes_of(work)),
        approval=forms.get("approval"),
        returning=forms.get("returning"),
        **words(),
    )
    return shown, status


def may_change(work: Work) -> bool:
    """Whose it is, or the office for them."""
    return work.person_id == viewer().id or viewer().holds(Role.OFFICE)


def _filled(work: Work) -> dict:
    """What the form is filled with, as it would be sent."""
    names = (*WorkFields.TEXTS, *WorkFields.OTHERS)
    given = {name: getattr(work, name) for name in names}
    texts = {name: given[name] or "" for name in WorkFields.TEXTS}
    return given | texts | {"version": work.version}


def work_to_change(work_id: int) -> Work:
    work = queries.work_for(viewer(), work_id)
    if not may_change(work):
        abort(404)
    return work


@research.route("/<int:work_id>/change", methods=["GET", "POST"])
@allow(*HANDERS)
def change(work_id: int):
    work = work_to_change(work_id)
    form, status, differences = ChangeWorkForm(data=_filled(work)), 200, None
    form.drop.choices = [(one.id, one.file.name) for one in work.evidence]
    kept = len([one for one in work.evidence if one.id not in (form.drop.data or ())])
    if form.validate_on_submit() and not form.errors and not form.lacks_evidence(kept):
        try:
            actions.change_work(
                work,
                form.given(),
                form.evidence.uploads,
                form.drop.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            status, differences = 409, form.stale_against(work)
        except actions.ClaimedBefore as claimed:
            _refuse_claimed(form, claimed)
        except AlreadyDecided:
            flash(_("It was decided meanwhile: hand in a correction."), "error")
            return redirect(url_for("research.one", work_id=work_id))
        else:
            flash(_("Handed in: the office decides."), "success")
            return redirect(url_for("research.one", work_id=work_id))
    shown = render_template(
        "research/change.html", form=form, work=work, differences=differences, **words()
    )
    return shown, status


@research.route("/<int:work_id>/correction", methods=["GET", "POST"])
@allow(*HANDERS)
def correct(work_id: int):
    """What was approved stays; a correction takes its place once it is approved."""
    work = work_to_change(work_id)
    form, kept = NewWorkForm(data=_filled(work)), len(work.evidence)
    if form.validate_on_submit() and not form.errors and not form.lacks_evidence(kept):
        try:
            made = actions.correct(
                work,
                form.given(),
                form.evidence.uploads,
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
        except actions.ClaimedBefore as claimed:
            _refuse_claimed(form, claimed)
        except (AlreadyDecided, BeingCorrected):
            flash(_("A correction waits already, or there is nothing approved here."), "error")
            return redirect(url_for("research.one", work_id=work_id))
        else:
            flash(_("The correction is handed in: until it is approved, the first counts."), "info")
            return redirect(url_for("research.one", work_id=made.id))
    return render_template("research/new.html", form=form, work=work, **words())


@research.get("/<int:work_id>/evidence/<int:evidence_id>")
@allow(*EVERY_READER)
def evidence(work_id: int, evidence_id: int):
    work = queries.work_for(viewer(), work_id)
    found = next((one for one in work.evidence if one.id == evidence_id), None)
    return send(found.file) if found is not None else abort(404)
