"""What an examiner sees: the room, the next candidate, the sheet; the same for who has an account
and (see `outside`) for who has a link."""

from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams import words
from trainingbase.exams.actions import marking as actions
from trainingbase.exams.forms.osce import AmendForm, MarkForm
from trainingbase.exams.models import MarkingClosed, OsceExaminer, OsceSlot
from trainingbase.exams.queries import marks as queries
from trainingbase.exams.routes.blueprint import exams
from trainingbase.form import NOT_ANSWERS
from trainingbase.instruments.forms.answering import (
    bands_of,
    condition_in_words,
    field_name,
    form_of,
)
from trainingbase.instruments.rules.scoring import AnswersAtFault
from trainingbase.people.models import Person
from trainingbase.roles import Role

MOST_DRAFTED = 20_000
"""Letters of a draft: more is no sheet of ours."""


class Links:
    """Where the pages of an examiner with an account lead."""

    @property
    def home(self) -> str:
        return url_for("exams.marking")

    def room(self, room: OsceExaminer) -> str:
        return url_for("exams.room", examiner_id=room.id)

    def mark(self, slot: OsceSlot) -> str:
        return url_for("exams.mark", slot_id=slot.id)

    def draft(self, slot: OsceSlot) -> str:
        return url_for("exams.draft", slot_id=slot.id)

    def amend(self, slot: OsceSlot) -> str:
        return url_for("exams.amend", slot_id=slot.id)


@exams.get("/marking")
@allow(Role.FACULTY)
def marking():
    rooms = queries.own_rooms(viewer())
    return render_template("exams/osce/rooms.html", rooms=rooms, words=words)


@exams.get("/marking/<int:examiner_id>")
@allow(Role.FACULTY)
def room(examiner_id: int):
    return page_of_room(queries.room_of(viewer(), examiner_id), Links())


def page_of_room(one: OsceExaminer, links: Any, *, owner: str | None = None):
    """`owner` is whose unsent sheets the device keeps, where nobody has signed in."""
    slots, marked = queries.slots_of_room(one), queries.marked_by(one)
    waiting = [
        slot for slot in slots if slot.id not in marked and slot.candidate.absent_because is None
    ]
    return render_template(
        "exams/osce/room.html",
        room=one,
        slots=slots,
        marked=marked,
        next=waiting[0] if waiting else None,
        words=words,
        links=links,
        outbox_owner=owner,
    )


@exams.route("/marking/slots/<int:slot_id>", methods=["GET", "POST"])
@allow(Role.FACULTY)
def mark(slot_id: int):
    return page_of_mark(slot_id, viewer(), Links())


def page_of_mark(slot_id: int, who: Person, links: Any, *, owner: str | None = None):
    slot = queries.slot_for(who, slot_id)
    known = queries.own_mark(slot, who)
    if known is not None and request.method == "GET":
        return _marked(slot, known, who, links, owner=owner)
    instrument = slot.station.instrument
    form = form_of(instrument, known={}, base=MarkForm)
    _put_draft(form, slot, who)
    if form.validate_on_submit() and _kept(form, slot, who):
        return redirect(links.room(queries.own_room_at(who, slot)))
    page = render_template(
        "exams/osce/mark.html",
        form=form,
        slot=slot,
        room=queries.own_room_at(who, slot),
        instrument=instrument,
        field_name=field_name,
        bands_of=bands_of,
        when_of=condition_in_words,
        now=clock.now(),
        links=links,
        outbox_owner=owner,
    )
    return page, 422 if form.errors else 200


def _put_draft(form, slot: OsceSlot, who: Person) -> None:
    """What was typed on another device, on opening."""
    if request.method != "GET":
        return
    draft = queries.own_draft(slot, who)
    if draft is not None:
        keys = {name: value for name, value in draft.answers.items() if name in form}
        if keys:
            token = form.form_key.data
            form.process(MultiDict(keys))
            form.form_key.data = token


def _kept(form, slot: OsceSlot, who: Person) -> bool:
    at = clock.now()
    try:
        made = actions.submit(
            slot,
            answers=form.given(),
            rating=int(form.rating.data),
            comment=form.comment.data or None,
            form_key=form.form_key.data,
            by=who,
            at=at,
        )
    except MarkingClosed:
        form.refuse("rating", _("Marking is closed. Tell the office: what you typed is kept here."))
    except AnswersAtFault as at_fault:
        form.refuse_answers(at_fault)
    except actions.NothingScored:
        form.refuse("rating", _("Give points for at least one item."))
    else:
        if made.submitted_at == at:
            flash(_("Sent: %(number)s.", number=slot.candidate.number), "success")
        else:
            flash(_("This candidate is marked already; nothing was sent twice."), "info")
        return True
    return False


@exams.post("/marking/slots/<int:slot_id>/draft")
@allow(Role.FACULTY)
def draft(slot_id: int):
    return kept_draft(slot_id, viewer())


def kept_draft(slot_id: int, who: Person):
    """Every second or so while somebody types; says whether it was kept."""
    slot = queries.slot_for(who, slot_id)
    values = {
        name: value
        for name, value in request.form.items()
        if name not in NOT_ANSWERS and len(name) <= 60
    }
    kept = None
    if sum(map(len, values.values())) <= MOST_DRAFTED:
        kept = actions.save_draft(slot, values, by=who, at=clock.now())
    return jsonify(kept=kept is not None)


def _marked(
    slot: OsceSlot, known, who: Person, links: Any, form: AmendForm | None = None, *,
    owner: str | None = None, status: int = 200,
):  # fmt: skip
    last = known.amendments[-1] if known.amendments else known
    open_ = slot.session.is_marked_now
    if form is None and open_:
        form = AmendForm(formdata=None, data={"score": last.score, "rating": last.rating})
    page = render_template(
        "exams/osce/marked.html",
        slot=slot,
        mark=known,
        form=form if open_ else None,
        room=queries.own_room_at(who, slot),
        words=words,
        links=links,
        outbox_owner=owner,
    )
    return page, status


@exams.post("/marking/slots/<int:slot_id>/amendments")
@allow(Role.FACULTY)
def amend(slot_id: int):
    return amended(slot_id, viewer(), Links())


def amended(slot_id: int, who: Person, links: Any, *, owner: str | None = None):
    slot = queries.slot_for(who, slot_id)
    known, form = queries.own_mark(slot, who), AmendForm()
    if known is None:
        return redirect(links.mark(slot))
    if not form.validate():
        return _marked(slot, known, who, links, form, owner=owner, status=422)
    try:
        actions.amend(
            known,
            score=form.score.data,
            rating=form.rating.data,
            why=form.why.data,
            form_key=form.form_key.data,
            by=who,
            at=clock.now(),
        )
    except MarkingClosed:
        flash(_("Marking is closed."), "error")
    else:
        flash(_("Your amendment stands beside the mark, and counts."), "success")
    return redirect(links.mark(slot))
