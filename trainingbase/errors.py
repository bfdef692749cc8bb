"""What somebody sees when a page cannot be shown: what is the case, and what to do."""

from flask import Flask, g, render_template
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import NoResultFound

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

    @app.errorhandler(Stale)
    def stale(_error: Stale):
        db.session.rollback()
        return render_template("errors/409.html"), 409
