"""One's own notices."""

from flask import Blueprint, redirect, render_template, url_for

from trainingbase import clock
from trainingbase.access import signed_in, viewer
from trainingbase.notices import actions, queries
from trainingbase.notices.words import sentence
from trainingbase.paging import page_of

notices = Blueprint("notices", __name__, url_prefix="/notices")


@notices.get("/")
@signed_in
def mine():
    return render_template(
        "notices/mine.html", page=page_of(queries.newest(viewer())), sentence=sentence
    )


@notices.post("/<int:notice_id>/reading")
@signed_in
def read(notice_id: int):
    notice = queries.notice_for(viewer(), notice_id)
    actions.mark_read(notice, at=clock.now())
    return redirect(notice.path)


@notices.post("/reading")
@signed_in
def read_all():
    actions.mark_all_read(by=viewer(), at=clock.now())
    return redirect(url_for("notices.mine"))
