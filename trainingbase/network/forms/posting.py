"""Experts sent to sites and staff sent up."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.network.words import WEEKDAYS, WORK
from trainingbase.sites.forms.network import text


def _hours(least: float) -> DecimalField:
    return DecimalField(
        _l("Hours held"),
        [
            InputRequired(_l("Enter a number.")),
            NumberRange(least, 24, _l("Enter a number of at most 24.")),
        ],
    )


class _Lasting(Form):
    """First day and, unless it goes on, last day."""

    starts_on = DateField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(
        _l("Last day"), [Optional()], description=_l("Leave empty if it does not end.")
    )

    def validate_last_day(self, field):
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            self.refuse("last_day", _("This lies before the first day."))

    def ends_on(self):
        return self.last_day.data + timedelta(days=1) if self.last_day.data else None


class _Posting(_Lasting):
    person_id = SelectField(_l("Expert"), coerce=int)
    department_id = SelectField(_l("From department"), coerce=int)
    institution_id = SelectField(_l("To site"), coerce=int)
    kind = SelectField(_l("Kind of work"), choices=options(WORK))
    weekday = SelectField(_l("Weekday"), choices=options(WEEKDAYS), default="")
    hours = _hours(0.5)
    note = text(_l("Note"), 300)

    def columns(self) -> dict:
        """The columns of a posting."""
        return {
            "person_id": self.person_id.data,
            "department_id": self.department_id.data,
            "institution_id": self.institution_id.data,
            "kind": self.kind.data,
            "weekday": int(self.weekday.data) if self.weekday.data else None,
            "hours": self.hours.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on(),
            "note": self.note.data or None,
        }


class PostingForm(_Posting, CreatingForm):
    pass


class EditPostingForm(_Posting, EditingForm):
    pass


class SessionForm(Form):
    held_on = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])
    hours = _hours(0)
    note = text(_l("Note"), 300)


class _Course(Form):
    institution_id = SelectField(_l("Site"), coerce=int)
    name = StringField(_l("Name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    person_id = SelectField(_l("The same person in the roster"), coerce=int, default=0)
    department_id = SelectField(_l("Learns in department"), coerce=int)
    starts_on = DateField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Last day"), [InputRequired(_l("Choose the last day."))])
    certificate = text(_l("Certificate"), 120)
    file = UploadField(_l("Certificate as a file"))
    note = text(_l("Note"), 300)

    def validate_last_day(self, field):
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            self.refuse("last_day", _("This lies before the first day."))

    def columns(self) -> dict:
        """The columns of a course."""
        return {
            "institution_id": self.institution_id.data,
            "name": self.name.data,
            "person_id": self.person_id.data or None,
            "department_id": self.department_id.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.last_day.data + timedelta(days=1),
            "certificate": self.certificate.data or None,
            "note": self.note.data or None,
        }


class CourseForm(_Course, CreatingForm):
    pass


class EditCourseForm(_Course, EditingForm):
    pass


class PostingSearchForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    institution = SelectField(_l("Site"), coerce=int, default=0)
    kind = SelectField(_l("Kind of work"), choices=options({"": _l("All"), **WORK}), default="")
    state = SelectField(
        _l("State"),
        choices=options({"": _l("All"), "running": _l("Under way"), "over": _l("Over")}),
        default="",
    )


class CourseSearchForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    institution = SelectField(_l("Site"), coerce=int, default=0)
