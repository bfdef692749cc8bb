"""The rules that watch: their numbers, what they would say, and switching them on."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.history.queries import changes_of
from trainingbase.judging.actions import watching as actions
from trainingbase.judging.forms.own import SettingsForm, SwitchOnForm, refuse_share, settings_form
from trainingbase.judging.queries import watching as queries
from trainingbase.judging.routes.blueprint import judging
from trainingbase.judging.words import RULES
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale

READERS = (Role.OFFICE, Role.AUDITOR)


@judging.get("/watch-rules")
@allow(*READERS)
def watch_rules():
    found = queries.rules()
    return render_template(
        "judging/watch_rules.html",
        rules=found,
        counts={one.code: queries.counted(one.code) for one in found},
        today=clock.today(),
    )


@judging.post("/watch-rules/looking")
@allow(Role.OFFICE)
def watch_now():
    """What happens every morning, at once."""
    new = actions.watch(today=clock.today(), at=clock.now())
    flash(_("Looked at everybody: %(n)s new.", n=new), "success")
    return redirect(url_for("judging.watch_rules"))


@judging.get("/watch-rules/<string:code>")
@allow(*READERS)
def watch_rule(code: str):
    return _page(queries.rule(code))


def _page(one, status: int = 200, **forms):
    page = render_template(
        "judging/watch_rule.html",
        one=one,
        title=RULES[one.code],
        counts=queries.counted(one.code),
        lengths=_lengths(one),
        form=forms.get("form") or settings_form(one),
        switching=forms.get("switching")
        or SwitchOnForm(formdata=None, data={"version": one.version, "valid_from": clock.today()}),
        differences=forms.get("differences"),
        history=page_of(changes_of(one)),
        today=clock.today(),
    )
    return page, status


def _lengths(one):
    """Results until a signal, on average, by how far the mean has moved."""
    if one.kind != "cusum":
        return None
    from trainingbase.psychometrics.cusum import run_lengths

    return run_lengths(k=float(one.settings["k"]), h=float(one.settings["h"]))


@judging.post("/watch-rules/<string:code>/numbers")
@allow(Role.OFFICE)
def set_rule(code: str):
    one = queries.rule(code)
    form: SettingsForm = settings_form(one)
    if not form.validate_on_submit() or not refuse_share(form):
        return _page(one, 422, form=form)
    try:
        actions.set_rule(
            one, form.settings(one.settings), version=form.version.data, why=form.why.data,
            by=viewer(), at=clock.now(),
        )  # fmt: skip
        flash(_("Kept. With other numbers the rule is silent until it is switched on."), "success")
    except Stale:
        form.version.raw_data, form.version.data = None, one.version
        return _page(one, 409, form=form, differences=[])
    return redirect(url_for("judging.watch_rule", code=code))


@judging.post("/watch-rules/<string:code>/on")
@allow(Role.OFFICE)
def switch_on(code: str):
    one, form = queries.rule(code), SwitchOnForm()
    if not form.validate_on_submit():
        return _page(one, 422, switching=form)
    try:
        actions.switch_on(
            one, valid_from=form.valid_from.data, because=form.because.data,
            version=form.version.data, by=viewer(), at=clock.now(),
        )  # fmt: skip
        flash(_("Switched on: from that day residents and tutors are told."), "success")
    except Stale:
        return _page(one, 409, switching=form, differences=form.stale_against(one))
    return redirect(url_for("judging.watch_rule", code=code))


@judging.post("/watch-rules/<string:code>/off")
@allow(Role.OFFICE)
def switch_off(code: str):
    one, form = queries.rule(code), SwitchOnForm()
    try:
        actions.switch_off(one, version=form.version.data, by=viewer(), at=clock.now())
        flash(_("Switched off: it is silent."), "success")
    except Stale:
        flash(_("Somebody else has changed this meanwhile"), "error")
    return redirect(url_for("judging.watch_rule", code=code))
