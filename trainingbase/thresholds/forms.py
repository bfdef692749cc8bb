"""What the office types to set a number."""

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from trainingbase.form import EditingForm, QueryForm


class ThresholdForm(EditingForm):
    value = DecimalField(
        _l("Value"),
        [
            InputRequired(_l("Enter a number.")),
            NumberRange(0, 10000, _l("Enter a number from 0 to 10000.")),
        ],
    )


class SearchForm(QueryForm):
    search = StringField(_l("Name or source"), [Length(max=100)])
