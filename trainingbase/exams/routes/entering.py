"""Double entry, what differs, and figures from a workbook."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams import words
from trainingbase.exams.actions import entering as actions
from trainingbase.exams.actions import importing
from trainingbase.exams.forms.sittings import WorkbookForm, entry_form
from trainingbase.exams.models import AlreadyReleased, NotYet
from trainingbase.exams.queries import sittings as queries
from trainingbase.exams.routes.blueprint import READING, exams, say_not_yet
from trainingbase.exams.routes.sittings import page_of_sitting
from trainingbase.exams.rules.sittings import differing
from trainingbase.i18n import language
from trainingbase.roles import Role
from trainingbase.sheets import FileFault


@exams.route("/<int:sitting_id>/entry", methods=["GET", "POST"])
@allow(Role.OFFICE)
def enter(sitting_id: int):
    one = queries.sitting_by_id(sitting_id)
    back = redirect(url_for("exams.sitting", sitting_id=sitting_id))
    mine = queries.round_of(one, viewer())
    if one.is_released:
        say_not_yet(NotYet("released"))
        return back
    if mine is None and len(queries.rounds_of(one)) > 1:
        flash(_("Two others enter the figures of this sitting."), "error")
        return back
    if mine is not None and mine.done_at is not None:
        say_not_yet(NotYet("entered"))
        return back
    people = queries.to_enter(one)
    typed = {entry.candidate_id: entry for entry in mine.entries} if mine else {}
    form = entry_form(people, one.kind.parts, typed)
    if form.validate_on_submit() and _kept(form, one, is_done="done" in request.form):
        return back
    page = render_template("exams/entry.html", form=form, sitting=one, people=people, words=words)
    return page, 422 if form.errors else 200


def _kept(form, one, *, is_done: bool) -> bool:
    try:
        actions.keep(one, form.figures(), is_done=is_done, by=viewer(), at=clock.now())
    except actions.Blank as blank:
        for candidate_id, field in blank.fields:
            form.field_of(candidate_id, field).errors = [_("Enter it, or mark absent.")]
        return False
    except actions.BothTaken:
        flash(_("Two others enter the figures of this sitting."), "error")
        return True
    except NotYet as refused:
        say_not_yet(refused)
        return True
    except AlreadyReleased:
        say_not_yet(NotYet("released"))
        return True
    if is_done:
        flash(_("Finished. What both entered alike is settled once both are done."), "success")
    else:
        flash(_("Kept. Go on when you like, and say when you are done."), "success")
    return True


@exams.post("/<int:sitting_id>/entry/<int:place>/free")
@allow(Role.OFFICE)
def free_entry(sitting_id: int, place: int):
    one = queries.sitting_by_id(sitting_id)
    try:
        actions.take_over(one, place, by=viewer(), at=clock.now())
    except NotYet as refused:
        say_not_yet(refused)
    except AlreadyReleased:
        say_not_yet(NotYet("released"))
    else:
        flash(_("Freed: somebody else may enter now."), "success")
    return redirect(url_for("exams.sitting", sitting_id=sitting_id))


@exams.get("/<int:sitting_id>/differences")
@allow(*READING)
def differences(sitting_id: int):
    """Nobody sees anything here before both have finished."""
    one = queries.sitting_by_id(sitting_id)
    done = actions.both_are_done(one)
    rows = []
    if done:
        entries = queries.entries_of(one)
        for each in queries.to_enter(one):
            both = entries.get(each.id, {})
            if len(both) == 2:
                rows.append((each, both, differing(both[1].figures(), both[2].figures())))
    return render_template(
        "exams/differences.html",
        sitting=one,
        rows=rows,
        done=done,
        rounds=queries.rounds_of(one),
        words=words,
    )


@exams.post("/<int:sitting_id>/workbook")
@allow(Role.OFFICE)
def take_in(sitting_id: int):
    one, form = queries.sitting_by_id(sitting_id), WorkbookForm()
    if not form.validate():
        return page_of_sitting(one, upload=form), 422
    file = form.workbook.data
    try:
        taken = importing.take_in(
            one,
            file.stream.read(),
            file.filename or "",
            on=clock.today(),
            by=viewer(),
            at=clock.now(),
        )
    except FileFault as fault:
        form.refuse("workbook", fault.message(language()))
        return page_of_sitting(one, upload=form), 422
    except AlreadyReleased:
        say_not_yet(NotYet("released"))
        return redirect(url_for("exams.sitting", sitting_id=sitting_id))
    return page_of_sitting(queries.sitting_by_id(sitting_id), taken=taken)
