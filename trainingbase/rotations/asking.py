"""The forms by which the office asks "what if", and asks for a plan again."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, MonthField, SelectField
from wtforms.validators import InputRequired, NumberRange

from trainingbase.form import CreatingForm
from trainingbase.rotations.forms import seconds_field

FIELDS = {
    "places": ("department", "first", "last", "count"),
    "close": ("department", "first", "last"),
    "open": ("department", "first", "last"),
    "leave": ("resident", "first", "last"),
    "repeat": ("resident", "department", "count"),
    "longer": ("resident", "count"),
    "gone": ("resident",),
    "admit": ("cohort", "first", "count"),
}
"""What is asked for each kind of supposition."""

COUNTS = {
    "places": _l("More places"),
    "repeat": _l("Months to do again"),
    "longer": _l("More months"),
    "admit": _l("More residents"),
}


class AgainForm(CreatingForm):
    notice_days = IntegerField(
        _l("Days of notice"),
        [InputRequired(_l("Enter a number of days.")), NumberRange(0, 365)],
        description=_l(
            "Placements that begin within so many days stay, but for those who cannot keep them."
        ),
    )
    seconds = seconds_field()


class WhatIfForm(AgainForm):
    department = SelectField(_l("Department"), coerce=int)
    resident = SelectField(_l("Resident"), coerce=int)
    cohort = SelectField(_l("Cohort"), coerce=int)
    first = MonthField(_l("First month"), [InputRequired(_l("Choose the first month."))])
    last = MonthField(_l("Last month"), [InputRequired(_l("Choose the last month."))])
    count = IntegerField(
        _l("How many"), [InputRequired(_l("Enter a number.")), NumberRange(1, 60)], default=1
    )

    field_order = ("department", "resident", "cohort", "first", "last", "count")

    def asks(self, kind: str) -> None:
        """Keep only what this kind of supposition needs, in that order, before the rest."""
        for name in self.field_order:
            if name not in FIELDS[kind]:
                del self[name]
        if "count" in self:
            self["count"].label.text = COUNTS[kind]

    def validate_last(self, field):
        if field.data and "first" in self and self.first.data and field.data < self.first.data:
            self.refuse("last", _l("The last month lies before the first."))
