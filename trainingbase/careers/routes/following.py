"""Follow-ups: whom to ask, their links, and what the office found out itself."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, queue
from trainingbase.access import allow, viewer
from trainingbase.careers import tables
from trainingbase.careers.actions import following as actions
from trainingbase.careers.actions import writing
from trainingbase.careers.actions.employment import Overlaps, StillTraining
from trainingbase.careers.forms.following import AddressForm, OfficeAnswerForm, TaskListForm
from trainingbase.careers.models import AlreadyDecided, FollowUp, LinkClosed
from trainingbase.careers.queries import addresses
from trainingbase.careers.queries import employment as employments
from trainingbase.careers.queries import following as queries
from trainingbase.careers.routes.blueprint import READERS, careers
from trainingbase.careers.routes.employment import offered
from trainingbase.careers.tokens import token_of
from trainingbase.downloads import download
from trainingbase.form import number_or_none
from trainingbase.i18n import named
from trainingbase.mailing.settings import settings_of
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role
from trainingbase.stale import Stale

MOST_LINKS = 100


def _which(form: TaskListForm) -> queries.Filter:
    return queries.Filter(
        search=form.search.data or "",
        state=form.state.data or "",
        mail=form.mail.data or "",
        months=number_or_none(form.months.data),
        sort=request.args.get("sort", ""),
    )


@careers.get("/follow-ups")
@allow(*READERS)
def follow_ups():
    form = TaskListForm()
    rows = queries.follow_ups(_which(form), today=clock.today())
    return render_template(
        "careers/follow_ups.html",
        form=form,
        page=page_of_columns(rows),
        today=clock.today(),
        to_ask=queries.open_count(clock.today()),
    )


@careers.get("/follow-ups/export/<string:kind>")
@allow(*READERS)
def export_follow_ups(kind: str):
    rows = queries.follow_ups(_which(TaskListForm()), today=clock.today())
    return download(tables.of_follow_ups(queries.rows_of(rows)), kind, _("Follow-ups"))


@careers.get("/follow-ups/<int:follow_up_id>")
@allow(*READERS)
def follow_up(follow_up_id: int):
    return _page(queries.follow_up_by_id(follow_up_id))


def _page(task: FollowUp, form: OfficeAnswerForm | None = None, status: int = 200, **more):
    state = task.link_state(clock.today())
    may = viewer().holds(Role.OFFICE)
    person_id = task.resident.person_id
    shown = {
        "task": task,
        "now": employments.current_of(task.resident_id),
        "state": state,
        "form": (form or offered(OfficeAnswerForm())) if may and task.answer is None else None,
        "message": _message(task) if may and state == "open" else None,
        "mail_to": addresses.addresses_of([person_id]).get(person_id),
        "mailed": addresses.mails_about([task]).get(task.id),
        "mails": settings_of(current_app.config).mails,
        "address": AddressForm(obj=addresses.address_for(person_id)) if may else None,
        "stale": None,
    }
    return render_template("careers/follow_up.html", **shown | more), status


def _address(task: FollowUp) -> str:
    token = token_of(current_app.config["SECRET_KEY"], task.nonce or "")
    return url_for("whereabouts.ask", token=token, _external=True)


def _message(task: FollowUp) -> str:
    return writing.question(task, current_app.config["BASE_NAME"], _address(task))


@careers.post("/follow-ups/<int:follow_up_id>/link")
@allow(Role.OFFICE)
def make_link(follow_up_id: int):
    task = queries.follow_up_by_id(follow_up_id)
    secret = current_app.config["SECRET_KEY"]
    made = actions.make_links([task], secret=secret, by=viewer(), at=clock.now())
    if made:
        flash(_("The link is made: copy the message and send it, or mail it."), "success")
    else:
        flash(_("It was answered meanwhile."), "info")
    return redirect(url_for("careers.follow_up", follow_up_id=follow_up_id))


@careers.post("/follow-ups/links")
@allow(Role.OFFICE)
def make_links():
    """For all who are to be asked, at most a hundred at once: mailed where an address is known,
    else messages to copy."""
    rows = queries.follow_ups(queries.Filter(state="to_ask"), today=clock.today())
    ids = [row.id for row in queries.rows_of(rows.limit(MOST_LINKS))]
    tasks = queries.follow_ups_by_id(ids)
    secret = current_app.config["SECRET_KEY"]
    made = actions.make_links(tasks, secret=secret, by=viewer(), at=clock.now())
    flash(_("Links made: %(number)s.", number=len(made)), "success")
    _mail(made)
    return redirect(url_for("careers.messages"))


def _mail(tasks) -> None:
    settings = settings_of(current_app.config)
    if not settings.mails:
        return
    written = writing.mail_questions(tasks, settings, by=viewer(), at=clock.now())
    queue.enqueue("send-mail")
    if written.mailed:
        flash(_("In the outbox: %(number)s mails.", number=written.mailed), "success")
    if written.nowhere:
        flash(_("Without a mail address: %(number)s. Copy their messages.",
                number=written.nowhere), "info")  # fmt: skip


@careers.post("/follow-ups/<int:follow_up_id>/mail")
@allow(Role.OFFICE)
def mail_link(follow_up_id: int):
    task = queries.follow_up_by_id(follow_up_id)
    if not settings_of(current_app.config).mails:
        flash(_("Mail is not configured here: copy the message."), "error")
    elif task.link_state(clock.today()) != "open":
        flash(_("There is no link that opens."), "info")
    else:
        _mail([task])
    return redirect(url_for("careers.follow_up", follow_up_id=follow_up_id))


@careers.post("/follow-ups/<int:follow_up_id>/address")
@allow(Role.OFFICE)
def keep_address(follow_up_id: int):
    task = queries.follow_up_by_id(follow_up_id)
    form = AddressForm()
    if not form.validate_on_submit():
        return _page(task, status=422, address=form)
    try:
        actions.keep_address_of(
            task, form.address.data or "", version=form.version.data, by=viewer(), at=clock.now()
        )
    except Stale:
        row = addresses.address_for(task.resident.person_id)
        return _page(task, status=409, address=form, stale=form.stale_against(row))
    flash(_("Saved."), "success")
    return redirect(url_for("careers.follow_up", follow_up_id=follow_up_id))


@careers.get("/follow-ups/messages")
@allow(Role.OFFICE)
def messages():
    """Every open link as a message to copy, and whether it was mailed."""
    rows = queries.follow_ups(queries.Filter(state="asked"), today=clock.today())
    page = page_of_columns(rows)
    tasks = {one.id: one for one in queries.follow_ups_by_id([row.id for row in page.items])}
    people = {key: one.resident.person_id for key, one in tasks.items()}
    known = addresses.addresses_of(people.values())
    return render_template(
        "careers/messages.html",
        page=page,
        texts={key: _message(one) for key, one in tasks.items()},
        addresses={key: known.get(person_id) for key, person_id in people.items()},
        mailed=addresses.mails_about(list(tasks.values())),
    )


@careers.post("/follow-ups/<int:follow_up_id>/revocation")
@allow(Role.OFFICE)
def revoke_link(follow_up_id: int):
    task = queries.follow_up_by_id(follow_up_id)
    try:
        actions.revoke(task, by=viewer(), at=clock.now())
    except LinkClosed:
        flash(_("There is no link that opens."), "info")
    else:
        flash(_("Revoked: it opens no more."), "success")
    return redirect(url_for("careers.follow_up", follow_up_id=follow_up_id))


@careers.post("/follow-ups/<int:follow_up_id>/answer")
@allow(Role.OFFICE)
def answer_follow_up(follow_up_id: int):
    task = queries.follow_up_by_id(follow_up_id)
    form = offered(OfficeAnswerForm())
    if not form.validate_on_submit() or not form.is_whole(clock.today()):
        return _page(task, form, 422)

    def act() -> bool:
        actions.answer_by_office(task, form.told(), by=viewer(), at=clock.now())
        return True

    try:
        done = _refusing(form, act)
    except AlreadyDecided:
        flash(_("It was answered meanwhile."), "info")
        done = True
    else:
        if done:
            flash(_("Saved."), "success")
    if not done:
        return _page(queries.follow_up_by_id(follow_up_id), form, 422)
    return redirect(url_for("careers.follow_up", follow_up_id=follow_up_id))


def _refusing(form: OfficeAnswerForm, act) -> bool:
    try:
        return act()
    except StillTraining:
        form.refuse("since_on", _("The training has not ended by then: its days count there."))
    except Overlaps as refused:
        said = _("It overlaps another record: %(place)s.", place=named(refused.employment))
        form.refuse("since_on", said)
    return False


@careers.post("/follow-ups/<int:follow_up_id>/reopening")
@allow(Role.OFFICE)
def reopen_follow_up(follow_up_id: int):
    task = queries.follow_up_by_id(follow_up_id)
    try:
        actions.reopen(task, by=viewer(), at=clock.now())
    except AlreadyDecided:
        flash(_("It waits already."), "info")
    else:
        flash(_("It waits again."), "success")
    return redirect(url_for("careers.follow_up", follow_up_id=follow_up_id))
