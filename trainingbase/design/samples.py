"""What the design page shows in place of real rows."""

from flask import render_template
from flask_babel import gettext as _

ERRORS = (400, 403, 404, 405, 409, 413, 429, 500)


def sample_chart() -> dict:
    months = ["9", "10", "11"]
    return {
        "data": [
            {"type": "bar", "name": _("Done"), "x": months, "y": [42, 38, 17]},
            {"type": "bar", "name": _("Plan"), "x": months, "y": [44, 44, 44]},
        ],
        "layout": {"barmode": "group", "xaxis": {"type": "category", "title": _("Month")}},
    }


class SamplePage:
    """The fourth page of nine, as a pagination of Flask-SQLAlchemy looks to the macro."""

    page = 4
    pages = 9
    total = 431
    has_prev = True
    has_next = True


def sample_error(code: int) -> str:
    details = {409: {"yours": [("Site", "A")], "now": [("Site", "B")]}}
    return render_template(f"errors/{code}.html", **details.get(code, {}))
