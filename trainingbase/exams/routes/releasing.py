"""Releasing results; those of a sitting."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams import words
from trainingbase.exams.actions import releasing
from trainingbase.exams.models import AlreadyReleased, NotYet
from trainingbase.exams.queries import sittings as queries
from trainingbase.exams.routes.blueprint import exams, say_not_yet
from trainingbase.form import EditingForm
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole


def release_and_say(act: Callable[..., int], results, form: EditingForm) -> None:
    """Release the results of a sitting or a session, as the form's version shows them."""
    try:
        number = act(
            results,
            version=form.version.data,
            today=clock.today(),
            appeal_days=whole("exam_appeal_days"),
            by=viewer(),
            at=clock.now(),
        )
    except NotYet as refused:
        say_not_yet(refused)
    except AlreadyReleased:
        say_not_yet(NotYet("released"))
    except Stale:
        flash(_("Somebody else was faster: look at the page again."), "error")
    else:
        flash(_("Released: %(number)s residents are told.", number=number), "success")


@exams.route("/<int:sitting_id>/release", methods=["GET", "POST"])
@allow(Role.OFFICE)
def release(sitting_id: int):
    one = queries.sitting_by_id(sitting_id)
    back = redirect(url_for("exams.sitting", sitting_id=sitting_id))
    if one.is_released:
        say_not_yet(NotYet("released"))
        return back
    form = EditingForm(data={"version": one.version})
    if form.validate_on_submit():
        release_and_say(releasing.release, one, form)
        return back
    everybody = queries.all_candidates(one)
    return render_template(
        "exams/release.html",
        sitting=one,
        form=form,
        open=[each for each in everybody if not each.is_settled],
        excused=[each for each in everybody if each.excused_because is not None],
        sat=[each for each in everybody if each.is_settled and each.excused_because is None],
        days=whole("exam_appeal_days"),
        words=words,
    )
