"""Who may open which page.

Every route says who may open it, with `@allow(...)` or `@public`.  A route that says nothing
stops the portal from starting; see `guard`.

This answers only "may a person in this role come here?".  "Is this row theirs?" is answered by
the queries, which take the viewer and return what they may see.
"""

from collections.abc import Callable

from flask import Flask, abort, current_app, g, request
from flask_login import current_user

from trainingbase.people.models import Person
from trainingbase.roles import EVERYONE, Role

ANYONE = "anyone"


class Refused(Exception):
    """The viewer's roles do not open this page; `open_to` does."""

    def __init__(self, open_to: tuple[Role, ...]):
        super().__init__(open_to)
        self.open_to = open_to


def allow(*roles: Role) -> Callable:
    """Open the route to signed-in people who hold one of `roles`."""

    def mark(view):
        view.open_to = roles
        return view

    return mark


def signed_in(view):
    """Open the route to everyone who has signed in."""
    view.open_to = EVERYONE
    return view


def public(view):
    """Open the route to people who have not signed in."""
    view.open_to = ANYONE
    return view


def unkept(view):
    """What is sent here after a session has ended is not kept for its owner's return: it would
    stand with their name beside it."""
    view.is_unkept = True
    return view


def viewer() -> Person:
    """The person who has signed in; a route open to strangers must not ask."""
    return current_user._get_current_object()


def viewer_or_none() -> Person | None:
    return viewer() if current_user.is_authenticated else None


def may_open(person: Person | None, endpoint: str) -> bool:
    """Whether a link to `endpoint` is worth showing to this person."""
    return opens(person.roles if person is not None else frozenset(), endpoint)


def opens(roles: frozenset[Role], endpoint: str) -> bool:
    """Whether one of `roles` opens `endpoint`."""
    open_to = current_app.view_functions[endpoint].open_to
    return open_to == ANYONE or not roles.isdisjoint(open_to)


def guard(app: Flask, *, strangers: Callable) -> None:
    """Check each request against its route; `strangers()` answers those who must sign in.

    Call it once every route is registered.
    """
    public(app.view_functions["static"])
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "open_to")]
    if silent:
        raise RuntimeError(f"these routes do not say who may open them: {silent}")

    @app.before_request
    def check_access():
        if request.endpoint is None:  # no such page: the 404 goes on its way
            return None
        open_to = current_app.view_functions[request.endpoint].open_to
        if open_to == ANYONE:
            return None
        if not current_user.is_authenticated:
            return strangers()
        if not current_user.holds(*open_to):
            raise Refused(open_to)
        if g.get("must_change_password") and request.endpoint not in CHANGING_PASSWORD:
            return abort(app.redirect(app.url_for("accounts.change_password")))
        return None


CHANGING_PASSWORD = {"accounts.change_password", "accounts.sign_out", "accounts.set_language"}
"""What somebody may do whose password the office set, until they choose their own."""
