"""What the office types to set a number."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from trainingbase.form import EditingForm, QueryForm
from trainingbase.i18n import number
from trainingbase.thresholds.rules import FLOORS
from trainingbase.thresholds.words import FLOORED


class ThresholdForm(EditingForm):
    value = DecimalField(
        _l("Value"),
        [
            InputRequired(_l("Enter a number.")),
            NumberRange(0, 10000, _l("Enter a number from 0 to 10000.")),
        ],
    )

    key = ""

    def of(self, key: str) -> "ThresholdForm":
        """For this number: says at the field how low it may be, and why."""
        self.key = key
        if key in FLOORS:
            least = _("Not below %(number)s.", number=number(FLOORS[key]))
            self.value.description = f"{least} {FLOORED[key]}"
        return self

    def validate_value(self, field):
        if self.key in FLOORS and field.data is not None and field.data < FLOORS[self.key]:
            raise ValidationError(_("Enter at least %(number)s.", number=number(FLOORS[self.key])))


class SearchForm(QueryForm):
    search = StringField(_l("Name or source"), [Length(max=100)])
