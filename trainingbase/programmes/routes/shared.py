"""What the pages of a version share."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from trainingbase.access import viewer
from trainingbase.programmes import queries
from trainingbase.programmes.models import Programme
from trainingbase.roles import Role


def may_edit(programme: Programme) -> bool:
    """Whether this viewer may change this version now."""
    return viewer().holds(Role.OFFICE) and queries.editable(programme)


def in_use(programme: Programme):
    """Refused: with the way out."""
    flash(
        _("This version is in use and stays as it is. Make a version of it and change that."),
        "error",
    )
    return redirect(url_for("programmes.programme", programme_id=programme.id))
