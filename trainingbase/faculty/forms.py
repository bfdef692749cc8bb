"""What people type about faculty: searches, records, posts, certificates, days away."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.faculty.words import ABSENCES, CERTIFICATE_STATES, STATES
from trainingbase.files.forms import UploadField
from trainingbase.files.rules import DOCUMENTS, PICTURES
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options

MOST_EVER = 20


class RosterSearchForm(QueryForm):
    search = StringField(_l("Name or staff number"), [Length(max=100)])
    institution = SelectField(_l("Institution"), coerce=int, default=0)
    department = SelectField(_l("Department"), coerce=int, default=0)
    certificate = SelectField(
        _l("Certificate"), choices=options({"": _l("All")} | CERTIFICATE_STATES), default=""
    )
    state = SelectField(_l("State"), choices=options(STATES), default="active")


class _Record(Form):
    name = StringField(_l("Name"), [InputRequired(_l("Enter the name.")), Length(max=60)])
    staff_number = StringField(
        _l("Staff number"), [InputRequired(_l("Enter a staff number.")), Length(max=40)]
    )
    phone = StringField(_l("Phone"), [Length(max=30)])
    title = StringField(
        _l("Professional title"),
        [Length(max=40)],
        description=_l("For example 主治医师 or 副主任医师."),
    )
    title_on = DateField(_l("Title obtained"), [Optional()])
    degree = StringField(_l("Degree"), [Length(max=60)])
    scope = StringField(_l("Scope of practice"), [Length(max=100)])
    practising_since = DateField(
        _l("Practising since"),
        [Optional()],
        description=_l("Years of practice count from this day."),
    )
    primary_care_years = IntegerField(_l("Years in primary care"), [Optional(), NumberRange(0, 70)])
    note = TextAreaField(_l("Note"), [Length(max=2000)])

    def record(self) -> dict:
        """The attributes of the record; empty texts are none."""
        names = (
            "staff_number", "title", "title_on", "degree", "scope", "practising_since",
            "primary_care_years", "note",
        )  # fmt: skip
        found = {name: self[name].data or None for name in names}
        years = self["primary_care_years"].data
        return found | {"title": self["title"].data or "", "primary_care_years": years}


class NewMemberForm(_Record, CreatingForm):
    department = SelectField(_l("Department"), coerce=int)
    most_residents = IntegerField(
        _l("Most residents at once"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, MOST_EVER)],
    )


class EditMemberForm(_Record, EditingForm):
    why = StringField(_l("Why it changes"), [Length(max=200)])


class _Days(Form):
    """A time whose last day people type, and whose exclusive end is kept."""

    def until(self):
        last = self["last_day"].data
        return last + timedelta(days=1) if last else None

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        first, last = self["starts_on"].data, self["last_day"].data
        if first and last and last < first:
            self.refuse("last_day", _("The last day lies before the first."))
            return False
        return well


class PostForm(_Days, EditingForm):
    department = SelectField(_l("Department"), coerce=int)
    is_second = BooleanField(_l("Second post"))
    starts_on = DateField(_l("From"), [Optional()], description=_l("Empty: since always."))
    last_day = DateField(_l("Last day"), [Optional()], description=_l("Empty: without an end."))


class CertificateForm(_Days, EditingForm):
    number = StringField(_l("Number"), [InputRequired(_l("Enter a number.")), Length(max=60)])
    level = StringField(
        _l("Level"), [Length(max=40)], description=_l("For example 省级 or 国家级.")
    )
    starts_on = DateField(_l("Issued"), [InputRequired(_l("Choose the day of issue."))])
    last_day = DateField(_l("Valid until"), [Optional()])
    scan = UploadField(_l("Scan"), kinds=DOCUMENTS)


class AbsenceForm(_Days, EditingForm):
    kind = SelectField(_l("Kind"), choices=options(ABSENCES))
    starts_on = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Last day"), [InputRequired(_l("Choose the last day."))])
    reason = StringField(_l("Reason"), [Length(max=200)])


class PhotoForm(Form):
    photo = UploadField(_l("Photo"), kinds=PICTURES)

    def validate_photo(self, field):
        if field.upload is None:
            self.refuse("photo", _("Choose a picture."))
