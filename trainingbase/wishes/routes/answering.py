"""Wishes that the office enters for a resident."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase.access import allow
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.wishes import queries, tables
from trainingbase.wishes.routes import wishes
from trainingbase.wishes.routes.giving import form_of, keep, kept_meanwhile


@wishes.route("/rounds/<int:round_id>/residents/<int:resident_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def answer_for(round_id: int, resident_id: int):
    asked = queries.round_by_id(round_id)
    resident = queries.resident_asked(asked, resident_id)
    kept = queries.list_of(asked, resident)
    form, status = form_of(asked, resident, kept), 200
    if request.method == "POST" and form.validate_on_submit():
        try:
            keep(asked, resident, form)
        except Stale:
            status = 409
            kept = kept_meanwhile(asked, resident, form)
        else:
            flash(_("Kept, and the resident is told."), "success")
            return redirect(url_for("wishes.round", round_id=round_id))
    page = render_template(
        "wishes/answer_for.html",
        asked=asked,
        resident=resident,
        kept=kept,
        form=form,
        stale=status == 409,
        in_words=tables.wish_in_words,
    )
    return page, status
