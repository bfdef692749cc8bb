"""What the design page shows in place of real rows."""

from flask import render_template

ERRORS = ("400", "403", "404", "405", "409", "413", "429", "500")

CHART = {
    "data": [
        {"type": "bar", "name": "Done", "x": ["9", "10", "11"], "y": [42, 38, 17]},
        {"type": "bar", "name": "Plan", "x": ["9", "10", "11"], "y": [44, 44, 44]},
    ],
    "layout": {"barmode": "group"},
}


class SamplePage:
    """The fourth page of nine, as a pagination of Flask-SQLAlchemy looks to the macro."""

    page = 4
    pages = 9
    total = 431
    has_prev = True
    has_next = True


def sample_error(code: str) -> str:
    details = {"409": {"yours": [("Site", "A")], "now": [("Site", "B")]}}
    return render_template(f"errors/{code}.html", **details.get(code, {}))
