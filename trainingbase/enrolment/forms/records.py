"""The resident's record as the office edits it, and the part residents edit themselves."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from trainingbase.enrolment.forms.cells import CleanedField
from trainingbase.enrolment.forms.person import PersonFields
from trainingbase.enrolment.models import Particulars, Resident
from trainingbase.files.forms import UploadField
from trainingbase.files.rules import PICTURES
from trainingbase.form import CreatingForm, EditingForm, options
from trainingbase.i18n import named
from trainingbase.sheets import identity

EMAIL = Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("This is not an e-mail address."))


class ContactFields:
    email = EmailField(_l("E-mail"), [Optional(), Length(max=120), EMAIL])
    address = StringField(_l("Address"), [Length(max=200)])
    emergency_name = StringField(_l("Emergency contact"), [Length(max=60)])
    emergency_phone = CleanedField(
        _l("Emergency contact's phone"), [Length(max=40)], cleaner=identity.phone
    )


class TrainingFields:
    name_en = StringField(_l("Name in English"), [Length(max=80)])
    cohort_id = SelectField(_l("Cohort"), coerce=int)
    programme_id = SelectField(_l("Programme"), coerce=int)
    starts_on = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Until"), [InputRequired(_l("Choose the last day."))])
    tutor_id = SelectField(_l("Tutor"), coerce=int, default=0)


class _Record(PersonFields):
    def offer(self, *, cohorts, programmes, tutors) -> None:
        self.cohort_id.choices = options({one.id: named(one) for one in cohorts})
        self.programme_id.choices = options(
            {one.id: f"{named(one)} ({one.code})" for one in programmes}
        )
        self.tutor_id.choices = options({0: _("none")} | {one.id: one.name for one in tutors})

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.starts_on.data and self.last_day.data and self.last_day.data < self.starts_on.data:
            self.refuse("last_day", _("This lies before the first day."))
            well = False
        return well

    def values(self) -> dict:
        texts = ("name_en", "email", "address", "emergency_name", "emergency_phone")
        return self.person_values() | {
            **{name: self[name].data or None for name in texts},
            "cohort_id": self.cohort_id.data,
            "programme_id": self.programme_id.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.last_day.data + timedelta(days=1),
            "tutor_id": self.tutor_id.data or None,
        }


class NewResidentForm(_Record, ContactFields, TrainingFields, CreatingForm):
    pass


class ResidentForm(_Record, ContactFields, TrainingFields, EditingForm):
    photo = UploadField(_l("Photo"), kinds=PICTURES)
    why = StringField(
        _l("Why it is changed"),
        [InputRequired(_l("Say why: it is kept in the history.")), Length(max=300)],
    )


class ContactsForm(ContactFields, EditingForm):
    phone = CleanedField(
        _l("Phone"),
        [InputRequired(_l("Enter a telephone number.")), Length(max=40)],
        cleaner=identity.phone,
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )
    photo = UploadField(
        _l("Photo"), kinds=PICTURES, description=_l("Your face, taken from the front.")
    )

    def values(self) -> dict:
        names = ("phone", "email", "address", "emergency_name", "emergency_phone")
        return {name: self[name].data or None for name in names}


def standing(resident: Resident, particulars: Particulars | None) -> dict:
    """What stands in the record, by the fields of the forms."""
    last = resident.ends_on - timedelta(days=1) if resident.ends_on else None
    names = (
        "id_number", "sex", "trainee_type", "home_institution", "education", "degree", "school",
        "major", "graduated", "licence_number", "note", "cohort_id", "programme_id", "starts_on",
    )  # fmt: skip
    contacts = ("email", "address", "emergency_name", "emergency_phone")
    return {
        **{name: getattr(resident, name) for name in names},
        **{name: getattr(particulars, name, None) for name in contacts},
        "name": resident.person.name,
        "name_en": resident.person.name_en,
        "phone": resident.person.phone,
        "tutor_id": resident.tutor_id or 0,
        "last_day": last,
    }
