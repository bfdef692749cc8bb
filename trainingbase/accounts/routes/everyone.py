"""What the office and the administrator do to other people's accounts."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.accounts import actions, queries
from trainingbase.accounts.forms import AccountSearchForm, NewAccountForm
from trainingbase.accounts.routes import accounts
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.words import ROLES

KEEPERS = (Role.OFFICE, Role.ADMINISTRATOR)


@accounts.get("/accounts", endpoint="accounts")
@allow(*KEEPERS)
def all_accounts():
    form = AccountSearchForm()
    rows = queries.people(search=form.search.data or "", state=form.state.data or "")
    return render_template(
        "accounts/accounts.html", form=form, page=page_of(rows), roles=ROLES, keeps=queries.keeps
    )


@accounts.get("/accounts/<int:account_id>")
@allow(*KEEPERS)
def account_page(account_id: int):
    return _shown(queries.account_by_id(account_id))


@accounts.route("/accounts/people/<int:person_id>", methods=["GET", "POST"])
@allow(*KEEPERS)
def open_account(person_id: int):
    """A new account; its first password is shown once, on the answer to the form itself."""
    person = queries.person_without_account(viewer(), person_id)
    form = NewAccountForm()
    if form.validate_on_submit():
        try:
            password = actions.open_account(
                person, login=form.login.data, by=viewer(), at=clock.real_now()
            )
        except actions.LoginTaken:
            form.refuse("login", _("Another account has this name. Choose another."))
        else:
            return _shown(queries.account_of(person), password)
    return render_template("accounts/open.html", form=form, person=person)


@accounts.post("/accounts/<int:account_id>/password")
@allow(*KEEPERS)
def reset_password(account_id: int):
    account = queries.account_kept_by(viewer(), account_id)
    return _shown(account, actions.reset_password(account, by=viewer(), at=clock.real_now()))


def _shown(account, password: str | None = None):
    """A new password is shown this once."""
    return render_template(
        "accounts/one.html",
        account=account,
        roles=ROLES,
        password=password,
        may_keep=queries.keeps(viewer(), account.person),
    )


@accounts.post("/accounts/<int:account_id>/disabling")
@allow(*KEEPERS)
def disable(account_id: int):
    account = queries.account_kept_by(viewer(), account_id)
    if account.person_id == viewer().id:
        flash(_("You cannot disable your own account."), "error")
    else:
        actions.disable(account, by=viewer(), at=clock.real_now())
        flash(_("The account is disabled, and signed out everywhere."), "success")
    return redirect(url_for("accounts.account_page", account_id=account_id))


@accounts.post("/accounts/<int:account_id>/enabling")
@allow(*KEEPERS)
def enable(account_id: int):
    actions.enable(queries.account_kept_by(viewer(), account_id), by=viewer(), at=clock.real_now())
    flash(_("The account is enabled again."), "success")
    return redirect(url_for("accounts.account_page", account_id=account_id))
