"""One's own mail, and for the administrator what was sent and what failed."""

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase import clock, queue
from trainingbase.access import allow, public, signed_in, viewer
from trainingbase.downloads import download
from trainingbase.i18n import LANGUAGES
from trainingbase.mailing import actions, delivering, queries, tables, tokens
from trainingbase.mailing.forms import ListForm, MineForm, ReportsForm, TrialForm
from trainingbase.mailing.rules import REPORT_READERS
from trainingbase.mailing.settings import settings_of
from trainingbase.mailing.words import CHANNELS, KINDS, STATE_KINDS, STATES
from trainingbase.paging import page_of
from trainingbase.people.queries import person_by_id
from trainingbase.roles import Role
from trainingbase.stale import Stale

mailing = Blueprint("mailing", __name__, url_prefix="/mailing")


@mailing.route("/mine", methods=["GET", "POST"])
@signed_in
def mine():
    row = queries.choice_of(viewer())
    form, stale = MineForm(obj=row), None
    if form.validate_on_submit():
        try:
            actions.choose(
                form.address.data or "",
                form.all_notices.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale = form.stale_against(queries.choice_of(viewer()))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("mailing.mine"))
    page = render_template(
        "mailing/mine.html", form=form, stale=stale, is_on=settings_of(current_app.config).mails
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


@mailing.route("/reports", methods=["GET", "POST"])
@allow(*REPORT_READERS)
def reports():
    """Which reports of the base one is mailed."""
    form, stale = ReportsForm(obj=queries.reports_of(viewer().id)), None
    if form.validate_on_submit():
        answers = {name: form[name].data for name in ("monthly", "yearly", "with_paper")}
        try:
            actions.choose_reports(answers, version=form.version.data, by=viewer(), at=clock.now())
        except Stale:
            stale = form.stale_against(queries.reports_of(viewer().id))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("mailing.reports"))
    page = render_template(
        "mailing/reports.html",
        form=form,
        stale=stale,
        address=queries.choice_of(viewer()).address,
        is_on=settings_of(current_app.config).mails,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


@mailing.route("/stop/<string:token>", methods=["GET", "POST"])
@public
def stop(token: str):
    """The link in a mail of a report: opening it changes nothing, mail scanners open links too."""
    number = tokens.person_of(current_app.config["SECRET_KEY"], token)
    person = person_by_id(number) if number is not None else None
    if person is None:
        abort(404)
    if request.method == "POST":
        actions.stop_reports(person, at=clock.now())
    asked = request.args.get("language", "")
    with force_locale(asked if asked in LANGUAGES else person.language or "zh"):
        page = make_response(
            render_template("mailing/stop.html", path=request.path, done=request.method == "POST")
        )
    page.headers["Referrer-Policy"] = "no-referrer"
    page.headers["Cache-Control"] = "no-store"
    return page


def _rows():
    form = ListForm()
    return form, queries.messages(
        state=form.state.data if form.state.data in STATES else "",
        search=form.search.data or "",
        sort=request.args.get("sort", ""),
    )


def _page(test: TrialForm):
    form, rows = _rows()
    return render_template(
        "mailing/messages.html",
        form=form,
        page=page_of(rows),
        counts=queries.counts(),
        test=test,
        settings=settings_of(current_app.config),
        states=STATES,
        state_kinds=STATE_KINDS,
        kinds=KINDS,
        channels=CHANNELS,
    )


@mailing.get("/")
@allow(Role.ADMINISTRATOR)
def messages():
    return _page(TrialForm(data={"address": queries.choice_of(viewer()).address}))


@mailing.get("/export/<string:kind>")
@allow(Role.ADMINISTRATOR)
def export(kind: str):
    return download(tables.messages(_rows()[1]), kind, "mail")


@mailing.post("/test")
@allow(Role.ADMINISTRATOR)
def send_test():
    form, settings = TrialForm(), settings_of(current_app.config)
    if not form.validate():
        return _page(form), 422
    if not settings.mails:
        form.refuse("address", _("Mail is not configured: see the settings on this page."))
        return _page(form), 422
    delivering.put_trial(
        form.address.data,
        settings,
        person_id=viewer().id,
        key=form.form_key.data,
        at=clock.now(),
    )
    queue.enqueue("send-mail")
    flash(_("The test mail is in the outbox; the worker sends it in a moment."), "success")
    return redirect(url_for("mailing.messages"))


@mailing.post("/<int:message_id>/again")
@allow(Role.ADMINISTRATOR)
def again(message_id: int):
    if actions.try_again(queries.message(message_id), by=viewer(), at=clock.now()):
        queue.enqueue("send-mail")
        flash(_("It is tried again."), "success")
    else:
        flash(_("Nothing to try again: it was sent, or waits."), "info")
    return redirect(url_for("mailing.messages"))
