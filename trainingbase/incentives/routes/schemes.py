"""The rules: reading, making, trying, putting in force and ending them."""

from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.incentives import words as said
from trainingbase.incentives.actions import schemes as actions
from trainingbase.incentives.forms.schemes import (
    FromMonthForm,
    SchemeForm,
    TrialForm,
    VersionForm,
)
from trainingbase.incentives.models import InForce, Version
from trainingbase.incentives.queries import funding, trying
from trainingbase.incentives.queries.book import terms_of
from trainingbase.incentives.routes.blueprint import READERS, incentives
from trainingbase.incentives.rules.vocabulary import BASES, RATE, names_of, names_of_rates
from trainingbase.incentives.tables import schemes_table
from trainingbase.months import first_of_month, months_later
from trainingbase.paging import page_of, page_of_list
from trainingbase.roles import Role
from trainingbase.stale import Stale

MONTHS_AHEAD = 12


def vocabulary() -> list[tuple[str, str, list]]:
    """Each basis with its label and names; the rates last."""
    bases = [(one, str(said.BASES[one]), list(names_of(one).values())) for one in BASES]
    return [*bases, (RATE, _("The imported rates"), list(names_of_rates().values()))]


def _with_sources(form):
    form.source_id.choices = [
        (0, _("As the rate says, or none")),
        *((one.id, said.source_name(one)) for one in funding.sources()),
    ]
    return form


@incentives.get("/rules")
@allow(*READERS)
def schemes():
    return render_template(
        "incentives/schemes.html",
        page=page_of_list(trying.schemes()),
        month_on=first_of_month(clock.today()),
        said=said,
    )


@incentives.get("/rules/export/<string:kind>")
@allow(*READERS)
def schemes_export(kind: str):
    return download(schemes_table(trying.schemes()), kind, "rules")


@incentives.route("/rules/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_scheme():
    form = _with_sources(SchemeForm())
    if form.validate_on_submit():
        try:
            version = actions.make(
                name=form.name.data,
                name_en=form.name_en.data,
                beneficiary=form.beneficiary.data,
                said=form.said(),
                key=form.form_key.data,
                by=viewer(),
                at=clock.now(),
            )
        except actions.Refused as refused:
            _say(form, refused)
        else:
            flash(_("The draft is kept. Try it, then put it in force."), "success")
            return redirect(url_for("incentives.version", version_id=version.id))
    return _editor("new_scheme", form)


def _say(form, refused: actions.Refused) -> None:
    for field, wrong in refused.problems.items():
        form.refuse(field if field in form else "basis", said.wrong(wrong))


def _editor(template: str, form, status: int | None = None, **more):
    status = status or (422 if form.is_submitted() else 200)
    page = render_template(
        f"incentives/{template}.html", form=form, vocabulary=vocabulary(), said=said, **more
    )
    return page, status


@incentives.get("/rules/<int:version_id>")
@allow(*READERS)
def version(version_id: int):
    return _version(trying.version_by_id(version_id), FromMonthForm())


def _version(this: Version, form: FromMonthForm, status: int = 200):
    today = clock.today()
    trial_form = TrialForm()
    months = trying.last_months(today)
    trial_form.month.choices = [(f"{one:%Y-%m}", i18n.month(one)) for one in months]
    chosen = next((one for one in months if f"{one:%Y-%m}" == trial_form.month.data), None)
    form.month.choices = [(f"{one:%Y-%m}", i18n.month(one)) for one in _months_ahead()]
    if not form.is_submitted():
        form.version.data = this.version
    page = render_template(
        "incentives/version.html",
        version=this,
        form=form,
        trial_form=trial_form,
        trial=trying.tried(terms_of(this), chosen, today=today) if chosen else None,
        state=this.state_on(first_of_month(today)),
        changes=page_of(changes_of(this)),
        said=said,
    )
    return page, status


def _months_ahead() -> list[date]:
    """After the last locked month; from three months back."""
    present = first_of_month(clock.today())
    last = trying.last_locked()
    first = months_later(last, 1) if last else months_later(present, -3)
    return [
        months_later(first, number)
        for number in range(48)
        if months_later(first, number) <= months_later(present, MONTHS_AHEAD)
    ]


@incentives.route("/rules/<int:version_id>/draft", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_version(version_id: int):
    this = trying.version_by_id(version_id)
    if not this.is_draft:
        abort(404)
    shown = {"splits": ", ".join(this.splits), "source_id": this.source_id or 0}
    form = _with_sources(VersionForm(obj=this))
    if not form.is_submitted():
        form.splits.data, form.source_id.data = shown["splits"], shown["source_id"]
    stale = None
    if form.validate_on_submit():
        try:
            actions.edit(this, form.said(), version=form.version.data, by=viewer(), at=clock.now())
        except actions.Refused as refused:
            _say(form, refused)
        except InForce:
            flash(_("It is in force meanwhile: make a new version."), "error")
            return redirect(url_for("incentives.version", version_id=version_id))
        except Stale:
            stale = form.stale_against(this, splits=shown["splits"], source_id=shown["source_id"])
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("incentives.version", version_id=version_id))
    status = 409 if stale is not None else None
    return _editor("edit_version", form, status, version=this, stale=stale)


@incentives.post("/rules/<int:version_id>/versions")
@allow(Role.OFFICE)
def new_version(version_id: int):
    scheme = trying.version_by_id(version_id).scheme
    try:
        draft = actions.draft_anew(scheme, by=viewer(), at=clock.now())
    except actions.DraftedAlready:
        flash(_("There is a draft already."), "info")
        draft = trying.scheme_by_id(scheme.id).versions[-1]
        return redirect(url_for("incentives.version", version_id=draft.id))
    return redirect(url_for("incentives.edit_version", version_id=draft.id))


@incentives.post("/rules/<int:version_id>/force")
@allow(Role.OFFICE)
def put_in_force(version_id: int):
    return _from_month(
        version_id, actions.put_in_force, _("The rule is in force from %(month)s on.")
    )


@incentives.post("/rules/<int:version_id>/end")
@allow(Role.OFFICE)
def end_version(version_id: int):
    return _from_month(version_id, actions.end, _("Nothing is paid by it from %(month)s on."))


def _from_month(version_id: int, act, done: str):
    this, form = trying.version_by_id(version_id), FromMonthForm()
    form.month.choices = [(f"{one:%Y-%m}", i18n.month(one)) for one in _months_ahead()]
    if not form.validate_on_submit():
        return _version(this, form, 422)
    month_on = date.fromisoformat(f"{form.month.data}-01")
    try:
        act(this, month_on, version=form.version.data, by=viewer(), at=clock.now())
    except Stale:
        flash(_("Somebody else has changed it meanwhile: look at it again."), "warning")
    except InForce:
        flash(_("It is in force already."), "info")
    except actions.Refused:
        flash(_("The rule has something wrong: change the draft first."), "error")
    except actions.MonthLocked:
        flash(_("This month is locked: a rule begins or ends after it."), "error")
    except actions.NotAfter:
        flash(_("It must be after the beginning of the version before it."), "error")
    else:
        flash(done % {"month": i18n.month(month_on)}, "success")
    return redirect(url_for("incentives.version", version_id=version_id))


@incentives.post("/rules/<int:version_id>/dropping")
@allow(Role.OFFICE)
def drop_version(version_id: int):
    try:
        actions.drop(trying.version_by_id(version_id), by=viewer(), at=clock.now())
    except InForce:
        flash(_("It is in force: end it instead."), "error")
        return redirect(url_for("incentives.version", version_id=version_id))
    flash(_("The draft is dropped."), "success")
    return redirect(url_for("incentives.schemes"))
