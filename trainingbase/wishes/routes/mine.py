"""A resident's own wishes."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.wishes import queries, tables
from trainingbase.wishes.models import RoundClosed
from trainingbase.wishes.routes import wishes
from trainingbase.wishes.routes.giving import form_of, keep, kept_meanwhile


@wishes.route("/mine", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def mine():
    resident = resident_of(viewer())
    rounds = queries.rounds_for(resident)
    wanted = request.args.get("round", 0, type=int)
    asked = next((one for one in rounds if one.id == wanted), rounds[0] if rounds else None)
    if asked is None:
        return render_template("wishes/mine.html", asked=None)
    kept = queries.list_of(asked, resident)
    form, status = form_of(asked, resident, kept), 200
    if request.method == "POST" and form.validate_on_submit():
        try:
            keep(asked, resident, form)
        except RoundClosed:
            flash(_("The deadline has passed: what was kept before stands."), "error")
            return redirect(url_for("wishes.mine", round=asked.id))
        except Stale:
            status = 409
            kept = kept_meanwhile(asked, resident, form)
        else:
            flash(_("Kept. You can change it until the deadline."), "success")
            return redirect(url_for("wishes.mine", round=asked.id))
    page = render_template(
        "wishes/mine.html",
        asked=asked,
        kept=kept,
        form=form,
        stale=status == 409,
        is_open=asked.is_open(clock.today()),
        others=[one for one in rounds if one.id != asked.id],
        in_words=tables.wish_in_words,
    )
    return page, status
