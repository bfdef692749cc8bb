"""Signing in and out, and one's own account."""

import re

from flask import (
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import public, signed_in, viewer, viewer_or_none
from trainingbase.accounts import actions, queries
from trainingbase.accounts import session as sessions
from trainingbase.accounts.forms import LanguageForm, PasswordForm, SignInForm
from trainingbase.accounts.routes import accounts
from trainingbase.accounts.rules import WeakPassword
from trainingbase.audit.words import ACTS
from trainingbase.i18n import moment
from trainingbase.words import ROLES

INSIDE = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
"""A path of this portal: browsers take // and /\\ for another site, and drop tabs and line breaks
before they look."""


def _own_page(target: str | None) -> str:
    """`target` if it is a page of this portal, else the person's day."""
    return target if target and INSIDE.fullmatch(target) else url_for("overview.day")


@accounts.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in():
    target = _own_page(request.args.get("next"))
    if viewer_or_none() is not None:
        return redirect(target)
    form = SignInForm()
    if form.validate_on_submit() and _try(form):
        return redirect(target)
    return render_template("accounts/sign_in.html", form=form, ended="ended" in request.args)


def _try(form: SignInForm) -> bool:
    try:
        secret = actions.sign_in(
            login=form.login.data,
            password=form.password.data,
            address=request.remote_addr or "",
            device=request.user_agent.string,
            at=clock.real_now(),
        )
    except actions.WrongPassword:
        form.refuse("password", _("The account name or the password is not right."))
        return False
    except actions.TooManyTries as refused:
        form.refuse(
            "password",
            _(
                "Too many wrong passwords. Try again after %(time)s, or ask the training office.",
                time=moment(refused.until),
            ),
        )
        return False
    sessions.begin(secret)
    return True


@accounts.post("/sign-out")
@signed_in
def sign_out():
    actions.sign_out(session[sessions.SECRET], by=viewer(), at=clock.real_now())
    sessions.end()
    flash(_("You have signed out."), "success")
    return redirect(url_for("accounts.sign_in"))


@accounts.get("/account")
@signed_in
def account():
    mine = queries.account_of(viewer())
    roles = [str(ROLES[role]) for role in ROLES if role in viewer().roles]
    return render_template(
        "accounts/account.html",
        account=mine,
        roles=roles,
        acts=queries.acts_on(mine),
        words=ACTS,
    )


@accounts.post("/account/sessions/end")
@signed_in
def sign_out_everywhere():
    actions.sign_out_everywhere(by=viewer(), at=clock.real_now())
    sessions.end()
    flash(_("You have signed out on every device."), "success")
    return redirect(url_for("accounts.sign_in"))


WEAKNESS = {
    "short": lambda: _("Too short: use at least 15 characters."),
    "long": lambda: _("Too long: use at most 128 characters."),
    "repeated": lambda: _("Too few different characters."),
    "common": lambda: _("This password is on the list of those that are guessed first."),
    "about_you": lambda: _("It consists of your name, your account or the base's name."),
}


GIVING = ("reset-password", "open-account")
"""Acts that give a password to somebody else's account."""


@accounts.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password():
    form, mine = PasswordForm(), queries.account_of(viewer())
    if form.validate_on_submit():
        try:
            secret = actions.change_password(
                mine,
                old=form.old.data,
                new=form.new.data,
                context=[current_app.config["BASE_NAME"], current_app.config["BASE_NAME_EN"]],
                device=request.user_agent.string,
                at=clock.real_now(),
            )
        except actions.WrongPassword:
            form.refuse("old", _("This is not your present password."))
        except WeakPassword as weak:
            form.refuse("new", WEAKNESS[weak.reason]())
        else:
            sessions.begin(secret)
            flash(_("Your password is changed. Other devices were signed out."), "success")
            return redirect(url_for("accounts.account"))
    given = next((one for one in queries.acts_on(mine) if one.act in GIVING), None)
    return render_template(
        "accounts/password.html", form=form, given=given if mine.must_change else None,
        must_change=mine.must_change,
    )  # fmt: skip


@accounts.post("/language")
@public
def set_language():
    form = LanguageForm()
    if form.validate_on_submit():
        session["language"] = form.language.data
        person = viewer_or_none()
        if person is not None:
            actions.set_language(person, form.language.data)
    return redirect(_own_page(request.form.get("next") or request.args.get("next")))
