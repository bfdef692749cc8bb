"""What people type to plan an activity."""

import re
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from trainingbase.files.forms import UploadsField
from trainingbase.form import CreatingForm, EditingForm, Form, options
from trainingbase.training.forms.judging import CheckboxesField
from trainingbase.training.words import AUDIENCES, REPEATS

MOST_FILES = 10
MOST_REPEATS = 60
LONGEST_DAY = 12 * 60


class _Activity(Form):
    kind = SelectField(_l("Kind"), [InputRequired(_l("Choose a kind of activity."))])
    topic = StringField(_l("Topic"), [DataRequired(_l("Type a topic.")), Length(max=200)])
    department = SelectField(_l("Department"), coerce=int)
    held_on = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    starts = TimeField(_l("Begins at"), [InputRequired(_l("Choose a time."))])
    minutes = IntegerField(
        _l("Minutes"),
        [
            InputRequired(_l("How many minutes?")),
            NumberRange(5, LONGEST_DAY, _l("Between 5 and 720 minutes.")),
        ],
    )
    room = StringField(_l("Room"), [Length(max=100)])
    link = StringField(
        _l("Link"),
        [Optional(), Length(max=500)],
        description=_l("Of a remote session; everybody who is invited reads it."),
    )
    speaker = SelectField(_l("Speaker"), coerce=int, default=0)
    others = CheckboxesField(_l("Further speakers"), coerce=int)
    audience = SelectField(_l("Meant for"), choices=options(AUDIENCES), default="department")
    audience_year = SelectField(_l("Cohort"), coerce=int, default=0)
    joint = CheckboxesField(_l("Together with"), coerce=int)
    note = TextAreaField(_l("Note"), [Length(max=2000)])
    files = UploadsField(_l("Materials"), description=_l("Slides, cases: ten files at most."))
    all_the_same = BooleanField(_l("Save all the same"))

    def validate_link(self, field):
        if field.data and not re.fullmatch(r"https?://[^\s/]+\S*", field.data):
            self.refuse("link", _("Not an address."))

    def validate_files(self, field):
        if len(field.uploads) > MOST_FILES:
            self.refuse("files", _("Ten files at most."))

    def validate_audience(self, field):
        if field.data == "department" and not self["department"].data:
            self.refuse("audience", _("Without a department, choose all residents or an intake."))

    def validate_audience_year(self, field):
        if self["audience"].data == "year" and not field.data:
            self.refuse("audience_year", _("Choose an intake."))

    def starts_at(self) -> str:
        return f"{self['starts'].data:%H:%M}"

    def typed(self) -> dict:
        """What is a column of an activity, but the day."""
        minutes = Decimal(self["minutes"].data or 0)
        year = self["audience_year"].data if self["audience"].data == "year" else None
        return {
            "kind": self["kind"].data,
            "topic": self["topic"].data,
            "department_id": self["department"].data or None,
            "starts_at": self.starts_at(),
            "hours": (minutes / 60).quantize(Decimal("0.0001")),
            "room": self["room"].data or None,
            "link": self["link"].data or None,
            "speaker_id": self["speaker"].data or None,
            "audience": self["audience"].data,
            "audience_year": year,
            "note": self["note"].data or None,
        }


class PlanForm(_Activity, CreatingForm):
    repeats = SelectField(_l("Repeat"), choices=options(REPEATS), default="")
    until = DateField(_l("Until"), [Optional()], description=_l("The last day at most."))

    def validate_repeats(self, field):
        if field.data and self["until"].data is None:
            self.refuse("repeats", _("Until when?"))

    def validate_until(self, field):
        if not self["repeats"].data or not self["held_on"].data:
            return
        if field.data < self["held_on"].data:
            self.refuse("until", _("This is before the first day."))
        elif (field.data - self["held_on"].data).days > MOST_REPEATS * int(self["repeats"].data):
            self.refuse("until", _("At most %(number)s times.", number=MOST_REPEATS))

    def days(self) -> list[date]:
        """The first day, and those it is repeated on."""
        first = self["held_on"].data
        if not self["repeats"].data:
            return [first]
        step = timedelta(days=int(self["repeats"].data))
        number = (self["until"].data - first) // step
        return [first + step * n for n in range(number + 1)]


class ChangeForm(_Activity, EditingForm):
    pass
