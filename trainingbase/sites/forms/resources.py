"""Equipment, staff and figures of a year."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.form import CreatingForm, EditingForm, Form, options
from trainingbase.sites.forms.network import count, text
from trainingbase.sites.models import QUALIFICATIONS, TITLES
from trainingbase.sites.words import EQUIPMENT


class _Equipment(Form):
    name = StringField(_l("Its name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    kind = SelectField(_l("Kind"), choices=options(EQUIPMENT))
    count = IntegerField(
        _l("How many"),
        [
            InputRequired(_l("Enter a number.")),
            NumberRange(1, 10_000, _l("Enter a whole number from 1 to 10000.")),
        ],
        default=1,
    )
    department_id = SelectField(_l("Department"), coerce=int, default=0)
    note = text(_l("Note"), 300)


class EquipmentForm(_Equipment, CreatingForm):
    pass


class EditEquipmentForm(_Equipment, EditingForm):
    pass


def _year() -> IntegerField:
    return IntegerField(
        _l("Year"),
        [
            InputRequired(_l("Enter a year.")),
            NumberRange(2000, 2100, _l("Enter a year from 2000 to 2100.")),
        ],
    )


class FiguresForm(Form):
    year = _year()
    department_id = SelectField(_l("Whole site or department"), coerce=int, default=0)
    beds = count(_l("Beds"))
    outpatients = count(_l("Outpatient visits"))
    emergencies = count(_l("Emergency visits"))
    admissions = count(_l("Admissions"))


class _StaffForm(Form):
    """The base of what `staff_form` makes: one number of each title and qualification."""

    year = _year()

    def counts(self) -> dict[tuple[str, str], int]:
        return {
            (title, qualification): self[f"{title}_{qualification}"].data or 0
            for title in TITLES
            for qualification in QUALIFICATIONS
        }

    def rows(self) -> list[tuple[str, list]]:
        """The fields by title."""
        return [(title, [self[f"{title}_{one}"] for one in QUALIFICATIONS]) for title in TITLES]


def staff_form(**data) -> _StaffForm:
    fields = {
        f"{title}_{qualification}": IntegerField(
            "", [Optional(), NumberRange(0, 10_000, _l("Enter a whole number from 0 to 10000."))]
        )
        for title in TITLES
        for qualification in QUALIFICATIONS
    }
    return type("StaffForm", (_StaffForm,), fields)(**data)
