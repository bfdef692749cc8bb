"""Commands about the database and its accounts."""

import sys

import click

from trainingbase import clock


def portal():
    """The portal in this process, for a command."""
    from trainingbase.app import create_app
    from trainingbase.config import Unsafe

    try:
        return create_app()
    except Unsafe as unsafe:
        raise click.ClickException(str(unsafe)) from unsafe


@click.command()
def init() -> None:
    """Make or bring up to date the database, by its migrations."""
    app = portal()
    with app.app_context():
        migrate_up()
    click.echo("The database is up to date.")


def migrate_up() -> None:
    """Run the migrations inside an app context, and put in what every base starts with."""
    from flask_migrate import upgrade

    from trainingbase.start import start_with

    upgrade()
    start_with()


@click.command()
@click.argument("login")
@click.option("--role", multiple=True, help="Grant this role (administrator, office, leader …).")
@click.option("--name", help="The person's name, for a new account.")
def account(login: str, role: tuple[str, ...], name: str | None) -> None:
    """Make the account LOGIN, or give it a new password; prints the password once."""
    from trainingbase.accounts import actions, queries
    from trainingbase.roles import Role

    app = portal()
    with app.app_context():
        found = queries.account_by_login(login)
        at = clock.real_now()
        if found is None and not name:
            raise click.ClickException(f"There is no account {login}: give --name to make it.")
        if found is None:
            person = actions.welcome(name, at=at)
            password = actions.open_account(person, login=login, by=None, at=at)
        else:
            person, password = found.person, actions.reset_password(found, by=None, at=at)
        for wanted in role:
            if wanted not in set(Role):
                raise click.ClickException(f"There is no role {wanted}: {', '.join(Role)}.")
            actions.grant(person, Role(wanted), by=None, at=at)
        click.echo(f"{login}\t{password}")


@click.command("verify-audit")
def verify_audit() -> None:
    """Prove that no entry of the audit trail was edited, deleted, swapped or cut off."""
    from trainingbase.audit import anchors, queries

    app = portal()
    with app.app_context():
        faults = list(queries.faults(anchors.anchors()))
        if not faults:
            anchors.drop(queries.end())
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    click.echo("The trail is unbroken.")
