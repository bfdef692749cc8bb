"""What somebody sees when a page cannot be shown: what is the case, and what to do."""

from flask import Flask, current_app, g, render_template, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.orm.exc import StaleDataError

from trainingbase.access import Refused
from trainingbase.db import Stale, db

PAGES = (400, 404, 405, 413, 429)


def answer_errors(app: Flask) -> None:
    def shown(status: int):
        def answer(_error):
            db.session.rollback()
            return render_template(f"errors/{status}.html"), status

        return answer

    for status in PAGES:
        app.register_error_handler(status, shown(status))
    app.register_error_handler(CSRFError, shown(400))
    # So that a query says `.one()` and knows nothing of HTTP; a foreign row looks like a
    # missing one.
    app.register_error_handler(NoResultFound, shown(404))

    @app.errorhandler(500)
    def broken(_error):
        """Without asking the database for anything: it may be what is broken."""
        db.session.rollback()
        g._login_user = AnonymousUserMixin()
        return render_template("errors/500.html"), 500

    @app.errorhandler(Refused)
    def refused(error: Refused):
        return render_template("errors/403.html", open_to=error.open_to), 403

    @app.errorhandler(DBAPIError)
    def overtaken(error: DBAPIError):
        """Answered once more, as if it had come a moment later: then the checks see the other."""
        db.session.rollback()
        if not _met_another(error):
            raise error
        if g.get("overtaken"):
            return render_template("errors/409.html"), 409
        g.overtaken = True
        for _name, upload in request.files.items(multi=True):
            upload.seek(0)
        try:
            # It may have been the checks before the view that were interrupted.
            refused = current_app.preprocess_request()
            return current_app.dispatch_request() if refused is None else refused
        except Exception as other:
            return current_app.handle_user_exception(other)

    @app.errorhandler(StaleDataError)  # deleted by somebody else meanwhile
    @app.errorhandler(Stale)
    def stale(_error: Exception):
        db.session.rollback()
        return render_template("errors/409.html"), 409


AT_ONCE = {"23505", "23P01", "40001", "40P01"}
"""PostgreSQL's codes: not unique, excluded, not serialisable, deadlock."""


def _met_another(error: DBAPIError) -> bool:
    """Whether the database refused what somebody else had done since the request looked."""
    state = getattr(error.orig, "sqlstate", None)
    return state in AT_ONCE or "UNIQUE constraint failed" in str(error.orig)
