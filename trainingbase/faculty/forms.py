"""What people type to search the roster."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.form import QueryForm, options


class RosterSearchForm(QueryForm):
    search = StringField(_l("Name or staff number"), [Length(max=100)])
    institution = SelectField(_l("Institution"), coerce=int, default=0)
    certificate = SelectField(
        _l("Certificate"),
        choices=options(
            {
                "": _l("All"),
                "valid": _l("Valid"),
                "lapsing": _l("Missing, lapsed or lapsing in 90 days"),
                "lapsed": _l("Lapsed"),
                "none": _l("None"),
            }
        ),
        default="",
    )
