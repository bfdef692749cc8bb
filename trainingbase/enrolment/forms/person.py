"""What is asked of a person who is, or wants to become, a resident."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from trainingbase.enrolment.forms.cells import CleanedField
from trainingbase.form import options
from trainingbase.i18n import language
from trainingbase.sheets import cells, identity, periods, words
from trainingbase.words import TRAINEE_TYPES

if TYPE_CHECKING:
    from trainingbase.form import Form

    Base = Form
else:
    Base = object

BY_NUMBER = ""
SEXES = {BY_NUMBER: _l("by the ID number"), "男": _l("male"), "女": _l("female")}


class PersonFields(Base):
    """Put before the form's class.  Sex follows from the ID number; said otherwise it is refused,
    as a person must decide which of both is wrong."""

    name = CleanedField(
        _l("Name"), [InputRequired(_l("Enter the name.")), Length(max=60)], cleaner=cells.name
    )
    id_number = CleanedField(
        _l("ID number"),
        [InputRequired(_l("Enter the ID number.")), Length(max=40)],
        cleaner=identity.id_number,
        description=_l("18 characters, as on the ID card."),
    )
    sex = SelectField(_l("Sex"), choices=options(SEXES), default=BY_NUMBER)
    phone = CleanedField(_l("Phone"), [Length(max=40)], cleaner=identity.phone)
    trainee_type = SelectField(
        _l("Trainee type"), choices=options({"": _l("not said")} | TRAINEE_TYPES), default=""
    )
    home_institution = StringField(_l("Home institution"), [Length(max=120)])
    education = StringField(_l("Education"), [Length(max=60)])
    degree = StringField(_l("Degree"), [Length(max=60)])
    school = StringField(_l("School"), [Length(max=120)])
    major = StringField(_l("Major"), [Length(max=120)])
    graduated = CleanedField(
        _l("Graduated"),
        [Length(max=20)],
        cleaner=periods.day,
        description=_l("A month or a day, for instance 2026-06."),
    )
    licence_number = CleanedField(_l("Licence number"), [Length(max=60)], cleaner=cells.code)
    note = StringField(_l("Note"), [Length(max=1000)])

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        number = self.id_number.data
        if number and not self.id_number.errors:
            if not self.sex.data:
                self.sex.data = identity.sex_of(number)
            elif self.sex.data != identity.sex_of(number):
                said = words.reason(
                    "sex_conflicts_id", language(), raw=self.sex.data, digit=number[16]
                )
                self.refuse("sex", said)
                well = False
        return well

    def person_values(self) -> dict:
        """The answers as columns of a resident or an applicant."""
        names = (
            "name", "id_number", "sex", "phone", "trainee_type", "home_institution", "education",
            "degree", "school", "major", "graduated", "licence_number", "note",
        )  # fmt: skip
        return {name: self[name].data or None for name in names}


def number_known(name: str) -> str:
    """Said beside the field of an ID number that somebody has already."""
    return _("%(name)s has this ID number already: one person is enrolled once.", name=name)
